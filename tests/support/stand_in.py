"""What stand-ins for a provider's API share: a real HTTP server on a free port of the loopback, in a thread."""

import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever is killed in the middle of a request says no goodbye."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)


class StandIn:
    """Within `with` it answers at `url`; `_changed` guards what it has heard, `_closed` ends who waits."""

    handler: type["Handler"]

    def __init__(self) -> None:
        self.connections = 0
        """How often somebody connected."""
        self._changed = threading.Condition()
        self._closed = threading.Event()
        of_this = type("OfThis", (self.handler,), {"api": self})
        self._server = _Server(("127.0.0.1", 0), of_this)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        with self._changed:
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()


class Handler(BaseHTTPRequestHandler):
    """One request; `api` is the stand-in that hears it."""

    api: Any
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1

    def setup(self) -> None:
        super().setup()
        self.api.connections += 1

    def respond(self, body: bytes) -> tuple[int, bytes]:
        """Status and JSON for what came."""
        raise NotImplementedError

    def do_POST(self) -> None:
        self._answer(*self.respond(self.rfile.read(int(self.headers.get("content-length") or 0))))

    do_GET = do_POST  # noqa: N815 - the name is http.server's

    def _answer(self, status: int, body: bytes) -> None:
        try:
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            self.wfile.flush()
        except OSError:
            self.close_connection = True  # the client did not wait

    def log_message(self, format: str, *args: object) -> None:
        pass
