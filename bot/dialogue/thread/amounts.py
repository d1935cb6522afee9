"""How much somebody has, told where a matter asks for an amount: what is asked for, and never whether it is enough."""

import re

from bot.conversation import Turn
from bot.dialogue.excerpts.nearest import open_topic
from bot.dialogue.excerpts.quoting import open_sections, sentences_where
from bot.dialogue.excerpts.replies import told
from bot.dialogue.hearing import Hearing
from bot.dialogue.refuge import is_closed
from knowledge.addresses import PLACEHOLDER
from knowledge.model import Knowledge
from knowledge.schema.topics import Topic

_AMOUNT = re.compile(r"\b\d{1,3}(?:,\d{3})+\b|\b\d{3,}\b|\b\d+(?:\.\d+)? ?(?:mil|k|thousand)\b", re.IGNORECASE)
_MONEY = re.compile(
    r"\$|\b(?:al mes|mensual|mensuales|por mes|pesos|d[oó]lares|dlls|usd|ahorrad\w*|ahorros|gan\w+|pensi[oó]n|ingresos?"
    r"|a month|monthly|per month|dollars|bucks|savings|saved|income|earn\w*|make|social security)\b",
    re.IGNORECASE,
)
"""What makes a number an amount of somebody's money."""


def answer_amount(hearing: Hearing) -> Turn | None:
    """The sentences of the open topic with the amounts that are asked for."""
    topic = hearing.knowledge.topics.get(open_topic(hearing) or "")
    if topic is None or is_closed(topic.id, hearing) or not hearing.understood.goes_on:
        return None
    if not (_AMOUNT.search(hearing.text) and _MONEY.search(hearing.text)):
        return None
    counted = _counted(topic, hearing.knowledge)
    sections = [one for one in open_sections(topic, hearing) if one.id in counted]
    if not sections:
        return None
    shown = hearing.conversation.section
    section = next((one for one in sections if one.id == shown), sections[0])
    text = sentences_where(section, hearing.lang, lambda said: not counted[section.id].isdisjoint(_named(said)))
    return told(topic, section, text, hearing, first=hearing.knowledge.texts["thread-amount"].say(hearing.lang))


def _counted(topic: Topic, knowledge: Knowledge) -> dict[str, frozenset[str]]:
    """By section the facts of its text that are counted in a unit, and that unit."""
    found = {}
    for section in topic.sections:
        facts = [knowledge.facts[name] for name in _named(section.text.es) if name in knowledge.facts]
        if names := {each.id for each in facts if each.times} | {each.times for each in facts if each.times}:
            found[section.id] = frozenset(names)
    return found


def _named(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text))
