"""What the turn and the delivery need from channels and storage: protocols, so that neither is imported."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Literal, Protocol
from uuid import UUID

from bot.conversation.messages import InboundMessage, Reply, ReplyKind
from bot.conversation.reading import Turn
from bot.conversation.state import Conversation


class DeliveryError(Exception):
    """A message was not sent."""


class RetryableError(DeliveryError):
    """Try again later: network, time-out, the provider's own trouble."""


class RateLimitedError(RetryableError):
    """Try again after `retry_after` seconds."""

    def __init__(self, message: str, retry_after: float) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PermanentError(DeliveryError):
    """Will never be sent: bad address, refused content."""


class OutsideWindowError(PermanentError):
    """WhatsApp takes free words only for 24 hours after the person wrote; later only an approved template."""


class UnreachableError(PermanentError):
    """The person blocked us or is gone: nothing more is sent until they write again."""


def plain(reply: Reply) -> str:
    """The text as it stands."""
    return reply.text


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a channel can show."""

    text_limit: int
    """Characters in one message; longer replies are split."""
    buttons: int
    """Choices shown as buttons; more (or any, where 0) become numbered lines."""
    label_limit: int
    """Characters on a button."""
    fewest_buttons: int = 1
    """Fewer choices become numbered lines too."""
    button_text_limit: int | None = None
    """Characters of a message with buttons, where they are fewer."""
    written: Callable[[Reply], str] = plain
    """The text of a reply with the channel's own marks in it; its length is what counts."""


class Channel(Protocol):
    """A sender and what it can show; its reader stands beside it."""

    name: str
    capabilities: Capabilities

    async def send(self, address: str, reply: Reply) -> str:
        """Send one reply that fits; the provider's message id. Raises DeliveryError."""
        ...


class Priority(IntEnum):
    """Whose reply is sent first; within a conversation the order of the turns holds."""

    URGENT = 0
    OPERATOR = 1
    ORDINARY = 2


PRIORITIES = {
    ReplyKind.HELP: Priority.URGENT, ReplyKind.CARE: Priority.URGENT, ReplyKind.CHECK: Priority.URGENT,
    ReplyKind.OPERATOR: Priority.OPERATOR, ReplyKind.KNOCK: Priority.OPERATOR,
}  # fmt: skip
"""Of what each kind is for; the others are ordinary."""
LONGEST_PAUSE = {
    Priority.URGENT: timedelta(seconds=15), Priority.OPERATOR: timedelta(minutes=10),
    Priority.ORDINARY: timedelta(minutes=10),
}  # fmt: skip
"""Until the next try. What is due later than that was written by a clock that jumped, and is due now."""


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One reply that waits to be sent."""

    id: int
    conversation_id: UUID
    channel: str
    address: str
    reply: Reply
    attempts: int
    queued_at: datetime | None = None
    """When the turn wrote it."""
    priority: Priority = Priority.ORDINARY


@dataclass(frozen=True, slots=True)
class Timer:
    """Something to do for a conversation when its time comes."""

    id: int
    kind: str
    conversation_id: UUID
    payload: Mapping[str, Any]
    due_at: datetime


Delivery = Literal["queued", "held", "sent", "delivered", "read", "failed"]
"""What is known of a reply's way to the person; `held` until they write, because the channel takes no words now."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a provider says later of a message that we sent."""

    provider_id: str
    delivery: Delivery
    why: str | None = None
    """Code and words, where it failed."""
    outside_window: bool = False
    """It failed only because the person wrote too long ago."""


class TurnStore(Protocol):
    """One message's transaction."""

    async def claim_delivery(self, message: InboundMessage, received_at: datetime) -> bool:
        """False = this delivery was seen before."""
        ...

    async def load(self, message: InboundMessage, now: datetime) -> tuple[UUID, Conversation, bool]:
        """The conversation under its lock (made if new), and whether the message is late."""
        ...

    @property
    def blocked(self) -> bool:
        """Whether what was loaded comes from a blocked source: it is answered, and nobody may be promised."""
        ...

    @property
    def channel(self) -> str:
        """Of the conversation that was loaded."""
        ...

    async def resume(self, timer_id: int) -> tuple[UUID, Conversation] | None:
        """Take a timer away and lock its conversation; None where it was answered, or nothing may be sent."""
        ...

    async def save(self, conversation_id: UUID, message: InboundMessage | None, turn: Turn, now: datetime) -> None:
        """State, transcript, outbox, case and unanswered phrase; `message` is None where a timer made the turn."""
        ...


class Store(Protocol):
    """Opens the one transaction of a turn; commits at its end, rolls back on an exception."""

    def turn(self) -> AbstractAsyncContextManager[TurnStore]:
        """Raises StoreBusyError where the lock was not had in time."""
        ...


class NotStoredError(Exception):
    """A message was not stored; the provider should deliver it again."""


class StoreBusyError(NotStoredError):
    """The database is busy, or fails: no fault of the message, however often it comes."""


class Outbox(Protocol):
    """What the delivery loop needs."""

    async def settle(self, now: datetime) -> Mapping[int, Sequence[str]]:
        """At the start: mark what went out before a crash. Of replies half sent, by row: the provider's ids so far."""
        ...

    async def claim(
        self,
        now: datetime,
        room: Mapping[str, int],
        ordinary: Mapping[str, int] | None = None,
        only: UUID | None = None,
    ) -> Sequence[OutboxRow]:
        """Take the first reply of each conversation, most urgent first; at most `room` of a channel.

        What is not urgent gets only the first `ordinary` places of its channel. `only`: of this conversation.

        What is claimed is in this process's hands until `said`, `retry`, `failed`, `hold_back` or `let_go`.
        """
        ...

    def said(self, row: OutboxRow, provider_id: str, *, whole: bool) -> None:
        """A part went out: written down at once, so that a restart does not repeat it. `whole`: it was the last."""
        ...

    @property
    def throttled(self) -> bool:
        """Whether the last claim left something for the rate alone that all processes share."""
        ...

    @property
    def unmarked(self) -> int:
        """Replies that are sent and not yet marked."""
        ...

    @property
    def gathers(self) -> float:
        """Seconds for which marks may be gathered, as a crash would not forget them."""
        ...

    async def mark(self) -> None:
        """Mark what is sent, all with one commit."""
        ...

    def let_go(self, row: OutboxRow) -> None:
        """It is in nobody's hands any more; unknown rows are no error."""
        ...

    async def give_back(self, now: datetime) -> None:
        """What processes claimed that are gone, or hang, is due again."""
        ...

    async def leave(self) -> None:
        """At the end of the process: nothing more is claimed."""
        ...

    async def retry(self, row: OutboxRow, at: datetime, why: str, pause_until: datetime | None = None) -> None:
        """Try again at `at`; until `pause_until` nobody sends on its channel what is not urgent."""
        ...

    async def failed(self, row: OutboxRow, why: str, *, unreachable: bool) -> None:
        """Give up; `unreachable` drops all that waits for this person."""
        ...

    async def hold_back(self, row: OutboxRow, why: str, now: datetime) -> None:
        """An operator's words wait until the person writes; the bot's own are given up."""
        ...

    async def timers_due(self, now: datetime) -> Sequence[Timer]:
        """Timers whose time has come, oldest first."""
        ...

    async def timer_done(self, timer_id: int) -> None:
        """Forget it; unknown ids are no error."""
        ...
