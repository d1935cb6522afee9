"""The ranker of the content, trained at the first call and kept in a file."""

import json
from functools import lru_cache

from threadpoolctl import threadpool_limits

from bot.dialogue.ranking.lessons import columns_of, lessons_of
from bot.dialogue.ranking.model_files import Arrays, kept, made, name_of, packed, plain, unpacked
from bot.dialogue.ranking.ranker import Column, Model, Ranker, topics_of
from bot.dialogue.words.features import features_of
from bot.dialogue.words.vectors import Small, Vocabulary
from knowledge.model import Knowledge

CODE = ("bot.training.ranker",)
"""What a change of makes another model of the same content, with all that it imports."""


@lru_cache(maxsize=4)
def ranker_of(knowledge: Knowledge) -> Ranker:
    """The ranker of this Knowledge; the first call for new content trains it (most of a minute)."""
    threadpool_limits(limits=1)  # for good: products this small only wait for one another on more cores
    model = kept(knowledge.root, ranker_name(knowledge), lambda: made("ranker", knowledge), _model)
    return Ranker(model, features_of(knowledge))


@lru_cache(maxsize=4)
def ranker_name(knowledge: Knowledge) -> str:
    """The name of its file: a hash of all that it is made from."""
    return name_of(
        "ranker",
        CODE,
        knowledge,
        lambda: (*lexicon_of(knowledge), columns_of(knowledge), plain(lessons_of(knowledge))),
    )


def lexicon_of(knowledge: Knowledge) -> tuple[object, ...]:
    """What the lexicon makes of words, as a part of what a model is made from."""
    return sorted(knowledge.spelling.forms.items()), sorted(knowledge.concepts.items())


def arrays_of(model: Model) -> Arrays:
    """As it is kept in a file."""
    return {
        "columns": packed([json.dumps([[c.topic, c.section, c.row] for c in model.columns])]),
        "ids": model.vocabulary.ids,
        "rarity": model.vocabulary.rarity,
        "inner": model.inner.steps,
        "inner_scale": model.inner.scale,
        "outer": model.outer,
        "opened": model.opened,
    }


def _model(held: Arrays) -> Model:
    columns = tuple(Column(*column) for column in json.loads(unpacked(held["columns"])[0]))
    inner = Small(held["inner"], held["inner_scale"])
    model = Model(columns, Vocabulary(held["ids"], held["rarity"]), inner, held["outer"], held["opened"])
    fits = held["inner"].shape == (len(held["ids"]), len(model.outer)) and model.outer.shape[1] == len(columns)
    if not fits or len(held["rarity"]) != len(held["ids"]) or len(held["opened"]) != len(topics_of(columns)):
        raise ValueError("the arrays do not fit one another")
    return model
