"""A browser that logged in before: a signed cookie, so that wrong passwords from elsewhere do not make it wait."""

import hmac
import secrets

from fastapi import Request, Response

from api.console.policy import PATH
from api.network import network_of
from api.service import service_of

COOKIE = "device"
A_YEAR = 365 * 24 * 60 * 60


def source_of(request: Request, name: str) -> str:
    """What a try to log in is counted by: the device, where this name logged in on it before; else the network."""
    given, _, mark = request.cookies.get(COOKIE, "").partition(".")
    known = hmac.compare_digest(_mark(request, given, name).encode(), mark.encode("utf-8", "replace"))
    return f"device {given}" if given and known else f"network {network_of(request)}"


def remember(request: Request, response: Response, name: str) -> None:
    """Have the browser tell us that somebody of this name logged in with it."""
    if source_of(request, name).startswith("device "):
        return
    number = secrets.token_urlsafe(16)
    secure = service_of(request).secure or request.url.scheme == "https"
    response.set_cookie(
        COOKIE, f"{number}.{_mark(request, number, name)}", path=PATH, max_age=A_YEAR, secure=secure, httponly=True,
        samesite="strict",
    )  # fmt: skip


def _mark(request: Request, number: str, name: str) -> str:
    return service_of(request).database.cipher.keyed("device", f"{number}\0{name}").hex()
