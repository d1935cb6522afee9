"""What is killed: storage, delivery and journal with an engine that costs nothing, fed through its standard input.

python -m tests.chaos.worker DATABASE API_URL TOKEN. In: `delivery chat text` a line. Out: `ready`, then each delivery
that is committed.
"""

import asyncio
import logging
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import uvloop

from bot import handoff
from bot.channels.rendering import fit
from bot.channels.telegram import TelegramChannel
from bot.conversation import Desk, InboundMessage, Kind, Outcome, Reading, Reply, ReplyKind, Turn
from bot.conversation.ports import StoreBusyError
from bot.delivery import Delivery
from bot.storage import Database, DatabaseOutbox, DatabaseStore, SentJournal
from bot.turn import handle_message
from bot.wiring.in_line import Line


def engine(state: object, message: InboundMessage, knowledge: object, now: datetime) -> Turn:
    """Says the message back, as help where it begins so."""
    kind = ReplyKind.HELP if message.text.startswith("help") else ReplyKind.ANSWER
    return Turn(state, (Reply(kind, message.text),), (), Reading("es", "es", Outcome.ANSWER))  # type: ignore[arg-type]


async def main(path: Path, api_url: str, token: str) -> None:
    async with Database.opened(f"sqlite:///{path}", "k" * 40) as database:
        store, line = DatabaseStore(database, handoff), Line(600)
        channel = TelegramChannel(token, api_url)
        outbox = DatabaseOutbox(database, SentJournal(path.with_suffix(".sent")))
        delivery = Delivery(outbox, {channel.name: channel}, fit=fit, on_timer=_no_timer)

        async def handle(number: str, chat: str, text: str) -> None:
            now = datetime.now(UTC)
            message = InboundMessage(channel.name, number, chat, Kind.TEXT, now, text)
            async with line.of(chat):
                while True:
                    with suppress(StoreBusyError):  # the provider would deliver it again
                        await handle_message(message, store, None, Desk(), now, engine)  # type: ignore[arg-type]
                        break
            print(number, flush=True)
            delivery.wake()

        running = asyncio.create_task(delivery.run())
        print("ready", flush=True)
        tasks = set()
        while said := await asyncio.to_thread(sys.stdin.readline):
            tasks.add(asyncio.create_task(handle(*said.split())))
        await asyncio.gather(*tasks)
        await running


async def _no_timer(timer: object) -> None:
    raise AssertionError(timer)


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    uvloop.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3]))  # the loop that uvicorn takes
