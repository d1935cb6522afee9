"""`predict --explain`: why a message was understood as it was."""

from itertools import islice
from typing import Any

from bot.conversation import Conversation
from bot.dialogue import understanding
from bot.dialogue.bearing.model import bearing_of, explained
from bot.dialogue.danger.moves import moves_in
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.words.phrasing import spell_out
from knowledge.model import Knowledge

SHOWN_MOVES = 3
"""Likeliest moves of an open danger that are shown."""
SHOWN_BEARINGS = 3
"""Options of a message in a thread that are explained."""
THRESHOLDS = {
    "answer": understanding.ANSWER,
    "margin": understanding.MARGIN,
    "clarify": understanding.CLARIFY,
}


def explain(text: str, lang: str, topics: list[dict[str, Any]], knowledge: Knowledge) -> dict[str, Any]:
    """Of one message read alone: its normal form and concepts, what weighs for each candidate, and the thresholds."""
    ranker = ranker_of(knowledge)
    likely = ranker.likelihoods(ranker.point(text))
    columns = {(column.topic, column.section): number for number, column in enumerate(ranker.model.columns)}
    return {
        "normal_form": spell_out(text, knowledge.spelling),
        "language": lang,
        "concepts": ranker.features.concepts(ranker.features.words(text)),
        "everyday": {kind: round(float(likely[number]), 3) for kind, number in ranker.talk.items()},
        "evidence": {
            f"{topic['id']}.{topic['section']}": [
                [each.feature, each.weight] for each in ranker.evidence(text, columns[topic["id"], topic["section"]])
            ]
            for topic in topics
        },
        "moves": {move: round(value, 3) for move, value in islice(moves_in(text, knowledge).items(), SHOWN_MOVES)},
        "thresholds": THRESHOLDS,
    }


def explain_bearing(text: str, conversation: Conversation, knowledge: Knowledge) -> dict[str, Any]:
    """What a message may be to the open topic, how likely each is, and what weighs most; empty where none is open."""
    if conversation.topic not in ranker_of(knowledge).topics:
        return {}
    choice = bearing_of(text, conversation, knowledge)
    likeliest = list(choice.likely.items())[:SHOWN_BEARINGS]
    return {name: {"likely": round(p, 3), "weighs": explained(choice, name, knowledge)} for name, p in likeliest}
