"""What browsers are told about the pages of the chat, and how these are packed."""

from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

PATH = "/chat"
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
        "manifest-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "permissions-policy": "geolocation=(self), camera=(), microphone=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
}
"""Besides those that every response has."""


def is_ours(path: str) -> bool:
    """Whether a path belongs to the chat, and so to a browser."""
    return path == PATH or path.startswith(f"{PATH}/")


class Compressed:
    """Packs the chat's answers. A page holds no secret of ours: its token is worth nothing without the cookie, which
    SameSite=Strict keeps away from the requests of other sites.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.packed = GZipMiddleware(app, minimum_size=600, compresslevel=6)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Only the chat: programs that use the API have fast lines."""
        ours = scope["type"] == "http" and is_ours(scope["path"])
        await (self.packed if ours else self.app)(scope, receive, send)
