"""The date that goes with an answer: the next event of a forum that a topic speaks of."""

from dataclasses import replace

from bot.conversation import Reply
from bot.dialogue.calendar import replies
from bot.dialogue.hearing import Hearing
from bot.texts import say
from knowledge import calendar
from knowledge.frames import fold
from knowledge.schema.calendar import Event
from knowledge.schema.topics import Topic

TELLING = 4
"""Letters of a word that can tell one event from another."""


def with_event(reply: Reply, topic: Topic, hearing: Hearing) -> tuple[Reply, tuple[str, ...]]:
    """The answer with the next event that leads to its topic first, and that event's id; unchanged where there is none.

    Who asks whether they can still come to a forum is told when it is, whichever way the question was read.
    """
    event = _coming(topic, hearing)
    if event is None:
        return reply, ()
    when = calendar.when(event, hearing.knowledge, hearing.lang)
    line = say("calendar.coming", hearing.lang, title=event.title.say(hearing.lang), when=when)
    choices = (*reply.choices, replies.event_button(event, hearing.lang))
    return replace(reply, text=f"{reply.text}\n\n{line}", choices=choices), (event.id,)


def _coming(topic: Topic, hearing: Hearing) -> Event | None:
    """The one whose name the message says most of; the next one where it names none."""
    meant = [event for event in replies.coming(hearing) if event.leads[:1] == (topic.id,)]
    said = set(fold(hearing.text).split())
    return max(meant, key=lambda event: len(_words(event) & said), default=None)


def _words(event: Event) -> set[str]:
    title = f"{event.title.es} {event.title.en}"
    return {word for word in fold(title).split() if len(word) >= TELLING}
