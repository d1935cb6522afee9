"""The tokens of programs: made by who proves who they are, listed, revoked."""

from datetime import timedelta

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from api.clock import now
from api.console import page
from api.console.guard import Caller, ConsoleRoute, Form
from api.console.policy import PATH
from api.console.proving import REFUSED as UNPROVED
from api.console.proving import prove
from api.console.words import say_in
from api.guard import ANYBODY, SCOPE_ROLES, allow
from api.service import CurrentService, service_of
from bot import desk
from bot.storage import Operator
from bot.storage.errors import NoSuchTokenError

router = APIRouter(prefix=PATH, route_class=ConsoleRoute)
TOKENS = f"{PATH}/tokens"
LONGEST_LABEL = 80
MOST_DAYS = 3650
REFUSED: dict[type[Exception], tuple[str, int]] = {**UNPROVED, ValueError: ("console.unusable", 422)}


@router.get("/tokens", openapi_extra=allow(ANYBODY))
async def listed(request: Request, caller: Caller) -> Response:
    """One's own; a coordinator sees everybody's."""
    return await _shown(request, caller)


@router.post("/tokens", openapi_extra=allow(ANYBODY))
async def make(request: Request, service: CurrentService, caller: Caller, form: Form) -> Response:
    """One more of one's own; it is shown once."""
    try:
        label, scopes, days = _wanted(caller, form)
        await prove(request, caller, form)
    except tuple(REFUSED) as error:
        return await _shown(request, caller, form, REFUSED[type(error)])
    made_at = now()
    token = await desk.make_token(service, caller, label, scopes, made_at, made_at + timedelta(days=days))
    return await _shown(request, caller, made=token)


@router.post("/tokens/{number}/revoke", openapi_extra=allow(ANYBODY))
async def revoke(request: Request, service: CurrentService, caller: Caller, number: int) -> Response:
    """It opens nothing any more."""
    try:
        await desk.revoke_token(service, caller, number, now())
    except NoSuchTokenError:
        return page.message(request, 404, "console.not_found")
    return RedirectResponse(TOKENS, 303)


def _offered(caller: Operator) -> list[str]:
    """Scopes that open something to this role."""
    return [scope for scope, roles in SCOPE_ROLES.items() if caller.role in roles]


def _wanted(caller: Operator, form: Form) -> tuple[str, list[str], int]:
    """What it is for, what it opens, for how many days. ValueError."""
    label, days = form.get("label", "").strip(), int(form.get("days", "")[:9])
    scopes = [scope for scope in _offered(caller) if form.get(scope)]
    if not scopes or not label.isprintable() or not 0 < len(label) <= LONGEST_LABEL or not 0 < days <= MOST_DAYS:
        raise ValueError("no scope, no label, or no days")
    return label, scopes, days


async def _shown(
    request: Request, caller: Operator, typed: Form | None = None, refused: tuple[str, int] = ("", 200), made: str = ""
) -> Response:
    service, (notice, status) = service_of(request), refused
    present, found = now(), await desk.tokens(service, caller)
    values = {
        "tokens": found,
        "present": present,
        "scopes": _offered(caller),
        "typed": typed or {"days": str(service.settings.token_days)},
        "most_days": MOST_DAYS,
        "made": made,
        "notice": say_in(request, notice) if notice else "",
    }
    return page.show(request, "console_tokens.html", values, status)
