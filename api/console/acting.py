"""What operators do with a case: forms that lead back to its page, or to the page with what was typed and why not."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import get_args
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from fastapi import APIRouter, Request, Response
from pydantic import TypeAdapter, ValidationError
from starlette.responses import RedirectResponse

from api.clock import now
from api.console import page, views
from api.console.guard import Caller, ConsoleRoute, Form
from api.console.policy import PATH
from api.console.typed import typed_in
from api.console.words import say_in
from api.guard import HELPERS, allow
from api.service import CurrentService
from api.shapes import Note, ReplyText
from bot import desk
from bot.conversation import Level
from bot.conversation.case import CaseOutcome
from bot.handoff import BadHourError, ClosedError, HeldByAnotherError, NotClaimedError
from bot.storage import Operator
from bot.storage.errors import (
    NoSourceError,
    NoSuchCaseError,
    NoSuchOperatorError,
    OtherCaseOpenError,
    PersonLeftError,
    PersonUnreachableError,
    StaleCaseError,
)
from bot.wiring import Service

router = APIRouter(prefix=PATH, route_class=ConsoleRoute)

REFUSED: dict[type[Exception], str] = {
    HeldByAnotherError: "console.held",
    NotClaimedError: "console.not_claimed",
    BadHourError: "console.bad_hour",
    ClosedError: "console.closed",
    StaleCaseError: "console.stale",
    PersonLeftError: "console.person_left",
    PersonUnreachableError: "console.unreachable",
    NoSuchOperatorError: "console.no_operator",
    OtherCaseOpenError: "console.other_open",
    NoSourceError: "console.no_source",
    ValidationError: "console.unusable",
    ValueError: "console.unusable",
}
_REPLY: TypeAdapter[str] = TypeAdapter(ReplyText)
_NOTE: TypeAdapter[str] = TypeAdapter(Note)
LABELS, LABEL = 8, 40
UNSENT = ("queued", "held", "failed")
"""A reply that the person cannot have read."""


async def done(request: Request, case_id: UUID, form: Form, work: Callable[[], Awaitable[object]]) -> Response:
    """303 to the case; where it was refused, the case with what was typed and the reason.

    Where the page's script asks: what of the case changed, or the reason alone, and the page keeps what was typed.
    """
    by_script = request.headers.get("hx-request") == "true"
    try:
        await work()
    except NoSuchCaseError:
        return page.message(request, 404, "console.not_found")
    except tuple(REFUSED) as error:
        key = next(REFUSED[kind] for kind in type(error).__mro__ if kind in REFUSED)
        if by_script:
            return page.show(request, "console_refused.html", {"text": say_in(request, key)}, 409)
        return await page.case_again(request, case_id, typed_in(request.url.path, form), key, 409)
    did = request.url.path.rpartition("/")[2].replace("-", "_")
    if by_script:
        return page.show(request, "console_live.html", await views.at_live(request, request.user, case_id))
    return RedirectResponse(f"{PATH}/cases/{case_id}?did={did}", 303)


@router.post("/next", openapi_extra=allow(HELPERS))
async def take_next(service: CurrentService, caller: Caller) -> Response:
    """The most urgent one is the caller's."""
    case = await desk.claim_next(service, caller, now())
    return RedirectResponse(f"{PATH}/cases/{case.id}?did=claim" if case else PATH, 303)


@router.post("/cases/{case_id}/claim", openapi_extra=allow(HELPERS))
async def claim(request: Request, service: CurrentService, case_id: UUID, caller: Caller, form: Form) -> Response:
    """Take it."""
    return await done(request, case_id, form, lambda: desk.claim(service, caller, case_id, now()))


@router.post("/cases/{case_id}/reopen", openapi_extra=allow(HELPERS))
async def reopen(request: Request, service: CurrentService, case_id: UUID, caller: Caller, form: Form) -> Response:
    """Take up a resolved one again, to ask how it went."""
    return await done(request, case_id, form, lambda: desk.take_up(service, caller, case_id, now()))


@router.post("/cases/{case_id}/raise", openapi_extra=allow(HELPERS))
async def raise_level(request: Request, service: CurrentService, case_id: UUID, caller: Caller, form: Form) -> Response:
    """Worse than the rules read it; nothing is lowered."""

    async def work() -> None:
        level, category = Level(form.get("level", "")), form.get("category") or None
        if category is not None and category not in service.knowledge.categories:
            raise ValueError("no such kind of danger")
        conversation_id = (await service.cases.get(case_id)).conversation_id
        await desk.open_case(service, caller, conversation_id, level, category, now())

    return await done(request, case_id, form, work)


@router.post("/cases/{case_id}/release", openapi_extra=allow(HELPERS))
async def release(request: Request, service: CurrentService, case_id: UUID, caller: Caller, form: Form) -> Response:
    """Give it back."""

    async def work() -> None:
        await desk.release(service, caller, case_id, _note(form), now())

    return await done(request, case_id, form, work)


