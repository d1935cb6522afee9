"""Small talk in people's own words: every fourth line of the hand that wrote the lessons, kept apart unread."""

import json
from pathlib import Path

from bot.dialogue.signals.acts import talk_meant
from bot.dialogue.thresholds import TALK
from bot.dialogue.words.talk import without_opening
from knowledge.model import Knowledge

APART = Path(__file__).parent / "tune" / "smalltalk.jsonl"
HEARD, RIGHT = 0.5, 0.65
"""The least share that is heard as small talk, and of it that is heard as what it is."""

AS_WELL = {"about-us": ("privacy", "sources"), "insult": ("complains",)}
"""Commands and acts that were learned after these labels were given, and do what was asked as well."""


def test_small_talk_is_heard(knowledge: Knowledge) -> None:
    rows = [json.loads(line) for line in APART.read_text(encoding="utf-8").splitlines()]
    meant = [(row["talk"], *talk_meant(without_opening(row["text"], knowledge), knowledge)) for row in rows]
    heard = [(label, talk) for label, talk, margin in meant if margin >= TALK]
    said = [label for label, _ in heard if label is not None]
    assert len(said) >= HEARD * sum(row["talk"] is not None for row in rows)
    assert sum(talk in (label, *AS_WELL.get(label, ())) for label, talk in heard) >= RIGHT * len(said)
    assert len(said) == len(heard), [talk for label, talk in heard if label is None]
