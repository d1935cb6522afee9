"""The log of who did what, with filters, the export of cases, and the page of keys."""

from datetime import UTC, date, datetime, time, timedelta
from typing import get_args
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response

from api.console import page
from api.console.guard import Caller, ConsoleRoute
from api.console.policy import PATH
from api.console.rows import stamp
from api.console.words import category_name, words
from api.exporting import MEDIA, exported
from api.guard import ANYBODY, AUDITORS, EXPORTERS, allow
from api.service import CurrentService, service_of
from bot import desk
from bot.conversation.case import CaseStatus
from bot.storage.queue import Wanted

router = APIRouter(prefix=PATH, route_class=ConsoleRoute)
PAGE = 100
EXACT = ("who", "action", "item")
NAMED = ("level", "outcome", "role", "log")
"""Of what the log says short the words stand under these."""


@router.get("/log", openapi_extra=allow(AUDITORS))
async def log(request: Request, service: CurrentService) -> Response:
    """Newest first; ids and names of operators alone, never a person's words."""
    asked, zone = request.query_params, ZoneInfo(service.settings.timezone)
    exact = {name: asked[name].strip()[:80] for name in EXACT if asked.get(name, "").strip()}
    since, until = _midnight(asked.get("since"), zone), _midnight(asked.get("until"), zone, 1)
    # Whoever looks at the queue leaves a line for each case: they would hide all others.
    but = "" if asked.get("glances") or "action" in exact else desk.GLANCED
    items, following = await service.audit.page(asked.get("cursor"), PAGE, since, until, but=but, **exact)
    who, actions = await service.audit.known()
    values = {
        "items": [(stamp(request, one.at), one, _in_words(request, one.detail)) for one in items],
        "next": following,
        "kept": urlencode([(name, value) for name, value in asked.items() if name != "cursor"]),
        "asked": asked,
        "who": who,
        "actions": actions,
    }
    return page.show(request, "console_log.html", values)


@router.get("/export", openapi_extra=allow(EXPORTERS))
async def export(request: Request, service: CurrentService, caller: Caller) -> Response:
    """Cases as a file, without anybody's words; the log has who took it along."""
    asked, zone = request.query_params, ZoneInfo(service.settings.timezone)
    status = next((one for one in get_args(CaseStatus) if one == asked.get("status")), None)
    since, until = _midnight(asked.get("since"), zone), _midnight(asked.get("until"), zone, 1)
    kind = asked.get("format", "csv")
    wanted = Wanted(status=status, opened_since=since, opened_until=until, each=True)
    return await exported(service, caller, wanted, kind if kind in MEDIA else "csv")


@router.get("/keys", openapi_extra=allow(ANYBODY))
async def keys(request: Request) -> Response:
    """What each key does, and whether single letters do anything."""
    return page.show(request, "console_keys.html", {})


def _in_words(request: Request, detail: str) -> str:
    """Levels, kinds of danger, roles and outcomes as people call them; names and numbers as they are."""
    said, kinds = words(request), service_of(request).knowledge.categories

    def called(one: str) -> str:
        if one in kinds:
            return category_name(request, one)
        return next((said[key] for key in (f"{kind}.{one}" for kind in NAMED) if key in said), one)

    return " ".join(map(called, detail.split(" ")))


def _midnight(given: str | None, zone: ZoneInfo, more: int = 0) -> datetime | None:
    """As the desk counts days; None where none, or no day, was given."""
    try:
        day = date.fromisoformat(given or "")
    except ValueError:
        return None
    return datetime.combine(day + timedelta(days=more), time(), zone).astimezone(UTC)
