"""A flood of the desk: how soon two real people are alerted, and where they stand. Run: python -m benchmarks.burst

150 made-up visitors of one network and 150 of twenty others, with one line each, come through a trusted proxy to the
real app; a webhook never answers. Beside them one person by Telegram and one on the web, with two turns each.
"""

import asyncio
import json
import logging
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import httpx

from api.app import create_app
from bot.conversation import InboundMessage, Kind
from bot.settings import Settings
from bot.storage import upgrade
from bot.storage.queue import Wanted
from bot.wiring import Service, open_service
from tests.support.web_chat import Visitor

PROXY = "10.0.0.1"
DANGER = "mi esposo me pega y me quiere matar, esta aqui afuera"
VISITORS, NETWORKS = 150, 20
Heard = list[tuple[float, str]]
"""When the webhook was asked, and for which case."""


@asynccontextmanager
async def dead_hook() -> AsyncIterator[tuple[str, Heard]]:
    """An address that takes a request and never answers."""
    heard: Heard = []

    async def take(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = next(line for line in head.splitlines() if line.startswith("content-length"))
        body = json.loads(await reader.readexactly(int(length.partition(":")[2])))
        heard.append((time.monotonic(), body["case_id"]))
        await reader.read()  # until they hang up
        writer.close()

    server = await asyncio.start_server(take, "127.0.0.1", 0)
    yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/alerts", heard
    server.close()


def browser(app: object, address: str) -> Visitor:
    """Somebody behind the proxy."""
    transport = httpx.ASGITransport(app, client=(PROXY, 5000))  # type: ignore[arg-type]
    headers = {"X-Forwarded-For": address}
    return Visitor(httpx.AsyncClient(transport=transport, base_url="https://burst", headers=headers))


async def flood(app: object) -> int:
    """Everybody, ten at a time; how many got a help text."""
    addresses = ["203.0.113.1"] * VISITORS + [f"198.51.100.{number % NETWORKS}" for number in range(VISITORS)]
    room = asyncio.Semaphore(10)

    async def one(address: str) -> bool:
        async with room:
            visitor = await browser(app, address).open()
            await visitor.say(DANGER)
            return any("911" in text for who, text in visitor.bubbles if who == "bot")

    return sum(await asyncio.gather(*map(one, addresses)))


async def real(service: Service, app: object) -> dict[str, float]:
    """Two people with two turns each; when each had said that they are in danger, by channel."""
    person = await browser(app, "192.0.2.1").open()
    said: dict[str, float] = {}
    for number, text in enumerate(("hola", DANGER)):
        message = InboundMessage("telegram", f"t{number}", "1", Kind.TEXT, datetime.now(UTC), text)
        await service.handle(message)
        said["telegram"] = time.monotonic()
        await person.say(text)
        said["web"] = time.monotonic()
    return said


async def measure() -> None:
    """Prints one line for each of the two, and one for the burst."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/burst.sqlite3"
        upgrade(url)
        async with dead_hook() as (hook, heard):
            settings = Settings(
                _env_file=None, database_url=url, alert_url=hook, trusted_proxies="10.0.0.0/8",
            )  # type: ignore[call-arg] # fmt: skip
            async with open_service(settings) as service:
                app = create_app(service, service.trusted_proxies)
                print(f"visitors helped: {await flood(app)} of {2 * VISITORS}")
                said = await real(service, app)
                await asyncio.sleep(8)
                shown, _ = await service.cases.find(Wanted(status="open"), None, 200)
                more = sum((await service.floods.more(shown)).values())
                print(f"items in the queue: {len(shown)}, behind them: {more}")
                for place, case in enumerate(shown[:5], 1):
                    channel = (await service.cases.whole(case.id)).channel
                    lines = await service.cases.said(case.conversation_id)
                    if len(lines) > 1:
                        at = min((at for at, one in heard if one == str(case.id)), default=float("nan"))
                        print(f"{channel}: place {place}, alerted after {at - said[channel]:.2f} s")


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    asyncio.run(measure())
