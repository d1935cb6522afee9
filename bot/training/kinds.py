"""Trains the classifiers of kinds, of who is in danger, of ends and of questions, from named texts."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.danger.classifiers import Group, reader_of
from bot.dialogue.ranking.model_files import Arrays, packed
from bot.dialogue.words.features import Bag, Floats
from bot.dialogue.words.vectors import Vocabulary
from bot.training.chance import keys_of
from bot.training.kind_lessons import Lesson, lessons_of
from bot.training.margins import fit
from bot.training.matrix import bags_of, foremost, matrix_of, small, vocabulary_of
from knowledge.model import Knowledge

STRICT: Mapping[Group, float] = dict.fromkeys(Group, 1.0) | {
    Group.KINDS: 0.3,
    Group.ASKS: 0.5,
    Group.TELLS: 0.3,
    Group.DOES: 0.3,
    Group.HERE: 0.025,
}
"""C of each model; chosen on the open set of conversations after an alarm, and on lessons that were held out."""
BALANCED = frozenset({Group.KINDS, Group.WHOSE})
"""Models in which seldom names count as much as frequent ones: not in others, as most of what is said ends nothing."""
WHOLE = frozenset({Group.KINDS, Group.WHOSE, Group.ASKS, Group.TURNS, Group.OPTIONS, Group.DOES})
"""Models of which every weight is kept: without the least ones a danger's questions were heard .01 worse."""
TWO = 2


def arrays(knowledge: Knowledge, group: Group) -> Arrays:
    """A linear model for each name, as it is kept in a file; equal lessons give an equal model."""
    names, vocabulary, inner, bias = linear(lessons_of(knowledge, group), group, knowledge)
    held = small(inner if group in WHOLE else foremost(inner, vocabulary, reader_of(group, knowledge).counts))
    return {
        "names": packed(map(str, names)),
        "ids": vocabulary.ids,
        "rarity": vocabulary.rarity,
        "inner": held.steps,
        "inner_scale": held.scale,
        "bias": bias,
    }


def linear(
    lessons: Sequence[Lesson], group: Group, knowledge: Knowledge
) -> tuple[NDArray[np.str_], Vocabulary, Floats, Floats]:
    """The names, the features, the weights (features x names) and the bias of each name."""
    reader = reader_of(group, knowledge)
    bags = bags_of([one.text for one in lessons], reader.ids, _read(knowledge) if group is not Group.HERE else None)
    vocabulary = vocabulary_of(bags, reader.counts)
    names, wanted = np.unique([one.name for one in lessons], return_inverse=True)
    costs = np.array([STRICT[group] * one.weight for one in lessons], np.float32)
    rare = (len(lessons) / len(names) / np.bincount(wanted)).astype(np.float32)
    own = costs * rare[wanted] if group in BALANCED else costs
    others = own if len(names) == TWO else costs  # of two, missing one is taking the other
    rows = matrix_of(bags, vocabulary, reader.counts)
    inner, bias = fit(rows, wanted, own, others, keys_of(one.text for one in lessons))
    return names, vocabulary, inner, bias


@lru_cache(maxsize=1)
def _read(knowledge: Knowledge) -> dict[str, Bag]:
    """The features of texts that taught one group, of which most teach others too; filled as they are read."""
    return {}
