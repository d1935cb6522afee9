"""Log in, log out, choose a language."""

import math

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from api import clock
from api.chat.session import csrf_valid
from api.console import page
from api.console.asking import form_of, once_more
from api.console.device import remember, source_of
from api.console.guard import Caller, ConsoleRoute, Form
from api.console.policy import PATH
from api.console.policy import inside as within
from api.console.session import cookie_name, cookie_of, forget, from_elsewhere, keep
from api.console.typed import unpacked
from api.console.words import COOKIE as LANG_COOKIE
from api.console.words import LANGS
from api.guard import ANYBODY, allow, let_in
from api.service import CurrentLogIns, CurrentService
from bot.storage import Logins
from bot.storage.errors import LogInRefusedError, ThrottledError

router = APIRouter(prefix=PATH)
inside = APIRouter(prefix=PATH, route_class=ConsoleRoute)


@router.get("/login")
async def ask(request: Request) -> Response:
    """The form."""
    return page.log_in(request, to=PATH)


@router.post("/login")
async def log_in(request: Request, service: CurrentService, log_ins: CurrentLogIns) -> Response:
    """303 to where they wanted to go; where something was typed before, straight to the page with it."""
    form = await form_of(request)
    to, typed, name = within(form.get("to", "")), unpacked(form.get("typed", "")), form.get("name", "")

    def refused(key: str, status: int, seconds: int = 0) -> Response:
        response = page.log_in(request, to=to, typed=typed, notice=key, name=name, status=status)
        if seconds:
            response.headers["retry-after"] = str(seconds)
        return response

    if from_elsewhere(request) or not csrf_valid(cookie_of(request), form):
        return refused("console.form_expired", 403)
    source = source_of(request, name)
    if seconds := log_ins.wait(source, source):
        return refused("console.too_often", 429, seconds)
    logins, now = Logins(service.database), clock.now()
    try:
        token = await logins.log_in(name, form.get("password", ""), form.get("code", ""), now, source)
    except ThrottledError as error:
        return refused("console.throttled", 429, math.ceil(error.wait.total_seconds()))
    except LogInRefusedError:
        return refused("console.wrong", 401)
    response: Response | None = None
    if typed:
        request.cookies[cookie_name(request)] = token
        if known := await logins.whose(token, now):
            let_in(request, known)
        response = await once_more(request, to, typed, "console.not_sent_yet", 200)
    response = response or RedirectResponse(to, 303)
    keep(request, response, token)
    remember(request, response, name)
    return response


@inside.post("/logout", openapi_extra=allow(ANYBODY))
async def log_out(request: Request, service: CurrentService, _: Caller) -> Response:
    """The session is over, here and in the database."""
    await Logins(service.database).log_out(cookie_of(request) or "")
    response = RedirectResponse(f"{PATH}/login", 303)
    forget(request, response)
    return response


@inside.post("/language", openapi_extra=allow(ANYBODY))
async def choose_language(_: Caller, form: Form) -> Response:
    """For this browser."""
    chosen = form.get("lang", "")
    response = RedirectResponse(within(form.get("to", "")), 303)
    if chosen in LANGS:
        response.set_cookie(LANG_COOKIE, chosen, path=PATH, httponly=True, samesite="strict", max_age=31536000)
    return response
