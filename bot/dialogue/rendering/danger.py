"""Acts in danger as bubbles: help, lines, numbers, the check (P5, P7, P12). `state` holds what the decision changes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.conversation import Conversation, Reply, ReplyKind
from bot.dialogue.danger.judging import foreign_danger
from bot.dialogue.decision import Check, Help, Line
from bot.dialogue.message import Message
from bot.dialogue.protocols.book import Facts, contacts_for, fitting, names_in
from bot.dialogue.protocols.readings import readings_in
from bot.dialogue.protocols.saying import ASKS, LATER_WORDS
from bot.dialogue.protocols.told import facts_of
from bot.dialogue.rendering.words import Rendered, emergency
from bot.dialogue.signals import Signals
from knowledge.addresses import in_language
from knowledge.model import Knowledge
from knowledge.render import EMERGENCY, EMERGENCY_CONTACT, PLACEHOLDER, fill
from knowledge.schema.base import Lang, Words
from knowledge.schema.facts import ContactKind
from knowledge.schema.protocols import Clause
from knowledge.wording import country, listed

MOST_NUMBERS = 3
"""Numbers in one reply (P5)."""


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
        clauses = _within(fitting(text_id, speech.facts, speech.knowledge), speech, numbers)
        words = [worded(clause, speech, numbers) for clause in clauses]
        words = [one for one in words if one not in parts]  # two lines may end alike
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
            return _emergency(speech, labelled=labelled)
        chosen = contacts_for(name, speech.facts, speech.knowledge)
        numbers.extend(chosen)
        said = [contact(one, speech, labelled=len(chosen) > 1) for one in chosen]
        return listed(said, speech.lang, either=True) if len(said) > 1 else "".join(said)

    return PLACEHOLDER.sub(value, text)


def _emergency(speech: Speech, *, labelled: bool) -> str:
    """The emergency number where the danger is; unknown: with its countries, once a reply."""
    at, knowledge = speech.facts.danger_at, speech.knowledge
    if at is None and not labelled:
        return knowledge.contacts[EMERGENCY_CONTACT].value
    return emergency(at, knowledge, speech.lang, speech.today)


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


def render_help(act: Help, m: Message, s: Signals, state: Conversation) -> Rendered:
    """The first reply: what to do now; then who reads this, and the one question."""
    speech, numbers = replace(_speech(s, state), labelled=True), list[str]()
    told = foreign_danger(m.text, s.knowledge)
    foreign = s.knowledge.foreign.get(told[0] if told else m.foreign or "")
    own = Said(foreign.say(on_duty=state.desk.on_duty), ()) if foreign else None  # in a language that is none of ours
    bubbles = [own, bubble(act.first, speech, numbers), bubble(act.second, speech, numbers)]
    return _rendered([one for one in bubbles if one], ReplyKind.HELP, numbers)


def render_line(act: Line, m: Message, s: Signals, state: Conversation) -> Rendered:
    """Later lines as one bubble; a question that makes it too long is left out."""
    speech, ids = _speech(s, state), (act.id, *act.then)
    numbers = list[str]()
    said = bubble(ids, speech, numbers)
    if said is not None and words_in(said.text) > LATER_WORDS and ids[-1].endswith(ASKS):
        numbers = []
        said = bubble(ids[:-1], speech, numbers)
    return _rendered([said] if said else [], ReplyKind.CARE, numbers)


def render_check(act: Check, m: Message, s: Signals, state: Conversation) -> Rendered:
    """One question with the number in it, or what is said to a no."""
    category = s.knowledge.categories[act.category]
    asked = (category.check_minor if s.situation.minor else None) or category.check
    words: Words = category.check_no if act.answered and category.check_no else asked
    place = s.situation.country.value if s.situation.country else None
    facts = Facts(danger_at=place, writer_at=place, minor=s.situation.minor, heard=readings_in(m.text, s.knowledge))
    speech, numbers = Speech(facts, s.knowledge, s.lang, s.today, labelled=True), list[str]()
    said = worded(Clause(es=words.es, en=words.en), speech, numbers)
    helps = bubble([f"kind.{act.kind}/brief"], speech, numbers) if act.kind else None
    return _rendered([Said(said, ()), *filter(None, [helps])], ReplyKind.CHECK, numbers)


def _speech(s: Signals, state: Conversation) -> Speech:
    facts = facts_of(state.danger, s.situation, on_duty=state.desk.on_duty) if state.danger else Facts()
    return Speech(facts, s.knowledge, s.lang, s.today)


def _rendered(bubbles: Sequence[Said], kind: ReplyKind, numbers: Sequence[str]) -> Rendered:
    shown = [name for one in bubbles for name in one.ids]
    shown += [f"contact.{name}" for name in dict.fromkeys(numbers)]
    return Rendered(tuple(Reply(kind, one.text) for one in bubbles), tuple(shown))
