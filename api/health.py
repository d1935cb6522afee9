"""Is the process alive, and can it do its job."""

from collections.abc import Mapping

from fastapi import APIRouter

from api.documentation import problems
from api.problems import Problem
from api.service import CurrentService

router = APIRouter(tags=["health"])
_READY = {"status": "ready", "parts": {"content": "ok", "database": "ok", "delivery": "ok"}}


def _shown(example: object) -> dict[int | str, dict[str, object]]:
    return {200: {"content": {"application/json": {"example": example}}}}


@router.head("/healthz", include_in_schema=False)
@router.get("/healthz", summary="The process is alive", responses=_shown({"status": "ok"}))
async def healthz() -> dict[str, str]:
    """Always 200 while the process answers."""
    return {"status": "ok"}


@router.head("/readyz", include_in_schema=False)
@router.get("/readyz", summary="It can do its job", responses=problems(503) | _shown(_READY))
async def readyz(service: CurrentService) -> dict[str, Mapping[str, str] | str]:
    """200 where every part is `ok`; else 503 with what is wrong in each."""
    # No time-out: storage bounds its wait, and to cancel it in the middle would cost the one writer its connection.
    parts = await service.ready()
    if any(state != "ok" for state in parts.values()):
        raise Problem(503, "Not ready: see parts.", kind="not-ready", parts=dict(parts))
    return {"status": "ready", "parts": parts}
