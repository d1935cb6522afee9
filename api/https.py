"""Where the world reaches us by https, browsers are told to use nothing else."""

from starlette.datastructures import MutableHeaders
from starlette.types import Message, Receive, Scope, Send

from api.middleware import OnHttp
from api.service import serving

HSTS = "max-age=31536000"
"""A year, for this host alone: other hosts of the domain are not ours to speak for."""


class OnlyHttps(OnHttp):
    """Adds Strict-Transport-Security where PUBLIC_URL is https."""

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As the answer begins."""

        async def dressed(message: Message) -> None:
            if message["type"] == "http.response.start" and (known := serving(scope["app"])) and known.service.secure:
                MutableHeaders(scope=message)["strict-transport-security"] = HSTS
            await send(message)

        await self.app(scope, receive, dressed)
