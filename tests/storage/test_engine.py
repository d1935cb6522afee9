"""Opening, migrating, waiting."""

import asyncio
import logging
import re
import sqlite3
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, event, insert, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateIndex, CreateTable

from bot.conversation.ports import StoreBusyError
from bot.storage import Database, DatabaseStore, rows, turns, upgrade
from bot.storage.engine import full_url, insert_if_new, refuse_older
from bot.storage.errors import NotMigratedError, WeakSecretKeyError, WrongSecretKeyError
from bot.storage.rows import hold_by_id
from bot.storage.tables import deliveries, metadata
from tests.storage.conftest import on_sqlite
from tests.support import postgres
from tests.support.outbox import claim

SECRET = "a secret of more than thirty-two characters"
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_migrations_lead_to_the_tables(template: Path) -> None:
    engine = create_engine(f"sqlite:///{template}")
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, metadata) == []
    engine.dispose()


@pytest.mark.parametrize(("version", "serves"), [("0025", False), (None, False), ("9999", True)])
def test_older_tables_are_refused_and_newer_ones_only_have_more(path: Path, version: str | None, serves: bool) -> None:
    refuse_older(f"sqlite:///{path}")
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM alembic_version")
        connection.executemany("INSERT INTO alembic_version VALUES (?)", [(version,)] if version else [])
    connection.close()
    with nullcontext() if serves else pytest.raises(NotMigratedError):
        refuse_older(f"sqlite:///{path}")


def parts(sql: str) -> list[str]:
    """A column that was added later stands behind all others."""
    head, _, inner = sql.partition("(")
    return [head.strip(), *sorted(" ".join(part.strip(" )").split()) for part in re.split(r",(?![^(]*\))", inner))]


def test_the_migrated_tables_are_those_that_the_metadata_makes(template: Path) -> None:
    # compare_metadata is blind to partial indexes and AUTOINCREMENT.
    made = create_engine("sqlite://")
    metadata.create_all(made)
    query = "SELECT name, replace(replace(sql, char(10), ''), char(9), '') FROM sqlite_master ORDER BY name"
    with made.connect() as connection, sqlite3.connect(template) as migrated:
        wanted = {name: parts(sql) for name, sql in connection.exec_driver_sql(query) if sql}
        found = {name: parts(sql) for name, sql in migrated.execute(query) if sql and name != "alembic_version"}
    migrated.close()
    assert found == wanted


def test_upgrading_twice_and_in_a_new_folder(tmp_path: Path) -> None:
    path = tmp_path / "100% new" / "bot.db"
    upgrade(f"sqlite:///{path}")
    upgrade(f"sqlite+aiosqlite:///{path}")
    assert path.stat().st_mode & 0o777 == 0o600


def test_upgrading_touches_no_logging(tmp_path: Path) -> None:
    before = (logging.root.level, list(logging.root.handlers), logging.getLogger("bot").disabled)
    upgrade(f"sqlite:///{tmp_path / 'bot.db'}")
    assert (logging.root.level, list(logging.root.handlers), logging.getLogger("bot").disabled) == before


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:////x.db", "sqlite+aiosqlite"),
        ("sqlite+aiosqlite:////x.db", "sqlite+aiosqlite"),
        ("postgresql://u:p@h/d", "postgresql+psycopg"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+psycopg"),
    ],
)
def test_a_missing_driver_is_filled_in(url: str, driver: str) -> None:
    assert full_url(url).drivername == driver
    assert full_url(url).password == (None if "sqlite" in url else "p")


def test_everything_is_said_in_postgresql_too() -> None:
    dialect = postgresql.dialect()
    for table in metadata.sorted_tables:
        assert "CREATE TABLE" in str(CreateTable(table).compile(dialect=dialect))
        for index in table.indexes:
            assert "INDEX" in str(CreateIndex(index).compile(dialect=dialect))
    for locking in (turns._BY_ADDRESS, rows._BY_ID):
        assert str(locking.compile(dialect=dialect)).endswith("FOR UPDATE")
    assert "ON CONFLICT DO NOTHING" in str(insert_if_new("postgresql", deliveries).compile(dialect=dialect))


async def test_a_wrong_key_is_refused_and_the_right_one_still_works(path: Path) -> None:
    await (await Database.open(f"sqlite:///{path}", SECRET)).close()
    with pytest.raises(WrongSecretKeyError, match="SECRET_KEY"):
        await Database.open(f"sqlite:///{path}", "another secret, just as long as the first")
    await (await Database.open(f"sqlite:///{path}", SECRET)).close()


