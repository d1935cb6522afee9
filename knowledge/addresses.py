"""How a contact is written: as dialled, with the countries from which it works; never one of low confidence."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from knowledge.freshness import is_withdrawn
from knowledge.model import Knowledge
from knowledge.schema.base import LANGS, Confidence, Lang, Words
from knowledge.schema.facts import Contact, ContactKind
from knowledge.wording import country, listed

PLACEHOLDER = re.compile(r"\{([a-z0-9-]+)\}")
_TWO_WORDS = re.compile(r"\b(a|de) el\b(?= [a-záéíóúñ])")
"""What Spanish says in one: "pregunte al área de …"."""
_ANYWHERE = "*"
_DIALLED = frozenset({ContactKind.PHONE, ContactKind.SMS, ContactKind.WHATSAPP})
_SENTENCES = re.compile(r"(?<=[.?!]) ")
_LEAD = re.compile(r"[^{]*: ")
"""What leads to several numbers: "A cualquier hora: en Estados Unidos {…}; en México {…}"."""


def put(text: str, values: Mapping[str, str]) -> str:
    """A shared sentence with our own words in it. KeyError for a placeholder without a value."""
    said = PLACEHOLDER.sub(lambda found: values[found.group(1)], text)
    return _TWO_WORDS.sub(lambda found: "al" if found.group(1) == "a" else "del", said)


def in_language(words: str | Words, lang: Lang) -> str:
    """What is the same in every language, or the words in `lang`."""
    return words if isinstance(words, str) else words.say(lang)


def _label(contact: Contact, knowledge: Knowledge, lang: Lang) -> str:
    """Where the contact can be reached from; empty where that goes without saying."""
    places = [code for code in contact.works_from if code != _ANYWHERE]
    if contact.kind in (ContactKind.WEB, ContactKind.EMAIL) or not places:
        return ""
    if contact.kind is ContactKind.EMERGENCY:
        return listed((country(code, lang) for code in places), lang)
    countries = listed((country(code, lang, article=True) for code in places), lang)
    shared = knowledge.texts["from-elsewhere" if _ANYWHERE in contact.works_from else "from-countries"]
    return put(shared.say(lang), {"countries": countries})


def address(contact: Contact, knowledge: Knowledge, lang: Lang) -> str:
    """`079 (desde México)`, a web address alone, or only the name where confidence is low."""
    if contact.confidence is Confidence.LOW:
        return contact.name.say(lang)
    dial = in_language(contact.dial or contact.value, lang)
    label = _label(contact, knowledge, lang)
    if not label:
        return dial
    return f"{dial[:-1]}, {label})" if dial.endswith(")") else f"{dial} ({label})"


def within_reach(text: str, here: str, knowledge: Knowledge) -> str:
    """A text without its numbers that nobody reaches from `here`, where it gives others that one does."""
    sentences = _SENTENCES.split(text)
    parts = (part for one in sentences for part in one.split("; "))
    if not any(_reaches(part, here, knowledge) for part in parts):
        return text
    return " ".join(filter(None, (_nearer(one, here, knowledge) for one in sentences)))


def _nearer(sentence: str, here: str, knowledge: Knowledge) -> str:
    """A sentence without those of its parts; empty where nothing else is in it."""
    parts = sentence.split("; ")
    kept = [one for one in parts if _reaches(one, here, knowledge) is not False]
    if not kept or len(kept) == len(parts):
        return "; ".join(kept)
    lead = _LEAD.match(parts[0]) if kept[0] is not parts[0] else None
    said = (lead.group() if lead else "") + "; ".join(kept)
    return said if said[-1] in ".?!" else f"{said}."


def _reaches(text: str, here: str, knowledge: Knowledge) -> bool | None:
    """Whether a number in these words is reached from `here`; None where none stands in them."""
    named = PLACEHOLDER.findall(text)
    found = [knowledge.contacts[one] for one in named if one in knowledge.contacts]
    dialled = [one for one in found if one.kind in _DIALLED]
    if not dialled or len(found) < len(named):
        return None  # beside it stands the emergency number, or a page
    return any({here, _ANYWHERE} & set(one.works_from) for one in dialled)


def contact_names(contacts: Iterable[str], knowledge: Knowledge, lang: Lang, today: date) -> str:
    """Contacts to ask, within a sentence: `CIAM: 079 (desde México) y …`; those that have ended only if all have.

    What is called the same is named once, with each way to reach it.
    """
    found = [knowledge.contacts[contact_id] for contact_id in contacts]
    alive = [contact for contact in found if not is_withdrawn(contact, today)]
    by_name: dict[str, list[str]] = {}
    for contact in alive or found:
        by_name.setdefault(contact.name.say(lang), []).append(address(contact, knowledge, lang))
    return listed((_with_name(name, reached, lang) for name, reached in by_name.items()), lang)


def _with_name(name: str, reached: Iterable[str], lang: Lang) -> str:
    ways = listed((way for way in dict.fromkeys(reached) if way != name), lang, either=True)
    return f"{name}: {ways}" if ways else name


def names_others_numbers(text: str, here: str | None, knowledge: Knowledge) -> bool:
    """Whether a text that was filled gives a number that is dialled, and not from `here`."""
    away = (
        one for one in knowledge.contacts.values() if one.kind in _DIALLED and not {here, _ANYWHERE} & {*one.works_from}
    )
    return any(in_language(one.dial or one.value, lang) in text for one in away for lang in LANGS)
