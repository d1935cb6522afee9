"""A checklist to print: `/checklist` asks for its code, and shows it to nobody who has none."""

from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse

from api.chat.words import LANGS, accepted, chosen
from api.clock import now
from api.network import network_of
from api.problems import Problem
from api.service import CurrentService
from api.templating import TEMPLATES
from bot.conversation import Progress
from bot.conversation.ports import StoreBusyError
from bot.storage import Checklists, code_in
from bot.wiring import Service
from knowledge import calendar
from knowledge.citing import source_line
from knowledge.procedures import stopped_by
from knowledge.schema.base import Lang
from knowledge.taking import brought, by_case, may_be
from knowledge.telling_steps import Teller

router = APIRouter(include_in_schema=False)

PATH = "/checklist"
LONGEST = 40
"""Characters of what is read as a code."""
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-robots-tag": "noindex, nofollow",
}
KEYS = ("title", "intro", "code", "open", "papers", "steps", "days", "wrong", "other_language", "printed", "check")


@router.get(PATH)
async def ask(request: Request, service: CurrentService) -> Response:
    """The form alone."""
    return _page(service, _lang(request))


@router.post(PATH)
async def show(request: Request, service: CurrentService) -> Response:
    """The checklist that the code opens; 404 for a wrong one, and behind five wrong ones of a network."""
    async with request.form(max_files=0, max_fields=5) as sent:
        given = sent.get("code", "")
    code = code_in(given[:LONGEST]) if isinstance(given, str) else None
    lang = _lang(request)
    try:
        found = await Checklists(service.database).opened(code or "", network_of(request), now())
    except StoreBusyError as error:
        raise Problem(503, "Busy. Try again in a moment.") from error
    values = _told(found, service, lang) if found else None
    if values is None:
        return _page(service, lang, status=404, wrong=True)
    return _page(service, lang, **values)


def _lang(request: Request) -> Lang:
    return chosen(request.query_params.get("lang")) or accepted(request.headers.get("accept-language", ""))


def _page(service: Service, lang: Lang, status: int = 200, **values: Any) -> Response:
    words = {key: service.say(f"checklist.{key}", lang) for key in KEYS}
    other = next(one for one in LANGS if one != lang)
    page = TEMPLATES.get_template("checklist.html").render(
        {"lang": lang, "other": other, "w": words, "path": PATH, "heading": "", "wrong": False, **values}
    )
    return HTMLResponse(page, status, HEADERS)


def _told(found: Progress, service: Service, lang: Lang) -> dict[str, Any] | None:
    """What the page says of an errand; None for one that is gone, private, or ended for them."""
    knowledge, today = service.knowledge, now().astimezone(calendar.HOME).date()
    procedure = knowledge.procedures.get(found.procedure)
    if procedure is None or procedure.private or stopped_by(procedure, found.answers):
        return None
    tell = Teller(procedure, found.answers, found.has, knowledge, lang, today)
    steps = may_be(procedure, found.answers)
    papers = brought(procedure, found.answers, steps)
    needs = {step.id: told for told, hanging in by_case(tell, steps, ()) for step in hanging}
    cited = [*procedure.sources, *(source for item in (*papers, *steps) for source in item.sources)]
    return {
        "heading": tell.say(procedure.title),
        "today": calendar.days(today.isoformat(), None, lang),
        "papers": [
            (told, [(paper.id in found.has, tell.paper(paper, ticked=False).removeprefix("• ")) for paper in hanging])
            for told, hanging in by_case(tell, papers, steps)
        ],
        "steps": [(step.id in found.done, tell.say(step.name), needs[step.id], tell.say(step.text)) for step in steps],
        "deadlines": [tell.deadline(one) for one in procedure.deadlines],
        "costs": tell.costs(),
        "source": source_line(tuple(dict.fromkeys(cited)), knowledge, lang),
    }
