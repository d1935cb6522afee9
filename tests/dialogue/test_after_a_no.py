"""After "no, not that" what is asked instead is answered, or that there is no more: never less of what was said."""

import pytest

SHORTER = ("thread-simpler",)


def _is_shorter(talk) -> bool:
    return any(talk.knowledge.texts[name].say(lang) in talk.said for name in SHORTER for lang in ("es", "en"))


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("qué papeles necesito para el pasaporte", "no, eso no, los papeles para sacarlo"),
        ("qué documentos piden para la matrícula", "eso no es, los documentos para tramitarla"),
        ("what papers do I need for the consular id", "not that, the papers to get it"),
        ("cómo saco la curp", "no, no es eso, no entendí"),
    ],
)
def test_no_shorter_cut_of_what_was_turned_down(talk, first, then):
    talk.say(first)
    before = talk.said
    talk.say(then)
    assert not _is_shorter(talk)
    assert talk.said != before


@pytest.mark.parametrize(
    ("first", "then", "topic", "section"),
    [
        ("cómo saco la matrícula consular", "eso no, quiero saber del pasaporte", "pasaporte", "how"),
        ("cómo tramito el pasaporte", "eso no, pregunto por la matrícula", "matricula-consular", "how"),
        ("cuánto vale la matrícula", "esa no, el pasaporte", "pasaporte", "cost"),
        ("cuánto cobran por el pasaporte", "ese no, la matrícula", "matricula-consular", "cost"),
    ],
)
def test_what_is_named_instead_is_answered(talk, first, then, topic, section):
    talk.say(first)
    conversation = talk.say(then).conversation
    assert (conversation.topic, conversation.section) == (topic, section)
