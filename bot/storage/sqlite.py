"""All that is special to SQLite: one writing connection, a few that read, pragmas, locks."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

READERS = 3
_COMMON = {
    "journal_mode": "WAL",
    # FULL, not NORMAL: after our 200 the provider forgets the message, so it must survive a power cut.
    "synchronous": "FULL",
    "foreign_keys": "ON",
    # What is erased is overwritten, not just forgotten.
    "secure_delete": "ON",
}


def async_engines(url: URL, wait: float) -> tuple[AsyncEngine, AsyncEngine]:
    """The writer and the readers. Five pooled writers stall one another for half a second; one never does."""
    _make_private(url)
    writer = create_async_engine(url, pool_size=1, pool_timeout=wait, **_OPTIONS)
    _prepare(writer.sync_engine, _pragmas(wait), begin="BEGIN IMMEDIATE")
    reader = create_async_engine(url, pool_size=READERS, pool_timeout=wait, **_OPTIONS)
    _prepare(reader.sync_engine, _pragmas(wait) | {"query_only": "ON"})
    return writer, reader


def migration_engine(url: URL) -> Engine:
    """For Alembic: all migrations in one transaction, one process at a time."""
    _make_private(url)
    engine = create_engine(url.set(drivername="sqlite"), **_OPTIONS)
    _prepare(engine, _pragmas(30) | {"foreign_keys": "OFF"}, begin="BEGIN IMMEDIATE")
    return engine


async def scrub(writer: AsyncEngine) -> None:
    """Empty the write-ahead log, which still has the old pages after an erasure."""
    async with writer.connect() as connection:
        # Straight at the driver, because a checkpoint cannot run within a transaction.
        driver: Any = (await connection.get_raw_connection()).driver_connection
        await driver.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")


_OPTIONS: Mapping[str, Any] = {
    "max_overflow": 0,
    # No BEGIN by the driver's own guess: ours come from the event below.
    "connect_args": {"isolation_level": None},
    # Errors must not quote what a person said.
    "hide_parameters": True,
}


def _pragmas(wait: float) -> dict[str, str]:
    return {"busy_timeout": str(int(wait * 1000))} | _COMMON


def _prepare(engine: Engine, pragmas: Mapping[str, str], begin: str | None = None) -> None:
    event.listen(engine, "connect", _setter(pragmas))
    if begin:
        event.listen(engine, "begin", _beginner(begin))


def _setter(pragmas: Mapping[str, str]) -> Callable[[Any, Any], None]:
    def set_pragmas(connection: Any, record: Any) -> None:
        cursor = connection.cursor()
        for name, value in pragmas.items():
            cursor.execute(f"PRAGMA {name}={value}")
        cursor.close()

    return set_pragmas


def _beginner(statement: str) -> Callable[[Connection], None]:
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(statement)

    return begin


def _make_private(url: URL) -> None:
    if not url.database or url.database == ":memory:":
        raise ValueError("SQLite needs a file: sqlite:////path/to/file.db")
    path = Path(url.database)
    path.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
