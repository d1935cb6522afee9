"""What editors do from their page: stop a value or let it be said again, publish a dated notice."""

from datetime import date

from fastapi import APIRouter, Request, Response
from pydantic import TypeAdapter
from starlette.responses import RedirectResponse

from api import clock
from api.console import editors_page
from api.console.guard import Caller, ConsoleRoute, Form
from api.console.policy import PATH
from api.console.words import say_in
from api.content_shapes import Line
from api.guard import EDITORS, allow
from api.service import CurrentService
from bot.storage import Notices, Withdrawal, Withdrawals
from bot.wiring.editing import draft_of
from knowledge.notices import wrong_in
from knowledge.withdrawing import can_be_withdrawn

router = APIRouter(prefix=PATH, route_class=ConsoleRoute)
LONGEST_REASON = 300
_LINE: TypeAdapter[str] = TypeAdapter(Line)


@router.get("/editors", openapi_extra=allow(EDITORS))
async def editors(request: Request, _: Caller) -> Response:
    """Nothing here names a person: phrases were masked before they were kept."""
    return await editors_page.show(request, {"item": request.query_params.get("item", "")[:64]})


@router.post("/editors/withdraw", openapi_extra=allow(EDITORS))
async def withdraw(request: Request, service: CurrentService, caller: Caller, form: Form) -> Response:
    """Stop a fact, a contact or a topic on every process within a minute, or let it be said again."""
    now = clock.now()
    item, why = form.get("item", "").strip(), form.get("why", "").strip()[:LONGEST_REASON]
    known = can_be_withdrawn(item, service.knowledge) or item in {
        one.id for one in await Notices(service.database).all()
    }
    if not why or not known:
        return await editors_page.show(request, form, say_in(request, "console.no_item"), 422)
    decision = Withdrawal(item, form.get("do") != "undo", why, caller.name, now)
    await Withdrawals(service.database).record(decision)
    return RedirectResponse(f"{PATH}/editors", 303)


@router.post("/editors/notice", openapi_extra=allow(EDITORS))
async def publish(request: Request, service: CurrentService, caller: Caller, form: Form) -> Response:
    """Said in front of the topics named, from a day to a day, on every process within a minute."""
    topics = frozenset(one.strip() for one in form.get("topics", "").split(",") if one.strip())
    try:
        es, en = (_LINE.validate_python(form.get(lang, "")) for lang in ("es", "en"))
        begins, ends = (date.fromisoformat(form.get(name, "")) for name in ("begins", "ends"))
    except ValueError:
        return await editors_page.show(request, form, say_in(request, "console.notice_missing"), 422)
    if wrong := wrong_in(draft_of(topics, es, en, begins, ends), service.knowledge, editors_page.today(request)):
        words = f"{say_in(request, f'console.notice_{wrong.kind}')} {wrong.item}".strip()
        return await editors_page.show(request, form, words, 422)
    await Notices(service.database).publish(topics, es, en, begins, ends, caller.name, clock.now())
    return RedirectResponse(f"{PATH}/editors#notices", 303)
