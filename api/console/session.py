"""Who is logged in: a cookie that only this site sends back, and the token that proves our own form."""

import re
from datetime import UTC, datetime

from fastapi import Request, Response

from api.console.policy import PATH
from api.service import service_of
from bot.storage import Logins, Operator

COOKIE = "console"
_TOKEN = re.compile(r"[\w-]{43}", re.ASCII)


def cookie_of(request: Request) -> str | None:
    """What the cookie holds; None where there is none, or not one that we could have made."""
    given = request.cookies.get(COOKIE, "")
    return given if _TOKEN.fullmatch(given) else None


def keep(request: Request, response: Response, token: str) -> None:
    """Have the browser send it with requests that come from our own pages."""
    secure = service_of(request).secure or request.url.scheme == "https"
    response.set_cookie(COOKIE, token, path=PATH, secure=secure, httponly=True, samesite="strict")


def forget(request: Request, response: Response) -> None:
    """Have the browser forget it, and all that it keeps of our pages."""
    response.delete_cookie(COOKIE, path=PATH, secure=service_of(request).secure, httponly=True, samesite="strict")
    response.headers["clear-site-data"] = '"cache"'


async def operator_of(request: Request) -> Operator | None:
    """Who asks; a page that asks by itself keeps nobody logged in."""
    token = cookie_of(request)
    if token is None:
        return None
    by_itself = request.headers.get("hx-request") == "true" and request.method == "GET"
    return await Logins(service_of(request).database).whose(token, datetime.now(UTC), by_itself=by_itself)


def from_elsewhere(request: Request) -> bool:
    """Whether another site sent it, as the browser says."""
    return request.headers.get("sec-fetch-site", "none") not in ("same-origin", "none")
