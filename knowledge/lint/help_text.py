"""The rules for help texts that a machine can hold: urgency.md, "What the help text does"."""

import re
from collections.abc import Iterator
from datetime import date

from knowledge.lint.spots import Spot, words_in
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.render import EMERGENCY, PLACEHOLDER, fill
from knowledge.schema.base import LANGS, Level, Words
from knowledge.schema.facts import Contact, ContactKind, Serves
from knowledge.schema.urgent import Category

RULE = "help_text"

LOCKED_SCREEN = 80
"""Characters that somebody else may read on a locked phone."""
MUST_BE_NEUTRAL = frozenset({"violence", "kidnapping", "self_harm"})
COUNTRIES = ("US", "MX")
_MATTER = re.compile(
    r"\b(?:violen|golpe|maltrat|abus|agre[ds]|viola[cdr]|viole|secuestr|rapt|rescate|(?<!se )trata\b|extors|suicid"
    r"|mat(?:ar|en|e)\b|morir|muert|quitarse la vida|arma\b|amenaz|retenid|encerrad|captur|lastim|pareja|marido"
    r"|espos[oa]|beat|assault|rape|kidnap|abduct|traffick|ransom|extort|kill|dying|die\b|death|harm|hurt|hostage|weapon|threat"
    r"|captive|held against|partner|husband|wife)",
    re.I,
)
_ENFORCERS = re.compile(
    r"\bborder patrol\b|\bpatrulla fronteriza\b|\bla migra\b|(?-i:\bICE\b|\bCBP\b|\bHSI\b)"
    r"|immigration and customs|homeland security|tip line|línea de denuncia",
    re.I,
)


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Neutral beginnings, the emergency number, a door open to everybody, no enforcers among the contacts."""
    for category in knowledge.categories.values():
        for found in (
            _emergency(category, knowledge),
            _neutral(category, knowledge, today),
            _doors(category, knowledge),
        ):
            for spot, message in found:
                yield spot.problem(knowledge, RULE, message)
    for contact in knowledge.contacts.values():
        if enforcer := _ENFORCERS.search(f"{contact.name.es} {contact.name.en}"):
            spot = Spot("contacts", contact.id, ("name",))
            message = f"{enforcer.group()} is never a contact (a page of theirs may be a fact)"
            yield spot.problem(knowledge, RULE, message)


def _first_words(category: Category) -> Iterator[tuple[Spot, Words]]:
    spot = Spot("categories", category.id)
    yield spot.at("check"), category.check
    yield spot.at("help", "now"), category.help.now
    yield spot.at("help", "now_minor"), category.help.now_minor
    yield from ((spot.at("help", "now_for", move), words) for move, words in category.help.now_for.items())
    if category.help.now_afar is not None:
        yield spot.at("help", "now_afar"), category.help.now_afar
    other = category.other
    if other is not None:
        texts = {"check": other.check, "now": other.now, "now_minor": other.now_minor}
        yield from ((spot.at("other", name), words) for name, words in texts.items() if words is not None)


def _lines(category: Category, knowledge: Knowledge, *, alone: bool = False) -> Iterator[tuple[Spot, Words]]:
    """The words of the lines that follow a help text; `alone`: of those that no section goes on from."""
    care = knowledge.care.get(category.id)
    for number, line in enumerate(care.lines if care is not None else ()):
        if line.section is None or not alone:
            yield from words_in(line, Spot("care", category.id, ("lines", number)))


def _emergency(category: Category, knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    critical = category.level is Level.CRITICAL
    lines = _lines(category, knowledge, alone=True) if critical else ()
    for spot, words in (*_first_words(category), *lines):
        for lang in LANGS:
            if EMERGENCY not in PLACEHOLDER.findall(words.say(lang)):
                yield spot.at(lang), f"{{{EMERGENCY}}} is missing"


def _neutral(category: Category, knowledge: Knowledge, today: date) -> Iterator[tuple[Spot, str]]:
    if category.id in MUST_BE_NEUTRAL and not category.neutral:
        yield Spot("categories", category.id), "must be neutral: somebody else may read the phone"
    if not category.neutral:
        return
    for spot, words in (*_first_words(category), *_lines(category, knowledge)):
        for lang in LANGS:
            try:
                text = fill(words.say(lang), knowledge, lang, today).text
            except LookupError:
                continue  # unknown_reference says so
            if found := _MATTER.search(text[:LOCKED_SCREEN]):
                yield spot.at(lang), f"the first {LOCKED_SCREEN} characters name the matter: {found.group()!r}"


def _doors(category: Category, knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    spot = Spot("categories", category.id, ("help", "contacts"))
    named = [knowledge.contacts[item.contact] for item in category.help.contacts if item.contact in knowledge.contacts]
    for country in COUNTRIES:
        if not any(_open_to_all(contact, country) for contact in named):
            yield spot, f"no contact besides the emergency number serves everybody in {country}"


def _open_to_all(contact: Contact, country: str) -> bool:
    return (
        contact.kind is not ContactKind.EMERGENCY
        and contact.serves is Serves.EVERYBODY
        and (country in contact.works_from or "*" in contact.works_from)
    )
