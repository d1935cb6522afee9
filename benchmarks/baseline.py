"""The bare endpoint that the webhook is compared with: it commits the rows of one turn and understands nothing.

Its tables, its SQL and its way to the database are its own, frozen as they were when the comparison was begun: what
makes ours faster must not make this faster. Nothing here is encrypted. Like ours it waits for the disk at each commit.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from typing import Any

from fastapi import FastAPI, Request
from sqlalchemy import (
    Column,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    insert,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as insert_or_skip
from sqlalchemy.ext.asyncio import create_async_engine

PATH = os.environ["BASELINE_PATH"]
STATE = b"{}" + b" " * 430
WORDS = b"x" * 630
PRAGMAS = ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON", "busy_timeout=5000")

metadata = MetaData()
deliveries = Table(
    "deliveries", metadata, Column("channel", String, primary_key=True),
    Column("delivery_id", String, primary_key=True), Column("received_at", String, index=True),
)  # fmt: skip
conversations = Table(
    "conversations", metadata, Column("id", Integer, primary_key=True), Column("address", String, unique=True),
    Column("state", LargeBinary), Column("updated_at", String),
)  # fmt: skip
messages = Table(
    "messages", metadata, Column("conversation", Integer, primary_key=True), Column("id", Integer, primary_key=True),
    Column("direction", String), Column("text", LargeBinary), Column("provider_id", String, index=True),
    Column("at", String),
)  # fmt: skip
outbox = Table(
    "outbox", metadata, Column("id", Integer, primary_key=True), Column("conversation", Integer),
    Column("address", String), Column("reply", LargeBinary), Column("due_at", String),
)  # fmt: skip
Index("by_conversation", outbox.c.conversation, outbox.c.id)
Index("by_time", outbox.c.due_at, outbox.c.id)

engine = create_async_engine(
    f"sqlite+aiosqlite:///{PATH}", pool_size=1, max_overflow=0, connect_args={"isolation_level": None}
)
_ids = count(1)


@event.listens_for(engine.sync_engine, "connect")
def _prepare(connection: Any, _: object) -> None:
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


@event.listens_for(engine.sync_engine, "begin")
def _begin(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@asynccontextmanager
async def _lifespan(_: FastAPI) -> AsyncIterator[None]:
    metadata.create_all(create_engine(f"sqlite:///{PATH}"))
    yield
    await engine.dispose()


app = FastAPI(lifespan=_lifespan)


@app.post("/webhooks/telegram")
async def receive(request: Request) -> dict[str, bool]:
    """Inbox, state, transcript, outbox: the rows of one turn with one reply."""
    update_ = await request.json()
    chat, now = str(update_["message"]["chat"]["id"]), datetime.now(UTC).isoformat()
    async with engine.begin() as connection:
        seen = {"channel": "telegram", "delivery_id": str(update_["update_id"]), "received_at": now}
        await connection.execute(insert_or_skip(deliveries).on_conflict_do_nothing(), seen)
        found = await connection.scalar(select(conversations.c.id).where(conversations.c.address == chat))
        if found is None:
            fresh = {"address": chat, "state": STATE, "updated_at": now}
            found = (await connection.execute(insert(conversations), fresh)).inserted_primary_key[0]
        changed = {"state": STATE, "updated_at": now}
        await connection.execute(update(conversations).where(conversations.c.id == found).values(changed))
        said = [
            {"conversation": found, "id": next(_ids), "direction": to, "text": WORDS, "at": now} for to in ("in", "out")
        ]
        await connection.execute(insert(messages), said)
        waiting = {"conversation": found, "address": chat, "reply": WORDS, "due_at": now}
        await connection.execute(insert(outbox), waiting)
    return {"ok": True}
