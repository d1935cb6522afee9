"""What was told takes back what a clause asks somebody to do: by frames of our own words, for every kind."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation import OpenDanger
from bot.dialogue.protocols.book import Facts, care_of, fitting
from bot.dialogue.protocols.readings import readings_in
from knowledge.clauses import SENTENCES, acts_in
from knowledge.model import Knowledge
from knowledge.schema.triage import TakenBack
from tests.protocols.test_right_words import PARTS
from tests.support.danger_talk import BEGINS, DangerTalk

TALKS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "takes_back.yaml").read_text(encoding="utf-8"))
POLICE, OUTSIDE = "police_harm", "outside_door"
READ = (
    ("me pegaron unos polis y me quitaron mi dinero", POLICE, True),
    ("los que nos robaron eran policias", POLICE, True),
    ("son policias los que andan tras de mi, los ministeriales me quieren matar", POLICE, True),
    ("i was beaten by two officers", POLICE, True),
    ("the ones who robbed us were police", POLICE, True),
    ("dice que es policia y quiere que abra", POLICE, False),
    ("me pegaron y fui con la policia", POLICE, False),
    ("la policia me rescato de ellos", POLICE, False),
    ("my cousin is a cop", POLICE, False),
    ("me detuvo la policia por no traer luces", POLICE, False),
    ("hay alguien rondando, esta en el patio de atras", OUTSIDE, True),
    ("se quiere meter por la ventana, esta golpeando la puerta", OUTSIDE, True),
    ("he keeps banging on the door", OUTSIDE, True),
    ("they climbed over the fence", OUTSIDE, True),
    ("me sacó de la casa y estoy afuera", OUTSIDE, False),
    ("mi hija está afuera jugando", OUTSIDE, False),
    ("ya no está afuera", OUTSIDE, False),
    ("the ambulance is outside", OUTSIDE, False),
)


@pytest.mark.parametrize(("text", "reading", "heard"), READ)
def test_it_is_read(text: str, reading: str, heard: bool, knowledge: Knowledge) -> None:
    assert (reading in readings_in(text, knowledge)) is heard


def _rows(knowledge: Knowledge) -> list[tuple[TakenBack, str]]:
    makes = knowledge.triage.scenes
    return [(row, one) for row in knowledge.triage.takes_back for told in row.told for one in makes.get(told, (told,))]


def test_no_kind_asks_for_what_was_taken_back_and_each_says_something(knowledge: Knowledge) -> None:
    wrong = []
    for kind, protocol in knowledge.protocols.items():
        for row, told in _rows(knowledge):
            if protocol.of in row.spares or told == kind:
                continue
            facts = Facts(danger_at="MX", writer_at="MX", heard=frozenset((told, kind)))
            texts = [f"kind.{kind}/{part}" for part in PARTS if getattr(protocol, part, None)]
            for who in ("own", "other"):
                danger = OpenDanger(
                    category=protocol.of, level=protocol.level, kind=kind, who=who, opened_at=BEGINS, heard_at=BEGINS
                )
                texts += [name for name, _ in care_of(danger, knowledge)]
            for text_id in texts:
                for clause in fitting(text_id, facts, knowledge):
                    if {*clause.told, *clause.every} & {*row.told}:
                        continue
                    asked = {act for one in SENTENCES.split(clause.es) for act in acts_in(one, knowledge)}
                    wrong += [f"{told}: {text_id} asks {act}" for act in asked & {*row.acts}]
            if not any(fitting(one, facts, knowledge) for one in (*texts, f"line.{row.says}")):
                wrong.append(f"{told}: nothing is left of {kind}")
    assert not wrong, "\n".join(wrong)


def test_every_row_has_a_line_that_it_does_not_take_back(knowledge: Knowledge) -> None:
    for row, told in _rows(knowledge):
        for at in ("MX", "US", "GT"):
            facts = Facts(danger_at="MX", writer_at=at, heard=frozenset((told,)))
            assert fitting(f"line.{row.says}", facts, knowledge), (told, at)


def test_every_act_is_asked_by_a_sentence_of_ours(knowledge: Knowledge) -> None:
    clauses = [one for says in knowledge.lines.said.values() for one in says]
    cares = [care for kind in knowledge.protocols.values() for care in (*kind.care, *kind.care_other)]
    clauses += [one for care in cares for one in care.says]
    asked = {act for clause in clauses for one in SENTENCES.split(clause.es) for act in acts_in(one, knowledge)}
    assert asked == {*knowledge.triage.acts}


@pytest.mark.parametrize("row", TALKS, ids=lambda row: row["turns"][-1][:60])
def test_it_holds_to_the_last_turn(row: dict[str, Any], knowledge: Knowledge) -> None:
    talk, said = DangerTalk(knowledge), ""
    for text in row["turns"]:
        said = " ".join(one.text for one in talk.say(text))
    assert said
    assert [one for one in row["never"] if one in said] == [], said
    assert [one for one in row["says"] if one not in said] == [], said
