"""More of the admin API: what stands beside a case, passing on, notes, labels, links, export, the audit log."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response
from starlette.responses import StreamingResponse

from api import telling
from api.clock import now
from api.documentation import ANY, CHANGE, problems
from api.exporting import MEDIA, exported
from api.guard import (
    ERASE,
    EXPORT_CASES,
    READ_ANSWERS,
    READ_CASES,
    READ_LOG,
    WORK_CASES,
    Caller,
    GuardedRoute,
    documented,
)
from api.problems import Problem
from api.queries import ExportSpan, LogPage
from api.report_shapes import Answer, Answers, AuditPage, Hit, Hits
from api.service import CurrentService
from api.shapes import CallBackIn, Case, Erased, LabelsIn, LinkIn, NoteIn, OpenIn, TransferIn, WholeCase
from api.shown import shown, shown_one
from bot import desk
from bot.conversation import Lang
from bot.handoff.summary import SAFE_FIRST
from bot.storage.queue import Wanted

router = APIRouter(prefix="/api/v1", tags=["desk"], route_class=GuardedRoute, dependencies=[documented], responses=ANY)
LONGEST_SEARCH = 100
EXPORTED = {
    "schema": {"type": "string"},
    "example": "id,level,category,status,…\r\n0b7e9a52-…,critical,lost,open,…\r\n",
}


@router.get(
    "/escalations/export", openapi_extra=EXPORT_CASES, summary="All cases as CSV or JSON lines",
    response_class=StreamingResponse,
    responses={200: {"description": "One line a case", "content": {MEDIA["csv"]: EXPORTED, MEDIA["jsonl"]: EXPORTED}}},
)  # fmt: skip
async def export(
    service: CurrentService,
    caller: Caller,
    asked: Annotated[ExportSpan, Query()],
) -> Response:
    """Each case, also what stands behind another (`grouped_under`). Without words, notes, labels and places;
    `personal=true` adds them for a coordinator, and nobody else. `since` and `until` are about when they were opened.
    """
    wanted = Wanted(status=asked.status, opened_since=asked.since, opened_until=asked.until, each=True)
    return await exported(service, caller, wanted, asked.kind, words=asked.personal)


@router.get("/escalations/search", openapi_extra=READ_CASES, summary="Words in open and resolved cases")
async def search(
    service: CurrentService, caller: Caller, q: Annotated[str, Query(min_length=1, max_length=LONGEST_SEARCH)]
) -> Hits:
    """All of the words in one line, whatever their case and accents. The log has who searched and which cases they
    saw, not for what.
    """
    found = await desk.search(service, caller, q, now())
    cases = await shown(service, [hit.case for hit in found.hits])
    items = [Hit(case=case, excerpt=hit.excerpt) for case, hit in zip(cases, found.hits, strict=True)]
    return Hits(items=items, whole=found.whole)


@router.get(
    "/escalations/{case_id}",
    openapi_extra=READ_CASES,
    summary="One case with all that stands beside it",
)
async def whole_case(service: CurrentService, case_id: UUID, caller: Caller, lang: Lang = "es") -> WholeCase:
    """Notes and linked cases too; the log keeps who read it. `lang` is that of the summary."""
    whole, lines = await desk.read(service, caller, case_id, now())
    said = [line.text for line in lines if line.author == "person"]
    times = service.clocks(whole.case, whole.person, said).at(now())
    case = await shown_one(service, whole.case)
    return WholeCase.model_validate(
        {"case": case, "danger": whole.person.danger,
         "danger_in_words": telling.danger(service, whole.person, lang),
         "summary": list(telling.summary(service, whole, lines, lang)),
         "to_read_out": list(telling.to_read_out(service, whole, lines, lang)),
         "safe_first": whole.case.category in SAFE_FIRST, "notes": list(whole.notes), "linked": list(whole.linked),
         "channel": whole.channel, "looked_at": whole.looked_at,
         "lang": whole.person.lang, "reachable": whole.reachable, "window_closes_at": whole.closes_at,
         "local_times": list(times)},
        from_attributes=True,
    )  # fmt: skip


@router.post(
    "/conversations/{conversation_id}/escalations", openapi_extra=WORK_CASES, response_model=Case, status_code=201,
    responses=problems(400, 413), summary="Open a case, or raise the one that is open",
)  # fmt: skip
async def open_case(service: CurrentService, conversation_id: UUID, caller: Caller, body: OpenIn) -> Any:
    """By an operator who knows more than the rules; nobody has it yet, and the alerts of its level begin."""
    if body.category is not None and body.category not in service.knowledge.categories:
        known = ", ".join(sorted(service.knowledge.categories))
        raise Problem(422, f"Kinds of danger are {known}.", kind="no-category")
    case = await desk.open_case(service, caller, conversation_id, body.level, body.category, now())
    return await shown_one(service, case)


@router.get("/answers", openapi_extra=READ_ANSWERS, summary="What can be said: sourced, in the person's language")
async def answers(
    service: CurrentService, caller: Caller, q: Annotated[str, Query(max_length=LONGEST_SEARCH)] = "", lang: Lang = "es"
) -> Answers:
    """What is said most, and what the bot would answer to `q`, for an operator to send."""
    suggested = service.suggest(q, lang) if q.strip() else []
    items = [Answer(title=title, text=text) for title, text in suggested]
    return Answers(canned=telling.canned(service, lang, caller.name), items=items)


@router.put(
    "/escalations/{case_id}/call-back", openapi_extra=WORK_CASES, response_model=Case, responses=CHANGE,
    summary="Promise an hour that is safe for the person",
)  # fmt: skip
async def call_back(service: CurrentService, case_id: UUID, caller: Caller, body: CallBackIn) -> Any:
    """At its hour the case goes back to the queue, first of its level, and somebody is called."""
    return await shown_one(service, await desk.call_back(service, caller, case_id, body.at, now(), body.version))


@router.post(
    "/escalations/{case_id}/transfer", openapi_extra=WORK_CASES, response_model=Case, responses=CHANGE,
    summary="Pass it on",
)  # fmt: skip
async def transfer(service: CurrentService, case_id: UUID, caller: Caller, body: TransferIn) -> Any:
    """By its holder; a coordinator passes on any case that is not resolved."""
    return await shown_one(service, await desk.transfer(service, caller, case_id, body.to, now(), body.version))


@router.post(
    "/escalations/{case_id}/notes", openapi_extra=WORK_CASES, status_code=204, responses=CHANGE,
    summary="Write an internal note",
)  # fmt: skip
async def note(service: CurrentService, case_id: UUID, caller: Caller, body: NoteIn) -> Response:
    """The person never sees it."""
    await desk.note(service, caller, case_id, body.text, now())
    return Response(status_code=204)


@router.put(
    "/escalations/{case_id}/labels", openapi_extra=WORK_CASES, response_model=Case, responses=CHANGE,
    summary="Say what it is about",
)  # fmt: skip
async def labels(service: CurrentService, case_id: UUID, caller: Caller, body: LabelsIn) -> Any:
    """Instead of those it has."""
    return await shown_one(service, await desk.label(service, caller, case_id, tuple(body.labels), now(), body.version))


@router.post(
    "/escalations/{case_id}/links", openapi_extra=WORK_CASES, status_code=204, responses=CHANGE,
    summary="Link two cases about the same person",
)  # fmt: skip
async def link(service: CurrentService, case_id: UUID, caller: Caller, body: LinkIn) -> Response:
    """Both ways."""
    await desk.link(service, caller, case_id, body.other, now())
    return Response(status_code=204)


@router.delete(
    "/conversations/{conversation_id}", openapi_extra=ERASE, summary="Erase a person who asked us to",
)  # fmt: skip
async def erase(service: CurrentService, conversation_id: UUID, caller: Caller) -> Erased:
    """Everything of them, at once; of an open case of danger what it takes to help stays until it is closed."""
    return Erased(receipt=await desk.erase(service, caller, conversation_id, now()))


@router.get("/audit", openapi_extra=READ_LOG, summary="Who did what")
async def audit(service: CurrentService, page: Annotated[LogPage, Query()]) -> AuditPage:
    """Newest first; never altered."""
    items, following = await service.audit.page(page.cursor, page.limit, page.since, page.until)
    return AuditPage.model_validate({"items": list(items), "next": following}, from_attributes=True)
