"""What messages in an open danger say, and what they are not taken for: explicit readings, as data."""

import ast
import re
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from bot.conversation.danger import Reader
from bot.dialogue import protocols
from bot.dialogue.danger.judging import judged_in_part
from bot.dialogue.policies import danger
from bot.dialogue.words.phrasing import heard_in, heard_items
from knowledge.frames import FramesUnless
from knowledge.model import Knowledge
from knowledge.schema.protocols import Protocol

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "readings.yaml").read_text(encoding="utf-8"))
SCRIPTS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "scripts.yaml").read_text(encoding="utf-8"))
OUTSIDE = {"reading"}
"""What scripts call a kind and is none: the reader's state."""


@pytest.fixture(scope="module")
def readings(knowledge: Knowledge) -> FramesUnless[str]:
    return heard_items(knowledge.readings.values())


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["says"]))
def test_what_is_said_is_heard(case: dict[str, Any], readings: FramesUnless[str], knowledge: Knowledge) -> None:
    heard = {m.key for part in heard_in(case["says"], knowledge.spelling) for m in readings.standing(part)}
    assert set(case.get("hears", ())) <= heard
    assert heard.isdisjoint(case.get("not", ()))


def test_scripts_name_kinds_that_exist(knowledge: Knowledge) -> None:
    named = {turn["kind"].partition(":")[0] for script in SCRIPTS for turn in script["turns"]}
    assert named <= knowledge.protocols.keys() | OUTSIDE
    assert len(SCRIPTS) == 60


def test_no_two_transitions_bear_one_name(knowledge: Knowledge) -> None:
    names = [one.id for one in knowledge.transitions]
    assert sorted(names) == sorted({*names})


def test_what_the_code_names_is_content(knowledge: Knowledge) -> None:
    named, lines = set[str](), set[str]()
    for path in (*Path(protocols.__path__[0]).glob("*.py"), Path(danger.__file__)):
        held = {one.value for one in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(one, ast.Constant)}
        texts = {one for one in held if isinstance(one, str)}
        named |= {one for one in texts if re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", one)}
        lines |= {one.removeprefix("line.") for one in texts if re.fullmatch(r"line\.[a-z_]+", one)}
    questions = {name for row in knowledge.questions.values() for name in row.asked}
    known = {*knowledge.readings, *knowledge.protocols, *knowledge.lines.said, *questions}
    assert named - known <= {*Protocol.model_fields, *get_args(Reader)}
    assert lines <= knowledge.lines.said.keys()


@pytest.mark.parametrize(
    ("said", "sounds"),
    [
        ("ya entregue el papel pero mi novio no me deja salir del cuarto, me encerro", True),
        ("anote las horas en un cuaderno, tengo audios de el y fotos de la obra", False),
    ],
)
def test_what_only_the_whole_of_a_message_sounds_like_is_in_none_of_its_parts(
    said: str, sounds: bool, knowledge: Knowledge
) -> None:
    assert any(one.sure for one in judged_in_part(said, knowledge).values()) is sounds