async def test_what_cannot_be_opened_says_why(path: Path, tmp_path: Path) -> None:
    with pytest.raises(WeakSecretKeyError):
        await Database.open(f"sqlite:///{path}", "short")
    with pytest.raises(NotMigratedError, match="db upgrade"):
        await Database.open(f"sqlite:///{tmp_path / 'empty.db'}", SECRET)
    with pytest.raises(ValueError, match="file"):
        await Database.open("sqlite://", SECRET)


@on_sqlite
async def test_pragmas(world) -> None:
    async with world.database.write() as connection:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        values = [(await connection.exec_driver_sql(f"PRAGMA {name}")).scalar() for name in names]
    assert values == ["wal", 2, 1, 1, 1000]


async def test_a_turn_that_waits_too_long_is_told_that_the_store_is_busy(path: Path) -> None:
    database = await Database.open(f"sqlite:///{path}", SECRET, wait=0.02)
    store = DatabaseStore(database, None)
    async with store.turn():
        with pytest.raises(StoreBusyError):
            async with store.turn():
                pass
    async with store.turn():
        pass
    await database.close()


@on_sqlite
async def test_another_process_that_writes_makes_it_busy_and_reading_goes_on(path: Path, world) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    async with world.database.writer.connect() as connection:
        driver = (await connection.get_raw_connection()).driver_connection
        await driver.execute("PRAGMA busy_timeout=20")
    with pytest.raises(StoreBusyError):
        async with world.database.write():
            pass
    assert await claim(world.outbox, NOW) == []
    other.execute("ROLLBACK")
    other.close()
    async with world.database.write():
        pass


async def test_a_cancelled_turn_rolls_back_and_frees_the_writer(world) -> None:
    message = world.message()
    held = asyncio.Event()

    async def hang() -> None:
        async with world.store.turn() as one:
            await one.claim_delivery(message, NOW)
            held.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await held.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await world.handle(message)


@on_sqlite
async def test_who_is_cancelled_while_they_wait_for_the_lock_does_not_keep_it(path: Path, world) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def write() -> None:
        async with world.database.write():
            pass

    waiting = asyncio.create_task(write())
    await asyncio.sleep(0.1)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    other.execute("ROLLBACK")
    await asyncio.sleep(0.3)
    other.execute("BEGIN IMMEDIATE")
    other.execute("ROLLBACK")
    other.close()
    await write()


@on_sqlite
async def test_errors_do_not_quote_what_was_said(world) -> None:
    async def twice() -> None:
        async with world.database.write() as connection:
            row = {"channel": "telegram", "delivery_id": "secret-words", "received_at": NOW}
            await connection.execute(insert(deliveries), [row, row])

    with pytest.raises(IntegrityError) as caught:
        await twice()
    assert "secret-words" not in str(caught.value)


async def test_who_waits_too_long_for_a_conversation_is_told_that_the_store_is_busy(world) -> None:
    """On PostgreSQL a conversation is locked, on SQLite the whole writer: neither is waited for without end."""
    conversation_id = await world.say()
    second = await Database.open(world.url, SECRET, wait=0.1)
    try:
        async with world.database.write() as connection:
            await hold_by_id(connection, conversation_id)
            with pytest.raises(StoreBusyError):
                async with second.write() as waiting:
                    await hold_by_id(waiting, conversation_id)
    finally:
        await second.close()


def test_the_other_database_is_tried_too() -> None:
    if not postgres.available():
        pytest.skip(postgres.MISSING)


async def test_whether_it_can_be_written_is_tried_by_a_task_and_not_by_who_asks(world, monkeypatch) -> None:
    """And only where nothing else was written: a row of its own, in a transaction that ends at once."""
    begun: list[bool] = []
    event.listen(world.database.writer.sync_engine, "begin", lambda _: begun.append(True))
    assert all(world.database.writable for _ in range(50))
    await world.database.check_writable()
    assert begun == [], "it was written when it was opened"
    monkeypatch.setattr("bot.storage.engine.PROBED", 0.01)
    await asyncio.sleep(0.05)
    assert not world.database.writable, "nobody looked for long"
    watching = asyncio.create_task(world.database.watch())
    async with asyncio.timeout(5):
        while not world.database.writable:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    watching.cancel()
    assert begun


@on_sqlite
async def test_what_cannot_be_written_is_told_until_a_write_succeeds(world, monkeypatch) -> None:
    monkeypatch.setattr("bot.storage.engine.PROBED", 0.0)
    async with world.database.write() as connection:
        await connection.execute(text("ALTER TABLE meta RENAME TO elsewhere"))
    with pytest.raises(StoreBusyError):
        await world.database.check_writable()
    monkeypatch.undo()
    assert not world.database.writable
    async with world.database.write() as connection:
        await connection.execute(text("ALTER TABLE elsewhere RENAME TO meta"))
    assert world.database.writable
