"""All that is special to SQLite: one writing connection, a few that read, pragmas, locks."""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiosqlite
from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.util import await_only

from bot.conversation.ports import StoreBusyError

READERS = 3
_COMMON = {
    "journal_mode": "WAL",
    # FULL, not NORMAL: after our 200 the provider forgets the message, so it must survive a power cut.
    "synchronous": "FULL",
    "foreign_keys": "ON",
    # What is erased is overwritten, not just forgotten.
    "secure_delete": "ON",
}


class Driver(aiosqlite.Connection):
    """aiosqlite hands every step of a statement to its thread: some 25 hops a turn. Here short statements need none."""

    at_once = False
    """Whether statements run where they are asked for. What waits for a lock or for the disk is never asked for so."""

    async def _execute(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        if not self.at_once:
            return await self._in_thread(fn, *args, **kwargs)
        if fn.__name__ == "execute":
            # A turn must not hold the loop whole: what a provider just answered waits for it to be written down.
            await asyncio.sleep(0)
        return fn(*args, **kwargs)

    async def begin(self) -> None:
        """Wait for the writer's lock, in the thread, with one hop."""
        try:
            await self._in_thread(self._conn.execute, "BEGIN IMMEDIATE")
        except asyncio.CancelledError:
            # The thread may get the lock all the same; what is asked of it next comes after this.
            asyncio.ensure_future(self._in_thread(self._conn.rollback)).add_done_callback(_heard)
            raise

    async def rollback(self) -> None:
        """The pool asks for one after every use; mostly there is nothing to undo, and nothing to wait for."""
        if self._conn.in_transaction:
            await self._in_thread(self._conn.rollback)

    async def _in_thread(self, fn: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        return await super()._execute(fn, *args, **kwargs)  # type: ignore[no-untyped-call]


def _heard(done: asyncio.Future[Any]) -> None:
    done.cancelled() or done.exception()


@asynccontextmanager
async def at_once(connection: AsyncConnection) -> AsyncIterator[None]:
    """Within, statements run on the event loop: for a few that find their rows by an index, after BEGIN."""
    driver: Any = (await connection.get_raw_connection()).driver_connection
    driver.at_once = True
    try:
        yield
    finally:
        driver.at_once = False


def async_engines(url: URL, wait: float) -> tuple[AsyncEngine, AsyncEngine]:
    """The writer and the readers. Five pooled writers stall one another for half a second; one never does."""
    _make_private(url)
    options = {"pool_timeout": wait, "async_creator": _opener(url), **_OPTIONS}
    writer = create_async_engine(url, pool_size=1, **options)
    _prepare(writer.sync_engine, _pragmas(wait), begin=_begin_in_thread)
    reader = create_async_engine(url, pool_size=READERS, **options)
    _prepare(reader.sync_engine, _pragmas(wait) | {"query_only": "ON"})
    return writer, reader


def migration_engine(url: URL) -> Engine:
    """For Alembic: all migrations in one transaction, one process at a time."""
    _make_private(url)
    # No BEGIN by the driver's own guess: ours come from an event.
    engine = create_engine(url.set(drivername="sqlite"), connect_args={"isolation_level": None}, **_OPTIONS)
    _prepare(engine, _pragmas(30) | {"foreign_keys": "OFF"}, begin=_begin_here)
    return engine


async def scrub(writer: AsyncEngine) -> None:
    """Empty the write-ahead log, which still has the old pages after an erasure."""
    async with writer.connect() as connection:
        # Straight at the driver, because a checkpoint cannot run within a transaction.
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")


_OPTIONS: Mapping[str, Any] = {
    "max_overflow": 0,
    # Errors must not quote what a person said.
    "hide_parameters": True,
}


def _pragmas(wait: float) -> dict[str, str]:
    return {"busy_timeout": str(int(wait * 1000))} | _COMMON


def _opener(url: URL) -> Callable[[], Awaitable[Driver]]:
    def connect() -> sqlite3.Connection:
        return sqlite3.connect(str(url.database), isolation_level=None, check_same_thread=False)

    async def opened() -> Driver:
        driver = Driver(connect, iter_chunk_size=64)
        driver._thread.daemon = True  # as SQLAlchemy has it where it connects itself
        await driver
        return driver

    return opened


def _prepare(engine: Engine, pragmas: Mapping[str, str], begin: Callable[[Connection], None] | None = None) -> None:
    event.listen(engine, "connect", _setter(pragmas))
    if begin:
        event.listen(engine, "begin", begin)


def _setter(pragmas: Mapping[str, str]) -> Callable[[Any, Any], None]:
    def set_pragmas(connection: Any, record: Any) -> None:
        cursor = connection.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    return set_pragmas


def _begin_here(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin_in_thread(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    try:
        await_only(driver.begin())
    except sqlite3.Error as error:  # SQLAlchemy did not see it, so it did not make it one of its own
        raise StoreBusyError(f"the database fails: {type(error).__name__}") from error


def _make_private(url: URL) -> None:
    if not url.database or url.database == ":memory:":
        raise ValueError("SQLite needs a file: sqlite:////path/to/file.db")
    path = Path(url.database)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
