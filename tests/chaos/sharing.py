"""What is killed where several processes share one PostgreSQL: one that answers, or one that sends; no content.

python -m tests.chaos.sharing web|sender DATABASE_URL API_URL TOKEN. A web process reads `delivery chat text` a line and
says `delivery` when it is committed, `busy delivery` when the provider should deliver it again.
"""

import asyncio
import logging
import sys
from datetime import UTC, datetime

from bot import handoff
from bot.channels.rendering import fit
from bot.channels.telegram import TelegramChannel
from bot.conversation import Desk, InboundMessage, Kind
from bot.conversation.ports import NotStoredError
from bot.delivery import Delivery
from bot.jobs import REPLIES, Jobs, Work
from bot.storage import Database, DatabaseOutbox, DatabaseStore
from bot.storage.engine import full_url
from bot.turn import handle_message
from bot.wiring.in_line import Line
from tests.chaos.worker import engine

KEY = "k" * 40


async def answer(database: Database) -> None:
    store, line, tasks = DatabaseStore(database, handoff), Line(600), set[asyncio.Task[None]]()

    async def handle(number: str, chat: str, text: str) -> None:
        now = datetime.now(UTC)
        message = InboundMessage("telegram", number, chat, Kind.TEXT, now, text)
        try:
            async with line.of(chat):
                await handle_message(message, store, None, Desk(), now, engine)  # type: ignore[arg-type]
        except NotStoredError:
            print("busy", number, flush=True)
        else:
            print(number, flush=True)

    print("ready", flush=True)
    while said := await asyncio.to_thread(sys.stdin.readline):
        task = asyncio.create_task(handle(*said.split()))
        tasks.add(task)
        task.add_done_callback(tasks.discard)


async def send(database: Database, jobs: Jobs, channel: TelegramChannel) -> None:
    delivery = Delivery(DatabaseOutbox(database), {channel.name: channel}, fit=fit, on_timer=None)
    running = [delivery.run(), jobs.work([REPLIES], Work(drain=delivery.drain))]
    print("ready", flush=True)
    await asyncio.gather(*running)


async def main(role: str, url: str, api_url: str, token: str) -> None:
    async with Database.opened(url, KEY) as database:
        jobs = Jobs(full_url(url))
        await jobs.open()
        database.defer = jobs.defer
        if role == "web":
            await answer(database)
        else:
            await send(database, jobs, TelegramChannel(token, api_url))


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asyncio.run(main(*sys.argv[1:]))
