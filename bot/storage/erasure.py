"""Erases a person, everywhere, and keeps a receipt that says nothing about who it was."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Conversation
from bot.storage import outbox
from bot.storage.rows import UNRESOLVED, Held, save_case
from bot.storage.tables import cases, conversations, erasures, messages, timers


async def erase(connection: AsyncConnection, held: Held, receipt: str, now: datetime) -> None:
    """Erase all but an open case of danger, which goes when it is closed."""
    await outbox.discard(connection, held.id)
    if held.case and held.case.category:
        await _strip(connection, held)
    else:
        await _erase_whole(connection, held)
    await connection.execute(insert(erasures), {"receipt": receipt, "at": now})


async def erase_if_promised(connection: AsyncConnection, held: Held) -> bool:
    """At the end of a case: what was kept for its sake goes now. Replies on their way still go out, then they go."""
    if held.erase_when_closed:
        await _erase_whole(connection, held)
    return held.erase_when_closed


async def _erase_whole(connection: AsyncConnection, held: Held) -> None:
    # Transcript, timers and cases go with it: ON DELETE CASCADE.
    await connection.execute(delete(conversations).where(conversations.c.id == held.id))


async def _strip(connection: AsyncConnection, held: Held) -> None:
    """Leave what it takes to help: category, level, place, time, and the way to answer."""
    assert held.case is not None  # noqa: S101 - the caller looked
    await save_case(connection, replace(held.case, rule="", words="", note=None, country=None), held.case)
    for table in (messages, timers):
        await connection.execute(delete(table).where(table.c.conversation_id == held.id))
    await connection.execute(delete(cases).where(cases.c.conversation_id == held.id, ~UNRESOLVED))
    bare = {"state": Conversation().stored(), "lang": None, "last_sent_at": None, "erase_when_closed": True}
    await connection.execute(update(conversations).where(conversations.c.id == held.id).values(bare))
