"""Turns that show events: one, many, how to take part, into the own calendar; what is said next goes on from them."""

from collections.abc import Callable, Sequence

from bot.conversation import Outcome, Reply, ReplyKind, Turn
from bot.dialogue.calendar import facts, replies
from bot.dialogue.compose import topic_button
from bot.dialogue.hearing import Hearing
from bot.texts import say
from knowledge import calendar
from knowledge.frames import fold
from knowledge.schema.calendar import Event

MOST = 2
"""Topics that tell of an event itself; those behind them tell of forums at large."""
TELLING = 4
"""Letters of a word that can tell one event from another."""


def about(event: Event, hearing: Hearing, reply: Reply, *, found: Sequence[Event] = ()) -> Turn:
    """What is said next goes on from this event, and from the topic of its forum: the open one, where that leads to it.

    Of several events none is meant more than the others: they open no topic.
    """
    ids = tuple(each.id for each in found or (event,))
    opened = hearing.conversation.topic
    topic = opened if opened in event.leads else None if len(ids) > 1 else home_of(event, hearing)
    return hearing.turn(Outcome.ANSWER, reply, found=ids, event=event.id, topic=topic, section=None)


def home_of(event: Event, hearing: Hearing) -> str | None:
    """The topic of an event's forum: of the first that it leads to the one whose title says most of its own."""
    topics, said = hearing.knowledge.topics, telling_words(event.title.es)
    leads = [] if event.history else [lead for lead in event.leads[:MOST] if lead in topics]
    return max(leads, key=lambda lead: len(telling_words(topics[lead].title.es) & said), default=None)


def telling_words(title: str) -> set[str]:
    """The words of a title that can tell one event from another."""
    return {word for word in fold(title).split() if len(word) >= TELLING and word.isalpha()}


def one(hearing: Hearing, event: Event, head: str = "") -> Turn:
    """An event with all that is known of it."""
    return about(event, hearing, replies.in_full(hearing, event, head))


def some(hearing: Hearing, events: Sequence[Event], first: str = "", start: int = 0, head: str = "") -> Turn:
    """The one event in full, or three of many; what ends today is not what is registered for next.

    `first`: the subject whose events stand first.
    """
    if len(events) == 1:
        return one(hearing, events[0], head)
    events, first = replies.led_by(first, events)
    shown, today = replies.page(events, start), hearing.today
    next_one = next((event for event in shown if event.ends != today), shown[0])
    return about(next_one, hearing, replies.many(hearing, events, start, head, first), found=events)


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


def show_more(hearing: Hearing, start: str, events: str, version: str, first: str = "") -> Turn:
    """The next three of many. ValueError where the calendar has other events by now."""
    if version != replies.ids_version(hearing.knowledge):
        raise ValueError("the calendar has changed")
    found = replies.unpacked(events, hearing.knowledge)
    ordered = calendar.in_order(found, hearing.today)
    if not 0 <= int(start) < len(ordered):
        raise ValueError("there is no more")
    return some(hearing, ordered, first, int(start))


def save_event(hearing: Hearing, event_id: str) -> Turn:
    """An event as a file for the person's own calendar."""
    event = hearing.knowledge.events[event_id]
    return about(event, hearing, replies.saved(hearing, event))


TAPS: dict[str, Callable[..., Turn]] = {"e": show_event, "m": show_more, "i": save_event}
"""Kinds of buttons: an event, more of a list, into my calendar."""
