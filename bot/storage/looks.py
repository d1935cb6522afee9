"""When a page was last looked at, and up to which line: of what waits to be fetched, only that reached somebody."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.conversation.ports import Delivery, StoreBusyError
from bot.storage.desk_tables import looks
from bot.storage.engine import Database, insert_if_new
from bot.storage.tables import conversations
from bot.storage.transcript import Line

FETCHED = frozenset({"web"})
"""Channels that carry nothing to anybody: a page fetches what was said."""
MOST = 5000
"""Conversations noted between two writes; of more the newest look is lost, which only makes us too modest."""

_log = logging.getLogger(__name__)
_of_it = looks.c.conversation_id == bindparam("conversation")
_NOTE = update(looks).where(_of_it).values(last_id=bindparam("last"), at=bindparam("now"))
_OF = select(conversations.c.channel, looks.c.last_id, looks.c.at).select_from(conversations.outerjoin(looks)).where(
    conversations.c.id == bindparam("conversation")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of one person's page."""

    last_id: int
    at: datetime


class Looks:
    """Noted in memory while pages ask, written together: a thousand open pages cost one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._new: dict[UUID, Look] = {}

    def note(self, conversation_id: UUID, last_id: int, now: datetime) -> None:
        """A page of this conversation was fetched, with all lines up to this one."""
        if len(self._new) < MOST or conversation_id in self._new:
            self._new[conversation_id] = Look(last_id, now)

    async def write(self) -> None:
        """Into the database; what fails is written the next time."""
        noted, self._new = self._new, {}
        if not noted:
            return
        try:
            async with self._database.mark() as connection:
                # Erased since: nothing is noted of them.
                there = list(await connection.scalars(select(conversations.c.id).where(conversations.c.id.in_(noted))))
                new = [{"conversation_id": one, "last_id": 0, "at": noted[one].at} for one in there]
                values = [{"conversation": one, "last": noted[one].last_id, "now": noted[one].at} for one in there]
                if there:
                    await connection.execute(insert_if_new(connection.dialect.name, looks), new)
                    await connection.execute(_NOTE, values)
        except StoreBusyError:
            self._new = noted | self._new
            _log.warning("that pages were looked at was not written now")


async def of(connection: AsyncConnection, conversation_id: UUID) -> tuple[bool, Look | None]:
    """Whether a page has to fetch what is said, and when one last did."""
    row = (await connection.execute(_OF, {"conversation": conversation_id})).first()
    if row is None or row.channel not in FETCHED:
        return False, None
    return True, None if row.at is None else Look(row.last_id, row.at)


def told(lines: Sequence[Line], *, fetched: bool, look: Look | None) -> Sequence[Line]:
    """Lines as they stand: where a page fetches them, on their way until it did, and then with the person."""
    last = look.last_id if look else 0
    return [replace(line, delivery=_stands(line, last)) if fetched else line for line in lines]


def _stands(line: Line, last: int) -> Delivery | None:
    if line.delivery != "sent":
        return line.delivery
    return "delivered" if line.id <= last else "queued"
