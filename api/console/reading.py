"""Pages that change nothing: queue, case, search, print."""

from typing import get_args
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from api.clock import now
from api.console import page, rows, views
from api.console.guard import Caller, ConsoleRoute
from api.console.policy import PATH
from api.console.texts import DONE
from api.console.typed import CASE
from api.guard import ANYBODY, HELPERS, READERS, allow
from api.service import CurrentService
from bot import desk
from bot.conversation import Lang, Level
from bot.conversation.case import CaseStatus
from bot.storage import Operator
from bot.storage.queue import Wanted

router = APIRouter(prefix=PATH, route_class=ConsoleRoute)
LONGEST_SEARCH = 100
ALIKE = 10
LOOKED = "page-looked-at"
"""Header: seconds since the person's page last fetched what was said."""
STATUSES = get_args(CaseStatus)


@router.get("", openapi_extra=allow((*READERS, "editor")))
async def queue(request: Request, caller: Caller) -> Response:
    """The queue; an editor is led to the content."""
    if caller.role == "editor":
        return RedirectResponse(f"{PATH}/editors", 303)
    return page.show(request, "console_queue.html", await _queue(request, caller))


@router.get("/queue", openapi_extra=allow(READERS))
async def queue_again(request: Request, caller: Caller) -> Response:
    """What of it changes: 304 where nothing did."""
    return page.fragment(request, "console_cases.html", await _queue(request, caller))


@router.get("/pulse", openapi_extra=allow(ANYBODY))
async def pulse(request: Request, caller: Caller) -> Response:
    """For the head of every page: how many wait, and who waits for my next word; 304 where nothing changed."""
    if not desk.may(caller, "read"):
        return Response(status_code=204)
    at = request.query_params.get("at", "")
    found = CASE.match(at)
    but = UUID(found[1]) if found else None
    return page.fragment(request, "console_pulse.html", {**await rows.at_pulse(request, caller, but), "at": at})


async def _queue(request: Request, caller: Operator) -> dict[str, object]:
    asked = request.query_params
    status = next((one for one in STATUSES if one == asked.get("status")), None)
    level = next((one for one in Level if one == asked.get("level")), None)
    wanted = Wanted(
        status=status,
        unresolved=status is None,
        level=level,
        category=asked.get("category") or None,
        holder=caller.name if asked.get("mine") else None,
        follow_up=bool(asked.get("follow_up")),
    )
    seen = await rows.at_inbox(request, caller, wanted, asked.get("cursor"))
    kept = urlencode([(name, value) for name, value in asked.items() if name != "cursor"])
    return {
        **seen, "asked": asked, "query": request.url.query, "kept": kept, "levels": list(Level), "statuses": STATUSES,
        "categories": views.categories(request),
    }  # fmt: skip


@router.get("/cases/{case_id}", openapi_extra=allow(READERS))
async def case(request: Request, case_id: UUID, caller: Caller) -> Response:
    """One case; who opened it stands in the log."""
    seen = await views.at_case(request, caller, case_id)
    did = request.query_params.get("did", "")
    return page.show(request, "console_case.html", {**seen, "did": did if did in DONE else ""})


@router.get("/cases/{case_id}/live", openapi_extra=allow(READERS))
async def case_again(request: Request, case_id: UUID, caller: Caller) -> Response:
    """Transcript and state: 304 where nothing changed."""
    seen = await views.at_live(request, caller, case_id)
    # Every second it is another number: beside the page's part, which stays the same.
    looked = {} if seen["looked"] is None else {LOOKED: str(seen["looked"])}
    return page.fragment(request, "console_live.html", seen, looked)


@router.get("/cases/{case_id}/print", openapi_extra=allow(READERS))
async def printed(request: Request, case_id: UUID, caller: Caller) -> Response:
    """Ten lines to read to CIAM by telephone."""
    seen = await views.at_print(request, caller, case_id)
    return page.show(request, "console_print.html", seen)


@router.get("/cases/{case_id}/transcript", openapi_extra=allow(READERS))
async def transcript(request: Request, case_id: UUID, caller: Caller) -> Response:
    """All that was said, page by page; the case itself shows the newest."""
    seen = await views.at_transcript(request, caller, case_id, request.query_params.get("cursor"))
    return page.show(request, "console_transcript.html", seen)


@router.get("/search", openapi_extra=allow(READERS))
async def search(request: Request, service: CurrentService, caller: Caller) -> Response:
    """Words in open and resolved cases. The log has who searched and which cases they saw, not for what."""
    words = request.query_params.get("q", "")[:LONGEST_SEARCH].strip()
    found = await desk.search(service, caller, words, now(), views.categories_named(request, words))
    # Found by its kind alone: then their last words tell it from others.
    known = await desk.glances(service, caller, [hit.case for hit in found.hits if not hit.excerpt], now())
    hits = [(rows.row(request, hit.case, known.get(hit.case.id)), hit.excerpt) for hit in found.hits]
    return page.show(request, "console_search.html", {"q": words, "hits": hits, "whole": found.whole})


@router.get("/cases/{case_id}/alike", openapi_extra=allow(HELPERS))
async def alike(request: Request, service: CurrentService, case_id: UUID, caller: Caller) -> Response:
    """Cases in which some words stand, each to be linked to this one in one step."""
    words = request.query_params.get("q", "")[:LONGEST_SEARCH].strip()
    found = await desk.search(service, caller, words, now(), views.categories_named(request, words))
    hits = [hit for hit in found.hits if hit.case.id != case_id][:ALIKE]
    known = await desk.glances(service, caller, [hit.case for hit in hits], now())
    shown = [(rows.row(request, hit.case, known.get(hit.case.id)), hit.excerpt) for hit in hits]
    return page.show(request, "console_alike.html", {"q": words, "hits": shown, "case_id": case_id})


@router.get("/answers", openapi_extra=allow(HELPERS))
async def answers(request: Request, service: CurrentService, _: Caller) -> Response:
    """What the bot would answer, to be put into a reply: sourced, in the person's language."""
    asked = request.query_params
    lang: Lang = "en" if asked.get("lang") == "en" else "es"
    words = asked.get("topic", "")[:LONGEST_SEARCH].strip()
    suggested = service.suggest(words, lang) if words else []
    return page.show(request, "console_answers.html", {"suggested": suggested, "topic": words})
