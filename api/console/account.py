"""One's own account: password, second factor, and where one is logged in."""

from collections.abc import Awaitable, Callable
from urllib.parse import parse_qs, urlsplit

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from api.clock import now
from api.console import page
from api.console.asking import ACCOUNT, totp_is_due
from api.console.device import source_of
from api.console.guard import Caller, ConsoleRoute, Form
from api.console.policy import PATH
from api.console.rows import stamp
from api.console.session import cookie_of, keep
from api.console.words import say_in
from api.guard import ANYBODY, allow
from api.limits import Flood
from api.service import CurrentLogIns, CurrentService, service_of
from bot.storage import Logins, Operator, Sessions
from bot.storage.errors import LogInRefusedError, NoSuchSessionError, ThrottledError, WeakPasswordError
from bot.storage.logins import SHORTEST_PASSWORD, second_factor_address

router = APIRouter(prefix=PATH, route_class=ConsoleRoute)
REFUSED: dict[type[Exception], tuple[str, int]] = {
    LogInRefusedError: ("console.wrong", 403),
    ThrottledError: ("console.throttled", 429),
    WeakPasswordError: ("console.password_weak", 422),
}


@router.get("/account", openapi_extra=allow(ANYBODY))
async def account(request: Request, caller: Caller) -> Response:
    """Password, second factor, sessions."""
    return await _shown(request, caller)


@router.post("/account/password", openapi_extra=allow(ANYBODY))
async def password(
    request: Request, service: CurrentService, log_ins: CurrentLogIns, caller: Caller, form: Form
) -> Response:
    """Another one; every other session ends."""
    new = form.get("new", "")
    if new != form.get("again"):
        return await _shown(request, caller, "console.password_differs", 422)
    old, code = form.get("password", ""), form.get("code", "")
    source = source_of(request, caller.name)
    change = Logins(service.database).change_password
    return await _done(request, log_ins, caller, lambda: change(caller, old, code, new, now(), source))


@router.post("/account/totp", openapi_extra=allow(ANYBODY))
async def second_factor(
    request: Request, service: CurrentService, log_ins: CurrentLogIns, caller: Caller, form: Form
) -> Response:
    """Set, proved by a code of it, or off; every other session ends."""
    secret = None if form.get("do") == "off" else form.get("secret", "")
    given = form.get("password", ""), form.get("code", "")
    source = source_of(request, caller.name)
    change = Logins(service.database).change_second_factor
    return await _done(
        request, log_ins, caller, lambda: change(caller, *given, now(), source, secret=secret), secret or ""
    )


@router.post("/account/sessions", openapi_extra=allow(ANYBODY))
async def end_sessions(request: Request, service: CurrentService, caller: Caller, form: Form) -> Response:
    """One of one's own, or all others."""
    mine = Sessions(service.database, caller.name)
    if form.get("session") == "others":
        await mine.end_all(now(), caller.name, but=cookie_of(request) or "")
    else:
        try:
            await mine.end(form.get("session", ""), now(), caller.name)
        except NoSuchSessionError:
            return await _shown(request, caller, "console.not_found", 404)
    return RedirectResponse(ACCOUNT, 303)


async def _done(
    request: Request, log_ins: Flood, caller: Operator, change: Callable[[], Awaitable[str]], secret: str = ""
) -> Response:
    """303 to the page, with the new session's cookie; where it was refused, the page, why, and the same `secret`."""
    if log_ins.wait(caller.name, caller.name):
        return await _shown(request, caller, "console.too_often", 429)
    try:
        token = await change()
    except tuple(REFUSED) as error:
        notice, status = REFUSED[type(error)]
        return await _shown(request, caller, notice, status, secret if status == 403 else "")
    response = RedirectResponse(ACCOUNT, 303)
    keep(request, response, token)
    return response


async def _shown(request: Request, caller: Operator, notice: str = "", status: int = 200, secret: str = "") -> Response:
    found = await Sessions(service_of(request).database, caller.name).all(now(), cookie_of(request) or "")
    address = second_factor_address(caller.name, secret)
    return page.show(request, "console_account.html", {
        "sessions": [(stamp(request, one.started_at), stamp(request, one.used_at), one) for one in found],
        "address": address,
        "secret": parse_qs(urlsplit(address).query)["secret"][0],
        "shortest": SHORTEST_PASSWORD,
        "must": totp_is_due(request, caller),
        "notice": say_in(request, notice) if notice else "",
    }, status)  # fmt: skip
