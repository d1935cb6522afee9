"""What an app serves with, and how an endpoint asks for a part of it: `service: CurrentService`."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends, FastAPI, Request

from api.limits import Flood
from bot.wiring import Service


@dataclass(frozen=True, slots=True)
class Serving:
    """All that an app holds, put there once by api.app; `log_ins` slows whoever tries passwords."""

    service: Service
    trusted_proxies: Sequence[str] = ()
    flood: Flood = field(default_factory=Flood)
    log_ins: Flood = field(default_factory=lambda: Flood(session=10, network=10))


def serving(app: FastAPI) -> Serving | None:
    """None until the service stands."""
    found: Serving | None = getattr(app.state, "serving", None)
    return found


def service_of(request: Request) -> Service:
    """For what is not an endpoint."""
    return _of(request).service


# Coroutines, as FastAPI sends a plain function through a thread.
async def current_service(request: Request) -> Service:
    """What the app stands before."""
    return _of(request).service


async def current_flood(request: Request) -> Flood:
    """Limits of those who write."""
    return _of(request).flood


async def current_log_ins(request: Request) -> Flood:
    """Limits of those who try passwords."""
    return _of(request).log_ins


def _of(request: Request) -> Serving:
    found: Serving = request.app.state.serving
    return found


CurrentService = Annotated[Service, Depends(current_service)]
CurrentFlood = Annotated[Flood, Depends(current_flood)]
CurrentLogIns = Annotated[Flood, Depends(current_log_ins)]
