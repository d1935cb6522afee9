"""The date that goes with an answer: the next event of a forum that a topic speaks of."""

from dataclasses import replace

from bot.conversation import Reply
from bot.dialogue.calendar import replies
from bot.dialogue.calendar.turns import telling_words
from bot.dialogue.calendar.words import asked_in
from bot.dialogue.compose import event_button
from bot.dialogue.hearing import Hearing
from bot.dialogue.words.payload import make
from bot.texts import say
from knowledge import calendar
from knowledge.frames import fold
from knowledge.schema.calendar import Event
from knowledge.schema.topics import Topic


def with_event(reply: Reply, topic: Topic, hearing: Hearing) -> tuple[Reply, tuple[str, ...]]:
    """The answer with the next event that leads to its topic first, and that event's id; unchanged where there is none.

    Who asks whether they can still come to a forum is told when it is, whichever way the question was read.
    """
    event = _coming(topic, hearing)
    if event is None:
        return reply, ()
    when = calendar.when(event, hearing.knowledge, hearing.lang)
    line = say("calendar.coming", hearing.lang, title=event.title.say(hearing.lang), when=when)
    others = (choice for choice in reply.choices if not choice.payload.startswith(make("e", "")))
    choices = (*others, event_button(event, hearing.lang))
    return replace(reply, text=f"{reply.text}\n\n{line}", choices=choices), (event.id,)


def event_of_topic(topic_id: str, hearing: Hearing) -> Event | None:
    """The event that a topic speaks of: of those that lead to it first, the one that was named, or the next.

    None where events of several forums lead to it and none is named.
    """
    known = [event for event in hearing.knowledge.events.values() if topic_id in event.leads and not event.history]
    first = [event for event in known if event.leads[0] == topic_id]
    if not first and len({event.series for event in known}) != 1:
        return None
    texts = [heard.text for heard in hearing.conversation.heard] + [hearing.knowledge.topics[topic_id].title.es]
    said = {word for text in texts for word in fold(text).split()}
    today = hearing.today
    ordered = calendar.in_order((e for e in first or known if e.ends is None or e.ends >= today), today)
    ordered += calendar.newest_first(event for event in first or known if event not in ordered)
    best = max(ordered, key=lambda event: len(_words(event) & said), default=None)
    doubtful = not first or len({event.series for event in ordered}) > 1
    return None if best is None or (doubtful and not _words(best) & said) else best


def _coming(topic: Topic, hearing: Hearing) -> Event | None:
    """The one whose name the message says most of; the next one where it names none."""
    asked = asked_in(hearing.text, hearing)
    leading = [event for event in replies.coming(hearing) if topic.id in event.leads]
    named = [event for event in leading if event.series in asked.series]
    meant = named or [event for event in leading if event.leads[0] == topic.id]
    said = set(fold(hearing.text).split())
    return max(meant, key=lambda event: len(_words(event) & said), default=None)


def _words(event: Event) -> set[str]:
    return telling_words(f"{event.title.es} {event.title.en}")