@router.post("/cases/{case_id}/transfer", openapi_extra=allow(HELPERS))
async def transfer(request: Request, service: CurrentService, case_id: UUID, caller: Caller, form: Form) -> Response:
    """Pass it on; a coordinator also what others hold."""

    async def work() -> None:
        await desk.transfer(service, caller, case_id, form.get("to", ""), now())

    return await done(request, case_id, form, work)


@router.post("/cases/{case_id}/reply", openapi_extra=allow(HELPERS))
async def reply(request: Request, service: CurrentService, case_id: UUID, caller: Caller, form: Form) -> Response:
    """Answer the person."""

    async def work() -> None:
        text = _REPLY.validate_python(form.get("text", ""))
        await desk.reply(service, caller, case_id, text, now())

    return await done(request, case_id, form, work)


@router.post("/cases/{case_id}/resolve", openapi_extra=allow(HELPERS))
async def resolve(request: Request, service: CurrentService, case_id: UUID, caller: Caller, form: Form) -> Response:
    """Close it; not where the person wrote since the page was shown, and asked once where somebody still waits."""
    if not form.get("sure") and (open_end := await _open_end(service, caller, case_id, form)):
        typed = {**typed_in(request.url.path, form), "ask": open_end}
        return await page.case_again(request, case_id, typed, "", 409)

    async def work() -> None:
        await desk.resolve(
            service, caller, case_id, outcome_in(form), _note(form), now(),
            follow_up=bool(form.get("follow_up")), version=int(form["version"]) if form.get("version") else None,
        )  # fmt: skip

    return await done(request, case_id, form, work)


async def _open_end(service: Service, caller: Operator, case_id: UUID, form: Form) -> str:
    """What a resolve would leave open: a text that says it; empty where nothing, or where it is refused anyway."""
    try:
        whole, lines = await desk.read(service, caller, case_id, now())
    except NoSuchCaseError:
        return ""
    if whole.case.claimed_by != caller.name or form.get("version") not in (None, "", str(whole.case.version)):
        return ""
    answers = [line.delivery for line in lines if line.author == "operator"]
    asks = {
        "console.ask_draft": bool(form.get("draft")),
        "console.ask_unsent": answers[-1:] and answers[-1] in UNSENT,
        "console.ask_waits": whole.case.awaited_since,
    }
    return next((key for key, asked in asks.items() if asked), "")


@router.post("/cases/{case_id}/note", openapi_extra=allow(HELPERS))
async def note(request: Request, service: CurrentService, case_id: UUID, caller: Caller, form: Form) -> Response:
    """For the other operators."""

    async def work() -> None:
        text = _note(form)
        if not text:
            raise ValueError("nothing to note")
        await desk.note(service, caller, case_id, text, now())

    return await done(request, case_id, form, work)


@router.post("/cases/{case_id}/labels", openapi_extra=allow(HELPERS))
async def labels(request: Request, service: CurrentService, case_id: UUID, caller: Caller, form: Form) -> Response:
    """What it is about; commas between."""
    given = tuple(one.strip()[:LABEL] for one in form.get("labels", "").split(",") if one.strip().isprintable())

    async def work() -> None:
        await desk.label(service, caller, case_id, given[:LABELS], now())

    return await done(request, case_id, form, work)


@router.post("/cases/{case_id}/link", openapi_extra=allow(HELPERS))
async def link(request: Request, service: CurrentService, case_id: UUID, caller: Caller, form: Form) -> Response:
    """Two cases about the same person."""

    async def work() -> None:
        other = UUID(form.get("other", "").strip().rpartition("/")[2])
        await desk.link(service, caller, case_id, other, now())

    return await done(request, case_id, form, work)


@router.post("/cases/{case_id}/call-back", openapi_extra=allow(HELPERS))
async def call_back(request: Request, service: CurrentService, case_id: UUID, caller: Caller, form: Form) -> Response:
    """An hour that is safe for the person, in their time or the desk's; `do=remove` takes it back."""

    async def work() -> None:
        at = None if form.get("do") == "remove" else _hour(form.get("at", ""), form.get("zone", ""))
        await desk.call_back(service, caller, case_id, at, now())

    return await done(request, case_id, form, work)


def _hour(given: str, zone: str) -> datetime:
    """As browsers send it. ValueError."""
    if zone not in available_timezones():
        raise ValueError("no such zone")
    return datetime.fromisoformat(given).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def outcome_in(form: Form) -> CaseOutcome:
    """The outcome that was chosen. ValueError where it is none."""
    outcome: CaseOutcome | None = next((one for one in get_args(CaseOutcome) if one == form.get("outcome")), None)
    if outcome is None:
        raise ValueError("no outcome")
    return outcome


def _note(form: Form) -> str | None:
    return _NOTE.validate_python(form.get("note", "")) or None
