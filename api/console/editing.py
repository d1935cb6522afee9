"""The editors' page: what was not understood, what is due for another look, and what is stopped."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from api.console import page
from api.console.guard import Caller, ConsoleRoute, Form
from api.console.looking import stamp
from api.console.policy import PATH
from api.console.words import say_in
from api.guard import EDITORS, allow
from api.service import service_of
from bot.storage import Audit, Withdrawal, Withdrawals
from bot.storage.phrases import Phrases
from knowledge.due import due
from knowledge.withdrawing import can_be_withdrawn

router = APIRouter(prefix=PATH, route_class=ConsoleRoute)
SHOWN = 100
LONGEST_REASON = 300


@router.get("/editors", openapi_extra=allow(EDITORS))
async def editors(request: Request, _: Caller) -> Response:
    """Nothing here names a person: phrases were masked before they were kept."""
    return await _page(request)


@router.post("/editors/withdraw", openapi_extra=allow(EDITORS))
async def withdraw(request: Request, caller: Caller, form: Form) -> Response:
    """Stop a fact, a contact or a topic on every process within a minute, or let it be said again."""
    service, now = service_of(request), datetime.now(UTC)
    item, why = form.get("item", "").strip(), form.get("why", "").strip()[:LONGEST_REASON]
    if not why or not can_be_withdrawn(item, service.knowledge):
        return await _page(request, notice=say_in(request, "console.no_item"), item=item, why=why, status=422)
    stops = form.get("do") != "undo"
    await Withdrawals(service.database).record(Withdrawal(item, stops, why, caller.name, now))
    await Audit(service.database).record(caller.name, "withdrew" if stops else "restored", item, now)
    return RedirectResponse(f"{PATH}/editors", 303)


async def _page(request: Request, *, notice: str = "", item: str = "", why: str = "", status: int = 200) -> Response:
    service = service_of(request)
    today = datetime.now(ZoneInfo(service.settings.timezone)).date()
    phrases = await Phrases(service.database).newest(SHOWN)
    withdrawals = Withdrawals(service.database)
    stopped = await withdrawals.stopped()
    values = {
        "phrases": [(stamp(request, one.at), one) for one in phrases],
        "due": due(service.knowledge, today)[:SHOWN],
        "stopped": sorted(stopped),
        "decisions": [(stamp(request, one.at), one) for one in reversed(await withdrawals.history())][:SHOWN],
        "notice": notice,
        "item": item,
        "why": why,
    }
    return page.show(request, "console_editors.html", values, status)
