"""Figures for Prometheus: to this machine, or to who has the token."""

import hmac
import ipaddress
import logging
from collections.abc import Sequence
from datetime import datetime

from fastapi import APIRouter, Request, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest

from api import clock
from api.figures import counted
from api.problems import Problem
from api.service import CurrentService
from bot.conversation.ports import Priority, StoreBusyError
from bot.handoff.figures import Counted
from bot.storage.figures import COUNTED, Figures, Unsent
from bot.telemetry import figures as telemetry
from bot.wiring import Service

log = logging.getLogger(__name__)
router = APIRouter(include_in_schema=False)
HAPPENED = (*COUNTED, "out_of_hours")


@router.get("/metrics")
async def metrics(request: Request, service: CurrentService) -> Response:
    """Cases by level and state, the longest wait, replies that wait, what happened in a day; then this process.

    Without a database the process still tells of itself: that is when it matters.
    """
    _refuse_strangers(request, service.metrics_token)
    told = await _process(service)
    try:
        told += await _tables(Figures(service.database), await counted(service, 1))
    except StoreBusyError:
        log.warning("metrics: the tables cannot be read")
    return Response(told, media_type=CONTENT_TYPE_LATEST)


def _refuse_strangers(request: Request, token: str | None) -> None:
    """With a token set it is asked of everybody: behind a proxy all requests come from this machine."""
    given = request.headers.get("authorization", "").removeprefix("Bearer ").strip()
    if token is not None:
        if not hmac.compare_digest(given.encode("utf-8", "replace"), token.encode()):
            raise Problem(403, "Not for you.")
    elif not _is_loopback(request) or "x-forwarded-for" in request.headers or "forwarded" in request.headers:
        raise Problem(403, "Not for you.")


def _is_loopback(request: Request) -> bool:
    try:
        return ipaddress.ip_address(request.client.host if request.client else "").is_loopback
    except ValueError:
        return False


async def _process(service: Service) -> bytes:
    registry = CollectorRegistry()
    ready = Gauge("ventanilla_ready", "1 where a part is well, as /readyz says", ["part"], registry=registry)
    for part, state in (await service.ready()).items():
        ready.labels(part).set(state == "ok")
    return generate_latest(registry) + generate_latest(telemetry.REGISTRY)


async def _tables(figures: Figures, day: Counted) -> bytes:
    registry, now = CollectorRegistry(), clock.now()
    cases = Gauge("ventanilla_cases", "Cases that are not resolved", ["level", "status"], registry=registry)
    longest = Gauge("ventanilla_case_oldest_seconds", "Age of the oldest", ["level", "status"], registry=registry)
    for one in await figures.standing():
        cases.labels(one.level.value, one.status).set(one.count)
        longest.labels(one.level.value, one.status).set(max(0.0, (now - one.oldest).total_seconds()))
    _tell_sending(registry, await figures.unsent(), now)
    happened = Gauge("ventanilla_cases_day", "What happened to cases in 24 hours", ["what"], registry=registry)
    for what in HAPPENED:
        happened.labels(what).set(day.counts.get(what, 0))
    claimed = Gauge(
        "ventanilla_claim_minutes", "Minutes until a claim, in 24 hours", ["level", "quantile"], registry=registry
    )
    for level, waited in day.waiting.items():
        for quantile, value in (("0.5", waited.median), ("0.9", waited.p90)):
            claimed.labels(level, quantile).set(float("nan") if value is None else value)
    return generate_latest(registry)


def _tell_sending(registry: CollectorRegistry, unsent: Sequence[Unsent], now: datetime) -> None:
    """What waits, by priority: all of them, so that an alert has a zero to rise from."""
    waiting = Gauge("ventanilla_outbox_rows", "Replies that wait to be sent", ["priority"], registry=registry)
    oldest = Gauge("ventanilla_outbox_oldest_seconds", "Age of the oldest", ["priority"], registry=registry)
    known = {one.priority: one for one in unsent}
    for priority in Priority:
        one, name = known.get(priority), priority.name.lower()
        waiting.labels(name).set(one.count if one else 0)
        oldest.labels(name).set(max(0.0, (now - one.oldest).total_seconds()) if one else 0)
