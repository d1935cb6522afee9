"""Conversations in which something is to be sent, noted while it is written: whoever sends is told with the commit."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.ports import Priority

_NOTED = "drains"


@dataclass(frozen=True, slots=True)
class Drain:
    """One conversation, and how urgent it is. `at`: not before; None: at once."""

    conversation_id: UUID
    priority: Priority
    at: datetime | None = None


Defer = Callable[[Any, Sequence[Drain]], Awaitable[None]]
"""Writes jobs on the driver's own connection, so that they are committed with what they are about."""


def note(connection: AsyncConnection, drain: Drain) -> None:
    """Within a transaction; the most urgent one of a conversation stays."""
    noted = connection.info.setdefault(_NOTED, {})
    before = noted.get(drain.conversation_id)
    if before is None or drain.priority < before.priority:
        noted[drain.conversation_id] = drain


def taken(connection: AsyncConnection) -> list[Drain]:
    """What was noted, and is forgotten."""
    return list(connection.info.pop(_NOTED, {}).values())
