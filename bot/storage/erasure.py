"""Erases a person, everywhere, and keeps a receipt that says nothing about who it was."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation import Conversation, DeletionConfirmed
from bot.storage import bursts, outbox
from bot.storage.desk_tables import case_links, notes
from bot.storage.rows import REMINDER, UNRESOLVED, Handoff, Held, forget_timer, save_case
from bot.storage.tables import cases, conversations, erasures, messages
from bot.storage.types import bound

NOTHING_LEFT = Conversation()


async def erase(
    connection: AsyncConnection,
    handoff: Handoff,
    held: Held,
    confirmed: DeletionConfirmed,
    now: datetime,
    left: Conversation = NOTHING_LEFT,
) -> None:
    """Erase all but an open case of danger, which goes when it is closed; `left`: the state that stays with it.

    Where nobody was asked whether to, what operators wrote stays with the case: another may hold the phone.
    """
    await outbox.discard(connection, held.id)
    if held.case and held.case.category:
        await _strip(connection, handoff, held, now, left, theirs=not confirmed.unasked)
    else:
        if held.case:
            await bursts.pass_on(connection, handoff, held.case, now)
        await _erase_whole(connection, held)
    await connection.execute(insert(erasures), {"receipt": confirmed.receipt, "at": now})


async def erase_if_promised(connection: AsyncConnection, held: Held) -> bool:
    """At the end of a case: what was kept for its sake goes now. Replies on their way still go out, then they go."""
    if held.erase_when_closed:
        await _erase_whole(connection, held)
    return held.erase_when_closed


async def _erase_whole(connection: AsyncConnection, held: Held) -> None:
    # Transcript, timers and cases go with it: ON DELETE CASCADE.
    await connection.execute(delete(conversations).where(conversations.c.id == held.id))


async def _strip(
    connection: AsyncConnection, handoff: Handoff, held: Held, now: datetime, left: Conversation, *, theirs: bool
) -> None:
    """Leave what it takes to help: category, level, place, time, the way to answer; `theirs`: operators' words go."""
    assert held.case is not None  # noqa: S101 - the caller looked
    bare_case = replace(held.case, rule="", words="", country=None, source=None)
    bare_case = replace(bare_case, note=None, labels=()) if theirs else bare_case
    await save_case(connection, handoff, bare_case, held.case, now, held.channel)
    said = messages.c.conversation_id == held.id
    await connection.execute(delete(messages).where(said if theirs else said & (messages.c.author != "operator")))
    await forget_timer(connection, held.id, REMINDER)
    for column in (notes.c.case_id, case_links.c.case_id, case_links.c.other_id) if theirs else ():
        await connection.execute(delete(column.table).where(column == held.case.id))
    await connection.execute(delete(cases).where(cases.c.conversation_id == held.id, ~UNRESOLVED))
    bare = {"state": left.stored(), "lang": None, "last_sent_at": None, "erase_when_closed": True}
    bare = bound(conversations, bare, id=held.id)
    await connection.execute(update(conversations).where(conversations.c.id == held.id).values(bare))
