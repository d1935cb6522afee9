"""What renderers share: texts with their values, who reads along, which doors are open, buttons."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2s

import numpy as np

from bot.conversation import Choice, Conversation, Part, Reply, ReplyKind, Role
from bot.conversation.payload import make, version
from bot.dialogue import decision as acts
from bot.dialogue.signals import Signals
from bot.texts import say
from knowledge import calendar
from knowledge.addresses import contact_names, put
from knowledge.citing import source_line
from knowledge.model import Knowledge
from knowledge.procedures import steps_of
from knowledge.render import EMERGENCY, EMERGENCY_CONTACT, PLACEHOLDER, Filled, fill
from knowledge.schema.base import Lang
from knowledge.schema.calendar import Event
from knowledge.schema.procedures import Paper, Procedure, Step
from knowledge.schema.topics import Aspect, Section, Topic
from knowledge.telling_steps import Show, Teller

READER = "{reader}"
"""Where a text says how a person is reached: nobody is promised who is not there."""


def emergency(country: str | None, knowledge: Knowledge, lang: Lang, today: date) -> str:
    """The emergency number for a country; unknown: all that we know, labelled; elsewhere: words."""
    contact = knowledge.contacts[EMERGENCY_CONTACT]
    if country is None:
        return fill(f"{{{EMERGENCY_CONTACT}}}", knowledge, lang, today).text
    return contact.value if country in contact.works_from else knowledge.texts["emergency-elsewhere"].say(lang)


@dataclass(frozen=True, slots=True)
class Voice:
    """Whom we speak to, of which content, in which language, on which day."""

    person: Conversation
    knowledge: Knowledge
    lang: Lang
    today: date

    def say(self, key: str, **values: object) -> str:
        """An interface text."""
        return say(key, self.lang, **values)

    def fill(self, text: str) -> Filled:
        """A text with its values, and the emergency number of the person's country."""
        country, given = self.person.country, (self.knowledge, self.lang, self.today)
        here = emergency(country, *given) if f"{{{EMERGENCY}}}" in text else None
        return fill(text, *given, here, country)

    def filled(self, text: str) -> str:
        """A text with its values, and whether somebody reads along."""
        who = self.say("reader.on_duty" if self.person.desk.on_duty else "reader.nobody")
        return self.fill(text.replace(READER, who)).text


def voice_of(s: Signals, lang: Lang | None = None) -> Voice:
    """The voice of a turn, or the same in another language."""
    return Voice(s.person, s.knowledge, lang or s.lang, s.today)


MEXICO = "MX"
MEXICANS, FOREIGNERS = "door.mexicans", "door.foreigners"
BY_NATIONALITY = {MEXICO: (MEXICANS,), "US": (FOREIGNERS, "door.americans")}
OTHERS = (FOREIGNERS, "door.anybody")
"""Doors of anybody from another country."""


def doors(s: Signals) -> str:
    """Sentences with the doors; nobody who fears their government is shown one of it."""
    if s.person.fears_government:
        return ""
    unsaid = (FOREIGNERS, MEXICANS) if s.person.country == MEXICO else (MEXICANS,)
    unsaid = (FOREIGNERS,) if s.message.person.visitor else unsaid
    shown = unsaid if s.person.citizen is None else BY_NATIONALITY.get(s.person.citizen, OTHERS)
    return "".join(f"{say(door, s.lang)} " for door in shown)


def who_answers(s: Signals, run: str = "about.operated_by", nobody: str = "about.nobody") -> str:
    """Who stands behind this chat: the text for where somebody runs it, or that for where nobody does."""
    operated_by = s.state.desk.operated_by
    return say(run if operated_by else nobody, s.lang, operated_by=operated_by)


def filled(text: str, s: Signals) -> str:
    """A text with its values for this person, as of now."""
    return voice_of(s).filled(text)


def first_filled(keys: Iterable[str], values: Mapping[str, object], lang: Lang) -> str:
    """The first of these interface texts none of whose values is empty; empty: there is none."""
    unknown = {name for name, value in values.items() if not value}
    known = (key for key in keys if unknown.isdisjoint(PLACEHOLDER.findall(say(key, lang))))
    return next((say(key, lang, **values) for key in known), "")


@dataclass(frozen=True, slots=True)
class Rendered:
    """Replies in order, and the ids of the lines, sections, numbers, events and consulates that they give."""

    replies: tuple[Reply, ...]
    shown: tuple[str, ...] = ()


def replied(kind: ReplyKind, text: str, s: Signals, choices: Iterable[Choice] = ()) -> Rendered:
    """One reply: a text with its values, and choices."""
    return Rendered((Reply(kind, filled(text, s), tuple(choices)),))


LABEL = 30
"""Characters on the button of an event."""
BASE = 36
"""In which events are written on a button: figures and letters."""
FIND_CONSULATE = make("y", "where")
"""The button that asks where the person is, for the consulate nearest to them."""


def section_button(topic: Topic, section: Section, knowledge: Knowledge, lang: Lang) -> Choice:
    """The button that shows a section."""
    words = section.title or knowledge.aspects[section.aspect or Aspect.WHAT].button
    return Choice(label=words.say(lang), payload=make("s", topic.id, section.id, version(knowledge, topic.id)))


def topic_button(topic: Topic, knowledge: Knowledge, lang: Lang, section: str | None = None) -> Choice:
    """The button that shows a topic, by its first section or another one."""
    parts = ("t", topic.id) if section is None else ("s", topic.id, section)
    return Choice(label=topic.title.say(lang), payload=make(*parts, version(knowledge, topic.id)))


