"""What follows the alarm: whole conversations through the engine, as a table."""

import re
import unicodedata
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation import Conversation, InboundMessage, Kind, Turn
from bot.dialogue.engine import take_turn
from knowledge.model import Knowledge
from tests.support.danger_talk import BEGINS

Row = dict[str, Any]
ROWS: list[Row] = yaml.safe_load((Path(__file__).parent / "talks.yaml").read_text(encoding="utf-8"))
FACTS = ("kind", "who", "state", "far", "reader", "category")


def _talk(texts: list[str], knowledge: Knowledge) -> Turn:
    state, turn = Conversation(), None
    for number, text in enumerate(texts):
        at = BEGINS + number * timedelta(minutes=1)
        turn = take_turn(state, InboundMessage("test", str(number), "a", Kind.TEXT, at, text=text), knowledge, at)
        state = turn.conversation
    assert turn is not None
    return turn


def _folded(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " / ".join(row["says"][-2:]))
def test_what_follows_the_alarm(row: Row, knowledge: Knowledge) -> None:
    turn = _talk(row["says"], knowledge)
    danger = turn.conversation.danger
    reply = _folded("\n".join(one.text for one in turn.replies))
    assert danger is not None
    assert [one for one in row.get("reply", ()) if not re.search(one, reply)] == [], reply
    assert [one for one in row.get("never", ()) if re.search(one, reply)] == [], reply
    for name in FACTS:
        if name in row:
            wanted = row[name] if isinstance(row[name], list) else [row[name]]
            assert getattr(danger, name) in wanted, (name, danger)
    assert turn.reading.policy == row.get("policy", turn.reading.policy)
    assert [one.kind for one in danger.below] == row.get("below", [one.kind for one in danger.below])


def test_what_was_left_by_an_erasing_goes_after_a_day(knowledge: Knowledge) -> None:
    left = _talk(["estamos perdidos en el monte sin agua", "/borrar", "si"], knowledge).conversation
    assert left.danger is not None
    assert not any((left.danger.told, left.danger.heard, left.heard, left.danger.danger_at))
    late = BEGINS + timedelta(hours=25)
    turn = take_turn(left, InboundMessage("test", "9", "a", Kind.TEXT, late, text="hola"), knowledge, late)
    assert turn.conversation.danger is None


@pytest.mark.parametrize("said", ["no me conteste, mi patron revisa el celular", "dont text back he checks my phone"])
def test_nothing_is_sent_where_somebody_sees_the_phone(said: str, knowledge: Knowledge) -> None:
    assert _talk([said], knowledge).replies == ()


def test_who_is_thirsty_is_asked_about(knowledge: Knowledge) -> None:
    assert _talk(["traemos mucha sed"], knowledge).reading.check == "lost"


def test_who_wants_silence_has_left(knowledge: Knowledge) -> None:
    left = _talk(["cuanto cuesta el pasaporte", "ya no me escriban, mi marido me checa el telefono"], knowledge)
    state = left.conversation
    assert (left.replies, state.left, state.heard, state.topic) == ((), True, (), None)


@pytest.mark.parametrize(
    "said",
    [
        "no, nada de eso. que llevo a la cita del pasaporte",
        "no. que llevo a la cita",
        "me cambie con una amiga, no conoce esa casa, estoy a salvo. que llevo para la matricula",
    ],
)
def test_who_denies_or_is_out_of_it_closes_a_check_and_the_question_is_answered(
    said: str, knowledge: Knowledge
) -> None:
    turn = _talk(["necesito sacar mi matricula, pero le tengo miedo a mi ex", said], knowledge)
    assert turn.conversation.danger is None
    assert turn.reading.section is not None
