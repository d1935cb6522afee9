"""Figures for the coordinator: counted here for the page, the admin API and the metrics."""

from datetime import timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Query

from api.clock import now
from api.documentation import ANY
from api.guard import READ_FIGURES, GuardedRoute, documented
from api.report_shapes import Figures
from api.service import CurrentService
from bot.handoff.figures import Counted, count
from bot.storage.figures import Figures as Entries
from bot.wiring import Service

router = APIRouter(prefix="/api/v1", tags=["desk"], route_class=GuardedRoute, dependencies=[documented], responses=ANY)


async def counted(service: Service, days: int, *, before: bool = False) -> Counted:
    """Of the last days, in the desk's own time; `before`: of as many days before these."""
    zone, end = ZoneInfo(service.settings.timezone), now() - timedelta(days=days if before else 0)
    begins = end - timedelta(days=days)
    entries = await Entries(service.database).happened(begins, end if before else None)
    first, last = (at.astimezone(zone).date() for at in (begins, end))
    span = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return count(entries, span, lambda at: at.astimezone(zone), lambda at: service.desk_at(at).on_duty)


@router.get("/figures", openapi_extra=READ_FIGURES, summary="Waiting, outcomes, hours and categories")
async def figures(service: CurrentService, days: Annotated[int, Query(ge=1, le=366)] = 7) -> Figures:
    """From the log of what happened to cases; no case is named."""
    return Figures.model_validate(await counted(service, days))
