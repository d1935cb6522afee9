"""What surrounds every request: a log line, security headers, no stack trace, a limit on bodies. Pure ASGI."""

import logging
import secrets
import time
import traceback
from urllib.parse import quote

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.problems import Problem, Show, render
from bot.telemetry import logs

access = logging.getLogger("ventanilla.access")
log = logging.getLogger(__name__)

REQUEST_ID = "x-request-id"
BODY_LIMIT = 256 * 1024
"""Bytes; Telegram's largest update is far smaller."""

HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


def _as_json(_: Request, problem: Problem) -> Response:
    return render(problem)


class OnHttp:
    """Middleware for requests; what is not HTTP, as the start of the app, goes straight on."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Only requests come to `handle`."""
        await (self.handle if scope["type"] == "http" else self.app)(scope, receive, send)

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The part of each middleware, around `self.app`."""
        raise NotImplementedError


class AccessLog(OnHttp):
    """One line a request: method, path, status, milliseconds. No query, no body, no address.

    Every line logged on the way carries the request's number, which the answer has too, for who asks what went wrong.
    """

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Logs when the answer has gone, not when what runs after it has ended."""
        started, status, number = time.perf_counter(), 0, secrets.token_hex(6)

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message).append(REQUEST_ID, number)
            await send(message)
            if message["type"] == "http.response.start":
                return
            if not message.get("more_body", False):
                took = (time.perf_counter() - started) * 1000
                # Quoted, so that no path can forge a line.
                access.info("%s %s %d %.1f ms", quote(scope["method"]), quote(scope["path"][:200]), status, took)

        with logs.about(request=number):
            await self.app(scope, receive, watched)


class SecurityHeaders(OnHttp):
    """Adds HEADERS to every response that does not set them itself."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Adds them as the answer begins."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, receive, dressed)


class LastResort(OnHttp):
    """Turns what nobody caught into a 500 problem, and logs where it was raised."""

    def __init__(self, app: ASGIApp, show: Show = _as_json) -> None:
        super().__init__(app)
        self.show = show

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Once a response has begun, only the server can end it: then the exception goes on."""
        begun = False

        async def watched(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, watched)
        except Exception as error:
            # Neither the exception's words nor its values: they may quote what a person wrote.
            log.error("%s\n%s", type(error).__qualname__, "".join(traceback.format_tb(error.__traceback__)))
            if begun:
                raise RuntimeError("the response had begun") from None
            await self.show(Request(scope), Problem(500, "An error of ours; it is in our log."))(scope, receive, send)


class BodyLimit(OnHttp):
    """Refuses a body over `limit` bytes, declared or chunked, with 413: once it is read, so not before a 401 or 403."""

    def __init__(self, app: ASGIApp, limit: int = BODY_LIMIT) -> None:
        super().__init__(app)
        self.limit = limit

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Counts what arrives; a length declared too long is refused without reading on."""
        declared = dict(scope["headers"]).get(b"content-length", b"")
        left = self.limit
        too_long = declared.isdigit() and int(declared[:20]) > self.limit

        async def counted() -> Message:
            nonlocal left
            message: Message = {} if too_long else await receive()
            left -= len(message.get("body", b""))
            if too_long or left < 0:
                # The rest stays unread, so the connection cannot serve another request.
                detail = f"The body is longer than {self.limit} bytes."
                raise Problem(413, detail, headers={"Connection": "close"})
            return message

        await self.app(scope, counted, send)
