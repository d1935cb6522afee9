"""The database: opened from its URL, one writer, migrations, and the few places where dialects differ."""

import asyncio
import logging
import math
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, nullcontext
from functools import cache
from pathlib import Path
from secrets import token_bytes
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Engine, Insert, Table, create_engine, inspect, make_url, select, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot.conversation.ports import StoreBusyError
from bot.storage import drains, sqlite
from bot.storage.crypto import Cipher
from bot.storage.errors import NotMigratedError, WrongSecretKeyError
from bot.storage.tables import meta
from bot.storage.types import use_cipher
from bot.telemetry import figures

_log = logging.getLogger(__name__)

WAIT = 5.0
"""Seconds that a turn waits for the writer."""
PROBED = 5.0
"""Seconds without a write after which one is tried: monitors may ask as often as they like."""
_DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+psycopg"}
_INSERTS: dict[str, Any] = {"sqlite": sqlite_dialect.insert, "postgresql": postgresql.insert}
_FAILURES = (OperationalError, InterfaceError, InternalError)
"""Locked, gone, full, down; a file that is no database is DatabaseError itself."""
_KEEPALIVES = {"tcp_keepalives_idle": 5, "tcp_keepalives_interval": 2, "tcp_keepalives_count": 3}
"""A machine that lost its power says no goodbye: PostgreSQL notices after some ten seconds."""
_MIGRATIONS = Path(__file__).parent / "migrations"
KEY_CHECK = "key_check"
_PROBE = "probe"


class Database:
    """Connections to one database, and the keys of what is encrypted in it."""

    def __init__(self, writer: AsyncEngine, reader: AsyncEngine, marker: AsyncEngine, cipher: Cipher) -> None:
        self.writer = writer
        self.reader = reader
        self.marker = marker
        self.cipher = cipher
        self.defer: drains.Defer | None = None
        """Tells other processes what is to be sent; None where this one sends itself."""
        self._written = -math.inf
        for engine in {writer, reader, marker}:
            use_cipher(engine.dialect, cipher)

    @classmethod
    async def open(cls, url: str, secret_key: str, wait: float = WAIT) -> "Database":
        """An open, migrated database. WeakSecretKeyError, WrongSecretKeyError, NotMigratedError."""
        cipher = Cipher(secret_key)
        database = cls(*_engines(full_url(url), wait), cipher)
        try:
            await database._check_key()
        except BaseException:
            await database.close()
            raise
        return database

    @classmethod
    @asynccontextmanager
    async def opened(cls, url: str, secret_key: str) -> "AsyncIterator[Database]":
        """The same, closed at the end."""
        database = await cls.open(url, secret_key)
        try:
            yield database
        finally:
            await database.close()

    @property
    def shared(self) -> bool:
        """Whether other processes may work on it at the same time."""
        return self.writer.dialect.name != "sqlite"

    async def close(self) -> None:
        """Close all connections."""
        for engine in {self.writer, self.reader, self.marker}:
            await engine.dispose()

    @asynccontextmanager
    async def write(self, *, short: bool = False) -> AsyncIterator[AsyncConnection]:
        """One write transaction; commits at its end. StoreBusyError where it is busy or fails.

        `short`: a few statements that find their rows by an index; SQLite then runs them without its thread.
        """
        asked = time.perf_counter()
        with _busy():
            async with self.writer.begin() as connection, self._run(connection, short=short):
                figures.WRITER.observe(time.perf_counter() - asked)
                drains.taken(connection)  # of a transaction that failed
                yield connection
                await self._tell(connection)
        self._written = time.monotonic()

    @asynccontextmanager
    async def mark(self) -> AsyncIterator[AsyncConnection]:
        """A write transaction for what was sent: on PostgreSQL it waits behind no turn. StoreBusyError."""
        with _busy():
            async with self.marker.begin() as connection, self._run(connection, short=True):
                drains.taken(connection)
                yield connection
                await self._tell(connection)

    @asynccontextmanager
    async def read(self, *, short: bool = False) -> AsyncIterator[AsyncConnection]:
        """A connection that only reads and never waits for the writer; `short` as for `write`."""
        with _busy():
            async with self.reader.connect() as connection, self._run(connection, short=short):
                yield connection

    async def scrub(self) -> None:
        """After an erasure is committed: let no copy of the old pages stay behind."""
        if self.shared:
            return
        try:
            await sqlite.scrub(self.writer)
        except (PoolTimeoutError, OperationalError):
            # The erasure itself stands; what is left behind is encrypted, and goes with the next one or at the end.
            _log.warning("the write-ahead log could not be emptied now")

    @property
    def writable(self) -> bool:
        """Whether the last write succeeded, not long ago. To ask costs nothing: `watch` tries where nobody does."""
        return time.monotonic() - self._written < 3 * PROBED

    async def watch(self) -> None:
        """A task: where nothing was written for PROBED seconds, try. On a full disk only a write tells."""
        while True:
            try:
                await self.check_writable()
            except Exception as error:  # whatever it says, it is asked again
                _log.warning("the database cannot be written: %s", type(error).__name__)
            await asyncio.sleep(PROBED / 2)

    async def check_writable(self) -> None:
        """Raises where nothing can be written now, and nothing was lately."""
        if time.monotonic() - self._written < PROBED:
            return
        self._written = -math.inf
        async with self.write() as connection:
            await connection.execute(insert_if_new(connection.dialect.name, meta), {"name": _PROBE, "value": b""})
            await connection.execute(update(meta).where(meta.c.name == _PROBE).values(value=token_bytes(8)))

    async def _tell(self, connection: AsyncConnection) -> None:
        """As the last of a transaction: who looks before the commit finds nothing, and comes again at the sweep."""
        noted = drains.taken(connection)
        if noted and self.defer:
            await self.defer((await connection.get_raw_connection()).driver_connection, noted)

    def _run(self, connection: AsyncConnection, *, short: bool) -> AbstractAsyncContextManager[None]:
        return sqlite.at_once(connection) if short and not self.shared else nullcontext()

    async def _check_key(self) -> None:
        async with self.write() as connection:
            if not await connection.run_sync(lambda sync: inspect(sync).has_table(meta.name)):
                raise NotMigratedError("The database has no tables yet; run `ventanilla db upgrade`.")
            new = insert_if_new(connection.dialect.name, meta)
            await connection.execute(new, {"name": KEY_CHECK, "value": self.cipher.check})
            known = await connection.scalar(select(meta.c.value).where(meta.c.name == KEY_CHECK))
        if known != self.cipher.check:
            raise WrongSecretKeyError(
                "SECRET_KEY is not the one that this database was written with. "
                "Put the old key back, or start with another database."
            )


