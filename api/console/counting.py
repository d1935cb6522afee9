"""Figures for the coordinator: a page, and its charts."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response

from api.console import charts, page
from api.console.guard import ConsoleRoute
from api.console.policy import HEADERS, PATH
from api.console.words import category_name, say_in
from api.guard import FIGURES, allow
from api.problems import Problem
from api.service import service_of
from bot.handoff.figures import LEVELS, Counted, count
from bot.storage.figures import Figures

router = APIRouter(prefix=PATH, route_class=ConsoleRoute)
SPANS = (1, 7, 30, 365)
"""Days to choose from."""


def _days(request: Request) -> int:
    given = request.query_params.get("days", "")
    return int(given) if given in map(str, SPANS) else 7


async def _counted(request: Request) -> Counted:
    service = service_of(request)
    zone = ZoneInfo(service.settings.timezone)
    entries = await Figures(service.database).happened(datetime.now(UTC) - timedelta(days=_days(request)))
    return count(entries, lambda at: at.astimezone(zone), lambda at: service.desk_at(at).on_duty)


@router.get("/figures", openapi_extra=allow(FIGURES))
async def figures(request: Request) -> Response:
    """Waiting by level, what became of cases, and when and why they come."""
    counted = await _counted(request)
    values: dict[str, Any] = {
        "counted": counted,
        "levels": LEVELS,
        "days": _days(request),
        "spans": SPANS,
        "categories": _named(request, counted),
    }
    return page.show(request, "console_figures.html", values)


@router.get("/figures/{name}.svg", openapi_extra=allow(FIGURES))
async def chart(request: Request, name: str) -> Response:
    """One chart; the table beside it says the same in numbers."""
    counted = await _counted(request)
    if name == "hours":
        drawn = charts.by_hour(say_in(request, "console.by_hour"), counted.by_hour)
    elif name == "categories":
        drawn = charts.by_name(say_in(request, "console.by_category"), _named(request, counted))
    else:
        raise Problem(404)
    # The style stands in the picture; it is shown as an image, where no script runs.
    policy = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}
    return Response(drawn, media_type="image/svg+xml", headers={**HEADERS, **policy})


def _named(request: Request, counted: Counted) -> dict[str, int]:
    return {category_name(request, name or None): number for name, number in counted.by_category.items()}
