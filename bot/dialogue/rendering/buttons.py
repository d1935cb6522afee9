"""Buttons: what they say and what they carry."""

from bot.conversation import Choice
from bot.dialogue.words.payload import make, version
from bot.texts import say
from knowledge import calendar
from knowledge.model import Knowledge
from knowledge.schema.base import Lang
from knowledge.schema.calendar import Event
from knowledge.schema.topics import Aspect, Section, Topic

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
