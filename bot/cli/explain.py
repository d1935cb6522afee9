"""`predict --explain`: why a message was understood as it was: what was read in it, and what that is here."""

from datetime import datetime
from typing import Any

import numpy as np

from bot.conversation import Conversation, InboundMessage, Kind
from bot.dialogue.engine import assess
from bot.dialogue.message import read
from bot.dialogue.ranking.ranker import COUNTS, Ranker, ranker_of
from bot.dialogue.signals import Signals
from bot.dialogue.signals.ranking import weights_of_whole
from bot.dialogue.signals.readings import Readings
from bot.dialogue.signals.section_features import table
from bot.dialogue.words.features import bag_of
from bot.dialogue.words.vectors import values_of
from knowledge.model import Knowledge

SHOWN = 5
"""Sections that are explained."""
FEATURES = 8
"""Features of each."""


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
        "weighed": _weighed(s) if likely else {},
        "evidence": {
            f"{one.topic}/{one.section}": evidence(ranker, m.text, columns[one.topic, one.section]) for one in likely
        },
    }


def evidence(ranker: Ranker, text: str, column: int) -> list[tuple[str, float]]:
    """The features of a text that weigh most for a column of the ranker, against the mean of all columns."""
    vocabulary, outer = ranker.model.vocabulary, ranker.model.outer
    numbers, values = values_of(bag_of(ranker.features.ids(text)), vocabulary, COUNTS)
    weights = values * (ranker.model.inner.rows(numbers) @ (outer[:, column] - outer.mean(axis=1)))
    name_of, order = ranker.features.names(text), np.argsort(-np.abs(weights))[:FEATURES]
    return [(name_of[int(vocabulary.ids[numbers[n]])], round(float(weights[n]), 3)) for n in order]


Weighed = list[tuple[str, float, float]]
"""Of each feature that counts its name, its value here and its weight; what counts most first."""


def _weighed(s: Signals) -> dict[str, Weighed]:
    """What speaks for the likeliest sections, and for it that none of ours answers, in the message as a whole."""
    heard, names = Readings(s.message, s.state, s.acts), [one.id for one in s.ranking.candidates[:SHOWN]]
    of_rows, of_none = table(heard, np.array([heard.sections.place_of[name] for name in names]), s.situation)
    weights = weights_of_whole(s.knowledge)

    def counting(values: dict[str, float]) -> Weighed:
        found = [(name, value, weights.get(name, 0.0)) for name, value in values.items()]
        found = [one for one in found if one[1] * one[2]]
        found.sort(key=lambda one: -abs(one[1] * one[2]))
        return [(name, round(value, 3), round(weight, 3)) for name, value, weight in found]

    rows = {name: {one: float(values[at]) for one, values in of_rows.items()} for at, name in enumerate(names)}
    return {name: counting(values) for name, values in [*rows.items(), ("none", dict(of_none))]}
