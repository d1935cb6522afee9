"""`predict --explain`: why a message was understood as it was: what was read in it, and what that is here."""

from datetime import datetime
from typing import Any

from bot.conversation import Conversation, InboundMessage, Kind
from bot.dialogue.message import read
from bot.dialogue.ranking.ranker import ranker_of
from bot.dialogue.signals import assess
from knowledge.model import Knowledge

SHOWN = 5
"""Sections that are explained."""


def explain(text: str, state: Conversation, knowledge: Knowledge, now: datetime) -> dict[str, Any]:
    """The message (`read`) and its signals (`assess`) in this state, as plain values."""
    m = read(InboundMessage("predict", "explain", "predict", Kind.TEXT, now, text=text), knowledge)
    s = assess(m, state, knowledge, now)
    ranker = ranker_of(knowledge)
    columns = {(column.topic, column.section): number for number, column in enumerate(ranker.model.columns)}
    likely = [one for one in s.ranking.candidates[:SHOWN] if (one.topic, one.section) in columns]
    return {
        "message": {
            "letters": m.letters,
            "ear": list(m.ear),
            "lang": m.lang,
            "asks": m.asks,
            "aspects": [aspect.value for aspect in m.aspects],
            "command": m.command,
            "smalltalk": m.smalltalk.id if m.smalltalk else None,
            "concepts": ranker.features.concepts(ranker.features.words(m.text)),
        },
        "signals": {
            "danger": s.danger.danger.rule if s.danger.danger else None,
            "check": s.danger.check.rule if s.danger.check else None,
            "acts": {name: round(value, 3) for name, value in s.acts.likely.items()},
            "verdict": s.ranking.verdict,
            "none": round(s.ranking.none, 3),
            "sections": {f"{one.topic}/{one.section}": round(one.score, 3) for one in s.ranking.candidates[:SHOWN]},
        },
        "evidence": {
            f"{one.topic}/{one.section}": [
                [each.feature, each.weight] for each in ranker.evidence(m.text, columns[one.topic, one.section])
            ]
            for one in likely
        },
    }
