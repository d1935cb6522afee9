"""What a protocol leads to exists, its texts fit a phone and a locked screen, and its numbers can be trusted."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from knowledge.frames import FrameSet, fold, unkeyed
from knowledge.lint.protocol_texts import Texts, shown, texts_of, to_a_minor
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.render import EMERGENCY, PLACEHOLDER
from knowledge.schema.base import LANGS, Confidence, Country, Lang
from knowledge.schema.facts import Contact, ContactKind, Serves
from knowledge.schema.protocols import Clause, Protocol, Says

RULE = "protocols"

FIRST_WORDS, MINOR_WORDS, REPLY_WORDS, CARE_WORDS, LINE_WORDS, BRIEF_WORDS = 45, 40, 90, 30, 60, 24
"""Words of a first bubble, one for a minor, a first reply, a care line, a shared line (protocols, P5), brief words."""
FIRST_NUMBERS = 3
"""Numbers in a first reply, and in a later one where the region decides."""
LOCKED_SCREEN = 80
"""Characters that somebody else may read on a locked phone: P6."""
_COUNTRIES: tuple[Country | None, ...] = (None, "US", "MX", "CA")
_DIALLED = frozenset({ContactKind.PHONE, ContactKind.SMS, ContactKind.WHATSAPP, ContactKind.EMERGENCY})
MATTER = re.compile(
    r"golpe|\bviol(?!et)|\babus|refugio|secuestr|rescate|suicid|\bmata|\bmorir|quitarse la vida|agresor|\btrata\b"
    r"|cuello|embaraz|\bvih\b|encerr|\brap(?:e|ist)|\babuse|violen|kidnap|ransom|shelter|\bkill|\bdie\b|chok|\bneck|pregnan|\bhiv\b",
    re.IGNORECASE,
)
_UNLESS_ANSWERED = re.compile(
    r"si (?:uno )?no contesta|if (?:one does not answer|nobody answers|there is no answer)", re.I
)
_REVIEWER = re.compile(r"\S+ \S+.*, .+, \d{4}-\d{2}-\d{2}")
"""Name, profession, day."""


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Every protocol and every shared line."""
    for finds in (_sizes, _countries, _numbers_of, _locked_screen, _never, _numbers, _reviewed):
        for spot, message in finds(knowledge):
            yield spot.problem(knowledge, RULE, message)


