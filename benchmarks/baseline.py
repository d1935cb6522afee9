"""The bare endpoint that the webhook is compared with: it commits the same rows and understands nothing."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from uuid import UUID, uuid4

from fastapi import FastAPI, Request
from sqlalchemy import insert, select, update

from bot.storage import Database, upgrade
from bot.storage.engine import insert_if_new
from bot.storage.tables import conversations, deliveries, messages, outbox
from bot.storage.types import bound

URL = os.environ["BASELINE_URL"]
REPLIES = 1
STATE = "{}" + " " * 400
WORDS = "x" * 600


@asynccontextmanager
async def _lifespan(app: FastAPI) -> AsyncIterator[None]:
    upgrade(URL)
    app.state.database = await Database.open(URL, "k" * 40)
    yield
    await app.state.database.close()


app = FastAPI(lifespan=_lifespan)
_ids = count(1)


@app.post("/webhooks/telegram")
async def receive(request: Request) -> dict[str, bool]:
    """Inbox, state, transcript, outbox: the rows of one turn with one reply."""
    update_ = await request.json()
    chat = update_["message"]["chat"]["id"]
    now = datetime.now(UTC)
    database: Database = app.state.database
    async with database.write() as connection:
        new = insert_if_new(connection.dialect.name, deliveries)
        row = {"channel": "telegram", "delivery_id": str(update_["update_id"]), "received_at": now}
        await connection.execute(new, row)
        key = database.cipher.address_key("telegram", str(chat))
        found = await connection.scalar(select(conversations.c.id).where(conversations.c.address_key == key))
        if found is None:
            found = uuid4()
            fresh = {
                "id": found, "channel": "telegram", "address_key": key, "address": str(chat), "state": STATE,
                "reachable": True, "left": False, "last_message_id": 0,
                "erase_when_closed": False, "created_at": now, "updated_at": now,
            }  # fmt: skip
            await connection.execute(insert(conversations), bound(conversations, fresh))
        changed = {"state": STATE, "last_sent_at": now, "updated_at": now}
        await connection.execute(
            update(conversations).where(conversations.c.id == found).values(bound(conversations, changed, id=found))
        )
        said = [_message(found, "in", now), *(_message(found, "out", now) for _ in range(REPLIES))]
        await connection.execute(insert(messages), [bound(messages, one) for one in said])
        waiting = {
            "message_id": None, "conversation_id": found, "channel": "nowhere", "address": str(chat),
            "reply": WORDS, "attempts": 0, "queued_at": now, "due_at": now,
        }  # fmt: skip
        await connection.execute(insert(outbox), [bound(outbox, waiting)] * REPLIES)
    return {"ok": True}


def _message(conversation: UUID, direction: str, now: datetime) -> dict[str, object]:
    return {
        "conversation_id": conversation, "id": next(_ids), "direction": direction,
        "author": "bot", "kind": "text", "text": WORDS,
        "sent_at": now, "at": now, "late": False, "delivery": None,
    }  # fmt: skip
