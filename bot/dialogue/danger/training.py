"""Trains the danger scorer from content: four linear models, three of which share their features.

The first says danger or not; the second which category; the third mixes the first's score with what the rules found;
the fourth weighs a message in its conversation. The last two learn on scores that each text got from a model that had
not seen it. Chosen on evidence: benchmarks/danger.py.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, vstack
from sklearn.linear_model import LogisticRegression  # type: ignore[import-untyped]
from sklearn.svm import LinearSVC  # type: ignore[import-untyped]

from bot.dialogue.danger.taught_turns import Turn
from bot.dialogue.danger.turns import FRAMED, NUMBERS, Sounds, likelihood, log_odds, numbers_of
from knowledge.frames import fold
from knowledge.model import Knowledge

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

BLOCKS = {"c": 0, "w": 1, "b": 1, "k": 3, "p": 3, "x": 4}
"""Kind of feature -> block; the others stand in block 2."""
ORDERED = 2
SHARES = np.array([0.8, 1.0, 1.5, 0.4, 0.4], dtype=np.float32)
"""How much each block counts, whatever the number of its features."""
RARE = 3
"""Texts in which a feature must stand."""
SENTENCE, PHRASE, EVERYDAY, MISSPELLED = 1.0, 0.3, 0.6, 0.5
"""Weights of sentences, ordinary phrases, everyday talk, and sentences with typos."""
FOLDS = 3
STRICT, STRICT_CATEGORY = 10.0, 0.5
"""C of the models."""
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
    categories: tuple[str, ...]
    by_category: Floats
    category_bias: Floats
    signs: dict[str, float]
    """Sign of the rules -> weight beside the score; `score` and `always` among them."""
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
    ordinary = [Lesson(text, None, PHRASE) for text in dict.fromkeys(phrases) if fold(text) not in known]
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
        (lessons[n].conversation, lessons[n].text): log_odds(likelihood(mixed(mixture, unseen[n], found)))
        for n, found in signs.items()
    }
    return Trained(
        vocabulary=vocabulary,
        weight=weight,
        danger=model.coef_[0].astype(np.float32),
        bias=float(model.intercept_[0]),
        categories=tuple(map(str, category.classes_)),
        by_category=category.coef_.T.astype(np.float32),
        category_bias=category.intercept_.astype(np.float32),
        signs=mixture,
        turn=_turn_weights(turns, odds, marks_in),
    )


def mixed(weights: Mapping[str, float], score: float, signs: Iterable[str]) -> float:
    """Log odds of danger: the score and what the rules found."""
    return weights["always"] + weights["score"] * score + sum(weights.get(sign, 0.0) for sign in signs)


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

    def danger(self, chosen: NDArray[np.bool_] | None = None) -> LogisticRegression:
        """Danger or not, learned from the chosen lessons."""
        kept = np.ones(len(self.source), dtype=bool) if chosen is None else chosen[self.source]
        counts = self.weights[self.source]
        counts[self.size :] = MISSPELLED
        model = LogisticRegression(C=STRICT, solver="liblinear", random_state=0)
        return model.fit(self.rows[kept], self.urgent[self.source][kept], counts[kept])

    def category(self) -> LinearSVC:
        """Which danger, learned from those that report one."""
        reports = self.urgent[self.source]
        labels = self.labels[self.source][reports]
        return LinearSVC(C=STRICT_CATEGORY, random_state=0).fit(self.rows[reports], labels)

    def unseen(self) -> NDArray[np.float64]:
        """By lesson: its score from a model that was not taught it."""
        own = np.random.default_rng(0).integers(0, FOLDS, self.size)
        fold_of = np.where(self.conversations < 0, own, self.conversations % FOLDS)
        scores = np.zeros(self.size)
        for number in range(FOLDS):
            asked = fold_of == number
            scores[asked] = self.danger(~asked).decision_function(self.rows[: self.size][asked])
        return scores


def blocks_of(vocabulary: Iterable[str]) -> NDArray[np.int8]:
    """The block of each feature."""
    return np.array([BLOCKS.get(feature[0], ORDERED) for feature in vocabulary], dtype=np.int8)


def known_in(bag: Mapping[str, int], vocabulary: Mapping[str, int]) -> tuple[Ints, Floats]:
    """The numbers of the features that the vocabulary has, and how often each stands in the text."""
    numbers = [vocabulary.get(feature, -1) for feature in bag]
    found = np.array(numbers, dtype=np.int32)
    counts = np.array(list(bag.values()), dtype=np.float32)
    known = found >= 0
    return found[known], counts[known]


def values_of(counts: Floats, weight: Floats, blocks: NDArray[np.int8]) -> Floats:
    """The values of one text's features: each block has the length that it counts."""
    values: Floats = ((1 + np.log(counts)) * weight).astype(np.float32)
    lengths = np.sqrt(np.bincount(blocks, values * values, minlength=len(SHARES)))
    scale = SHARES / np.maximum(lengths, 1e-9).astype(np.float32)
    result: Floats = (values * scale[blocks]).astype(np.float32)
    return result


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


def vocabulary_of(bags: Sequence[Mapping[str, int]], rare: int = RARE) -> tuple[dict[str, int], Floats]:
    """The features that stand in so many texts, in a fixed order, and how rare each is."""
    counts = Counter(feature for bag in bags for feature in bag)
    kept = sorted(feature for feature, n in counts.items() if n >= rare)
    rarity = [1 + log((1 + len(bags)) / (1 + counts[feature])) for feature in kept]
    return {feature: n for n, feature in enumerate(kept)}, np.array(rarity, dtype=np.float32)


def matrix_of(
    bags: Sequence[Mapping[str, int]], vocabulary: Mapping[str, int], weight: Floats, blocks: NDArray[np.int8]
) -> csr_array:
    """Texts x features."""
    rows = [_row(bag, vocabulary, weight, blocks) for bag in bags]
    starts = np.cumsum([0, *(len(numbers) for numbers, _ in rows)]).astype(np.int32)
    numbers = np.concatenate([numbers for numbers, _ in rows])
    values = np.concatenate([values for _, values in rows])
    return csr_array((values, numbers, starts), shape=(len(bags), len(vocabulary)))


def _row(
    bag: Mapping[str, int], vocabulary: Mapping[str, int], weight: Floats, blocks: NDArray[np.int8]
) -> tuple[Ints, Floats]:
    numbers, counts = known_in(bag, vocabulary)
    return numbers, values_of(counts, weight[numbers], blocks[numbers])


def _mixture(taught: _Taught, unseen: NDArray[np.float64], found: Mapping[int, frozenset[str]]) -> dict[str, float]:
    """What the score and each sign of the rules weigh together; `found`: the signs in some lessons."""
    chosen = list(found)
    names = sorted(set().union(*found.values()))
    present = np.array([[float(name in signs) for name in names] for signs in found.values()])
    inputs = np.column_stack([unseen[chosen], present])
    model = LogisticRegression(C=STRICT).fit(inputs, taught.urgent[chosen], taught.weights[chosen])
    return {"always": float(model.intercept_[0]), **dict(zip(("score", *names), model.coef_[0].tolist(), strict=True))}


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
    model = LogisticRegression(max_iter=5000).fit(inputs, urgent, [turn.weight for turn, _ in marked])
    return {"always": float(model.intercept_[0]), **dict(zip(NUMBERS, model.coef_[0].tolist(), strict=True))}
