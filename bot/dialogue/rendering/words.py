"""What renderers share: texts with their values, who reads along, which doors are open, buttons."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from hashlib import blake2s

from bot.conversation import Choice, Conversation, Reply
from bot.dialogue.signals import Signals
from bot.dialogue.words.payload import make, version
from bot.texts import say
from knowledge import calendar
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.render import fill
from knowledge.schema.base import Lang
from knowledge.schema.calendar import Event
from knowledge.schema.glossary import Term
from knowledge.schema.topics import Aspect, Section, Topic

EMERGENCY = "emergency-911"
READER = "{reader}"
"""Where a text says how a person is reached: nobody is promised who is not there."""


def emergency(country: str | None, knowledge: Knowledge, lang: Lang, today: date) -> str:
    """The emergency number for a country; unknown: all that we know, labelled; elsewhere: words."""
    contact = knowledge.contacts[EMERGENCY]
    if country is None:
        return fill(f"{{{EMERGENCY}}}", knowledge, lang, today).text
    return contact.value if country in contact.works_from else knowledge.texts["emergency-elsewhere"].say(lang)


def fill_for(text: str, state: Conversation, knowledge: Knowledge, lang: Lang, today: date) -> str:
    """A text with its values, the emergency number of the person's country, and whether somebody reads along."""
    text = text.replace(READER, say("reader.on_duty" if state.desk.on_duty else "reader.nobody", lang))
    return fill(text, knowledge, lang, today, emergency(state.country, knowledge, lang, today)).text


MEXICO = "MX"
MEXICANS, FOREIGNERS = "door.mexicans", "door.foreigners"
BY_NATIONALITY = {MEXICO: (MEXICANS,), "US": (FOREIGNERS, "door.americans")}
OTHERS = (FOREIGNERS, "door.anybody")
"""Doors of anybody from another country."""


def doors(s: Signals) -> str:
    """Sentences with the doors; nobody who fears their government is shown one of it."""
    return "".join(f"{say(door, s.lang)} " for door in _doors_of(s.person, visitor=s.message.person.visitor))


def _doors_of(person: Conversation, *, visitor: bool) -> tuple[str, ...]:
    if person.fears_government:
        return ()
    if person.citizen is not None:
        return BY_NATIONALITY.get(person.citizen, OTHERS)
    if visitor:
        return (FOREIGNERS,)
    return (FOREIGNERS, MEXICANS) if person.country == MEXICO else (MEXICANS,)


def person_line(s: Signals, *, asked: bool = False) -> str:
    """Whether somebody will read this: promised only while on duty. `asked`: no danger, so say who answers now."""
    person = s.person
    on_duty, opens = person.desk.on_duty, person.desk.opens_at
    if on_duty:
        key = "person.on_duty"
    elif not asked:
        key = "person.nobody.minor" if person.minor else "person.nobody"
    else:
        # Who fears their government, or is of another country, is not sent to a line that it runs for its own.
        mexicans = not person.fears_government and person.citizen in (None, MEXICO)
        key = "person.nobody.ask" if mexicans else "person.nobody.refuge"
    said = filled(say(key, s.lang), s)
    return said if on_duty or opens is None else f"{said} {_opening(opens, s)}"


def who_answers(s: Signals) -> str:
    """One sentence: who stands behind this chat."""
    operated_by = s.state.desk.operated_by
    return say("about.operated_by" if operated_by else "about.nobody", s.lang, operated_by=operated_by)


def filled(text: str, s: Signals) -> str:
    """A text with its values for this person, as of now."""
    return fill_for(text, s.person, s.knowledge, s.lang, s.today)


def _opening(opens: datetime, s: Signals) -> str:
    """When somebody reads again: the desk's time and its zone, as the person may be elsewhere."""
    days = (opens.date() - s.now.astimezone(opens.tzinfo).date()).days
    weekday = say("weekdays", s.lang).split(", ")[opens.weekday()]
    day = {0: say("today", s.lang), 1: say("tomorrow", s.lang)}.get(days, weekday)
    return say("person.opens", s.lang, day=day, hour=f"{opens:%H:%M}", zone=f"{opens:%Z}")


@dataclass(frozen=True, slots=True)
class Rendered:
    """Replies in order, and the ids of the lines, sections, numbers, events and consulates that they give."""

    replies: tuple[Reply, ...]
    shown: tuple[str, ...] = ()


LABEL = 30
"""Characters on the button of an event."""
FIND_CONSULATE = make("y", "where")
"""The button that asks where the person is, for the consulate nearest to them."""


