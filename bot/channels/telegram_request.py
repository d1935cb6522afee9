"""How python-telegram-bot reaches the Bot API: one kept-alive session of aiohttp, quicker than its own httpx."""

from typing import Any

import aiohttp
import httpx
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

CONNECTIONS = 32


class AiohttpRequest(BaseRequest):
    """`timeout` in seconds holds for connecting and for waiting, unless a call says otherwise."""

    def __init__(self, timeout: float) -> None:
        self._timeout = timeout
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Seconds without an answer."""
        return self._timeout

    async def initialize(self) -> None:
        """The session is made with the first call, in the loop that makes it."""

    async def shutdown(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = None,
        write_timeout: Any = None,
        connect_timeout: Any = None,
        pool_timeout: Any = None,
    ) -> tuple[int, bytes]:
        """Status and body. TimedOut, NetworkError: without the address, which holds the token."""
        wait = self._timeout if not isinstance(read_timeout, int | float) else float(read_timeout)
        limits = aiohttp.ClientTimeout(connect=self._timeout, sock_connect=self._timeout, sock_read=wait)
        try:
            async with self._opened().request(method, url, data=_form(request_data), timeout=limits) as answer:
                return answer.status, await answer.read()
        except TimeoutError:
            raise TimedOut from None
        except (aiohttp.ClientError, OSError) as error:
            raise NetworkError(type(error).__name__) from None

    def _opened(self) -> aiohttp.ClientSession:
        if self._session is None:
            # As before: certifi's authorities, and proxies where the environment names them.
            connector = aiohttp.TCPConnector(limit=CONNECTIONS, ssl=httpx.create_ssl_context())
            self._session = aiohttp.ClientSession(connector=connector, trust_env=True)
        return self._session


def _form(data: RequestData | None) -> Any:
    """Fields of a form, with files where there are any."""
    if data is None or not data.multipart_data:
        return data.json_parameters if data else None
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, kind) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=kind)
    return form
