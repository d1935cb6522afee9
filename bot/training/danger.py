"""Trains the danger scorer from content: one softmax over no danger and the categories."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from bot.dialogue.danger.features import danger_features_of
from bot.dialogue.danger.model import COUNTS, Model, arrays_of
from bot.dialogue.ranking.model_files import Arrays
from bot.dialogue.words.features import Floats
from bot.dialogue.words.vectors import Ints, Vocabulary
from bot.training.chance import Keys, keys_of
from bot.training.danger_lessons import SENTENCE, Lesson, lessons_of
from bot.training.linear import fit
from bot.training.matrix import bags_of, matrix_of, small, vocabulary_of
from knowledge.model import Knowledge

MISSPELLED = 0.5
"""Weight of sentences with typos."""
TYPO, RUN_ON = 0.18, 0.04
"""Share of the words that are misspelled, and that lose the space before them."""
RATE = 0.25


@dataclass(frozen=True, eq=False, slots=True)
class Taught:
    """Texts and then misspelled copies of sentences, a row each; `source`: the lesson of each row, `keys`: its own."""

    lessons: Sequence[Lesson]
    vocabulary: Vocabulary
    rows: csr_array
    source: Ints
    keys: Keys

    @property
    def labels(self) -> NDArray[np.str_]:
        """By row: the danger that it reports, or "" for none."""
        result: NDArray[np.str_] = np.array([lesson.category or "" for lesson in self.lessons])[self.source]
        return result

    @property
    def counts(self) -> Floats:
        """By row: how much it does."""
        counts = np.array([lesson.weight for lesson in self.lessons], dtype=np.float32)[self.source]
        counts[len(self.lessons) :] = MISSPELLED
        return counts

    def learn(self, chosen: NDArray[np.bool_] | None = None) -> tuple[tuple[str, ...], Floats, Floats]:
        """Categories, weights (features x none and these) and biases, learned from the chosen rows."""
        kept = slice(None) if chosen is None else np.flatnonzero(chosen)
        names, wanted = np.unique(self.labels, return_inverse=True)
        weights, bias = fit(self.rows[kept], wanted[kept], self.counts[kept], self.keys[kept], rate=RATE)
        return tuple(map(str, names[1:])), weights, bias


def arrays(knowledge: Knowledge) -> Arrays:
    """Trained from this Knowledge, as it is kept in a file."""
    taught = taught_by(lessons_of(knowledge), knowledge)
    names, weights, bias = taught.learn()
    return arrays_of(Model(taught.vocabulary, names, small(weights), bias))


def danger_odds(scores: Floats) -> Floats:
    """Of all dangers together against none, which stands first: as the scorer gives them for one text."""
    rest = scores[:, 1:]
    most = rest.max(axis=1)
    result: Floats = most + np.log(np.exp(rest - most[:, None]).sum(axis=1)) - scores[:, 0]
    return result


def taught_by(lessons: Sequence[Lesson], knowledge: Knowledge) -> Taught:
    """The lessons as rows of features."""
    sentences = [n for n, one in enumerate(lessons) if one.weight == SENTENCE and one.conversation is None]
    # Each by its own chance, which needs no secret: one sentence more misspells the others as before.
    typos = [misspelled(text, Random(text)) for text in (lessons[n].text for n in sentences)]  # noqa: S311
    texts = [*(lesson.text for lesson in lessons), *typos]
    bags = bags_of(texts, danger_features_of(knowledge).ids)
    vocabulary = vocabulary_of(bags, COUNTS)
    source = np.concatenate([np.arange(len(lessons)), np.array(sentences, dtype=np.intp)])
    return Taught(lessons, vocabulary, matrix_of(bags, vocabulary, COUNTS), source, keys_of(texts))


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
