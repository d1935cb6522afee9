"""How long the server waits for the head of a request, and how long that may be: uvicorn itself bounds neither."""

import asyncio
from typing import Any

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 10.0
"""From the first byte, or from the connection, to the end of the headers."""
HEAD_BYTES = 64 * 1024
"""From which a head that has not ended is refused; what comes in one piece is 256 KiB at most."""
TOO_LATE, TOO_LONG = (
    f"HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n".encode()
    for status in ("408 Request Timeout", "431 Request Header Fields Too Large")
)


class Impatient(HttpToolsProtocol):
    """Closes a connection whose request does not get as far as its body."""

    head_seconds = HEAD_SECONDS
    _waits: asyncio.TimerHandle | None = None
    _head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Somebody may connect and say nothing."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """The head of the next request begins where none is under way."""
        if self._waits is None and (self.cycle is None or self.cycle.response_complete):
            self._wait()
        super().data_received(data)
        if self._waits is not None:
            self._head += len(data)
            if self._head > HEAD_BYTES:
                self._give_up(TOO_LONG)

    def on_headers_complete(self) -> None:
        """It came."""
        self._heard()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is there."""
        self._heard()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._head = 0
        self._waits = self.loop.call_later(self.head_seconds, self._give_up, TOO_LATE)

    def _heard(self) -> None:
        if self._waits is not None:
            self._waits.cancel()
            self._waits = None

    def _give_up(self, answer: bytes) -> None:
        transport: Any = self.transport
        if not transport.is_closing():
            transport.write(answer)
            transport.close()
