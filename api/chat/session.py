"""Who writes: a random number in a cookie that ends with the browser, and the token that proves our own form."""

import hmac
import re
import secrets
from collections.abc import Mapping

from fastapi import Request, Response

from api.chat.policy import PATH

COOKIE = "session"
_SESSION = re.compile(r"[\w-]{43}", re.ASCII)
_FORGET = '"cache", "cookies", "storage"'


def session_of(request: Request) -> str | None:
    """The session that the cookie names; None where there is none, or not one that we could have made."""
    given = request.cookies.get(COOKIE, "")
    return given if _SESSION.fullmatch(given) else None


def new_session() -> str:
    """256 random bits: the only key to a conversation."""
    return secrets.token_urlsafe(32)


def once() -> str:
    """A number for one sending: the same one again is the same message."""
    return secrets.token_urlsafe(16)


def keep(response: Response, session: str, *, secure: bool) -> None:
    """Have the browser remember it until it is closed."""
    response.set_cookie(COOKIE, session, path=PATH, secure=secure, httponly=True, samesite="strict")


def forget(response: Response, *, secure: bool) -> None:
    """Have the browser forget all that it has of us."""
    response.delete_cookie(COOKIE, path=PATH, secure=secure, httponly=True, samesite="strict")
    response.headers["clear-site-data"] = _FORGET


def token(session: str) -> str:
    """What a form carries: only who knows the session can make it, and it does not tell the session."""
    return hmac.digest(session.encode(), b"ventanilla: a form of ours", "sha256").hex()


def genuine(session: str | None, form: Mapping[str, str]) -> bool:
    """Whether the form came from a page that we gave to this session."""
    given = form.get("csrf", "").encode("utf-8", "replace")
    return session is not None and hmac.compare_digest(token(session).encode(), given)
