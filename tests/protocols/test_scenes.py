"""Where the usual first aid cannot be done, or would hurt, a text says what can: in the water, in gas, watched …"""

import re
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dialogue.protocols.book import Facts, fitting
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.render import PLACEHOLDER

ROWS = yaml.safe_load(Path(__file__).with_name("scenes.yaml").read_text(encoding="utf-8"))
WATER, FUMES, RUBBLE = ("sea_boat", "river", "flood"), ("gas_fumes", "smoke_fire"), ("quake", "crushed", "landslide")
HELD = ("captive", "labour_trafficking", "armed_threat", "besieged", "partner_violence", "train_robbed")
ELSEWHERE = ("trailer_locked", "train", "lost_desert", "detained_self", "relative_detained", "removal_soon")
SCENES = (*WATER, *FUMES, *RUBBLE, *HELD, *ELSEWHERE)
TOGETHER = (
    ("captive", "trailer_locked"),
    ("armed_threat", "lost_desert"),
    ("gas_fumes", "quake"),
    ("river", "captive"),
)
"""Two that are open at once."""
OUTDOORS = ("armed_threat", "besieged", "ice_door", "stalking", "threatened")
"""Kinds of violence whose usual words suppose a house."""
SIZES = {"first": 50, "other": 50, "first_minor": 45, "other_minor": 45, "brief": 36}
"""Words of a variant, a little above those of the usual text: who has two scenes open hears both."""


def _said(row: dict[str, Any], knowledge: Knowledge) -> str:
    text = row["text"]
    if row.get("minor"):
        text = f"{text}_minor"
    clauses = fitting(text, Facts(heard=frozenset(row["in"])), knowledge)
    return fold(" ".join(clause.say(row.get("lang", "es")) for clause in clauses))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['text']} in {'+'.join(row['in']) or 'no scene'}")
def test_a_text_says_what_can_be_done_there(row: dict[str, Any], knowledge: Knowledge) -> None:
    said = _said(row, knowledge)
    for wanted in row["must"]:
        assert re.search(wanted, said), f"{wanted!r} is not in {said!r}"
    for unwanted in row.get("not", ()):
        assert not re.search(unwanted, said), f"{unwanted!r} is in {said!r}"


@pytest.mark.parametrize("scene", [*((one,) for one in SCENES), *TOGETHER], ids="+".join)
def test_no_scene_leaves_a_text_empty(scene: tuple[str, ...], knowledge: Knowledge) -> None:
    for kind in (*knowledge.triage.bodily, *OUTDOORS):
        if kind in scene:
            continue
        for part in SIZES:
            if not getattr(knowledge.protocols[kind], part):
                continue
            clauses = fitting(f"kind.{kind}/{part}", Facts(heard=frozenset((kind, *scene))), knowledge)
            assert clauses, f"{kind}/{part} says nothing in {scene}"


@pytest.mark.parametrize("scene", SCENES)
def test_the_words_for_a_scene_are_few(scene: str, knowledge: Knowledge) -> None:
    for kind in (*knowledge.triage.bodily, *OUTDOORS):
        for part, most in SIZES.items():
            if kind == scene or not getattr(knowledge.protocols[kind], part):
                continue
            clauses = fitting(f"kind.{kind}/{part}", Facts(heard=frozenset((kind, scene))), knowledge)
            for lang in ("es", "en"):
                said = PLACEHOLDER.sub("n", " ".join(clause.say(lang) for clause in clauses))
                assert len(said.split()) <= most, f"{kind}/{part} in {scene}, {lang}: {said}"


@pytest.mark.parametrize("scene", HELD)
def test_where_somebody_watches_nobody_is_told_to_shout_or_to_put_a_call_on_speaker(
    scene: str, knowledge: Knowledge
) -> None:
    loud = re.compile(r"(?<!sin )altavoz|\bgrit(a|e|en)\b|puerta sin seguro|vecino")
    for kind in ("fainted", "bleeding", "breathless", "birth", "birth_bleeding", "heat", "medical", "seizure", "fall"):
        protocol = knowledge.protocols[kind]
        parts = chain(("first", "first_minor", "other", "brief"), (f"care.{n}" for n in range(len(protocol.care))))
        for part in parts:
            if part in SIZES and not getattr(protocol, part):
                continue
            urgent = part in SIZES or {"asks_leave_him", "asks_wait_or_go", "asks_alone", "asks_stop_driver"} & {
                *protocol.care[int(part.partition(".")[2])].only
            }
            clauses = fitting(f"kind.{kind}/{part}", Facts(heard=frozenset((kind, scene))), knowledge)
            said = fold(" ".join(clause.es for clause in clauses))
            assert not (urgent and loud.search(said)), f"{kind}/{part} in {scene}: {said}"
