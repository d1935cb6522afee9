"""The admin API: the queue of escalated conversations, and what an operator does with one."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import APIRouter, Query, Response

from api.clock import now
from api.documentation import ANY, CHANGE
from api.guard import READ_CASES, WORK_CASES, Caller, GuardedRoute, documented
from api.queries import Page, QueuePage
from api.service import CurrentService
from api.shapes import Case, Cases, ClaimIn, Messages, ReleaseIn, ReplyIn, ResolveIn
from api.shown import shown, shown_one
from bot import desk
from bot.storage.queue import Wanted

Act = TypeVar("Act", bound=Callable[..., Any])
router = APIRouter(
    prefix="/api/v1", tags=["escalations"], route_class=GuardedRoute, dependencies=[documented], responses=ANY
)


def _act(name: str, summary: str) -> Callable[[Act], Act]:
    """Something that an operator does with one case; answered with the case as it is then."""
    path = f"/escalations/{{case_id}}/{name}"
    return router.post(path, openapi_extra=WORK_CASES, response_model=Case, responses=CHANGE, summary=summary)


@router.get("/escalations", openapi_extra=READ_CASES, summary="The queue, most urgent first")
async def list_escalations(service: CurrentService, page: Annotated[QueuePage, Query()], caller: Caller) -> Cases:
    """Most urgent first, then longest waiting; without `status` all of them, resolved ones too. `words`, `place` and
    `note` are empty for all but coordinators, for whom the log keeps that they were read.
    """
    wanted = Wanted(page.status, False, page.level, page.category, page.claimed_by, page.follow_up, page.updated_since)
    items, following = await desk.queue(service, caller, wanted, page.cursor, page.limit, now())
    return Cases(items=await shown(service, items), next=following)


@router.get("/conversations/{conversation_id}/messages", openapi_extra=READ_CASES, summary="A transcript")
async def list_messages(
    service: CurrentService, conversation_id: UUID, page: Annotated[Page, Query()], caller: Caller
) -> Messages:
    """Oldest first; the log keeps who read it."""
    items, following = await desk.transcript(service, caller, conversation_id, page.cursor, page.limit, now())
    return Messages.model_validate({"items": items, "next": following})


@router.post(
    "/escalations/next",
    openapi_extra=WORK_CASES,
    response_model=Case,
    responses={204: {"description": "Nobody waits"}},
    summary="Claim the most urgent one",
)
async def claim_next(service: CurrentService, caller: Caller) -> Any:
    """The most urgent open case is the caller's; 204 without a body where nobody waits."""
    case = await desk.claim_next(service, caller, now())
    return await shown_one(service, case) if case else Response(status_code=204)


@_act("claim", "Claim one")
async def claim(service: CurrentService, case_id: UUID, caller: Caller, body: ClaimIn | None = None) -> Any:
    """The case is the caller's; once more by its holder changes nothing."""
    return await shown_one(service, await desk.claim(service, caller, case_id, now(), _version(body)))


@_act("reopen", "Open a resolved one again")
async def reopen(service: CurrentService, case_id: UUID, caller: Caller, body: ClaimIn | None = None) -> Any:
    """To ask how it went: the caller's at once. 409 where the person has another case that is not resolved."""
    return await shown_one(service, await desk.take_up(service, caller, case_id, now(), _version(body)))


@_act("release", "Give it back")
async def release(service: CurrentService, case_id: UUID, caller: Caller, body: ReleaseIn | None = None) -> Any:
    """Back to the queue, in its old place."""
    note, version = (body.note, body.version) if body else (None, None)
    return await shown_one(service, await desk.release(service, caller, case_id, note, now(), version))


@_act("reply", "Answer")
async def reply(service: CurrentService, case_id: UUID, caller: Caller, body: ReplyIn) -> Any:
    """Goes out on the person's channel; outside WhatsApp's 24 hours it is held (see the transcript) and follows when
    they write. 409 where they left the chat or blocked us.
    """
    return await shown_one(service, await desk.reply(service, caller, case_id, body.text, now(), body.version))


@_act("resolve", "Close it")
async def resolve(service: CurrentService, case_id: UUID, caller: Caller, body: ResolveIn) -> Any:
    """Closed until the person writes again; what was kept only for it is erased."""
    case = await desk.resolve(
        service, caller, case_id, body.outcome, body.note, now(), follow_up=body.follow_up, version=body.version
    )
    return await shown_one(service, case)


def _version(body: ClaimIn | None) -> int | None:
    return body.version if body else None
