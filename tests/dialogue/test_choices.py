"""At most four choices lead on from a reply, whatever was asked, whoever asks, on every channel."""

from dataclasses import replace
from typing import Any

import pytest

from bot.conversation import Choice, Conversation, Kind
from bot.conversation.payload import make
from bot.dialogue.engine import take_turn
from bot.dialogue.rendering.render import FEEDBACK, MOST, fitting
from knowledge.model import Knowledge
from tests.support.talk import NOON, Talk, person

CHANNELS = ("telegram", "whatsapp", "web", "sms")
PEOPLE: tuple[dict[str, Any], ...] = ({}, {"country": "US", "town": "Yakima, Washington"}, {"country": "MX"})


def choices_of(*payloads: str) -> tuple[Choice, ...]:
    return tuple(Choice(label=payload, payload=payload) for payload in payloads)


@pytest.mark.parametrize("facts", PEOPLE, ids=str)
def test_under_no_section_stand_more_than_four(facts: dict[str, Any], knowledge: Knowledge) -> None:
    over = []
    sections = [(topic, one) for topic in knowledge.topics.values() for one in topic.sections]
    for n, (topic, section) in enumerate(sections):
        for feedback in (0, 9):
            state = person(Conversation(greeted=True, until_feedback=feedback), **facts)
            tap = Talk(knowledge).message(Kind.TAP, payload=make("s", topic.id, section.id, "v"))
            turn = take_turn(state, replace(tap, channel=CHANNELS[n % len(CHANNELS)]), knowledge, NOON)
            given = [one.payload for reply in turn.replies for one in reply.choices]
            rated = sum(one.startswith(FEEDBACK) for one in given)
            if len(given) - rated > MOST or rated not in (0, 2):
                over.append((topic.id, section.id, given))
    assert over == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (("s|m|1", "s|m|2", "s|m|3", "t|b", "z|p|g"), ("s|m|1", "s|m|2", "t|b", "z|p|g")),
        (("p|c", "s|m|1", "s|m|2", "s|m|3", "z|p|g"), ("p|c", "s|m|1", "s|m|2", "z|p|g")),
        (("s|m|1", "s|m|2", "s|m|3", "y|where", "t|b"), ("s|m|1", "s|m|2", "y|where", "t|b")),
        (("s|m|1", "s|m|2", "z|p|g", "f|m|1|yes", "f|m|1|no"), ("s|m|1", "s|m|2", "z|p|g", "f|m|1|yes", "f|m|1|no")),
        (("s|m|1", "s|m|2", "s|m|3", "y|w", "z|q|g", "f|m|1|yes"), ("s|m|1", "s|m|2", "y|w", "z|q|g", "f|m|1|yes")),
        (("t|m", "t|b", "t|d", "c|person", "z|p|g"), ("t|m", "t|b", "c|person", "z|p|g")),
        (("z|p|d|w", "z|p|h|x", "z|p|h|y", "z|p|h|w", "z|q|g"), ("z|p|d|w", "z|p|h|x", "z|p|h|y", "z|q|g")),
        (tuple(f"z|{n}|g" for n in range(5)), tuple(f"z|{n}|g" for n in range(5))),
        (tuple(f"g|{n}" for n in range(10)), tuple(f"g|{n}" for n in range(10))),
        (tuple(f"z|p|a|q|{n}" for n in range(6)), tuple(f"z|p|a|q|{n}" for n in range(6))),
    ],
)
def test_what_leads_on_stays(given: tuple[str, ...], kept: tuple[str, ...]) -> None:
    assert fitting(choices_of(*given)) == choices_of(*kept)
