"""The words of an open danger: texts by their ids, with their contacts, as at most two bubbles (P5, P7, P12)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from bot.dialogue.protocols.book import contacts_for, fitting, names_in
from bot.dialogue.protocols.facts import Facts
from knowledge.addresses import in_language
from knowledge.model import Knowledge
from knowledge.render import EMERGENCY, EMERGENCY_CONTACT, PLACEHOLDER, fill
from knowledge.schema.base import Lang
from knowledge.schema.facts import ContactKind
from knowledge.schema.protocols import Clause
from knowledge.wording import country, listed

MOST_NUMBERS = 3
"""Numbers in one reply (P5)."""
LATER_WORDS = 60
"""Words of a reply after the first (P5); a question beyond them is dropped."""


@dataclass(frozen=True, slots=True)
class Said:
    """One bubble: its words, and the ids of its texts and contacts."""

    text: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Speech:
    """How the texts of one reply are said."""

    facts: Facts
    knowledge: Knowledge
    lang: Lang
    today: date
    labelled: bool = False
    """The emergency number is said with its countries, where that of the danger is unknown."""


def bubble(ids: Sequence[str], speech: Speech, numbers: list[str]) -> Said | None:
    """The texts as one bubble; `numbers`: contacts of this reply so far, to which those said here are added."""
    parts, said = [], []
    for text_id in ids:
        words = [
            worded(clause, speech, numbers)
            for clause in _within(fitting(text_id, speech.facts, speech.knowledge), speech, numbers)
        ]
        if words:
            parts += words
            said.append(text_id)
    return Said(" ".join(parts), tuple(said)) if parts else None


def _within(clauses: Sequence[Clause], speech: Speech, numbers: Sequence[str]) -> Iterator[Clause]:
    """The clauses whose contacts are not too many beside those that the reply gives already."""
    given = set(numbers)
    for clause in clauses:
        named = {one for name in names_in(clause) for one in contacts_for(name, speech.facts, speech.knowledge)}
        named |= {EMERGENCY} if f"{{{EMERGENCY}}}" in clause.es else set()
        if len(given | named) <= MOST_NUMBERS or not named:
            given |= named
            yield clause


def worded(clause: Clause, speech: Speech, numbers: list[str]) -> str:
    """A clause in words: for a minor in its tú, with the numbers."""
    text = clause.tu if speech.lang == "es" and speech.facts.minor and clause.tu else clause.say(speech.lang)

    def value(found: re.Match[str]) -> str:
        name = found.group(1)
        if name == EMERGENCY:
            labelled = speech.labelled and EMERGENCY not in numbers
            numbers.append(EMERGENCY)
            return emergency(speech, labelled=labelled)
        chosen = contacts_for(name, speech.facts, speech.knowledge)
        numbers.extend(chosen)
        return _contacts(chosen, speech)

    return PLACEHOLDER.sub(value, text)


def emergency(speech: Speech, *, labelled: bool) -> str:
    """The emergency number where the danger is; unknown: with its countries, once a reply; elsewhere: its name."""
    facts, knowledge = speech.facts, speech.knowledge
    contact = knowledge.contacts[EMERGENCY_CONTACT]
    at = facts.danger_at
    if at is not None and at not in contact.works_from:
        return knowledge.texts["emergency-elsewhere"].say(speech.lang)
    if at is not None or not labelled:
        return contact.value
    return fill(f"{{{EMERGENCY_CONTACT}}}", knowledge, speech.lang, speech.today).text


def _contacts(ids: Sequence[str], speech: Speech) -> str:
    """A name of few words and the number of each; of several, with the country of each."""
    several = len(ids) > 1
    said = [contact(one, speech, labelled=several) for one in ids]
    return listed(said, speech.lang, either=True) if several else "".join(said)


def contact(name: str, speech: Speech, *, labelled: bool) -> str:
    """A contact of few words and its number, with its country where that is not known."""
    knowledge = speech.knowledge
    contact = knowledge.contacts.get(name)
    if contact is None:
        return fill(f"{{{name}}}", knowledge, speech.lang, speech.today).text
    dial = in_language(contact.dial or contact.value, speech.lang)
    label = country(contact.works_from[0], speech.lang) if labelled else ""
    called = knowledge.triage.names.get(name)
    known = contact.kind in (ContactKind.WEB, ContactKind.SMS) or called is None
    words = dial if known or called is None else f"{called.say(speech.lang)}, {dial}"
    return f"{words} ({label})" if label else words


def words_in(text: str) -> int:
    """How many words a text has."""
    return len(text.split())
