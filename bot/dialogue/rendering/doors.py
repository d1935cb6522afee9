"""Who does know what we do not: the doors that are open to this person, and who reads along."""

from datetime import datetime

from bot.conversation import Conversation
from bot.dialogue.rendering.words import fill_for
from bot.dialogue.signals import Signals
from bot.texts import say

MEXICO = "MX"
MEXICANS, FOREIGNERS = "door.mexicans", "door.foreigners"
BY_NATIONALITY = {MEXICO: (MEXICANS,), "US": (FOREIGNERS, "door.americans")}
OTHERS = (FOREIGNERS, "door.anybody")
"""Doors of anybody from another country."""


def doors(s: Signals) -> str:
    """Sentences with the doors; nobody who fears their government is shown one of it."""
    return "".join(f"{say(door, s.lang)} " for door in _open_to(s.person, visitor=s.message.person.visitor))


def _open_to(person: Conversation, *, visitor: bool) -> tuple[str, ...]:
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
