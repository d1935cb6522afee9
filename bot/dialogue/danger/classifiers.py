"""Small trained classifiers: of a danger its kind, who is in it, what ended it, what is asked; acts, answers, talk."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from math import inf
from typing import NamedTuple

from bot.dialogue.danger.features import bag_around, danger_features_of, ids_around
from bot.dialogue.ranking.model_files import Arrays, kept, lessons, made, name_of, plain, unpacked
from bot.dialogue.words.features import Bag, Floats, Ids
from bot.dialogue.words.vectors import Scheme, Small, Vocabulary, scheme, values_of
from knowledge.model import Knowledge

MOVES_COUNT = scheme({"c": 0.8, "wb": 1.0, "KBSTH": 1.5, "kp": 0.4, "x": 0.4}, rare=3)
AROUND = scheme({"x": 3, "wb": 3, "KSH": 1}, rare=2)
"""x at its distance; w a word and b a pair of the clause, or near; K of the whole; S an ending, H the form; on lessons
of hands that were held out."""


class Group(StrEnum):
    """What a classifier tells."""

    KINDS = "kinds"
    WHOSE = "whose"
    ENDS = "ends"
    TURNS = "turns"
    ASKS = "asks"
    TELLS = "tells"
    ACTS = "acts"
    OPTIONS = "options"
    STEPS = "steps"
    TALK = "talk"
    HERE = "here"
    COUNTRY = "country"
    FOR_WHOM = "for_whom"
    AGE_GROUP = "age_group"
    STATUS = "status"
    DENIES = "denies"
    DOES = "does"
    PAPERS = "papers"


DENIED = "denied"
"""Of a clause: it says what is not so, not wanted or not asked of the answer before."""
UNSAID = "unknown"
"""In place of a kind, an end or a question, where a text tells none."""
DONE, WAITS = "done", "waits"
"""What is told of a step; in place of its name, that it is not done yet."""
CODE = ("bot.training.kinds",)
"""What a change of makes another model of the same content, with all that these import."""


class Reader(NamedTuple):
    """How a text is read: its features as they stand in it, the same counted, and what each kind of them counts."""

    ids: Callable[[str], Ids]
    bag: Callable[[str], Bag]
    counts: Scheme


def reader_of(group: Group, knowledge: Knowledge) -> Reader:
    """A place is judged by what stands around it; all else is read as danger is."""
    if group is Group.HERE:
        return Reader(ids_around, bag_around, AROUND)
    reads = danger_features_of(knowledge)
    return Reader(reads.ids, reads.bag, MOVES_COUNT)


@dataclass(frozen=True, eq=False, slots=True)
class Classifier:
    """Likelihoods of the names that it was taught."""

    names: tuple[str, ...]
    vocabulary: Vocabulary
    inner: Small
    """Features x names."""
    bias: Floats
    reads: Reader

    def scores(self, text: str) -> Mapping[str, float]:
        """By name, the margin of each: above 0 where it is likelier than not."""
        places, values = values_of(self.reads.bag(text), self.vocabulary, self.reads.counts)
        scores = self.inner.total(places, values) + self.bias
        return dict(zip(self.names, scores.tolist(), strict=True))

    def margins(self, text: str) -> Mapping[str, float]:
        """By name, how much likelier it is than that none is told, the likeliest first."""
        scores = self.scores(text)
        likely = sorted(scores, key=lambda name: -scores[name])
        return {name: scores[name] - scores[UNSAID] for name in likely if name != UNSAID}


def kinds_of(category: str, knowledge: Knowledge) -> Collection[str]:
    """The ids of the kinds of a category, without the words for all of them."""
    return [one.id for one in knowledge.protocols.values() if one.of == category and not one.general]


@lru_cache(maxsize=4 * len(Group))
def classifier_of(knowledge: Knowledge, group: Group) -> Classifier:
    """The classifier of this Knowledge; the first call for new content trains it (some seconds)."""
    words = (*knowledge.lexicon, sorted(knowledge.kinds.items()))
    name = name_of(group, CODE, knowledge, lambda: (plain(lessons("kind_lessons", knowledge, group)), words))
    reads = reader_of(group, knowledge)
    return kept(knowledge.root, name, lambda: made("kinds", knowledge, group), lambda held: _read(held, reads))


def _read(held: Arrays, reads: Reader) -> Classifier:
    names, sizes = tuple(unpacked(held["names"])), {len(held[n]) for n in ("ids", "rarity", "inner_scale")}
    if len(sizes) > 1 or held["inner"].shape[1] != len(names):
        raise ValueError("the arrays do not fit one another")
    vocabulary = Vocabulary(held["ids"], held["rarity"])
    return Classifier(names, vocabulary, Small.of(held["inner"], held["inner_scale"]), held["bias"], reads)


def likeliest(text: str, group: Group, knowledge: Knowledge, held: str | None = None, ahead: float = 0) -> str | None:
    """The likeliest name, `ahead` of the one that is `held`; None where none is told, or nothing else than that."""
    margins = classifier_of(knowledge, group).margins(text)
    best = next(iter(margins))
    least = max(0.0, margins.get(held, 0.0)) + ahead if held else 0.0
    return best if best != held and margins[best] >= least else None


def option_meant(text: str, procedure: str, question: str, knowledge: Knowledge) -> tuple[str | None, float]:
    """The likeliest answer to a question of a procedure, and how much likelier than that it is none of them."""
    return _likeliest(classifier_of(knowledge, Group.OPTIONS).scores(text), f"{procedure}/{question}/")


def step_told(text: str, procedure: str, knowledge: Knowledge) -> tuple[str | None, float]:
    """The step of a procedure that is likeliest told to be done, or WAITS, and how much likelier than that none is."""
    scores = classifier_of(knowledge, Group.STEPS).scores(text)
    best, score = _likeliest(scores, f"{procedure}/")
    return best, score - scores.get(UNSAID, 0.0)


def _likeliest(scores: Mapping[str, float], of: str) -> tuple[str | None, float]:
    """The likeliest of the names that begin so, and its score; beside its own UNSAID, how much likelier it is."""
    own = {name.removeprefix(of): score for name, score in scores.items() if name.startswith(of)}
    none = own.pop(UNSAID, 0.0)
    best = max(own, key=lambda name: own[name], default=None)
    return (best, own[best] - none) if best is not None else (None, -inf)
