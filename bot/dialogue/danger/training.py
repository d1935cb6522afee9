"""Trains the danger scorer from content: models that share their features, and two that weigh what they say.

A linear model and a softmax of low rank (`shared`) say danger or not; a third model says which category; the fourth
mixes the scores of the first two with what the rules found; the fifth weighs a message in its conversation. The last
two learn on scores that each text got from models that had not seen it. Chosen on evidence: benchmarks/danger.py.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack

from bot.dialogue.danger.shared import Shared, learn
from bot.dialogue.danger.taught_turns import Turn
from bot.dialogue.danger.turns import FRAMED, NUMBERS, Sounds, numbers_of
from bot.dialogue.danger.vectors import blocks_of, matrix_of, vocabulary_of
from bot.dialogue.ranking.fits import linear_svc, logistic_regression
from bot.dialogue.words.features import Floats
from bot.dialogue.words.odds import likelihood, log_odds
from knowledge.frames import fold
from knowledge.model import Knowledge

SENTENCE, PHRASE, EVERYDAY, MISSPELLED = 1.0, 0.3, 0.6, 0.5
"""Weights of sentences, ordinary phrases, everyday talk, and sentences with typos."""
FOLDS = 3
STRICT, STRICT_CATEGORY = 10.0, 0.5
"""C of the models."""
EXACT = 1e-6
"""Tolerance of the fits: at the libraries' own, rounding decides when a fit stops, and so some of the answers."""
SCORES = ("score", "shared")
"""What the mixture calls the scores of the linear model and of the softmax."""
TYPO, RUN_ON = 0.18, 0.04
"""Share of the words that are misspelled, and that lose the space before them."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text, the category of the danger that it reports (None: it reports none), and how much it counts."""

    text: str
    category: str | None
    weight: float
    conversation: int | None = None
    """The number of the conversation that it is part of."""


@dataclass(frozen=True, slots=True)
class Trained:
    """vocabulary: feature -> row; weight: rarity; danger: features; by_category: features x categories."""

    vocabulary: dict[str, int]
    weight: Floats
    danger: Floats
    bias: float
    shared: Shared
    categories: tuple[str, ...]
    by_category: Floats
    category_bias: Floats
    signs: dict[str, float]
    """Sign of the rules -> weight beside the scores; those of `SCORES` and `always` among them."""
    turn: dict[str, float]
    """What is weighed of a message in its conversation -> weight; `always` among them."""


def lessons_of(knowledge: Knowledge) -> tuple[Lesson, ...]:
    """In a fixed order. A phrase or talk that stands among the sentences is taught as the sentence that it is."""
    sentences = [Lesson(text, c, SENTENCE) for c, one in knowledge.sentences.items() for text, _ in one.reports()]
    sentences += [Lesson(text, None, SENTENCE) for one in knowledge.sentences.values() for text in one.calm]
    known = {fold(lesson.text) for lesson in sentences}
    phrases = (
        text
        for topic in knowledge.phrases.values()
        for section in topic.sections.values()
        for text in (*section.es, *section.en, *section.mix)
    )
    talk = (text for texts in knowledge.everyday.values() for text in texts)
    # What people tell inside a topic: fragments that no first message has. What opens one may be danger, too.
    threads = (thread for field in knowledge.threads.values() for thread in field.threads)
    within = (message.text for thread in threads for message in thread.then)
    asked = dict.fromkeys((*phrases, *within))
    ordinary = [Lesson(text, None, PHRASE) for text in asked if fold(text) not in known]
    ordinary += [Lesson(text, None, EVERYDAY) for text in dict.fromkeys(talk) if fold(text) not in known]
    return (*sentences, *ordinary)


def with_turns(lessons: Sequence[Lesson], turns: Iterable[Turn]) -> tuple[Lesson, ...]:
    """The lessons, and the texts of conversations: what is danger or harmless as a whole counts; the rest is read."""
    texts: dict[tuple[int, str], Lesson] = {}
    for turn in turns:
        alone, whole, *before = turn.texts
        for text in (alone, *before):
            texts.setdefault((turn.number, text), Lesson(text, None, 0.0, turn.number))
        if turn.taught:
            texts[turn.number, whole] = Lesson(whole, turn.category, turn.taught, turn.number)
        else:
            texts.setdefault((turn.number, whole), Lesson(whole, None, 0.0, turn.number))
    return (*lessons, *texts.values())


