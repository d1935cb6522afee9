"""Topic and section of a message, alone and with what was said before."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation import Conversation, Heard, Outcome
from bot.dialogue.understanding import Understanding, understand
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect, Everyday
from tests.support.talk import Talk

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)


def after(*said: str, topic: str | None = None) -> Conversation:
    return Conversation(heard=tuple(Heard(text=text, at=AT) for text in said), topic=topic)


def first(understood: Understanding) -> tuple[str, str]:
    return understood.topics[0].topic, understood.topics[0].section


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("pasaporte", "pasaporte"),
        ("PASAPORTEEEE", "pasaporte"),
        ("kiero renobar mi pasaporte", "pasaporte"),
        ("matricula consular", "matricula-consular"),
        ("q es la matrikula consular", "matricula-consular"),
        ("que es el ciam", "ciam"),
        ("quiero pedir refugio en mexico", "condicion-refugiado"),
        ("how does an NGO get ECOSOC consultative status", "ecosoc-estatus-consultivo"),
    ],
)
def test_the_topic_meant_stands_first(text: str, topic: str, knowledge: Knowledge) -> None:
    assert first(understand(text, Conversation(), knowledge))[0] == topic


def test_the_section_is_that_of_the_aspect_asked_for(knowledge: Knowledge) -> None:
    understood = understand("cuanto cuesta el pasaporte", Conversation(), knowledge)
    assert first(understood) == ("pasaporte", "cost")
    assert understood.clear
    assert understood.aspect is Aspect.COST


def test_candidates_are_different_topics_with_scores_that_fall(knowledge: Knowledge) -> None:
    understood = understand("ayuda del consulado para mi hermano detenido", Conversation(), knowledge)
    scores = [each.score for each in understood.topics]
    assert len({each.topic for each in understood.topics}) == len(scores) == 3
    assert all(0 <= score <= 1 for score in scores)
    assert sum(scores) <= 1.001


@pytest.mark.parametrize(
    "text",
    ["receta de pozole rojo", "who won the cowboys game", "my chicken soup came out watery", "se me quemo el arroz"],
)
def test_what_is_not_ours_has_no_clear_topic(text: str, knowledge: Knowledge) -> None:
    understood = understand(text, Conversation(), knowledge)
    assert understood.everyday is not None
    assert not understood.clear


@pytest.mark.parametrize("text", ["gracias", "hola", "ok", "jajaja", "buenos dias"])
def test_small_talk_after_an_answer_is_small_talk(text: str, knowledge: Knowledge) -> None:
    understood = understand(text, after("cuanto cuesta el pasaporte", topic="pasaporte"), knowledge)
    assert understood.everyday is Everyday.SMALLTALK
    assert not understood.topics


@pytest.mark.parametrize("text", ["", "   ", "👍", "...", "¿?", "\u200b\u200b"])
def test_no_words_no_topic(text: str, knowledge: Knowledge) -> None:
    assert understand(text, Conversation(), knowledge) == Understanding(())


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        ("que es la matricula consular", "y cuanto cuesta?", ("matricula-consular", "cost")),
        ("how do i renew my mexican passport", "how much is it", ("pasaporte", "cost")),
        ("quiero renovar mi pasaporte", "donde lo saco", ("pasaporte", "where")),
    ],
)
def test_a_question_by_aspect_is_about_the_last_subject(
    before: str, text: str, expected: tuple[str, str], knowledge: Knowledge
) -> None:
    understood = understand(text, after(before), knowledge)
    assert first(understood) == expected
    assert understood.from_context


def test_what_was_said_yesterday_is_over(knowledge: Knowledge) -> None:
    conversation = after("que es la matricula consular", topic="matricula-consular")
    assert not understand("y cuanto cuesta?", conversation, knowledge, AT + timedelta(days=1)).from_context
    assert understand("y cuanto cuesta?", conversation, knowledge, AT + timedelta(minutes=5)).from_context


def test_a_button_is_what_was_said_last(knowledge: Knowledge) -> None:
    conversation = after("ayuda del consulado", topic="matricula-consular")
    assert first(understand("y cuanto cuesta?", conversation, knowledge)) == ("matricula-consular", "cost")


def test_one_question_in_several_messages_is_one_question(knowledge: Knowledge) -> None:
    said = ("soy de honduras", "me amenazaron las maras", "estoy en tapachula")
    assert first(understand("puedo pedir que me protejan aqui", after(*said), knowledge))[0] == "condicion-refugiado"


@pytest.mark.parametrize(
    "text",
    ["otra cosa, que es la matricula consular", "matricula consular", "forget that, what is the matricula consular"],
)
def test_another_subject_leaves_the_last_one(text: str, knowledge: Knowledge) -> None:
    understood = understand(text, after("quiero pedir refugio en mexico", topic="condicion-refugiado"), knowledge)
    assert first(understood)[0] == "matricula-consular"


def test_a_correction_puts_back_what_was_not_meant(knowledge: Knowledge) -> None:
    conversation = after("cuanto cuesta el pasaporte", topic="pasaporte")
    understood = understand("no, me refiero a la matricula", conversation, knowledge)
    assert first(understood)[0] == "matricula-consular"


def test_a_correction_is_heard_after_a_word_that_only_opens(knowledge: Knowledge) -> None:
    conversation = after("cuanto cuesta el pasaporte", topic="pasaporte")
    understood = understand("mmm nooo, la matricula consular digo", conversation, knowledge)
    assert first(understood)[0] == "matricula-consular"


def test_an_aside_is_no_context(knowledge: Knowledge) -> None:
    conversation = after("cuanto cuesta la matricula consular", "jaja ok gracias", topic="matricula-consular")
    assert first(understand("y que papeles llevo", conversation, knowledge))[0] == "matricula-consular"


def test_who_comes_back_goes_on_from_before_the_other_subject(knowledge: Knowledge) -> None:
    said = "cuanto cuesta la matricula consular", "otra cosa, como voto desde chicago"
    conversation = after(*said, topic="voto-extranjero")
    understood = understand("volviendo a lo de antes, que papeles llevo", conversation, knowledge)
    assert first(understood)[0] == "matricula-consular"


def test_what_is_not_ours_gets_no_answer_after_a_topic_either(talk: Talk) -> None:
    assert talk.say("cuanto cuesta el pasaporte").reading.outcome is Outcome.ANSWER
    assert talk.say("receta de pozole rojo con puerco").reading.outcome is not Outcome.ANSWER


@pytest.mark.parametrize(
    "text", ["a" * 10_000, "ayuda " * 2_000, "🙏" * 3_000, "пожалуйста " * 900, "مساعدة", "\x00\u202e" * 500]
)
def test_any_text_is_read(text: str, knowledge: Knowledge) -> None:
    understand(text, after("cuanto cuesta el pasaporte"), knowledge)


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("cuanto cuesta el pasaporte y donde saco la matricula consular?", {"pasaporte", "matricula-consular"}),
        ("que papeles piden para el pasaporte? y como voto desde chicago?", {"pasaporte", "voto-extranjero"}),
        (
            "que documentos llevo para la matricula? y como voto desde houston?",
            {"matricula-consular", "voto-extranjero"},
        ),
    ],
)
def test_two_questions_in_one_message_are_both_answered(text: str, topics: set[str], knowledge: Knowledge) -> None:
    read = understand(text, Conversation(), knowledge)
    assert read.clear
    assert read.also is not None
    assert {topic.topic for topic in read.topics[:2]} == topics


@pytest.mark.parametrize("text", ["y cuanto cuesta el pasaporte", "que es y como se saca la matricula consular"])
def test_one_thing_asked_twice_is_one_question(text: str, knowledge: Knowledge) -> None:
    assert understand(text, Conversation(), knowledge).also is None


def test_words_that_an_editor_placed_lead_there_whatever_is_trained(knowledge: Knowledge) -> None:
    for topic in list(knowledge.phrases.values())[::20]:
        section, phrases = next(iter(topic.sections.items()))
        for text in phrases.es[:3]:
            best = understand(text.upper() + " ", Conversation(), knowledge)
            assert (best.topics[0].topic, best.topics[0].section) == (topic.topic, section), text
            assert best.clear
