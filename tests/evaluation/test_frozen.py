"""Understanding on the frozen sets: the recorded figures may grow, and fall only by a little (see README.md)."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from bot.cli.evaluate import evaluate
from knowledge.frames import fold
from knowledge.model import Knowledge

HERE = Path(__file__).parent
TODAY = date(2026, 11, 20)
TOLERANCE = 0.02
AT_LEAST: Mapping[str, Mapping[str, float]] = {
    "calendar": {"right events": 0.87},
    "danger": {"recall": 0.953, "specificity": 0.968, "right category": 0.96},
    "danger_strangers": {"recall": 0.868, "specificity": 0.93},
    "dialogues_urgent": {"in time": 0.923, "left calm": 0.911},
    "followups": {"resolved": 0.9},
    "questions": {"top-1": 0.938, "top-3": 0.989},
    "strangers": {"top-1": 0.74},
}
AT_MOST: Mapping[str, Mapping[str, float]] = {
    "danger": {"checks": 0.071, "checks of look-alikes": 0.055},
    "questions": {"answered wrongly": 0.033, "taken for danger": 0.011},
    "out_of_domain": {"false answers": 0.055},
    "not_known": {"false answers": 0.064},
}
FILES = sorted(AT_LEAST.keys() | AT_MOST.keys())


@pytest.mark.parametrize("name", FILES)
def test_frozen_figures(name: str, knowledge: Knowledge) -> None:
    lines = (HERE / "frozen" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    found = {figure: value.share for figure, value in evaluate(lines, knowledge, TODAY).figures.items()}
    low = {f: found[f] for f, least in AT_LEAST.get(name, {}).items() if found[f] < least - TOLERANCE}
    high = {f: found[f] for f, most in AT_MOST.get(name, {}).items() if found[f] > most + TOLERANCE}
    assert not low, low
    assert not high, high


def texts(name: str) -> Iterator[str]:
    for part in ("tune", "frozen"):
        for line in (HERE / part / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield from (fold(text) for text in row.get("turns") or [row["text"]])


def test_no_conversation_that_is_measured_is_taught(knowledge: Knowledge) -> None:
    taught = {fold(". ".join(texts)) for one in knowledge.conversations.values() for texts in one.told}
    for part in ("tune", "frozen"):
        for line in (HERE / part / "dialogues_urgent.jsonl").read_text(encoding="utf-8").splitlines():
            assert fold(". ".join(json.loads(line)["turns"])) not in taught


@pytest.mark.parametrize("name", ["questions", "out_of_domain", "not_known"])
def test_nothing_that_is_measured_is_taught(name: str, knowledge: Knowledge) -> None:
    taught = {fold(text) for kind in knowledge.everyday.values() for text in kind}
    taught |= {fold(text) for one in knowledge.sentences.values() for text in one.calm}
    for topic in knowledge.phrases.values():
        for section in topic.sections.values():
            taught |= {fold(text) for text in section.texts()}
    # One or two words ("pasaporte", "hola") are everybody's.
    assert not {text for text in texts(name) if len(text.split()) > 2} & taught


def test_the_sets_are_large_enough() -> None:
    counts = {name: len(list(texts(name))) for name in FILES}
    assert counts["questions"] >= 600
    assert counts["out_of_domain"] >= 150
    assert counts["not_known"] >= 60
