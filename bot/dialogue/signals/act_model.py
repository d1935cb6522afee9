"""What a person does with a message, as it was learned: a softmax over acts, from words and from how far it sounds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from bot.conversation import Conversation
from bot.dialogue.message import Message
from bot.dialogue.ranking.model_files import Arrays, kept, made, name_of, unpacked
from bot.dialogue.ranking.section_words import covered, said_in
from bot.dialogue.ranking.trained import ranker_name, ranker_of
from bot.dialogue.signals.sections import sections_of
from bot.dialogue.signals.wording import wording_of
from bot.dialogue.words.features import Floats
from knowledge.model import Knowledge

CODE = ("bot.dialogue.words.phrasing",)
"""What a change of makes another model of the same lessons, with all that these import."""
TRAINING = 1
"""Raised where the features below, or `bot.training.acts`, change."""
WORDS = 2.0
"""What all words and pairs of a message count together."""
CROSSED = ("surest", "behind", "unspoken", "spoken elsewhere")
"""How it sounds, which counts apart for each way of wording."""
FAINT = 1e-4
"""No likelihood of a topic counts as less."""


@dataclass(frozen=True, eq=False)
class ActModel:
    """Acts, features, and the weight of each feature for each act."""

    acts: Sequence[str]
    numbers: Mapping[str, int]
    weights: Floats


def opened_in(state: Conversation, knowledge: Knowledge) -> str | None:
    """The topic of the section that was shown last."""
    places = sections_of(knowledge).place_of
    shown = next((one for one in reversed(state.said_before.shown) if one in places), None)
    return shown.split("/")[0] if shown else None


def features_in(message: Message, state: Conversation) -> dict[str, float]:
    """Words, pairs of words, how it is worded; how likely the open topic and the likeliest are."""
    words, wording = message.letters.split(), wording_of(message)
    pairs = [f"{one} {other}" for one, other in pairwise(["^", *words, "$"])]
    each = WORDS / max(1, len(words)) ** 0.5
    found = dict.fromkeys((*words, *pairs), each) | {"?": float("?" in message.text), "bias": 1.0}
    sounds = _sounds(message, state)
    crossed = {
        f"{name}, {flag}": sounds[name] for name in CROSSED for flag in wording if wording[flag] and name in sounds
    }
    return found | {f"is {name}": value for name, value in wording.items()} | sounds | crossed


def _sounds(message: Message, state: Conversation) -> dict[str, float]:
    knowledge = message.knowledge
    ranker, sections = ranker_of(knowledge), sections_of(knowledge)
    likely = ranker.alone(message.text)
    by_topic = np.log(sections.by_topic(likely) + FAINT)
    talk = {f"talk: {kind}": float(likely[number]) for kind, number in ranker.talk.items()}
    opened = opened_in(state, knowledge)
    surest = float(by_topic.max())
    if opened is None:
        return talk | {"surest": surest}
    at = ranker.number_of[opened]
    here, said = float(by_topic[at]), said_in(message.text, ranker, knowledge)
    best = sections.topics[int(by_topic.argmax())]
    spoken = covered(said, sections.topics[at], knowledge)
    return talk | {
        "surest": surest,
        "open": here,
        "behind": here - surest,
        "unspoken": 1 - spoken,
        "spoken elsewhere": covered(said, best, knowledge) - spoken,
        "first": float(best.id == opened),
        "led to": float(best.id in sections.topics[at].next),
    }


@lru_cache(maxsize=4)
def model_of(knowledge: Knowledge) -> ActModel:
    """The model of this Knowledge; the first call for new lessons trains it (seconds)."""

    def taught() -> tuple[object, ...]:
        return sorted(knowledge.threads.items()), sorted(knowledge.acts.items())

    name = name_of("acts", CODE, knowledge, lambda: (TRAINING, ranker_name(knowledge), taught()))
    return kept(knowledge.root, name, lambda: made("acts", knowledge), _read)


def _read(held: Arrays) -> ActModel:
    numbers = {name: number for number, name in enumerate(unpacked(held["names"]))}
    return ActModel(unpacked(held["acts"]), numbers, held["weights"].astype(np.float32))


def likely_acts(message: Message, state: Conversation) -> dict[str, float]:
    """How likely each act is, the likeliest first."""
    model = model_of(message.knowledge)
    known = [(model.numbers[n], value) for n, value in features_in(message, state).items() if n in model.numbers]
    rows, values = zip(*known, strict=True)
    scores = np.array(values, np.float32) @ model.weights[list(rows)]
    likely = np.exp(scores - scores.max())
    likely /= likely.sum()
    return {model.acts[n]: float(likely[n]) for n in np.argsort(-likely).tolist()}
