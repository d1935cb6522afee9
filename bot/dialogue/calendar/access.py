"""Who may take part, and whether one must travel: `sin ECOSOC, ¿podemos ir al FPAN?`, `¿a cuáles nos dejan entrar?`."""

from dataclasses import replace
from datetime import date

from bot.dialogue.calendar.evidence import HOME_GROUND
from bot.dialogue.calendar.search import find
from bot.dialogue.calendar.vocabulary import ACCESS
from bot.dialogue.calendar.words import GENERIC, Asked
from knowledge import calendar
from knowledge.model import Knowledge
from knowledge.schema.calendar import Access, Event

MANY = 6
"""Words that we cannot place from which a message tells more than it asks."""
STATUS = "ecosoc-deadline"
"""The series of the status itself: named in passing where another forum is named."""


def who_may_come(asked: Asked, knowledge: Knowledge, today: date, *, sure: str | None) -> tuple[Event, ...]:
    """The forum that is named, or those to come that take organisations so; empty where that is not asked.

    `sure`: the topic that surely answers: `how` alone is its, and so are all forums where none leads to it.
    """
    how = asked.named and not sure and "how" in asked.asks and (asked.for_osc or not asked.unknown)
    if not (asked.asks & ACCESS or how) or "past" in asked.asks or len(asked.unknown) > MANY:
        return ()
    if "attendance" not in asked.asks:
        asked = replace(asked, series=tuple(name for name in asked.series if name != STATUS))
    placed = asked.topics and (set(asked.kinds) & GENERIC or set(asked.places) - HOME_GROUND)
    told = sure is None or any(sure in event.leads for event in knowledge.events.values())
    if asked.named or (placed and told):
        found = find(replace(asked, asks=asked.asks - {"next", "list"}), knowledge, today).events
        return tuple(event for event in found if not event.history)
    if not set(asked.kinds) & GENERIC or not asked.asks & {"access", "status"} or not _of_several(asked):
        return ()
    if not told:
        return ()
    wanted = (
        (Access.STATUS,) if "status" in asked.asks and "access" not in asked.asks else (Access.OPEN, Access.SPECIAL)
    )
    return tuple(event for event in calendar.upcoming(knowledge, today) if event.access in wanted)


def _of_several(asked: Asked) -> bool:
    """`¿A qué foros …?`, `¿a qué foro …?`."""
    return asked.several or "which" in asked.asks
