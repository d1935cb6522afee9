"""How long a log-in waits, by name and by where it comes from: longer after each wrong try; nobody is locked out."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update

from bot.storage.engine import Database, insert_if_new
from bot.storage.limit_tables import log_in_failures

FREE = 4
"""Wrong tries behind which the next one may follow at once."""
FIRST = timedelta(seconds=5)
"""The first wait; each one after it is twice as long."""
LONGEST = timedelta(minutes=15)
FORGOTTEN = timedelta(days=1)
"""After the last try."""

_of_name = log_in_failures.c.name_key == bindparam("name")
_MINE = _of_name & (log_in_failures.c.source_key == bindparam("source"))
_KNOWN = select(log_in_failures.c.count, log_in_failures.c.last_at).where(_MINE).with_for_update()
_COUNT = update(log_in_failures).where(_MINE)


class Throttle:
    """Names that nobody has are treated as all others, so that the wait tells nothing."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, name: str, source: str, now: datetime, *, proven: bool = False) -> timedelta:
        """Count one try before it is made, so that many at once are many; nothing, or how long it has to wait.

        `proven`: a second factor was right already, so that it waits for nothing.
        """
        mine = self._keys(name, source)
        async with self._database.write() as connection:
            await connection.execute(delete(log_in_failures).where(log_in_failures.c.last_at < now - FORGOTTEN))
            row = {"name_key": mine["name"], "source_key": mine["source"], "count": 0, "last_at": now}
            await connection.execute(insert_if_new(connection.dialect.name, log_in_failures), row)
            tried, last_at = (await connection.execute(_KNOWN, mine)).one()
            left: timedelta = last_at + pause(tried) - now
            if left > timedelta(0) and not proven:
                return left
            await connection.execute(_COUNT.values(count=tried + 1, last_at=now), mine)
        return timedelta(0)

    async def succeeded(self, name: str, source: str) -> None:
        """The password was right: begin anew."""
        async with self._database.write() as connection:
            await connection.execute(delete(log_in_failures).where(_MINE), self._keys(name, source))

    async def forget(self, name: str) -> None:
        """The password is new: begin anew, wherever it was tried from."""
        async with self._database.write() as connection:
            await connection.execute(delete(log_in_failures).where(_of_name), self._keys(name, ""))

    def _keys(self, name: str, source: str) -> dict[str, bytes]:
        keyed = self._database.cipher.keyed
        return {"name": keyed("log-in name", name), "source": keyed("log-in source", source)}


def pause(failures: int) -> timedelta:
    """After so many tries in a row that were not right."""
    return min(LONGEST, FIRST * (1 << min(failures - FREE - 1, 16))) if failures > FREE else timedelta(0)
