"""Nobody holds a connection by sending slowly."""

import asyncio
import time
from contextlib import suppress

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from api.problems import READERS, Problem, handler, render
from api.timeouts import BodyTimeout
from bot.cli.patience import Impatient


class Hurried(Impatient):
    head_seconds = 0.3


async def echo(request: Request) -> PlainTextResponse:
    return PlainTextResponse(await request.body())


async def talk(*pieces: bytes, pause: float = 0.0) -> tuple[bytes, float]:
    """What a server with short time-outs answers to these bytes, and after how long it ends the connection."""
    app = Starlette(
        routes=[Route("/", echo, methods=["POST"])],
        middleware=[Middleware(BodyTimeout, seconds=0.3)],
        exception_handlers={Problem: handler(READERS[Problem], lambda _, problem: render(problem))},
    )
    config = uvicorn.Config(app, port=0, http=Hurried, log_config=None, lifespan="off", timeout_keep_alive=1)
    server = uvicorn.Server(config)
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    begun, answer = time.monotonic(), bytearray()

    async def hear() -> None:
        with suppress(ConnectionResetError):  # what is sent to a closed connection
            while heard := await reader.read(65536):
                answer.extend(heard)

    hearing = asyncio.create_task(hear())  # from the start: a reset takes away what was not read yet
    try:
        for piece in pieces:
            writer.write(piece)
            await asyncio.sleep(pause)
        await asyncio.wait_for(hearing, 5)
    finally:
        writer.close()
        server.should_exit = True
        await running
    return bytes(answer), time.monotonic() - begun


HEAD = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n"


async def test_a_head_that_does_not_end_is_cut_off():
    for pieces in ((), (HEAD,)):
        answer, took = await talk(*pieces)
        assert answer.startswith(b"HTTP/1.1 408")
        assert took < 3


async def test_a_head_that_drips_is_cut_off():
    answer, took = await talk(HEAD[:3], HEAD[3:6], pause=0.2)  # the second piece buys no more time
    assert answer.startswith(b"HTTP/1.1 408")
    assert took < 3


async def test_a_body_that_does_not_come_is_answered_408():
    answer, took = await talk(HEAD + b"\r\nab")
    assert answer.startswith(b"HTTP/1.1 408")
    assert b"application/problem+json" in answer
    assert took < 3


async def test_who_sends_in_time_is_answered_and_may_ask_again():
    one = HEAD + b"\r\nhello"
    answer, _ = await talk(one, one, pause=0.1)
    assert answer.count(b"200 OK") == answer.count(b"hello") == 2


async def test_a_head_without_end_is_not_kept():
    answer, took = await talk(HEAD + b"x: " + b"y" * 22_000, *[b"y" * 22_000] * 2, pause=0.05)
    assert answer.startswith(b"HTTP/1.1 431")
    assert took < 3
