"""Every error of ours as RFC 9457 problem JSON, extra members at the top level."""

import json
from collections.abc import Callable, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from bot.conversation.ports import NotStoredError
from bot.desk import NotAllowedError
from bot.handoff import BadHourError, ClosedError, HandoffError, HeldByAnotherError, NotClaimedError
from bot.storage.errors import (
    BadCursorError,
    NoSourceError,
    NoSuchBlockError,
    NoSuchCaseError,
    NoSuchConversationError,
    NoSuchOperatorError,
    NoSuchTokenError,
    OtherCaseOpenError,
    PersonLeftError,
    PersonUnreachableError,
    StaleCaseError,
    UnknownScopeError,
)

MEDIA_TYPE = "application/problem+json"
BUSY_SECONDS = 2
TYPE_PREFIX = "urn:ventanilla:problem:"


class Problem(HTTPException):
    """An answer that says what went wrong. `kind` names it for programs; extras stand beside the standard members.

    An HTTPException, as FastAPI lets nothing else through while it reads a body.
    """

    def __init__(
        self,
        status: int,
        detail: str = "",
        *,
        kind: str = "",
        headers: Mapping[str, str] | None = None,
        **extras: object,
    ) -> None:
        super().__init__(status, detail, headers)
        self.kind, self.extras = kind, extras


def render(problem: Problem) -> Response:
    """The response; ASCII only, as a name that a client made up may hold what UTF-8 cannot."""
    members: dict[str, object] = {
        "type": TYPE_PREFIX + problem.kind if problem.kind else "about:blank",
        "title": HTTPStatus(problem.status_code).phrase,
        "status": problem.status_code,
    }
    if problem.detail:
        members["detail"] = problem.detail
    body = json.dumps(members | problem.extras)
    return Response(body, problem.status_code, problem.headers, MEDIA_TYPE)


def _from_http(error: HTTPException) -> Problem:
    phrase = HTTPStatus(error.status_code).phrase
    detail = "" if error.detail == phrase else error.detail
    return Problem(error.status_code, detail, headers=error.headers)


def _place(location: Sequence[str | int]) -> dict[str, str]:
    """Where a value stands: a JSON pointer into the body, or the name of a parameter."""
    where, *steps = location
    if where == "body":
        # A syntax error's only step is an offset into the text, which is no place in the document.
        names = [] if len(steps) == 1 and isinstance(steps[0], int) else steps
        return {"pointer": "#" + "".join(f"/{_escaped(str(step))}" for step in names)}
    return {"parameter": ".".join(str(step) for step in steps)}


def _escaped(step: str) -> str:
    return step.replace("~", "~0").replace("/", "~1")


def _from_validation(error: RequestValidationError) -> Problem:
    # The values themselves are left out: they may be what a person wrote.
    errors = [{"detail": found["msg"], **_place(found["loc"])} for found in error.errors()]
    return Problem(422, "The request cannot be used: see errors. A body is JSON.", kind="invalid", errors=errors)


def _busy(_: NotStoredError) -> Problem:
    return Problem(503, "The database is busy; try again.", kind="busy", headers={"Retry-After": str(BUSY_SECONDS)})


def _not_allowed(error: NotAllowedError) -> Problem:
    return Problem(403, str(error))


def _gone(_: ClientDisconnect) -> Problem:
    return Problem(400, "The body ended early.")


REFUSALS: dict[type[Exception], tuple[int, str, str]] = {
    NoSuchCaseError: (404, "", "There is no such case, or it was erased."),
    NoSuchConversationError: (404, "", "There is no such conversation, or it was erased."),
    NoSuchBlockError: (404, "", "Nothing of this number is blocked."),
    NoSourceError: (409, "no-source", "Where this case came from is not known any more."),
    HeldByAnotherError: (409, "held", "Somebody else holds this case."),
    NotClaimedError: (409, "not-claimed", "Nobody holds this case: claim it first."),
    ClosedError: (409, "closed", "This case is resolved."),
    OtherCaseOpenError: (409, "other-open", "This person has another case that is not resolved."),
    BadHourError: (422, "bad-hour", "The hour is over, or more than 60 days ahead."),
    PersonLeftError: (409, "left", "The person left the chat: nothing can be sent until they write again."),
    StaleCaseError: (409, "stale", "The case changed since you looked: the person wrote, or somebody acted."),
    NoSuchTokenError: (404, "", "You have no such token."),
    UnknownScopeError: (422, "no-scope", "Not a scope: see /openapi.json."),
    NoSuchOperatorError: (422, "no-operator", "Nobody of that name takes cases."),
    PersonUnreachableError: (409, "unreachable", "The person blocked us or is gone: nothing can be sent."),
}
"""Status, kind and words for what storage and hand-off refuse."""


def _refused(error: Exception) -> Problem:
    status, kind, detail = REFUSALS[type(error)]
    extras: dict[str, Any] = (
        {"claimed_by": error.claimed_by} if isinstance(error, HandoffError | StaleCaseError) else {}
    )
    return Problem(status, detail, kind=kind, **extras)


def _bad_cursor(_: BadCursorError) -> Problem:
    errors = [{"detail": "Not a cursor of ours.", "parameter": "cursor"}]
    return Problem(422, "The request cannot be used: see errors.", kind="invalid", errors=errors)


Reader = Callable[[Any], Problem]
Show = Callable[[Request, Problem], Response]
"""Makes the answer: a page for browsers, JSON for programs."""
READERS: dict[type[Exception], Reader] = {
    Problem: lambda problem: problem,
    HTTPException: _from_http,
    RequestValidationError: _from_validation,
    NotStoredError: _busy,
    ClientDisconnect: _gone,
    NotAllowedError: _not_allowed,
    BadCursorError: _bad_cursor,
    **dict.fromkeys(REFUSALS, _refused),
}
"""What each exception is answered with."""


def handler(reader: Reader, show: Show) -> Callable[[Request, Any], Any]:
    """An exception handler for FastAPI that shows what `reader` makes of the exception."""

    async def answer(request: Request, error: Exception) -> Response:
        return show(request, reader(error))

    return answer
