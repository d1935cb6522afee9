"""A body that does not come is not waited for."""

import asyncio
import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware import OnHttp
from api.problems import Problem

BODY_SECONDS = 20.0
"""For a whole body of at most 256 KiB: 13 KiB a second, less than the slowest telephone has."""


class BodyTimeout(OnHttp):
    """Refuses a body that is not whole after `seconds` with 408; what follows the body may take its time."""

    def __init__(self, app: ASGIApp, seconds: float = BODY_SECONDS) -> None:
        super().__init__(app)
        self.seconds = seconds

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Counts from the head of the request on."""
        until, whole = time.monotonic() + self.seconds, False

        async def awaited() -> Message:
            nonlocal whole
            if whole:
                return await receive()
            try:
                async with asyncio.timeout(until - time.monotonic()):
                    message = await receive()
            except TimeoutError:
                raise Problem(408, "The body did not come in time.", headers={"Connection": "close"}) from None
            whole = not message.get("more_body", False)
            return message

        await self.app(scope, awaited, send)
