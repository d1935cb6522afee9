"""Turns that show events: one, many, how to take part, into the own calendar; what is said next goes on from them."""

from collections.abc import Callable, Sequence

from bot.conversation import Outcome, Reply, ReplyKind, Turn
from bot.dialogue.calendar import facts, replies
from bot.dialogue.compose import topic_button
from bot.dialogue.hearing import Hearing
from bot.texts import say
from knowledge import calendar
from knowledge.schema.calendar import Event


def about(event: Event, hearing: Hearing, reply: Reply, *, found: Sequence[Event] = ()) -> Turn:
    """What is said next goes on from this event, and from the topic that was open, where that leads to it."""
    ids = tuple(each.id for each in found or (event,))
    topic = hearing.conversation.topic if hearing.conversation.topic in event.leads else None
    return hearing.turn(Outcome.ANSWER, reply, found=ids, event=event.id, topic=topic, section=None)


def one(hearing: Hearing, event: Event, head: str = "") -> Turn:
    """An event with all that is known of it."""
    return about(event, hearing, replies.in_full(hearing, event, head))


def some(hearing: Hearing, events: Sequence[Event], start: int = 0, head: str = "") -> Turn:
    """The one event in full, or three of many; what ends today is not what is registered for next."""
    if len(events) == 1:
        return one(hearing, events[0], head)
    shown, today = events[start : start + replies.PAGE], hearing.today
    next_one = next((event for event in shown if event.ends != today), shown[0])
    return about(next_one, hearing, replies.many(hearing, events, start, head), found=events)


def nothing(hearing: Hearing, reason: str, beside: Sequence[Event]) -> Turn:
    """No event answers."""
    return hearing.turn(Outcome.ANSWER, replies.nothing(hearing, reason, beside), topic=None, section=None)


def show_event(hearing: Hearing, event_id: str, what: str = "all") -> Turn:
    """A tapped event: all of it, or how to take part, with the topics that say what to register."""
    event = hearing.knowledge.events[event_id]
    if what != "how":
        return one(hearing, event)
    lang, topics = hearing.lang, hearing.knowledge.topics
    leads = [lead for lead in event.leads if lead in topics]
    further = say("calendar.leads", lang) if leads else f"➡ {replies.where_to_ask(hearing)}"
    choices = tuple(topic_button(topics[lead], hearing.knowledge, lang) for lead in leads[: replies.PAGE])
    blocks = (event.title.say(lang), facts.taking_part(event, lang), facts.deadline(event, hearing), further)
    return about(event, hearing, Reply(ReplyKind.ANSWER, "\n\n".join(blocks), choices))


def show_more(hearing: Hearing, start: str, events: str, version: str) -> Turn:
    """The next three of many. ValueError where the calendar has other events by now."""
    if version != replies.ids_version(hearing.knowledge):
        raise ValueError("the calendar has changed")
    found = replies.unpacked(events, hearing.knowledge)
    ordered = calendar.in_order(found, hearing.today)
    if not 0 <= int(start) < len(ordered):
        raise ValueError("there is no more")
    return some(hearing, ordered, int(start))


def save_event(hearing: Hearing, event_id: str) -> Turn:
    """An event as a file for the person's own calendar."""
    event = hearing.knowledge.events[event_id]
    return about(event, hearing, replies.saved(hearing, event))


TAPS: dict[str, Callable[..., Turn]] = {"e": show_event, "m": show_more, "i": save_event}
"""Kinds of buttons: an event, more of a list, into my calendar."""
