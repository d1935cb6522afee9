"""One message as the steps of the engine see it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zlib import crc32

from bot.conversation import (
    Conversation,
    Danger,
    Event,
    InboundMessage,
    Outcome,
    Reading,
    Reply,
    TopicScore,
    Turn,
)
from bot.dialogue.bearing.threads import with_earlier
from bot.dialogue.compose import fill_for
from bot.dialogue.understanding import CANDIDATES, Understanding
from bot.texts import say
from knowledge.calendar import HOME
from knowledge.model import Knowledge
from knowledge.schema.base import Lang
from knowledge.schema.turned import Milder

TO_MINORS = {
    "check.open": "check.open.minor",
    "country.first": "country.first.minor",
    "danger.afar": "danger.afar.minor",
    "danger.beside": "danger.beside",
    "danger.embassy": "danger.embassy",
    "danger.still": "danger.still.minor",
    "danger.their_consulate": "danger.their_consulate.minor",
}
"""Interface texts said in danger, and which of them a writer under 18 reads."""
PLACES = 4
"""Answers that are remembered, for who says that they answered something else."""


def with_place(conversation: Conversation, place: str) -> tuple[str, ...]:
    """The answers that are remembered, with one more."""
    return (*(one for one in conversation.places if one != place), place)[-PLACES:]


@dataclass(frozen=True, slots=True)
class Hearing:
    """The message, what was read in it, and the state that already holds what it says about the writer."""

    message: InboundMessage
    conversation: Conversation
    knowledge: Knowledge
    now: datetime
    text: str
    message_lang: str
    lang: Lang
    understood: Understanding
    danger: Danger | None = None
    check: Danger | None = None
    harmless: Milder | None = None
    """What made the danger that was read none."""
    foreign: str | None = None
    """The language of the message, where it is none of ours and we have a word in it."""

    @property
    def today(self) -> date:
        """The day in Mexico City."""
        return self.now.astimezone(HOME).date()

    @property
    def own_word(self) -> str:
        """A short word in the person's own language, where we do not answer in it; empty where we do."""
        if self.foreign is None:
            return ""
        return self.knowledge.foreign[self.foreign].say(on_duty=self.conversation.desk.on_duty) + "\n\n"

    def in_danger(self, key: str) -> str:
        """An interface text said in danger, with its values; in words for a writer under 18."""
        return self.fill(say(TO_MINORS[key] if self.conversation.minor else key, self.lang))

    def fill(self, text: str) -> str:
        """A text with its values and the emergency number of the person's country, as of now."""
        return fill_for(text, self.conversation, self.knowledge, self.lang, self.today)

    def turn(
        self,
        outcome: Outcome,
        *replies: Reply,
        events: tuple[Event, ...] = (),
        answered: tuple[str, ...] = (),
        check: str | None = None,
        found: tuple[str, ...] = (),
        **changes: Any,
    ) -> Turn:
        """The result: state with these changes, and the choices of the replies remembered as offered.

        `found`: ids of the calendar events that answer; `events`: what the shell is asked to do.
        Only the last reply with choices keeps them: "1" must mean one thing, also where buttons are numbered lines.
        """
        last = max((n for n, reply in enumerate(replies) if reply.choices), default=-1)
        replies = tuple(reply if n == last else replace(reply, choices=()) for n, reply in enumerate(replies))
        offered = replies[last].choices if last >= 0 else ()
        # A topic that was answered takes the place of the event and of the consulate that were shown.
        shown: dict[str, Any] = {"event": None, "consulate": None} if "topic" in changes else {}
        if changes.get("topic") and changes["topic"] != self.conversation.topic:
            shown["earlier"] = with_earlier(self.conversation, self.text, self.knowledge)
        if section := changes.get("section"):
            before = self.conversation.shown if changes["topic"] == self.conversation.topic else ()
            shown["shown"] = tuple(dict.fromkeys((*before, section)))
            shown["places"] = with_place(self.conversation, f"{changes['topic']}/{section}")
        fresh = {"offered": offered, "weak": 0, "asked_place": None, "checking": None, "listened": 0}
        fresh["said"] = crc32("\n".join(reply.text for reply in replies).encode())
        state = self.conversation.having(**fresh | shown | changes)
        reading = Reading(
            lang=self.message_lang,
            reply_lang=self.lang,
            outcome=outcome,
            urgent=self.danger,
            check=check,
            topics=self._with_first(answered, changes.get("section")),
            answered=answered,
            events=found,
        )
        return Turn(state, replies, events, reading)

    def _with_first(self, answered: tuple[str, ...], section: str | None) -> tuple[TopicScore, ...]:
        """The candidates of the words; a topic that a choice led to stands before them."""
        topics = self.understood.topics
        if not answered or section is None or self.understood.also is not None:
            return topics
        if topics and (topics[0].topic, topics[0].section) == (answered[0], section):
            return topics
        others = (score for score in topics if score.topic != answered[0])
        return (TopicScore(answered[0], section, 1.0), *others)[:CANDIDATES]

    def with_state(self, conversation: Conversation) -> "Hearing":
        """The same message heard in another state."""
        return replace(self, conversation=conversation)
