"""What is asked for somebody, and their section does not say, is said to be so: no other aspect in its place."""

import pytest


@pytest.mark.parametrize(
    ("first", "then", "aspect"),
    [
        (None, "cuánto tarda el pasaporte de un menor", "duration"),
        ("qué requisitos pide el pasaporte", "cuánto cuesta para niños", "cost"),
        ("cómo saco la matrícula", "y para mis hijos cuánto tarda", "duration"),
        ("how do I get the consular id", "and how long does it take for kids", "duration"),
    ],
)
def test_what_their_section_does_not_say_is_said_of_all(talk, first, then, aspect):
    if first:
        talk.say(first)
    conversation = talk.say(then).conversation
    topic = talk.knowledge.topics[conversation.topic]
    assert topic.section_or_first(conversation.section).aspect == aspect


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("cuánto tarda la matrícula", "y para niños cuánto tarda"),
        ("how long does the consular id take", "and for kids how long does it take"),
    ],
)
def test_what_was_just_said_of_all_is_not_said_again(talk, first, then):
    talk.say(first)
    before = talk.said
    talk.say(then)
    assert talk.said != before
    assert any(word in talk.said for word in ("aparte", "in particular"))


def test_a_section_that_says_it_answers(talk):
    talk.say("cuánto cuesta el pasaporte")
    assert talk.say("y si es para un menor").conversation.section == "minors"
