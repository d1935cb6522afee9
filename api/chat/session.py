"""Who writes: a random number and our mark in a cookie that ends with the browser; the token of our own forms."""

import hmac
import re
import secrets
from collections.abc import Mapping

from fastapi import Request, Response

from api.chat.policy import PATH
from api.service import service_of

COOKIE = "session"
HOST_COOKIE = f"__Host-{COOKIE}"
"""Where the world reaches us by https: no other host of the same domain can set or shadow it."""
_SESSION = re.compile(r"[\w-]{43}", re.ASCII)
_FORGET = '"cache", "cookies", "storage"'


def session_of(request: Request) -> str | None:
    """The session that the cookie names; None where there is none, or not one that we gave."""
    session, _, mark = request.cookies.get(cookie_name(request), "").partition(".")
    if not _SESSION.fullmatch(session):
        return None
    return session if hmac.compare_digest(_mark(request, session).encode(), mark.encode("utf-8", "replace")) else None


def cookie_name(request: Request) -> str:
    """What the cookie is called here."""
    return HOST_COOKIE if service_of(request).secure else COOKIE


def new_session() -> str:
    """256 random bits: the only key to a conversation."""
    return secrets.token_urlsafe(32)


def once() -> str:
    """A number for one sending: the same one again is the same message."""
    return secrets.token_urlsafe(16)


def keep(request: Request, response: Response, session: str) -> None:
    """Have the browser remember it until it is closed, with our mark: nobody makes a session but us."""
    name, given = cookie_name(request), f"{session}.{_mark(request, session)}"
    secure = service_of(request).secure
    response.set_cookie(name, given, path=_path(name), secure=secure, httponly=True, samesite="strict")


def forget(request: Request, response: Response) -> None:
    """Have the browser forget all that it has of us."""
    name, secure = cookie_name(request), service_of(request).secure
    response.delete_cookie(name, path=_path(name), secure=secure, httponly=True, samesite="strict")
    response.headers["clear-site-data"] = _FORGET


def token(session: str) -> str:
    """What a form carries: only who knows the session can make it, and it does not tell the session."""
    return hmac.digest(session.encode(), b"ventanilla: a form of ours", "sha256").hex()


def csrf_valid(session: str | None, form: Mapping[str, str]) -> bool:
    """Whether the form came from a page that we gave to this session."""
    given = form.get("csrf", "").encode("utf-8", "replace")
    return session is not None and hmac.compare_digest(token(session).encode(), given)


def _path(name: str) -> str:
    """Browsers take a cookie of this prefix for the whole host alone."""
    return "/" if name == HOST_COOKIE else PATH


def _mark(request: Request, session: str) -> str:
    return service_of(request).database.cipher.keyed("session", session).hex()
