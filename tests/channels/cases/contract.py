"""What a channel must bring to be tested as one: real payloads, what each becomes, and a stand-in to send to."""

from collections.abc import Callable, Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.conversation import InboundMessage, Kind
from bot.conversation.ports import Channel

SENT = datetime(2027, 3, 1, 12, tzinfo=UTC)
NOW = SENT + timedelta(seconds=2)

Fields = Mapping[str, Any]
"""The fields of an InboundMessage, but for channel and delivery_id; None: the payload is ignored."""


@dataclass
class Sending:
    """A sender before its stand-in."""

    channel: Channel
    address: str
    arrived: Callable[[], list[tuple[str, list[str]]]]
    """Text and labels of the buttons of each message, in order."""
    fails: Mapping[str, Callable[[], object]] = field(default_factory=dict)
    """The next send meets: gone, too_many, refused, broken, hangs, wrong_token. Empty where nothing can fail."""


@dataclass(frozen=True)
class Contract:
    """One channel."""

    name: str
    folder: Path
    load: Callable[[Path], Any]
    read: Callable[[Any], InboundMessage | None]
    cases: Mapping[str, Fields | None]
    """By the name of a file in the folder."""
    expected: Callable[[Any, Any], InboundMessage]
    """The message with these fields, and channel and delivery_id of this payload."""
    sending: Callable[[], AbstractAsyncContextManager[Sending]]
    never: frozenset[Kind] = frozenset()
    """What cannot be written on this channel; all other kinds have a case."""
    private: tuple[str, ...] = ()
    """Words of the payloads that must not be kept."""
