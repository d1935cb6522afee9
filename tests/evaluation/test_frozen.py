"""Understanding on the frozen sets: the recorded figures may grow, and fall only by a little (see README.md)."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from bot.cli.evaluate import evaluate
from knowledge.frames import fold
from knowledge.model import Knowledge

HERE = Path(__file__).parent
TODAY = date(2026, 11, 20)
TOLERANCE = 0.02
FEW = 6
"""Words of a message that two people may write alike: "¿y cuánto se tardan en darla?"."""
AT_LEAST: Mapping[str, Mapping[str, float]] = {
    "calendar": {"right events": 0.827},
    "danger": {"recall": 0.976, "specificity": 0.979, "right category": 0.975},
    "danger_bare": {"recall": 0.976, "specificity": 1.0, "right category": 0.988},
    "danger_plain": {"recall": 1.0, "specificity": 0.983, "right category": 0.951},
    "danger_strangers": {"recall": 0.824, "specificity": 0.955},
    "danger_few": {"recall": 0.875, "specificity": 0.98, "right category": 0.82},
    "danger_beside": {"recall": 0.9, "specificity": 1.0, "right category": 0.9},
    "corrections_talks": {"first right": 0.696, "later right": 0.44, "later right or offered": 0.6},
    "danger_passing": {"recall": 0.9, "specificity": 1.0, "right category": 0.94},
    "absent": {"recall": 0.98, "specificity": 0.95},
    "scam_calls": {"recall": 0.67},
    "danger_unseen": {"recall": 0.977, "specificity": 1.0, "right category": 0.95},
    "danger_talks": {
        "first helped": 0.93,
        "kind": 0.848,
        "who": 0.884,
        "reader": 0.957,
        "kept": 0.988,
        "ended": 0.595,
        "ended or handed": 0.918,
        "calm talk left calm": 1.0,
    },
    "danger_talks_two": {
        "first helped": 0.833,
        "who": 0.85,
        "reader": 0.915,
        "kept": 0.968,
        "ended": 0.651,
        "ended or handed": 0.85,
        "calm talk left calm": 1.0,
    },
    "dialogues_plain": {"in time": 0.893, "left calm": 0.912},
    "dialogues_unseen": {"in time": 0.985, "left calm": 0.86},
    "dialogues_urgent": {"in time": 0.936, "left calm": 0.886},
    "followups": {"resolved": 0.903},
    "questions": {"top-1": 0.958, "top-3": 0.996},
    "questions_rare": {"top-1": 0.8, "top-3": 0.904},
    "strangers": {"top-1": 0.71},
    "strangers_two": {"top-1": 0.628},
    "talks": {
        "first right": 0.83,
        "later right": 0.654,
        "later right or offered": 0.755,
        "later right: alone": 0.656,
        "later right: need": 0.625,
        "calm talk left calm": 0.969,
    },
    "talks_two": {"first right": 0.676, "later right": 0.66, "later right or offered": 0.755},
}
AT_MOST: Mapping[str, Mapping[str, float]] = {
    "danger_bare": {"checks": 0.048, "checks of look-alikes": 0.076},
    "danger_plain": {"checks": 0.062, "checks of look-alikes": 0.035},
    "danger": {"checks": 0.035, "checks of look-alikes": 0.021},
    "danger_few": {"checks": 0.17, "checks of look-alikes": 0.05},
    "danger_beside": {"checks": 0.15, "checks of look-alikes": 0.03},
    "danger_passing": {"checks": 0.14, "checks of look-alikes": 0.03},
    "danger_unseen": {"checks": 0.07, "checks of look-alikes": 0.03},
    "questions": {"answered wrongly": 0.036, "taken for danger": 0.007},
    "questions_rare": {"answered wrongly": 0.106},
    "out_of_domain": {"false answers": 0.055},
    "not_known": {"false answers": 0.23},
    "corrections_talks": {"answered wrongly": 0.21},
    "talks": {"answered wrongly": 0.171},
    "talks_two": {"answered wrongly": 0.2},
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
    for file in sorted(HERE.glob(f"*/{name}.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            turns = row.get("turns") or [row["text"]]
            yield from dict.fromkeys(fold(text) for text in (*turns, ". ".join(turns)))


def taught(knowledge: Knowledge) -> Iterator[str]:
    """Whatever a model learns from: each text, and the messages of a conversation or thread as one text."""
    yield from chain.from_iterable(knowledge.everyday.values())
    for topic in knowledge.phrases.values():
        yield from chain.from_iterable(section.texts() for section in topic.sections.values())
    for sentences in knowledge.sentences.values():
        yield from (*sentences.calm, *(text for text, _ in sentences.reports()))
    for move in knowledge.moves.values():
        yield from move.texts()
    yield from (turn.say for hand in knowledge.talks.values() for talk in hand.talks for turn in talk.turns)
    for lessons in knowledge.kind_lessons.values():
        yield from chain.from_iterable(texts for by_who in lessons.told.values() for texts in by_who.values())
    yield from chain.from_iterable(texts for one in knowledge.questions.values() for texts in one.asked.values())
    yield from chain.from_iterable(knowledge.act_lessons.values())
    yield from chain.from_iterable(knowledge.talk_lessons.values())
    told = [texts for one in knowledge.conversations.values() for texts in one.told]
    threads = [thread for one in knowledge.threads.values() for thread in one.threads]
    told += [(thread.first, *(message.text for message in thread.then)) for thread in threads]
    yield from (*chain.from_iterable(knowledge.endings.values()), *map(". ".join, told), *chain.from_iterable(told))


def test_nothing_that_is_measured_is_taught(knowledge: Knowledge) -> None:
    measured = {text for name in FILES for text in texts(name)}
    assert not {text for text in measured if len(text.split()) > FEW} & {fold(text) for text in taught(knowledge)}


def test_the_sets_are_large_enough() -> None:
    counts = {name: len(list(texts(name))) for name in FILES}
    assert counts["questions"] >= 600
    assert counts["out_of_domain"] >= 150
    assert counts["not_known"] >= 60
