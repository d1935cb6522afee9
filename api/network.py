"""Who is at the other end: the address behind our proxies, and the network that it belongs to."""

import ipaddress
import logging

from fastapi import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.middleware import OnHttp
from api.service import serving

log = logging.getLogger(__name__)

PREFIX = {4: 32, 6: 48}
"""Bits of an address that one household, school or shelter shares; whoever rents IPv6 gets a /48 for the asking."""
FORWARDED = frozenset({b"x-forwarded-for", b"forwarded"})


class BehindProxy(OnHttp):
    """Puts the client's address in the place of a trusted proxy's. A proxy that nobody named is warned of, once."""

    def __init__(self, app: ASGIApp) -> None:
        super().__init__(app)
        self._believing: ProxyHeadersMiddleware | None = None
        self._warned = False

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The networks are known once the service stands, so with the first request."""
        if self._believing is None:
            known = serving(scope["app"])
            trusted = [*known.trusted_proxies] if known else []
            self._believing = ProxyHeadersMiddleware(self.app, trusted)  # type: ignore[arg-type]
        peer = (scope.get("client") or ("",))[0]
        if not self._warned and _is_proxy(peer, scope) and peer not in self._believing.trusted_hosts:
            self._warned = True
            log.warning(
                "requests come through %s, a proxy that is not trusted: all behind it count as one network. "
                "Put its network into VENTANILLA_TRUSTED_PROXIES.",
                peer,
            )
        await self._believing(scope, receive, send)  # type: ignore[arg-type]


def _is_proxy(peer: str, scope: Scope) -> bool:
    """From a private network, with headers that speak for somebody else."""
    try:
        private = ipaddress.ip_address(peer).is_private
    except ValueError:
        return False
    return private and any(name in FORWARDED for name, _ in scope["headers"])


def network_of(request: Request) -> str:
    """The network that a request comes from; what is no address stands for itself."""
    host = request.client.host if request.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    address = mapped or address
    return str(ipaddress.ip_network(f"{address}/{PREFIX[address.version]}", strict=False))
