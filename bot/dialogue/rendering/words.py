"""Texts with their values, the emergency number of a country, and whether somebody reads along."""

from datetime import date

from bot.conversation import Conversation
from bot.texts import say
from knowledge.model import Knowledge
from knowledge.render import fill
from knowledge.schema.base import Lang

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