def section_button(topic: Topic, section: Section, knowledge: Knowledge, lang: Lang) -> Choice:
    """The button that shows a section."""
    if section.title is not None:
        label = section.title.say(lang)
    else:
        label = knowledge.aspects[section.aspect or Aspect.WHAT].button.say(lang)
    return Choice(label=label, payload=make("s", topic.id, section.id, version(knowledge, topic.id)))


def topic_button(topic: Topic, knowledge: Knowledge, lang: Lang, section: str | None = None) -> Choice:
    """The button that shows a topic, by its first section or another one."""
    if section is not None:
        payload = make("s", topic.id, section, version(knowledge, topic.id))
        return Choice(label=topic.title.say(lang), payload=payload)
    return Choice(label=topic.title.say(lang), payload=make("t", topic.id, version(knowledge, topic.id)))


def event_button(event: Event, lang: Lang) -> Choice:
    """The button that shows an event."""
    label = " · ".join(filter(None, (calendar.short_day(event, lang), event.title.say(lang))))
    if len(label) > LABEL:
        label = label[: LABEL - 1].rsplit(" ", 1)[0].rstrip(" ,:·“(") + "…"
    return Choice(label=label, payload=make("e", event.id, "all"))


def menu_choices(knowledge: Knowledge, lang: Lang) -> tuple[Choice, ...]:
    """The first page of what can be asked."""
    return tuple(Choice(label=g.title.say(lang), payload=make("g", g.id)) for g in knowledge.menu)


def menu_button(lang: Lang) -> tuple[Choice, ...]:
    """The button that shows what can be asked."""
    return (Choice(label=say("button.menu", lang), payload=make("c", "menu")),)


def person_button(lang: Lang) -> Choice:
    """The button that asks for a person."""
    return Choice(label=say("button.person", lang), payload=make("c", "person"))


DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def make_more(start: int, events: Sequence[Event], knowledge: Knowledge) -> str:
    """The payload of "more" from `start` on: the events as one short word, a bit for each id, in base 36."""
    numbers = {event_id: n for n, event_id in enumerate(sorted(knowledge.events))}
    mask, digits = sum(1 << numbers[event.id] for event in events), ""
    while mask:
        mask, rest = divmod(mask, len(DIGITS))
        digits = DIGITS[rest] + digits
    return make("m", str(start), digits, _calendar_version(knowledge))


def _calendar_version(knowledge: Knowledge) -> str:
    """Four characters that change with the events there are."""
    return blake2s("|".join(sorted(knowledge.events)).encode(), digest_size=2).hexdigest()


def events_in(packed: str, version: str, knowledge: Knowledge) -> list[Event]:
    """The events of such a payload. ValueError where the calendar has others by now."""
    mask, ids = int(packed, len(DIGITS)), sorted(knowledge.events)
    if version != _calendar_version(knowledge) or mask < 0 or mask >> len(ids):
        raise ValueError("the calendar has changed")
    return [knowledge.events[event_id] for n, event_id in enumerate(ids) if mask >> n & 1]


_EXPLAINED = r"\((?:el |la |the )?{0}\b|\b{0} \(|\b{0}, (?:que|el|la|los|las|de la|which|the|an?|of|agencia)\b"
"""`migración (INM)`, `INM (migración)`, `ACNUR, la agencia de la ONU`."""


def in_plain_words(text: str, head: str, knowledge: Knowledge, lang: Lang) -> str:
    """The text with a few words behind each acronym that neither it nor its head explains; once each."""
    for acronym, bare, explained, term in _acronyms(knowledge):
        if acronym not in text:
            continue
        whole = f"{head}\n{text}"
        words = term.short.say(lang) if term.short else ""
        said = fold(whole)
        if explained.search(whole) or fold(words) in said or fold(term.name.say(lang)) in said:
            continue
        text = bare.sub(f"{acronym} ({words})", text, count=1)
    return text


@lru_cache(maxsize=4)
def _acronyms(knowledge: Knowledge) -> tuple[tuple[str, re.Pattern[str], re.Pattern[str], Term], ...]:
    """Every acronym with words of its own: itself, where it stands bare, where it is explained, its term."""
    return tuple(
        (
            acronym,
            re.compile(rf"(?<![\w\-/.(]){acronym}(?![\w\-'’])"),
            re.compile(_EXPLAINED.format(acronym)),
            term,
        )
        for term in knowledge.glossary.values()
        if term.short
        for acronym in term.terms
        if acronym.isalpha() and acronym[1:2].isupper()
    )
