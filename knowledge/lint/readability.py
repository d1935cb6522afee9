"""Texts that are hard to read, by the usual formulas: Fernández Huerta for Spanish, Flesch for English."""

import re
import warnings
from collections.abc import Iterator
from datetime import date
from importlib import import_module
from typing import Any

from knowledge.lint.spots import our_words
from knowledge.model import Knowledge
from knowledge.problems import Problem, Severity
from knowledge.render import PLACEHOLDER
from knowledge.schema.base import LANGS, Lang

RULE = "readability"
FORMULAS: dict[Lang, tuple[str, float]] = {"es": ("fernandez_huerta", 50), "en": ("flesch_reading_ease", 40)}
"""Points from 0 (hard) to 100 (easy), and those below which a text is hard: what students read, and harder."""
HELP = 60
"""Points below which help in danger is hard."""
FEWEST_WORDS = 25
MEASURED = frozenset({"topics", "categories", "flows", "smalltalk", "texts"})
"""Not what must name institutions in full: events and the glossary."""
_WORD = re.compile(r"\w+")


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """A warning for each text of ours that is long enough to be measured."""
    scorer = _scorer()
    for lang in LANGS:
        name, least = FORMULAS[lang]
        scorer.set_lang(lang)
        for spot, words in our_words(knowledge):
            if spot.kind not in MEASURED:
                continue
            # A value reads like a short word.
            text = PLACEHOLDER.sub("…", words.say(lang)).replace("…", "algo" if lang == "es" else "this")
            limit = HELP if spot.kind == "categories" else least
            if len(_WORD.findall(text)) < FEWEST_WORDS or (points := getattr(scorer, name)(text)) >= limit:
                continue
            message = (
                f"hard to read: {points:.0f} points, at least {limit:.0f} are wanted; shorter sentences and words help"
            )
            yield spot.at(lang).problem(knowledge, RULE, message, Severity.WARNING)


def _scorer() -> Any:
    # Imported here: it takes half a second, and only editors ask for it.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return import_module("textstat").textstat