def topic_buttons(names: Iterable[str], of: Signals | Voice) -> tuple[Choice, ...]:
    """The buttons of those topics that there are."""
    topics = (of.knowledge.topics[name] for name in names if name in of.knowledge.topics)
    return tuple(topic_button(topic, of.knowledge, of.lang) for topic in topics)


def event_button(event: Event, lang: Lang) -> Choice:
    """The button that shows an event."""
    label = " · ".join(filter(None, (calendar.short_day(event, lang), event.title.say(lang))))
    if len(label) > LABEL:
        label = label[: LABEL - 1].rsplit(" ", 1)[0].rstrip(" ,:·“(") + "…"
    return Choice(label=label, payload=make("e", event.id, "all"))


def menu_choices(knowledge: Knowledge, lang: Lang) -> tuple[Choice, ...]:
    """The first page of what can be asked."""
    return tuple(Choice(label=g.title.say(lang), payload=make("g", g.id)) for g in knowledge.menu)


def button(key: str, lang: Lang, *payload: str, **values: str) -> Choice:
    """A button with an interface text on it."""
    return Choice(label=say(key, lang, **values), payload=make(*payload))


def menu_button(lang: Lang) -> tuple[Choice, ...]:
    """The button that shows what can be asked."""
    return (button("button.menu", lang, "c", "menu"),)


def person_button(lang: Lang) -> Choice:
    """The button that asks for a person."""
    return button("button.person", lang, "c", "person")


def make_more(start: int, events: Sequence[Event], knowledge: Knowledge) -> str:
    """The payload of "more" from `start` on: the events as one short word, a bit for each id, in base 36."""
    numbers = {event_id: n for n, event_id in enumerate(sorted(knowledge.events))}
    mask = sum(1 << numbers[event.id] for event in events)
    return make("m", str(start), np.base_repr(mask, BASE).lower(), _calendar_version(knowledge))


def _calendar_version(knowledge: Knowledge) -> str:
    """Four characters that change with the events there are."""
    return blake2s("|".join(sorted(knowledge.events)).encode(), digest_size=2).hexdigest()


def events_in(packed: str, version: str, knowledge: Knowledge) -> list[Event]:
    """The events of such a payload. ValueError where the calendar has others by now."""
    mask, ids = int(packed, BASE), sorted(knowledge.events)
    if version != _calendar_version(knowledge) or mask < 0 or mask >> len(ids):
        raise ValueError("the calendar has changed")
    return [knowledge.events[event_id] for n, event_id in enumerate(ids) if mask >> n & 1]


def way_in(procedure: Procedure, s: Signals, state: Conversation, *, named: bool = False) -> Choice:
    """The button that begins a procedure, or goes on with it; `named`: by its title."""
    begun = any(one.procedure == procedure.id for one in state.steps)
    label = procedure.title.say(s.lang) if named else say("steps.go" if begun else "steps.offer", s.lang)
    return Choice(label=label, payload=make("z", procedure.id, "g"))


OPENED = 3
"""Papers or steps that are offered as choices."""


@dataclass(frozen=True)
class View:
    """What every view of one procedure needs."""

    act: acts.Step
    s: Signals
    procedure: Procedure
    tell: Teller

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """The steps of this person."""
        return steps_of(self.procedure, self.tell.answers)

    @property
    def step(self) -> Step:
        """The step that is spoken of; the first where content no longer has it."""
        wanted = self.act.about if self.act.view in (Show.STEP, Show.STUCK) else self.act.progress.step
        return next((step for step in self.procedure.steps if step.id == wanted), self.steps[0])

    @property
    def number(self) -> int:
        """The place of the step that is spoken of."""
        return next((n for n, one in enumerate(self.steps, 1) if one.id == self.step.id), len(self.steps))

    def source(self, cited: Sequence[str], said: str = "") -> Part:
        """The line with the source of what is `said` in Spanish."""
        return Part(Role.SOURCE, source_line(cited, self.s.knowledge, self.s.lang, said))

    def tap(self, does: str, about: str = "", *, key: str = "", label: str = "") -> Choice:
        """A button of the procedure."""
        parts = (self.procedure.id, does, *((about,) if about else ()))
        return Choice(label=label or say(key, self.s.lang), payload=make("z", *parts))

    def go(self) -> Choice:
        """The button that goes on with the open step."""
        return self.tap("g", key="steps.go")

    def step_buttons(self) -> tuple[Choice, ...]:
        """What may be said to the step: done, what it takes, later."""
        step = self.step
        more = "steps.bring" if step.bring else "steps.more" if self.tell.details(step) else ""
        between = (self.tap("b", step.id, key=more),) if more else ()
        return (self.tap("d", step.id, key="steps.did"), *between, self.tap("l", step.id, key="steps.later"))

    def ticks(self, papers: Sequence[Paper]) -> list[Choice]:
        """A button for each of the first papers that are not there."""
        missing = [paper for paper in papers if paper.id not in self.tell.has]
        return [self.tap("h", paper.id, label=f"✓ {self.tell.say(paper.name)}") for paper in missing[:OPENED]]


def withdrawn(ask: Sequence[str], v: Voice) -> str:
    """That an editor has stopped it, and whom to ask."""
    return put(v.knowledge.texts["withdrawn"].say(v.lang), {"contacts": names_of(ask, v)})


def names_of(contacts: Sequence[str], v: Voice) -> str:
    """Contacts by their names, with what reaches them."""
    return contact_names(contacts, v.knowledge, v.lang, v.today)
