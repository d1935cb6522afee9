"""Who may do what: a route that authorises before it reads the body, and cannot be made without declared roles."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer

from api.problems import Problem
from api.service import service_of
from bot.storage import Operator

READERS = ("operator", "coordinator", "auditor")
HELPERS = ("operator", "coordinator")
EXPORTERS = ("coordinator", "auditor")
AUDITORS = ("coordinator", "auditor")
FIGURES = ("coordinator", "auditor")
EDITORS = ("editor", "coordinator")
ANYBODY = ("operator", "coordinator", "editor", "auditor")

MAX_TOKEN = 200
CHALLENGE = 'Bearer realm="ventanilla"'
_EXTRA = "x-roles"

# Only for the documentation: the route class has the word.
documented = Depends(HTTPBearer(auto_error=False, description="The token that `ventanilla operators add` printed."))


def allow(roles: tuple[str, ...]) -> dict[str, Any]:
    """The roles that may call an endpoint, as `openapi_extra`, so that what is documented is what is enforced."""
    return {_EXTRA: list(roles)}


def roles_of(route: APIRoute) -> frozenset[str]:
    """The declared roles; TypeError where there are none, so that an open door fails at import."""
    roles = (route.openapi_extra or {}).get(_EXTRA)
    if not roles:
        raise TypeError(f"{route.path}: declare who may call it, openapi_extra=allow(...)")
    return frozenset(roles)


class GuardedRoute(APIRoute):
    """FastAPI reads a body before it runs dependencies; this asks for the token before either."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler behind the guard."""
        roles = roles_of(self)
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            request.state.operator = await authorise(request, roles)
            return await handle(request)

        return guarded


async def authorise(request: Request, roles: frozenset[str]) -> Operator:
    """Who asks. 401 without a valid token, 403 without the role."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token:
        raise Problem(401, "Send Authorization: Bearer TOKEN.", headers={"WWW-Authenticate": CHALLENGE})
    known = await service_of(request).operators.authenticate(token) if len(token) <= MAX_TOKEN else None
    if known is None:
        challenge = f'{CHALLENGE}, error="invalid_token"'
        raise Problem(401, "This token is not valid.", headers={"WWW-Authenticate": challenge})
    if known.role not in roles:
        challenge = f'{CHALLENGE}, error="insufficient_scope"'
        raise Problem(403, f"Not for the role {known.role}.", headers={"WWW-Authenticate": challenge})
    return known


def current_operator(request: Request) -> Operator:
    """Whom the guard let in."""
    operator: Operator = request.state.operator
    return operator


Caller = Annotated[Operator, Depends(current_operator)]
