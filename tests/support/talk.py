"""One person talking with the engine: no database, no network, a clock that goes a minute at a time."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.conversation import Conversation, Event, InboundMessage, Kind, Turn
from bot.conversation.payload import read as read_payload
from bot.conversation.person import Known
from bot.dialogue.engine import take_turn
from bot.dialogue.message import written
from bot.dialogue.signals.situation import situation_with
from knowledge.model import Knowledge

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def person(conversation: Conversation | None = None, **facts: str | bool | None) -> Conversation:
    """A conversation in which these facts of the situation were told: `country="US"`, `minor=True`."""
    conversation = conversation or Conversation(greeted=True)
    known = {name: Known(value=value, turn=0) if isinstance(value, str) else value for name, value in facts.items()}
    return conversation.having(situation=conversation.situation.model_copy(update=known))


def who_said(text: str, knowledge: Knowledge, **facts: str | bool | None) -> Conversation:
    """A person of whom these facts were told, and who tells more in a message."""
    state = person(**facts)
    return state.having(situation=situation_with(written(text, knowledge, NOON), state))


class Talk:
    """`say`, `tap` and `send` give the turn; `conversation` is what is remembered."""

    def __init__(self, knowledge: Knowledge, conversation: Conversation | None = None) -> None:
        self.knowledge = knowledge
        self.conversation = conversation or Conversation(greeted=True)
        self.now = NOON
        self.turns: list[Turn] = []
        self.events: list[Event] = []

    def say(self, text: str) -> Turn:
        return self.send(Kind.TEXT, text=text)

    def tap(self, label: str) -> Turn:
        choice = next(c for c in self.conversation.offered if c.label == label)
        return self.send(Kind.TAP, payload=choice.payload)

    def send(self, kind: Kind, **content: Any) -> Turn:
        turn = take_turn(self.conversation, self.message(kind, **content), self.knowledge, self.now)
        self.conversation = turn.conversation
        self.now += MINUTE
        self.turns.append(turn)
        self.events += turn.events
        return turn

    def fork(self) -> "Talk":
        """The same conversation so far, to go on otherwise."""
        other = Talk(self.knowledge, self.conversation)
        other.now, other.turns = self.now, [*self.turns]
        return other

    def message(self, kind: Kind, **content: Any) -> InboundMessage:
        return InboundMessage("test", str(len(self.turns)), "1", kind, self.now, **content)

    def wait(self, minutes: int) -> None:
        self.now += minutes * MINUTE

    def remember(self, **changes: Any) -> None:
        self.conversation = self.conversation.having(**changes)

    def told(self, **facts: str | bool | None) -> None:
        """As after a message that told this of the writer."""
        self.conversation = person(self.conversation, **facts)

    @property
    def said(self) -> str:
        return "\n\n".join(reply.text for reply in self.turns[-1].replies)

    @property
    def labels(self) -> list[str]:
        return [choice.label for choice in self.conversation.offered]


def topic_of(payload: str) -> str | None:
    """The topic that a button leads to; None where it leads elsewhere."""
    tap = read_payload(payload)
    return tap.parts[0] if tap is not None and tap.kind in ("t", "s") else None
