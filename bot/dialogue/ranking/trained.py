"""The ranker of the content, trained at the first call and kept in a file."""

import json
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from threadpoolctl import threadpool_limits

from bot.dialogue.ranking import training
from bot.dialogue.ranking.lessons import Lesson, columns_of, lessons_of
from bot.dialogue.ranking.model_files import Arrays, fingerprint, kept, packed, plain, unpacked
from bot.dialogue.ranking.ranker import Column, Model, Ranker
from bot.dialogue.ranking.training import Example, train
from bot.dialogue.words import features
from bot.dialogue.words.features import Features, features_of
from knowledge.model import Knowledge

CODE = (features, training)
"""What a change of makes another model of the same content, with all that these import."""


@lru_cache(maxsize=4)
def ranker_of(knowledge: Knowledge) -> Ranker:
    """The ranker of this Knowledge; the first call for new content trains it (most of a minute)."""
    threadpool_limits(limits=1)  # for good: products this small only wait for one another on more cores
    reads, name = features_of(knowledge), ranker_name(knowledge)

    def make() -> Arrays:
        return _arrays(build(lessons_of(knowledge), columns_of(knowledge), reads))

    return Ranker(kept(knowledge.root, name, make, _model), reads)


@lru_cache(maxsize=4)
def ranker_name(knowledge: Knowledge) -> str:
    """The name of its file: a hash of all that it is made from."""
    return f"ranker-{fingerprint(CODE, (*lexicon_of(knowledge), columns_of(knowledge), plain(lessons_of(knowledge))))}"


def lexicon_of(knowledge: Knowledge) -> tuple[object, ...]:
    """What the lexicon makes of words, as a part of what a model is made from."""
    return sorted(knowledge.spelling.forms.items()), sorted(knowledge.concepts.items())


def build(lessons: Sequence[Lesson], columns: Sequence[Column], reads: Features) -> Model:
    """Train; the same input gives the same model."""
    numbers = {(column.topic, column.section): n for n, column in enumerate(columns)}
    rows = sorted({(column.topic, column.row) for column in columns})
    groups = [rows.index((column.topic, column.row)) for column in columns]
    examples = [Example(reads.of(each.text), numbers[each.topic, each.section], each.exact) for each in lessons]
    trained = train(examples, groups)
    inner = trained.inner.astype(np.float16)
    return Model(tuple(columns), trained.vocabulary, trained.weight, inner, trained.outer)


def _arrays(model: Model) -> Arrays:
    columns = json.dumps([[c.topic, c.section, c.row] for c in model.columns])
    texts = {"columns": packed([columns]), "vocabulary": packed(model.vocabulary)}
    return {"weight": model.weight, "inner": model.inner, "outer": model.outer, **texts}


def _model(held: Arrays) -> Model:
    columns = tuple(Column(*column) for column in json.loads(unpacked(held["columns"])[0]))
    names = unpacked(held["vocabulary"])
    model = Model(columns, {n: i for i, n in enumerate(names)}, held["weight"], held["inner"], held["outer"])
    fits = model.inner.shape == (len(names), len(model.outer)) and model.outer.shape[1] == len(columns)
    if not fits or len(model.weight) != len(names):
        raise ValueError("the arrays do not fit one another")
    return model