def train(
    lessons: Sequence[Lesson],
    turns: Sequence[Turn],
    read: Callable[[str], Mapping[str, int]],
    signs_in: Callable[[str], Collection[str]],
    marks_in: Callable[[Turn], Collection[str]],
) -> Trained:
    """`read` gives a text's features, `signs_in` what the rules find in it, `marks_in` what kind of words a turn has.

    The same input gives the same result.
    """
    lessons = with_turns(lessons, turns)
    bags = [read(lesson.text) for lesson in lessons]
    vocabulary, weight = vocabulary_of(bags)
    taught = _taught(lessons, bags, read, vocabulary, weight)
    model, category, unseen = taught.danger(), taught.category(), taught.unseen()
    # The rules take long to read what is ordinary and say little of it.
    signs = {n: frozenset(signs_in(lesson.text)) for n, lesson in enumerate(lessons) if lesson.weight != PHRASE}
    mixture = _mixture(taught, unseen, {n: found for n, found in signs.items() if lessons[n].conversation is None})
    odds = {
        (lessons[n].conversation, lessons[n].text): log_odds(likelihood(mixed(mixture, unseen[n].tolist(), found)))
        for n, found in signs.items()
    }
    return Trained(
        vocabulary=vocabulary,
        weight=weight,
        danger=model.coef_[0].astype(np.float32),
        bias=float(model.intercept_[0]),
        shared=taught.shared(),
        categories=tuple(map(str, category.classes_)),
        by_category=category.coef_.T.astype(np.float32),
        category_bias=category.intercept_.astype(np.float32),
        signs=mixture,
        turn=_turn_weights(turns, odds, marks_in),
    )


def mixed(weights: Mapping[str, float], scores: Sequence[float], signs: Iterable[str]) -> float:
    """Log odds of danger: the scores, as `SCORES` names them, and what the rules found."""
    scored = sum(weights[name] * score for name, score in zip(SCORES, scores, strict=True))
    return weights["always"] + scored + sum(weights.get(sign, 0.0) for sign in signs)


def _taught(
    lessons: Sequence[Lesson],
    bags: Sequence[Mapping[str, int]],
    read: Callable[[str], Mapping[str, int]],
    vocabulary: dict[str, int],
    weight: Floats,
) -> "_Taught":
    blocks = blocks_of(vocabulary)
    random = Random(0)  # noqa: S311 - typos need no secret
    sentences = [n for n, one in enumerate(lessons) if one.weight == SENTENCE and one.conversation is None]
    typos = [read(misspelled(lessons[n].text, random)) for n in sentences]
    conversations = [-1 if lesson.conversation is None else lesson.conversation for lesson in lessons]
    return _Taught(
        vstack([matrix_of(bags, vocabulary, weight, blocks), matrix_of(typos, vocabulary, weight, blocks)]).tocsr(),
        np.concatenate([np.arange(len(lessons)), np.array(sentences, dtype=np.intp)]),
        np.array([lesson.category or "" for lesson in lessons]),
        np.array([lesson.weight for lesson in lessons]),
        np.array(conversations, dtype=np.intp),
    )


