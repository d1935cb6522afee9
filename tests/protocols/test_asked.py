"""An ordinary question in an open danger is read in the thread of its kind's matter, and answered there."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from knowledge.model import Knowledge
from tests.support.talk import Talk

ROWS = yaml.safe_load(Path(__file__).with_name("asked.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row["first"])
def test_what_is_asked_is_answered_and_the_danger_stays(row: dict[str, Any], knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(row["first"])
    for one in row["asked"]:
        turn = talk.say(one["say"])
        assert (turn.reading.policy, turn.reading.section) == ("danger", one["section"]), one["say"]
        assert talk.labels == [], "no menu in a danger"
        assert turn.conversation.in_danger


def test_no_911_before_an_ordinary_answer_where_no_life_is_at_stake(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("mi hermano se murio en un accidente en carolina del norte")
    talk.say("cuanto cuesta")
    assert "911" not in talk.said
    talk = Talk(knowledge)
    talk.say("detuvieron a mi esposo los de migracion aqui en chicago")
    for asked in ("como se donde lo tienen", "le puedo mandar dinero"):
        talk.say(asked)
        assert "911" not in talk.said


def test_a_search_for_somebody_is_no_question_about_a_date(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("no encuentro a mi hijo, cruzo hace 5 dias por sasabe y no se sabe nada")
    assert "calendario" not in talk.said


def test_a_town_that_was_told_is_not_asked(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("no tengo donde dormir hoy estoy en tijuana")
    assert "qué ciudad" not in talk.said
    talk = Talk(knowledge)
    talk.say("no tengo donde dormir hoy")
    assert "qué ciudad" in talk.said


def test_the_matter_is_of_the_country_where_the_danger_is(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("vivo en puebla, mexico")
    talk.say("detuvieron a mi esposo los de migracion en chicago")
    turn = talk.say("como se donde lo tienen")
    assert turn.conversation.danger is not None
    assert turn.conversation.danger.danger_at == "US"
    assert turn.reading.section == "asistencia-consular-migratoria/find"
