"""Replies kept ready: a page of one's own, and of those that all share."""

from typing import get_args

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from api.clock import now
from api.console import page
from api.console.guard import Caller, ConsoleRoute, Form
from api.console.policy import PATH
from api.console.words import say_in
from api.guard import HELPERS, allow
from api.service import CurrentService
from bot import desk
from bot.conversation import Lang
from bot.desk import NotAllowedError
from bot.storage import Operator
from bot.storage.errors import NoSuchReplyError, TooManyRepliesError
from bot.wiring import Service

router = APIRouter(prefix=PATH, route_class=ConsoleRoute)
TITLE, TEXT = 40, 2000
"""Letters of each at most."""


@router.get("/canned", openapi_extra=allow(HELPERS))
async def canned(request: Request, service: CurrentService, caller: Caller) -> Response:
    """Mine and the shared ones."""
    return await _shown(request, service, caller, {})


@router.post("/canned", openapi_extra=allow(HELPERS))
async def keep(request: Request, service: CurrentService, caller: Caller, form: Form) -> Response:
    """One more; shared where a coordinator says so."""
    title, text = form.get("title", "").strip()[:TITLE], form.get("text", "").strip()
    lang: Lang | None = next((one for one in get_args(Lang) if one == form.get("lang")), None)
    if lang is None or not title or not 0 < len(text) <= TEXT:
        return await _shown(request, service, caller, form, "console.unusable", 422)
    try:
        await desk.keep_ready(service, caller, lang, title, text, now(), shared=bool(form.get("shared")))
    except TooManyRepliesError:
        return await _shown(request, service, caller, form, "console.canned_many", 409)
    except NotAllowedError:
        return await _shown(request, service, caller, form, "console.not_yours", 403)
    return RedirectResponse(f"{PATH}/canned", 303)


@router.post("/canned/{number}/drop", openapi_extra=allow(HELPERS))
async def drop(request: Request, service: CurrentService, caller: Caller, number: int, form: Form) -> Response:
    """One less."""
    try:
        await desk.drop_ready(service, caller, number, now(), shared=bool(form.get("shared")))
    except NoSuchReplyError:
        return page.message(request, 404, "console.not_found")
    except NotAllowedError:
        return page.message(request, 403, "console.not_yours")
    return RedirectResponse(f"{PATH}/canned", 303)


async def _shown(
    request: Request, service: Service, caller: Operator, typed: Form, notice: str = "", status: int = 200
) -> Response:
    values = {
        "replies": await desk.ready(service, caller),
        "shares": desk.may(caller, "shared answers"),
        "typed": typed,
        "notice": say_in(request, notice) if notice else "",
        "longest": (TITLE, TEXT),
    }
    return page.show(request, "console_canned.html", values, status)