@dataclass(frozen=True, slots=True)
class _Taught:
    """Texts and then their misspelled copies; `source`: the lesson of each row; the others by lesson."""

    rows: csr_array
    source: NDArray[np.intp]
    labels: NDArray[np.str_]
    weights: NDArray[np.float64]
    conversations: NDArray[np.intp]
    """The number of the conversation that a text is part of, -1 for none."""

    @property
    def size(self) -> int:
        """How many lessons."""
        return len(self.labels)

    @property
    def urgent(self) -> NDArray[np.bool_]:
        """By lesson: whether it reports danger."""
        result: NDArray[np.bool_] = self.labels != ""
        return result

    def danger(self, chosen: NDArray[np.bool_] | None = None) -> Any:
        """Danger or not, learned from the chosen lessons."""
        kept, counts = self._taught(chosen)
        model = logistic_regression(C=STRICT, solver="liblinear", random_state=0, tol=EXACT)
        return model.fit(self.rows[kept], self.urgent[self.source][kept], counts[kept])

    def shared(self, chosen: NDArray[np.bool_] | None = None, seed: int = 0) -> Shared:
        """Which danger, or none, learned from the chosen lessons."""
        kept, counts = self._taught(chosen)
        return learn(self.rows[kept], self.labels[self.source][kept], counts[kept], seed)

    def _taught(self, chosen: NDArray[np.bool_] | None) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """The rows of the chosen lessons that count, and how much each row does."""
        counts = self.weights[self.source]
        counts[self.size :] = MISSPELLED
        kept = (counts > 0) & (True if chosen is None else chosen[self.source])
        return np.flatnonzero(kept), counts

    def category(self) -> Any:
        """Which danger, learned from those that report one."""
        reports = self.urgent[self.source]
        labels = self.labels[self.source][reports]
        return linear_svc(C=STRICT_CATEGORY, random_state=0).fit(self.rows[reports], labels)

    def unseen(self) -> NDArray[np.float64]:
        """Lessons x `SCORES`: from models that were not taught them."""
        own = np.random.default_rng(0).integers(0, FOLDS, self.size)
        fold_of = np.where(self.conversations < 0, own, self.conversations % FOLDS)
        scores = np.zeros((self.size, len(SCORES)))
        for number in range(FOLDS):
            asked = fold_of == number
            rows = self.rows[: self.size][asked]
            scores[asked, 0] = self.danger(~asked).decision_function(rows)
            scores[asked, 1] = self.shared(~asked, number).odds(rows)
        return scores


def misspelled(text: str, random: Random) -> str:
    """The text as a hurried thumb writes it."""
    words = text.split(" ")
    return "".join(_misspelled_word(word, random, first=n == 0) for n, word in enumerate(words))


def _misspelled_word(word: str, random: Random, *, first: bool) -> str:
    if len(word) > 3 and random.random() < TYPO:
        at = random.randrange(1, len(word) - 1)
        before, one, after = word[:at], word[at], word[at + 1 :]
        other = random.choice("aeiosrn")
        word = before + random.choice((after, after[0] + one + after[1:], one + one + after, other + after))
    joined = first or random.random() < RUN_ON
    return word if joined else f" {word}"


def _mixture(taught: _Taught, unseen: NDArray[np.float64], found: Mapping[int, frozenset[str]]) -> dict[str, float]:
    """What the scores and each sign of the rules weigh together; `found`: the signs in some lessons."""
    chosen = list(found)
    names = sorted(set().union(*found.values()))
    present = np.array([[float(name in signs) for name in names] for signs in found.values()])
    inputs = np.column_stack([unseen[chosen], present])
    model = logistic_regression(C=STRICT, max_iter=5000, tol=EXACT)
    model.fit(inputs, taught.urgent[chosen], taught.weights[chosen])
    return {"always": float(model.intercept_[0]), **dict(zip((*SCORES, *names), model.coef_[0].tolist(), strict=True))}


def _turn_weights(
    turns: Sequence[Turn],
    odds: Mapping[tuple[int | None, str], float],
    marks_in: Callable[[Turn], Collection[str]],
) -> dict[str, float]:
    """What each number of a message in its conversation weighs; `odds`: of the texts of each conversation."""
    marked = [(turn, marks) for turn in turns if FRAMED not in (marks := marks_in(turn))]
    inputs = []
    for turn, marks in marked:
        alone, whole, earlier, *before = (odds[turn.number, text] for text in turn.texts)
        inputs.append(numbers_of(Sounds(alone, whole, earlier, max(before)), marks))
    urgent = [turn.category is not None for turn, _ in marked]
    model = logistic_regression(max_iter=5000, tol=EXACT).fit(inputs, urgent, [turn.weight for turn, _ in marked])
    return {"always": float(model.intercept_[0]), **dict(zip(NUMBERS, model.coef_[0].tolist(), strict=True))}