def _sizes(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    limits = {"first": FIRST_WORDS, "other": FIRST_WORDS, "first_minor": MINOR_WORDS, "other_minor": MINOR_WORDS}
    limits["brief"] = BRIEF_WORDS
    for text in texts_of(knowledge):
        limit = limits.get(text.part, CARE_WORDS if text.part.startswith("care") else LINE_WORDS)
        yield from _too_long(text, text.says, limit, "words")
        protocol = knowledge.protocols.get(text.spot.id)
        if text.part in ("first", "other") and protocol and not getattr(protocol, f"{text.part}_minor"):
            yield from _too_long(text, to_a_minor(text.says), MINOR_WORDS, "words to a minor")
    for protocol in knowledge.protocols.values():
        yield from _replies(protocol, knowledge)


def _replies(protocol: Protocol, knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    """The first reply as a whole: the bubble, what opens the second, that nobody is here, the question."""
    nobody = knowledge.lines.said.get("nobody", ())
    asks = {"first": protocol.ask, "other": protocol.ask_other}
    for part, says in (("first", protocol.first), ("other", protocol.other)):
        if says:
            ask = asks[part]
            whole = (*says, *protocol.second, *nobody, *(ask.says if ask else ()))
            text = Texts(Spot("protocols", protocol.id, (part,)), part, whole)
            yield from _too_long(text, whole, REPLY_WORDS, "words in the first reply")


def _too_long(text: Texts, says: Says, limit: int, what: str) -> Iterator[tuple[Spot, str]]:
    for lang in LANGS:
        longest = max(_words(says, lang, country) for country in _COUNTRIES)
        if longest > limit:
            yield text.spot.at(lang), f"{longest} {what}, at most {limit}"


def _words(says: Iterable[Clause], lang: Lang, country: Country | None) -> int:
    """Words where nothing is known of the person but the country; labels of countries do not count."""
    return sum(len(PLACEHOLDER.sub("n", clause.say(lang)).split()) for clause in shown(says, country))


def _numbers_of(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    """How many numbers a text gives where the country is known."""
    for text in texts_of(knowledge):
        for country in _COUNTRIES[1:]:
            said = " ".join(clause.es for clause in shown(text.says, country))
            if len(set(PLACEHOLDER.findall(said))) > FIRST_NUMBERS:
                yield text.spot, f"more than {FIRST_NUMBERS} numbers in {country}"


def _countries(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    """The words for a whole category are said anywhere; a kind of some countries says nothing for others."""
    for protocol in knowledge.protocols.values():
        if protocol.countries and protocol.general:
            yield Spot("protocols", protocol.id, ("countries",)), "what serves where no kind is known holds anywhere"
    for text in texts_of(knowledge):
        kind = knowledge.protocols.get(text.spot.id)
        for clause in text.says:
            if kind and kind.countries and clause.countries and not {*clause.countries} & {*kind.countries}:
                yield text.spot, f"said in {', '.join(clause.countries)}, where this kind is not found"


def _locked_screen(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    for text in texts_of(knowledge):
        protocol = knowledge.protocols.get(text.spot.id)
        if text.part.startswith("ask") or protocol is None or protocol.of not in knowledge.triage.neutral:
            continue
        for lang in LANGS:
            for clauses in (text.says, shown(text.says, "CA")):
                beginning = " ".join(clause.say(lang) for clause in clauses)[:LOCKED_SCREEN]
                if found := MATTER.search(beginning):
                    yield text.spot.at(lang), f"the first {LOCKED_SCREEN} characters name the matter: {found.group()!r}"


def _never(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    """Words that stand in no reply: P19."""
    never = FrameSet(unkeyed(knowledge.triage.never))
    for text in texts_of(knowledge):
        for clause in text.says:
            for lang in LANGS:
                if found := never.first(fold(clause.say(lang))):
                    yield text.spot.at(lang), f"{found.words!r} is never said"


def _numbers(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    for text in texts_of(knowledge):
        for clause in text.says:
            for name in PLACEHOLDER.findall(clause.es):
                for message in _wrong(name, clause, knowledge):
                    yield text.spot, f"{{{name}}}: {message}"
            if set(PLACEHOLDER.findall(clause.es)) != set(PLACEHOLDER.findall(clause.en)):
                yield text.spot, "the two languages name different numbers"


def _wrong(name: str, clause: Clause, knowledge: Knowledge) -> Iterator[str]:
    """What is wrong with a contact in a clause; a name that stands for several is checked for each country."""
    by_country = knowledge.triage.numbers.get(name)
    for country, contact_id in by_country.items() if by_country is not None else [("", name)]:
        contact = knowledge.contacts.get(contact_id)
        if contact is None or name == EMERGENCY:
            continue
        yield from _untrusted(contact, clause, alone=by_country is None)
        reached = {country} if by_country is not None else {*clause.countries, *clause.writers}
        if "*" not in contact.works_from and reached - {*contact.works_from}:
            yield f"{contact_id} is not reached from {', '.join(sorted(reached - {*contact.works_from}))}"
        if by_country is None and not reached and "*" not in contact.works_from:
            yield "the clause says in which countries it is said"


def _untrusted(contact: Contact, clause: Clause, *, alone: bool) -> Iterator[str]:
    if contact.confidence is Confidence.LOW:
        yield "confidence low has no place in danger"
    if contact.kind in _DIALLED and not contact.lifeline:
        yield "a number in danger must be a lifeline, so that it is looked at every 90 days"
    if contact.serves is Serves.MEXICANS and not clause.mexicans:
        yield "serves Mexicans only: the clause must be for them"
    medium = contact.confidence is Confidence.MEDIUM and contact.kind in _DIALLED and alone
    if medium and not all(_UNLESS_ANSWERED.search(clause.say(lang)) for lang in LANGS):
        yield "confidence medium: say what to do if nobody answers"


def _reviewed(knowledge: Knowledge) -> Iterator[tuple[Spot, str]]:
    for protocol in knowledge.protocols.values():
        if protocol.reviewed_by and not _REVIEWER.fullmatch(protocol.reviewed_by):
            spot = Spot("protocols", protocol.id, ("reviewed_by",))
            yield spot, "only a professional: name, profession, day of the review"
