"""What strangers first ask in plain words: no single word of it takes the question elsewhere."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation import Outcome
from bot.dialogue.words.beyond import beyond
from knowledge.model import Knowledge
from tests.support.talk import Talk

ASKED: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "first_questions.yaml").read_text(encoding="utf-8")
)

MISSED = (pytest.mark.xfail(strict=True, reason="needs wordings, or they cost more elsewhere than they gained"),)


@pytest.mark.parametrize(
    "asked", [pytest.param(row, id=row["text"], marks=MISSED if row.get("missed") else ()) for row in ASKED]
)
def test_a_word_in_passing_does_not_take_the_question(asked: dict[str, Any], talk: Talk) -> None:
    turn = talk.say(asked["text"])
    offered = {choice.payload.split("|")[1] for choice in talk.conversation.offered if "|" in choice.payload}
    assert turn.reading.outcome in (Outcome.ANSWER, Outcome.CLARIFY), talk.said
    assert set(asked["topics"]) & ({*turn.reading.answered} or offered), talk.said


@pytest.mark.parametrize(
    "text",
    [
        "perdon no es mi tio es mi primo",
        "mi hermana es ciudadana americana y tiene 9",
        "my brother is us citizen",
        "ella se esta sintiendo mejor",
        "le compre un chip a mi celular",
        "they pay with no taxes",
    ],
)
def test_what_somebody_is_or_says_every_day_names_no_subject(text: str, knowledge: Knowledge) -> None:
    assert beyond(text, knowledge) is None


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("cuanto vale la esta para francia", None),
        ("what is the esta", "us-visitor-visa"),
        ("como pido el perdon por entrada ilegal", "us-immigration"),
        ("how do i renew my itin", "us-taxes"),
        ("passport for a us citizen baby", "us-passport"),
        ("can i take my rifle over to sonora", "weapons"),
        ("puedo llevar mi pistola a chihuahua", "weapons"),
    ],
)
def test_the_subject_that_is_asked_for(text: str, subject: str | None, knowledge: Knowledge) -> None:
    found = beyond(text, knowledge)
    assert (found.id if found else None) == subject


@pytest.mark.parametrize(
    "text",
    [
        "is it ok to bring my handgun to mexico",
        "quiero pasar mi pistola cuando vaya a mi tierra",
        "can i take a rifle to jalisco",
    ],
)
def test_nothing_is_made_up_of_weapons(text: str, talk: Talk) -> None:
    turn = talk.say(text)
    assert turn.reading.outcome in (Outcome.FALLBACK, Outcome.CLARIFY)
    assert turn.reading.answered == ()


@pytest.mark.parametrize(
    "text",
    [
        "buenos días, no sé si aquí me pueden ayudar",
        "a ver si por aquí me orientan",
        "hi, not sure if you can help me",
        "i dont know if this is the right place",
    ],
)
def test_who_asks_whether_we_can_help_is_asked_to_go_on(text: str, talk: Talk) -> None:
    assert talk.say(text).reading.outcome is Outcome.SMALLTALK
    assert "dígame" in talk.said.lower() or "tell me" in talk.said.lower()
