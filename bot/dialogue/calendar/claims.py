"""A month that somebody was told for the open forum: "y dicen que era en mayo"; and the forum that was named before."""

from bot.conversation import Turn
from bot.dialogue.calendar import replies
from bot.dialogue.calendar.evidence import LIMITS
from bot.dialogue.calendar.thread import ASKS
from bot.dialogue.calendar.words import Asked, asked_in
from bot.dialogue.dates.tokens import tokens
from bot.dialogue.hearing import Hearing
from knowledge.schema.calendar import Event

CLAIMS = frozenset(tokens("era eran seria dice dicen dijo dijeron decia says said told was wasnt isnt"))
"""Words with which one puts a date forward."""
STRAY = 1
"""Words that we cannot place beside it."""


def answer_claim(asked: Asked, event: Event | None, hearing: Hearing) -> Turn | None:
    """When the open forum is, or until when, where a month is put forward for it: no other forum has to be in it."""
    named = asked.named or asked.topics or asked.kinds or asked.places or asked.organisers or asked.strangers
    if named or asked.plural or "all" in asked.asks or len(asked.unknown) > STRAY:
        return None
    claimed = bool(asked.dates.spans) and not asked.dates.year_said and not CLAIMS.isdisjoint(tokens(hearing.text))
    until = "until" in asked.asks and not asked.dates.spans and event is None
    if not (claimed or until):
        return None
    shown = event if hearing.conversation.event is not None else None
    event = shown or _named_before(hearing) or event
    if event is None:
        return None
    return ASKS["until" if "until" in asked.asks or event.kind in LIMITS else "when"](hearing, event)


def _named_before(hearing: Hearing) -> Event | None:
    """The next of the one forum that an earlier message names, of which the open topic or a neighbour speaks."""
    topic = hearing.knowledge.topics.get(hearing.conversation.topic or "")
    if topic is None:
        return None
    for heard in reversed(hearing.conversation.heard[:-1]):
        asked = asked_in(heard.text, hearing)
        if len(asked.series) == 1:
            of_it = (event for event in replies.coming(hearing) if event.series == asked.series[0])
            return next((event for event in of_it if {topic.id, *topic.next} & set(event.leads)), None)
    return None
