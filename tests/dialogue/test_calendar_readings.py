"""What the calendar reads beside names and dates: editions by number, who may take part, forums that we do not have."""

import json
from pathlib import Path

import pytest

from bot.conversation import Outcome
from bot.dialogue.calendar.editions import editions_at
from bot.dialogue.dates.tokens import tokens
from knowledge.model import Knowledge
from knowledge.schema.calendar import Access
from tests.support.talk import Talk

OTHERS = Path(__file__).parents[1] / "evaluation" / "tune" / "not_calendar.jsonl"


@pytest.mark.parametrize(
    ("text", "forum", "numbers"),
    [
        ("cop31", {0}, [31]),
        ("la xxx cumbre", {2}, [30]),
        ("quincuagesima sexta asamblea", {2}, [56]),
        ("asamblea numero ochenta y dos", {0}, [82]),
        ("the eighty second session of unga", {5}, [82]),
        ("the 57th assembly", {2}, [57]),
        ("xlviii asamblea", {1}, [48]),
        ("tres foros", {1}, []),
        ("foro para 30 personas", {0}, []),
        ("hlpf 2027", {0}, []),
        ("vi la cumbre", {2}, [6]),
    ],
)
def test_numbers_beside_a_forum(text: str, forum: set[int], numbers: list[int]) -> None:
    assert [number for number, _ in editions_at(tokens(text), forum)] == numbers


@pytest.mark.parametrize(
    "text", ["CSW73 fechas", "¿cuándo es la COP35?", "fecha de la cumbre del G20", "cites cop cuando"]
)
def test_what_we_do_not_have_is_admitted(talk: Talk, text: str) -> None:
    turn = talk.say(text)
    assert (turn.reading.outcome, turn.reading.events) == (Outcome.FALLBACK, ())


def test_the_month_behind_a_numbered_acronym_is_a_month(talk: Talk) -> None:
    assert talk.say("sesion informativa cop24 de mayo de 2018").reading.events == ("cal2018-36",)


def test_forums_without_a_status_are_those_that_say_so(talk: Talk, knowledge: Knowledge) -> None:
    found = talk.say("¿a cuáles foros podemos entrar sin estatus ECOSOC?").reading.events
    assert found
    assert all(knowledge.events[event].access in (Access.OPEN, Access.SPECIAL) for event in found)


def test_who_may_take_part_is_told_with_the_forum(talk: Talk) -> None:
    assert talk.say("sin ecosoc podemos entrar a la csw").reading.events == ("csw71",)
    assert "Solo OSC con estatus ECOSOC" in talk.said


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("what is OAS", "oea-registro"),
        ("qué es la SEGIB", "cumbre-iberoamericana"),
        ("what is SEGIB", "cumbre-iberoamericana"),
    ],
)
def test_what_a_word_means_is_no_question_of_dates(talk: Talk, text: str, topic: str) -> None:
    reading = talk.say(text).reading
    assert (reading.answered, reading.events) == ((topic,), ())


def test_rows_of_2018_are_found_by_who_was_there(talk: Talk) -> None:
    assert talk.say("¿cuándo vino Luis Flores de la CEPAL en 2018?").reading.events == ("cal2018-20",)


def test_a_date_in_everyday_talk_is_no_question_of_the_calendar(knowledge: Knowledge) -> None:
    texts = [json.loads(line)["text"] for line in OTHERS.read_text(encoding="utf-8").splitlines()]
    assert [text for text in texts if Talk(knowledge).say(text).reading.events] == []
