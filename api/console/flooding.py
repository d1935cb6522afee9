"""The console against a flood: what stands behind a case, close it in one step, block where it came from."""

from uuid import UUID

from fastapi import APIRouter, Request, Response
from pydantic import TypeAdapter
from starlette.responses import RedirectResponse

from api.clock import now
from api.console import page, rows
from api.console.acting import done, outcome_in
from api.console.guard import Caller, ConsoleRoute, Form
from api.console.policy import PATH
from api.floods import BlockId, Reason
from api.guard import HELPERS, READERS, allow
from api.service import CurrentService
from bot import desk
from bot.storage.errors import NoSuchBlockError

router = APIRouter(prefix=PATH, route_class=ConsoleRoute)
_REASON: TypeAdapter[str] = TypeAdapter(Reason)


@router.post("/cases/{case_id}/close-burst", openapi_extra=allow(HELPERS))
async def close(request: Request, service: CurrentService, case_id: UUID, caller: Caller, form: Form) -> Response:
    """A case and all that stand behind it."""

    async def work() -> None:
        await desk.close_burst(service, caller, case_id, outcome_in(form), None, now())

    return await done(request, case_id, form, work)


@router.post("/cases/{case_id}/block", openapi_extra=allow(HELPERS))
async def block(request: Request, service: CurrentService, case_id: UUID, caller: Caller, form: Form) -> Response:
    """The network or account that it came from, for a day."""

    async def work() -> None:
        reason = _REASON.validate_python(form.get("why", ""))
        await desk.block(service, caller, case_id, reason, now())

    return await done(request, case_id, form, work)


@router.get("/blocks", openapi_extra=allow(READERS))
async def blocks(request: Request, service: CurrentService, caller: Caller) -> Response:
    """What is blocked now."""
    found = await desk.blocks(service, caller, now())
    until = [(rows.stamp(request, one.until), one) for one in found]
    return page.show(request, "console_blocks.html", {"rows": until})


@router.post("/blocks/{block_id}/unblock", openapi_extra=allow(HELPERS))
async def unblock(request: Request, service: CurrentService, block_id: BlockId, caller: Caller, form: Form) -> Response:
    """It opens cases again at once."""
    try:
        reason = _REASON.validate_python(form.get("why", ""))
        await desk.unblock(service, caller, block_id, reason, now())
    except NoSuchBlockError:
        return page.message(request, 404, "console.not_found")
    except ValueError:
        return page.message(request, 422, "console.unusable")
    return RedirectResponse(f"{PATH}/blocks", 303)
