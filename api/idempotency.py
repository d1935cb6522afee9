"""`Idempotency-Key` on a POST: who sends it twice has it done once. No word of a person is kept for it."""

import asyncio
import json
import logging
from collections.abc import Awaitable, Callable
from hashlib import sha256
from uuid import UUID

from fastapi import Request, Response
from fastapi.routing import APIRoute

from api.clock import now
from api.problems import Problem
from api.service import service_of
from api.shapes import Case
from api.shown import shown_one
from bot import desk
from bot.conversation.ports import StoreBusyError
from bot.storage import Operator
from bot.storage.requests import RUNS, Known, Requests

HEADER = "idempotency-key"
LONGEST_KEY = 255
SECRET_ANSWER = "x-secret-answer"  # noqa: S105 - a name of ours in the documentation
REPEATED = {"Idempotency-Replayed": "true"}
PARAMETER = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "schema": {"type": "string", "maxLength": LONGEST_KEY},
    "description": "Any text of yours, a new one for each thing to do. The same again within a day is done once, and "
    "answered with the case as it is then; while it runs, or with another body, it is refused.",
    "example": "5f1c1b0e-reply-1",
}
Handle = Callable[[Request], Awaitable[Response]]
log = logging.getLogger(__name__)


async def once(request: Request, route: APIRoute, operator: Operator, handle: Handle) -> Response:
    """What `handle` answers; where this key was here before, what became of that."""
    key = request.headers[HEADER].strip()
    if not 0 < len(key) <= LONGEST_KEY:
        errors = [{"detail": f"1 to {LONGEST_KEY} characters.", "parameter": HEADER}]
        raise Problem(422, "The request cannot be used: see errors.", kind="invalid", errors=errors)
    hashed = sha256(f"{operator.name}\0{key}".encode("utf-8", "replace")).digest()
    what = f"{request.method} {request.url.path}?{request.url.query}\0".encode("utf-8", "replace")
    fingerprint = sha256(what + await request.body()).digest()
    requests = Requests(service_of(request).database)
    known = await requests.begin(hashed, fingerprint, now())
    if known is not None:
        return await _again(request, route, operator, known, fingerprint)
    try:
        response = await handle(request)
    except BaseException:  # a time-out and a client who hung up too: the same key may try again
        await asyncio.shield(_tried(requests.forget(hashed)))
        raise
    await asyncio.shield(_tried(requests.finish(hashed, response.status_code, *_kept(route, response))))
    return response


async def _tried(note: Awaitable[None]) -> None:
    """Where the database is busy the key is refused until `requests.RUNS` is over."""
    try:
        await note
    except StoreBusyError:
        log.warning("the end of a request was not noted: the same key is refused for a while")


async def _again(request: Request, route: APIRoute, operator: Operator, known: Known, fingerprint: bytes) -> Response:
    if known.fingerprint != fingerprint:
        raise Problem(422, "This key came with another request before.", kind="key-reused")
    if known.status is None:
        detail = "The same request is being done, or was broken off a moment ago: look before you send it again."
        raise Problem(409, detail, kind="in-progress", headers={"Retry-After": str(int(RUNS.total_seconds()))})
    if _is_secret(route):
        raise Problem(409, "This was done, and its answer shown once: rotate the token for another.", kind="done")
    if known.case_id is None:
        media = "application/json" if known.answer else None
        return Response(known.answer, known.status, REPEATED, media)
    service = service_of(request)
    case = await shown_one(service, await desk.get(service, operator, known.case_id, now()))
    return Response(case.model_dump_json(), known.status, REPEATED, "application/json")


def _kept(route: APIRoute, response: Response) -> tuple[UUID | None, str | None]:
    """What is kept of an answer: of a case its id, of a secret nothing."""
    if _is_secret(route) or not response.body:
        return None, None
    told = bytes(response.body).decode()
    return (UUID(json.loads(told)["id"]), None) if route.response_model is Case else (None, told)


def _is_secret(route: APIRoute) -> bool:
    return bool((route.openapi_extra or {}).get(SECRET_ANSWER))
