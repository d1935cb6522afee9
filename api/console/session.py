"""Who is logged in: a cookie that only this site sends back, and the token that proves our own form."""

import re

from fastapi import Request, Response

from api.clock import now
from api.console.policy import PATH
from api.service import service_of
from bot.storage import Logins, Operator

COOKIE = "console"
HOST_COOKIE = f"__Host-{COOKIE}"
"""Where the world reaches us by https: no other host of the same domain can set or shadow it."""
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


def cookie_name(request: Request) -> str:
    """What the cookie is called here."""
    return HOST_COOKIE if service_of(request).secure else COOKIE


def cookie_of(request: Request) -> str | None:
    """What the cookie holds; None where there is none, or not one that we could have made."""
    given = request.cookies.get(cookie_name(request), "")
    return given if _TOKEN.fullmatch(given) else None


def keep(request: Request, response: Response, token: str) -> None:
    """Have the browser send it with requests that come from our own pages."""
    secure = service_of(request).secure or request.url.scheme == "https"
    name = cookie_name(request)
    response.set_cookie(name, token, path=_path(name), secure=secure, httponly=True, samesite="strict")


def forget(request: Request, response: Response) -> None:
    """Have the browser forget it, and all that it keeps of our pages."""
    name, secure = cookie_name(request), service_of(request).secure
    response.delete_cookie(name, path=_path(name), secure=secure, httponly=True, samesite="strict")
    response.headers["clear-site-data"] = '"cache"'


async def operator_of(request: Request) -> Operator | None:
    """Who asks; a page that asks by itself keeps nobody logged in."""
    token = cookie_of(request)
    if token is None:
        return None
    by_itself = request.headers.get("hx-request") == "true" and request.method == "GET"
    return await Logins(service_of(request).database).whose(token, now(), by_itself=by_itself)


def from_elsewhere(request: Request) -> bool:
    """Whether another site sent it, as the browser says."""
    return request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none")


def _path(name: str) -> str:
    """Browsers take a cookie of this prefix for the whole host alone."""
    return "/" if name == HOST_COOKIE else PATH
