"""The check questions of dangers: the emergency number, a neutral beginning; and no enforcers among the contacts."""

import re
from collections.abc import Iterator
from datetime import date

from knowledge.lint.protocols import LOCKED_SCREEN, MATTER
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.render import EMERGENCY, PLACEHOLDER
from knowledge.schema.base import LANGS, Words
from knowledge.schema.urgent import Category

RULE = "help_text"

MUST_BE_NEUTRAL = frozenset({"violence", "kidnapping", "self_harm"})
_ENFORCERS = re.compile(
    r"\bborder patrol\b|\bpatrulla fronteriza\b|\bla migra\b|(?-i:\bICE\b|\bCBP\b|\bHSI\b)"
    r"|immigration and customs|homeland security|tip line|línea de denuncia",
    re.I,
)


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """What a check asks names the number and, where somebody else may read along, not the matter."""
    for category in knowledge.categories.values():
        for found in (_emergency(category), _neutral(category, knowledge)):
            for spot, message in found:
                yield spot.problem(knowledge, RULE, message)
    for contact in knowledge.contacts.values():
        if enforcer := _ENFORCERS.search(f"{contact.name.es} {contact.name.en}"):
            spot = Spot("contacts", contact.id, ("name",))
            message = f"{enforcer.group()} is never a contact (a page of theirs may be a fact)"
            yield spot.problem(knowledge, RULE, message)


def _asked(category: Category) -> Iterator[tuple[Spot, Words]]:
    spot = Spot("categories", category.id)
    for name in ("check", "check_minor"):
        if (words := getattr(category, name)) is not None:
            yield spot.at(name), words


def _emergency(category: Category) -> Iterator[tuple[Spot, str]]:
    for spot, words in _asked(category):
        for lang in LANGS:
            if EMERGENCY not in PLACEHOLDER.findall(words.say(lang)):
                yield spot.at(lang), f"{{{EMERGENCY}}} is missing"


def _neutral(category: Category, knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    if category.id not in knowledge.triage.neutral:
        if category.id in MUST_BE_NEUTRAL:
            yield Spot("triage", "triage", ("neutral",)), f"{category.id}: somebody else may read the phone"
        return
    for spot, words in _asked(category):
        for lang in LANGS:
            if found := MATTER.search(words.say(lang)[:LOCKED_SCREEN]):
                yield spot.at(lang), f"the first {LOCKED_SCREEN} characters name the matter: {found.group()!r}"