def full_url(url: str) -> URL:
    """The URL with its driver filled in."""
    parsed = make_url(url)
    return parsed.set(drivername=_DRIVERS.get(parsed.drivername, parsed.drivername))


def upgrade(url: str, secret_key: str | None = None) -> None:
    """Bring the tables up to date; in one transaction, safe when two processes start at once. The key is needed where
    an older version kept in plain what is encrypted now.
    """
    engine, config = _engine(url), _migrations()
    try:
        with engine.begin() as connection:
            config.attributes["connection"] = connection
            config.attributes["cipher"] = Cipher(secret_key) if secret_key else None
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def refuse_older(url: str) -> None:
    """NotMigratedError where the tables are of an older version; a newer one only adds to what this one knows."""
    engine = _engine(url)
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection).get_current_revision()
    finally:
        engine.dispose()
    scripts = ScriptDirectory.from_config(_migrations())
    known = {script.revision for script in scripts.walk_revisions()} - {scripts.get_current_head()}
    if found is None or found in known:
        raise NotMigratedError("The tables are of an older version; run `ventanilla db upgrade`.")


def _engine(url: str) -> Engine:
    full = full_url(url)
    return sqlite.migration_engine(full) if full.get_backend_name() == "sqlite" else create_engine(full)


def _migrations() -> Config:
    config = Config()
    # Config reads % as the start of a placeholder.
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    return config


@cache
def insert_if_new(dialect_name: str, table: Table) -> Insert:
    """INSERT … ON CONFLICT DO NOTHING; its rowcount says whether the row is new."""
    statement: Insert = _INSERTS[dialect_name](table).on_conflict_do_nothing()
    # Else SQLAlchemy forgets it with psycopg, and every delivery would look as if it had been seen before.
    return statement.execution_options(preserve_rowcount=True)


@cache
def insert_or_update(dialect_name: str, table: Table, key: tuple[str, ...], anew: tuple[str, ...]) -> Insert:
    """INSERT … ON CONFLICT (key) DO UPDATE: the row that is there takes these columns of the new one."""
    statement = _INSERTS[dialect_name](table)
    changed: Insert = statement.on_conflict_do_update(
        index_elements=list(key), set_={name: statement.excluded[name] for name in anew}
    )
    return changed


@contextmanager
def _busy() -> Iterator[None]:
    try:
        yield
    except PoolTimeoutError as error:
        raise StoreBusyError("no free connection") from error
    except DBAPIError as error:
        # What is wrong with the row itself stays what it is: it would be so at every try.
        if isinstance(error, _FAILURES) or type(error) is DatabaseError:
            raise StoreBusyError(f"the database fails: {type(error.orig).__name__}") from error
        raise


def _engines(url: URL, wait: float) -> tuple[AsyncEngine, AsyncEngine, AsyncEngine]:
    """The writer, the reader, and what marks replies as sent."""
    if url.get_backend_name() == "sqlite":
        writer, reader = sqlite.async_engines(url, wait)
        return writer, reader, writer
    # A conversation is locked while a turn is taken: who waits for it is told that we are busy, not kept for ever.
    options = {"lock_timeout": int(wait * 1000), **_KEEPALIVES}
    locks = {
        "options": " ".join(f"-c {name}={value}" for name, value in options.items()),
        "connect_timeout": max(2, int(wait)),
    }
    engine = create_async_engine(url, pool_timeout=wait, hide_parameters=True, connect_args=locks)
    marker = create_async_engine(
        url, pool_size=1, max_overflow=0, pool_timeout=wait, hide_parameters=True, connect_args=locks
    )
    return engine, engine, marker
