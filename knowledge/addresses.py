"""How a contact is written: as dialled, with the countries from which it works; never one of low confidence."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from knowledge.freshness import is_withdrawn
from knowledge.model import Knowledge
from knowledge.schema.base import Confidence, Lang, Words
from knowledge.schema.facts import Contact, ContactKind
from knowledge.wording import country, listed

PLACEHOLDER = re.compile(r"\{([a-z0-9-]+)\}")
_TWO_WORDS = re.compile(r"\b(a|de) el\b(?= [a-záéíóúñ])")
"""What Spanish says in one: "pregunte al área de …"."""
_ANYWHERE = "*"
_DIALLED = frozenset({ContactKind.PHONE, ContactKind.SMS, ContactKind.WHATSAPP})


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


def reached_from(text: str, country: str, knowledge: Knowledge) -> str:
    """A text that names, for who is in a country, `elsewhere` of each contact that cannot be reached from there.

    Where that one cannot be reached either, its own `elsewhere` is named. What the text names already is not named
    twice. `PR` dials as the United States do.
    """
    here = {"US" if country == "PR" else country, _ANYWHERE}

    def reached(found: re.Match[str]) -> str:
        contact = knowledge.contacts.get(found.group(1))
        if contact is None or contact.elsewhere is None or here & {*contact.works_from}:
            return found.group()
        other = knowledge.contacts[contact.elsewhere]
        if other.elsewhere is not None and not here & {*other.works_from}:
            other = knowledge.contacts[other.elsewhere]
        instead = f"{{{other.id}}}"
        return found.group() if instead in text else instead

    return PLACEHOLDER.sub(reached, text)


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
