"""Figures for the coordinator: a page, and its charts."""

from typing import Any

from fastapi import APIRouter, Request, Response

from api.console import charts, page
from api.console.guard import ConsoleRoute
from api.console.policy import HEADERS, PATH
from api.console.words import category_name, say_in
from api.figures import counted as counted_of
from api.guard import FIGURES, allow
from api.problems import Problem
from api.service import CurrentService
from bot.handoff.figures import LEVELS, Counted

router = APIRouter(prefix=PATH, route_class=ConsoleRoute)
SPANS = (1, 7, 30, 365)
"""Days to choose from."""


def _days(request: Request) -> int:
    given = request.query_params.get("days", "")
    return int(given) if given in map(str, SPANS) else 7


@router.get("/figures", openapi_extra=allow(FIGURES))
async def figures(request: Request, service: CurrentService) -> Response:
    """Waiting by level, what became of cases, and when and why they come."""
    counted = await counted_of(service, _days(request))
    values: dict[str, Any] = {
        "counted": counted,
        "before": await counted_of(service, _days(request), before=True),
        "levels": LEVELS,
        "days": _days(request),
        "spans": SPANS,
        "categories": _named(request, counted),
    }
    return page.show(request, "console_figures.html", values)


@router.get("/figures/{name}.svg", openapi_extra=allow(FIGURES))
async def chart(request: Request, service: CurrentService, name: str) -> Response:
    """One chart; the table beside it says the same in numbers."""
    counted = await counted_of(service, _days(request))
    if name == "hours":
        drawn = charts.by_hour(say_in(request, "console.by_hour"), counted.by_hour)
    elif name == "days":
        drawn = charts.by_day(
            say_in(request, "console.by_day"), {f"{day:%d/%m}": n for day, n in counted.by_day.items()}
        )
    elif name == "categories":
        drawn = charts.by_name(say_in(request, "console.by_category"), _named(request, counted))
    else:
        raise Problem(404)
    # The style stands in the picture; it is shown as an image, where no script runs.
    policy = {"content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}
    return Response(drawn, media_type="image/svg+xml", headers={**HEADERS, **policy})


def _named(request: Request, counted: Counted) -> dict[str, int]:
    named = ((category_name(request, name or None), number) for name, number in counted.by_category.items())
    return {f"{name[:1].upper()}{name[1:]}": number for name, number in named}
