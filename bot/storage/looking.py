"""When reminders are looked at next: one timer for all of a person, as their state alone says which there are."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import LookAgain, Turn
from bot.storage.rows import REMINDER, Held, forget_timer
from bot.storage.tables import timers


async def look_again(connection: AsyncConnection, held: Held, turn: Turn, heard: datetime | None) -> None:
    """At once after each of their turns (`heard`), else when the look says; never where nothing is left or wanted."""
    reminding, before = turn.conversation.reminding, held.conversation.reminding
    looks = [event for event in turn.events if isinstance(event, LookAgain)]
    if not (looks or reminding.items or before.items):
        return
    await forget_timer(connection, held.id, REMINDER)
    at = looks[0].at if looks else heard if reminding.live else None
    if at is not None:
        row = {"kind": REMINDER, "conversation_id": held.id, "payload": {}, "due_at": at}
        await connection.execute(insert(timers), row)
