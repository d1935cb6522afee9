"""Which of several senders live, and what they share: each keeps a lock of PostgreSQL, a channel's rate is a row.

Nobody is elected. The lock is gone with its connection, so that what a killed sender had claimed is known at once.
"""

from collections.abc import Mapping
from datetime import timedelta
from secrets import randbits
from typing import Any

from sqlalchemy import bindparam, cast, func, literal_column, select, text, update
from sqlalchemy.dialects.postgresql import INTERVAL
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.engine import Database, insert_if_new
from bot.storage.tables import channel_rates, outbox
from bot.storage.types import UTCTime

SENDERS = 0x76656E74
"""PostgreSQL's number for the locks of those who send."""
CLAIM_LASTS = timedelta(minutes=2)
"""What was claimed so long ago is sent again, though its sender's connection seems to live: it hangs."""
GRACE = timedelta(seconds=10)
"""After PostgreSQL started again its senders have so long to come back and mark what went out meanwhile."""
A_SECOND = 30
"""Ordinary replies of all senders on one channel; Telegram takes some 30 a second of one bot."""
BURST = 10

_LIVING = text(
    "SELECT objid::bigint FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database"
    " WHERE locktype = 'advisory' AND classid = :senders AND objsubid = 2 AND datname = current_database()"
)
_STANDS_LONG = func.clock_timestamp() - func.pg_postmaster_start_time() > bindparam("grace", type_=INTERVAL)
_STALE = (
    select(outbox.c.id)
    .where(
        outbox.c.sending_since.is_not(None),
        outbox.c.id.not_in(bindparam("mine", expanding=True)),
        (outbox.c.sending_since < bindparam("lost"))
        | (outbox.c.sending_since > bindparam("ahead"))
        | (outbox.c.sender.not_in(bindparam("living", expanding=True)) & _STANDS_LONG),
    )
    .order_by(outbox.c.id)
    .with_for_update(skip_locked=True)
)
_FREE = update(outbox).where(outbox.c.id.in_(_STALE)).values(sending_since=None, sender=None)
_SHARES = (
    select(channel_rates, cast(literal_column("clock_timestamp()"), UTCTime).label("now"))
    .where(channel_rates.c.channel.in_(bindparam("channels", expanding=True)))
    .order_by(channel_rates.c.channel)
    .with_for_update()
)
_SPEND = update(channel_rates).where(channel_rates.c.channel == bindparam("of"))


class Senders:
    """One process among those that send from one PostgreSQL."""

    def __init__(self, database: Database, grace: timedelta = GRACE) -> None:
        self.me = randbits(31)
        self._database = database
        self._grace = grace
        self._held: AsyncConnection | None = None

    async def join(self) -> None:
        """Keep our lock, on a connection of its own; again where that was lost. Raises what SQLAlchemy raises."""
        if self._held is not None:
            try:
                await self._held.execute(select(1))
            except DBAPIError:
                await self.leave()
            else:
                return
        connection = await self._database.writer.connect()
        try:
            await connection.execution_options(isolation_level="AUTOCOMMIT")
            await connection.execute(select(func.pg_advisory_lock(SENDERS, self.me)))
        except BaseException:
            await connection.invalidate()
            raise
        self._held = connection

    async def leave(self) -> None:
        """At the end: what we still have claimed is anybody's."""
        if self._held is not None:
            held, self._held = self._held, None
            await held.invalidate()  # closed, not given back to the pool with its lock
            await held.close()

    async def free(self, connection: AsyncConnection, mine: list[int], now: Any) -> None:
        """What senders had claimed that are gone, or hang, is due again."""
        living = (await connection.execute(_LIVING, {"senders": SENDERS})).scalars().all()
        ages = {"lost": now - CLAIM_LASTS, "ahead": now + CLAIM_LASTS, "grace": self._grace}
        await connection.execute(_FREE, {"mine": mine, "living": [*living, self.me], **ages})


async def shares(connection: AsyncConnection, channels: list[str]) -> Mapping[str, tuple[int, float]]:
    """For each channel how many ordinary replies may go out now, and what is spent; locked until the commit."""
    rows = (await connection.execute(_SHARES, {"channels": channels})).mappings().all()
    if missing := set(channels) - {row["channel"] for row in rows}:
        new = insert_if_new("postgresql", channel_rates)
        now = await connection.scalar(select(cast(literal_column("clock_timestamp()"), UTCTime)))
        await connection.execute(new, [{"channel": name, "spent": 0.0, "at": now} for name in sorted(missing)])
        rows = (await connection.execute(_SHARES, {"channels": channels})).mappings().all()
    found = {}
    for row in rows:
        spent = max(0.0, row["spent"] - A_SECOND * max(0.0, (row["now"] - row["at"]).total_seconds()))
        paused = row["paused_until"] is not None and row["now"] < row["paused_until"]
        found[row["channel"]] = (0 if paused else max(0, int(BURST - spent)), spent)
    return found


async def spend(connection: AsyncConnection, channel: str, spent: float) -> None:
    """What is spent now, of which A_SECOND run off each second."""
    now = cast(literal_column("clock_timestamp()"), UTCTime)
    await connection.execute(_SPEND.values(spent=spent, at=now), {"of": channel})


async def pause(connection: AsyncConnection, channel: str, until: Any) -> None:
    """The provider limits us: no sender sends there before."""
    await connection.execute(_SPEND.values(paused_until=until), {"of": channel})
