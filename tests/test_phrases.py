"""Wordings written apart from the content must reach their topic and section.

Known failures are listed, run, and struck off when they pass: `--record` writes the list anew.
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.conversation import TopicScore
from bot.dialogue.engine import assess_alone
from knowledge.model import Knowledge
from tests.conftest import NOON

FOLDER = Path(__file__).parent / "phrases"
FAILURES = FOLDER.parent / "phrases_known_failures.yaml"


@cache
def wordings() -> tuple[tuple[str, str, str | None], ...]:
    """Topic, text, section (None = any)."""
    return tuple(
        (path.stem, item["text"], item.get("section"))
        for path in sorted(FOLDER.glob("*.yaml"))
        for item in yaml.safe_load(path.read_text(encoding="utf-8"))
    )


def likeliest(text: str, knowledge: Knowledge) -> Sequence[TopicScore]:
    """The first topic of the ranking, with its section; empty where nothing is near."""
    return assess_alone(text, knowledge, NOON).ranking.topics[:1]


@cache
def failing(knowledge: Knowledge) -> list[str]:
    found = []
    for topic, text, section in wordings():
        best = likeliest(text, knowledge)
        got = f"{best[0].topic}/{best[0].section}" if best else "nothing"
        wanted = f"{topic}/{section}" if section else topic
        if got != wanted and not (section is None and got.startswith(f"{topic}/")):
            found.append(f"{wanted}: {text}")
    return sorted(found)


def test_wordings_reach_their_section(knowledge: Knowledge, request: pytest.FixtureRequest) -> None:
    now = failing(knowledge)
    if request.config.getoption("--record"):
        FAILURES.write_text(yaml.safe_dump(now, allow_unicode=True, width=200), encoding="utf-8")
    known = yaml.safe_load(FAILURES.read_text(encoding="utf-8"))
    assert set(now) - set(known) == set(), "these failed before no more"
    assert set(known) - set(now) == set(), "these pass now: strike them off with --record"


def test_most_wordings_pass(knowledge: Knowledge) -> None:
    every = wordings()
    wrong_topic = [line for line in failing(knowledge) if _topic_missed(line, knowledge)]
    assert len(wrong_topic) <= 0.15 * len(every), f"{len(wrong_topic)} of {len(every)} miss their topic"


def _topic_missed(line: str, knowledge: Knowledge) -> bool:
    wanted, text = line.split(": ", 1)
    best = likeliest(text, knowledge)
    return not best or best[0].topic != wanted.split("/")[0]


@pytest.mark.parametrize("topic", sorted({topic for topic, _, _ in wordings()}))
def test_wordings_name_sections_that_exist(topic: str, knowledge: Knowledge) -> None:
    assert topic in knowledge.topics
    for name, text, section in wordings():
        if name == topic and section is not None:
            assert knowledge.topics[topic].section(section), text
