"""Puts the values of facts and contacts into texts; the one way from `{id}` to what a person reads."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from knowledge.addresses import PLACEHOLDER, address, in_language, reached_from
from knowledge.calendar import days
from knowledge.freshness import is_withdrawn
from knowledge.model import Knowledge
from knowledge.schema.base import Confidence, Dated, Lang
from knowledge.schema.facts import Contact, Fact
from knowledge.schema.topics import Section, Topic

__all__ = ["EMERGENCY", "EMERGENCY_CONTACT", "PLACEHOLDER", "TODAY", "Filled", "answer", "fill"]

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MAKES: dict[Lang, str] = {"es": "(unos {} pesos)", "en": "(about {} pesos)"}
EMERGENCY = "emergency"
"""The placeholder of the emergency number where the person is; where nobody says, the contact below."""
EMERGENCY_CONTACT = "emergency-911"
TODAY = "today"
"""The placeholder of the day on which it is said."""


@dataclass(frozen=True, slots=True)
class Filled:
    """A text ready to be said. `used`: whose values stand in it; `withdrawn`: one of them must no longer be said."""

    text: str
    used: tuple[Dated, ...] = ()
    withdrawn: bool = False


def fill(
    text: str, knowledge: Knowledge, lang: Lang, today: date, emergency: str | None = None, country: str | None = None
) -> Filled:
    """The text with every `{id}` replaced. LookupError for an unknown id; the linter finds those before the start.

    `country`: where the person is; of what cannot be reached from there, what can, where content names it.
    """
    used: dict[str, Dated] = {}
    text = reached_from(text, country, knowledge) if country else text

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        if name == EMERGENCY and emergency is not None:
            return emergency
        if name == TODAY:
            return days(today.isoformat(), None, lang)
        item = _item(EMERGENCY_CONTACT if name == EMERGENCY else name, knowledge)
        if _is_said(item):
            used[item.id] = item
        unit = _unit(item, knowledge)
        if unit is None:
            return _value(item, knowledge, lang)
        used[unit.id] = unit
        return f"{_value(item, knowledge, lang)} {in_pesos(item, unit, knowledge, lang)}"

    said = PLACEHOLDER.sub(value, text)
    return Filled(said, tuple(used.values()), any(is_withdrawn(item, today) for item in used.values()))


def answer(topic: Topic, section: Section, knowledge: Knowledge, lang: Lang, today: date) -> Filled:
    """A section as it is said: the text, the steps numbered, the next step."""
    steps = "\n".join(f"{number}. {step.say(lang)}" for number, step in enumerate(section.steps, 1))
    parts = (section.text.say(lang), steps, (section.do or topic.do).say(lang))
    return fill("\n\n".join(part for part in parts if part), knowledge, lang, today)


def _item(name: str, knowledge: Knowledge) -> Dated:
    item = knowledge.dated(name)
    if item is None:
        raise LookupError(f"{name}: no fact or contact has this id")
    return item


def _unit(item: Dated, knowledge: Knowledge) -> Dated | None:
    """The fact with the worth of what a value is counted in."""
    return _item(item.times, knowledge) if isinstance(item, Fact) and item.times is not None else None


def in_pesos(item: Dated, unit: Dated, knowledge: Knowledge, lang: Lang) -> str:
    """What a count of units makes: `680 días de UMA` of 117.31 pesos."""
    count, worth = (_number(_value(each, knowledge, lang)) for each in (item, unit))
    return _MAKES[lang].format(f"{round(count * worth):,}")


def _number(said: str) -> Decimal:
    """The number with which a value begins. LookupError where there is none."""
    found = _NUMBER.match(said)
    if found is None:
        raise LookupError(f"{said!r} begins with no number")
    return Decimal(found.group().replace(",", ""))


def _is_said(item: Dated) -> bool:
    """Of a contact of low confidence only the name is said, which has no age."""
    return not (isinstance(item, Contact) and item.confidence is Confidence.LOW)


def _value(item: Dated, knowledge: Knowledge, lang: Lang) -> str:
    if isinstance(item, Contact):
        return address(item, knowledge, lang)
    if isinstance(item, Fact) and item.value is not None:
        return in_language(item.value, lang)
    raise LookupError(f"{item.id}: this fact has no value")
