"""The editors' part of the admin API: what people did not get, what is stopped, and dated notices."""

import asyncio
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from api.clock import now
from api.content_shapes import (
    Due,
    Dues,
    Groups,
    Notice,
    NoticeIn,
    Notices,
    PhraseGroup,
    Phrases,
    Ratings,
    Withdrawals,
    WithdrawIn,
)
from api.documentation import ANY, problems
from api.guard import EDIT_CONTENT, READ_CONTENT, Caller, GuardedRoute, documented
from api.problems import Problem
from api.queries import Page
from api.service import CurrentService
from bot.storage import Withdrawal
from bot.storage import Withdrawals as Decisions
from bot.storage.notices import Notices as Published
from bot.storage.phrases import Phrase
from bot.storage.phrases import Phrases as Unanswered
from bot.storage.ratings import Ratings as Rated
from bot.wiring import Service
from bot.wiring.editing import draft_of
from bot.wiring.unanswered import LOOKED_AT, grouped, today_answer
from knowledge.due import due
from knowledge.model import Knowledge
from knowledge.notices import Wrong, wrong_in
from knowledge.withdrawing import can_be_withdrawn

router = APIRouter(prefix="/api/v1", tags=["content"], route_class=GuardedRoute, dependencies=[documented],
                   responses=ANY)  # fmt: skip
CHANGE = problems(400, 413)
LATELY = timedelta(days=90)
MOST = 200


@router.get("/unanswered", openapi_extra=READ_CONTENT, summary="What was not understood, newest first")
async def unanswered(service: CurrentService, page: Annotated[Page, Query()]) -> Phrases:
    """Masked before they were kept: no numbers, e-mails or CURP."""
    items, following = await Unanswered(service.database).page(page.cursor, page.limit)
    return Phrases.model_validate({"items": items, "next": following}, from_attributes=True)


@router.get("/unanswered/groups", openapi_extra=READ_CONTENT, summary="The same by likeness, the commonest first")
async def unanswered_groups(service: CurrentService) -> Groups:
    """Of the newest 2,000; what is a phrase of an answer by now is left out."""
    phrases, _ = await Unanswered(service.database).page(None, LOOKED_AT)
    found = await asyncio.to_thread(_groups, phrases, service.knowledge)
    return Groups(items=found)


@router.get("/ratings", openapi_extra=READ_CONTENT, summary="Answers that did not help, the worst first")
async def ratings(service: CurrentService) -> Ratings:
    """Of the last 90 days, by answer; nobody knows who said it."""
    items = await Rated(service.database).unhelpful(now() - LATELY, MOST)
    return Ratings.model_validate({"items": items}, from_attributes=True)


@router.get("/due", openapi_extra=READ_CONTENT, summary="Facts and contacts that are due for another look")
async def freshness(request: Request, service: CurrentService) -> Dues:
    """Most used first."""
    return Dues(items=[Due.model_validate(one) for one in due(service.knowledge, _today(service))])


@router.get("/withdrawals", openapi_extra=READ_CONTENT, summary="What was stopped and let be said again")
async def withdrawals(service: CurrentService) -> Withdrawals:
    """Oldest first; the newest of an id counts."""
    items = await Decisions(service.database).history()
    return Withdrawals.model_validate({"items": items}, from_attributes=True)


@router.post(
    "/withdrawals", openapi_extra=EDIT_CONTENT, status_code=204, responses=CHANGE,
    summary="Stop a fact, contact, topic or notice, or let it be said again",
)  # fmt: skip
async def withdraw(service: CurrentService, caller: Caller, body: WithdrawIn) -> Response:
    """On every process within a minute."""
    known = can_be_withdrawn(body.item, service.knowledge)
    if not known and body.item not in {one.id for one in await Published(service.database).all()}:
        raise Problem(422, "No fact, contact, topic or notice has this id.", kind="no-item")
    decision = Withdrawal(body.item, not body.undo, body.why, caller.name, now())
    await Decisions(service.database).record(decision)
    return Response(status_code=204)


@router.get("/notices", openapi_extra=READ_CONTENT, summary="Dated notices in front of topics")
async def notices(service: CurrentService) -> Notices:
    """Oldest first, those that are over or stopped too."""
    database = service.database
    stopped = await Decisions(database).stopped()
    items = [Notice.of(one, stopped=one.id in stopped) for one in await Published(database).all()]
    return Notices(items=items)


@router.post(
    "/notices",
    openapi_extra=EDIT_CONTENT,
    status_code=201,
    responses=CHANGE,
    summary="Publish a notice",
)
async def publish(request: Request, service: CurrentService, caller: Caller, body: NoticeIn) -> Notice:
    """On every process within a minute; undone with a withdrawal of its id."""
    topics = frozenset(body.topics)
    draft = draft_of(topics, body.es, body.en, body.begins, body.ends)
    if wrong := wrong_in(draft, service.knowledge, _today(service)):
        raise _refusal(wrong)
    published = await Published(service.database).publish(
        topics, body.es, body.en, body.begins, body.ends, caller.name, now()
    )
    return Notice.of(published, stopped=False)


WORDS = {
    "missing": "Name a topic at least.",
    "unknown": "No content has this id.",
    "dates": "It ends in the past, before it begins, or more than 92 days later.",
    "long": "400 characters at most.",
    "typed": "Write the id of the fact or contact in braces, never a number or an address.",
}


def _refusal(wrong: Wrong) -> Problem:
    error: dict[str, Any] = {"detail": f"{WORDS[wrong.kind]} {wrong.item}".strip(), "pointer": f"#/{wrong.field}"}
    return Problem(422, "The notice cannot be shown: see errors.", kind="invalid", errors=[error])


def _groups(phrases: Sequence[Phrase], knowledge: Knowledge) -> list[PhraseGroup]:
    shown = ((one, today_answer(one, knowledge)) for one in grouped(phrases, knowledge)[:MOST])
    return [
        PhraseGroup(id=one.id, count=one.count, lang=one.lang, wordings=list(one.wordings), answer=answer, clear=clear)
        for one, (answer, clear, _) in shown
    ]


def _today(service: Service) -> date:
    return now().astimezone(ZoneInfo(service.settings.timezone)).date()
