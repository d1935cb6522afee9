"""Who may do what: a route that authorises before it reads the body, and cannot be made without declared roles."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute
from fastapi.security import HTTPBearer

from api import clock
from api.idempotency import HEADER, PARAMETER, SECRET_ANSWER, once
from api.problems import Problem
from api.service import service_of
from bot.desk import RIGHTS
from bot.storage import Operator
from bot.storage.tokens import SCOPES

READERS, HELPERS, EXPORTERS = RIGHTS["read"], RIGHTS["work"], RIGHTS["export"]
AUDITORS, FIGURES = RIGHTS["log"], RIGHTS["figures"]
EDITORS = ("editor", "coordinator")
ANYBODY = ("operator", "coordinator", "editor", "auditor")

MAX_TOKEN = 200
CHALLENGE = 'Bearer realm="ventanilla"'
_ROLES, _SCOPE = "x-roles", "x-scope"
ANYTHING_GOES = "any"
"""The scope of what every valid token may ask."""

# Only for the documentation: the route class has the word.
documented = Depends(HTTPBearer(auto_error=False, description="What `ventanilla operators add` or `token` printed."))


def allow(roles: Sequence[str], scope: str = "") -> dict[str, Any]:
    """The roles that may call an endpoint, and what a program's token needs for it, as `openapi_extra`: what is
    documented is what is enforced.
    """
    return {_ROLES: list(roles), _SCOPE: scope}


# What a route of the admin API declares.
READ_CASES, WORK_CASES = allow(READERS, "cases:read"), allow(HELPERS, "cases:write")
EXPORT_CASES, READ_FIGURES = allow(EXPORTERS, "cases:export"), allow(FIGURES, "figures:read")
READ_ANSWERS = allow(HELPERS, "cases:read")
ERASE, READ_STAFF = allow(RIGHTS["erase"], "cases:write"), allow(RIGHTS["accounts"], "cases:read")
READ_LOG, OWN_TOKENS = allow(AUDITORS, "audit:read"), allow(ANYBODY, "tokens:write")
ME = allow(ANYBODY, ANYTHING_GOES)
READ_CONTENT, EDIT_CONTENT = allow(EDITORS, "content:read"), allow(EDITORS, "content:write")

SCOPE_ROLES = {
    "cases:read": READERS, "cases:write": HELPERS, "cases:export": EXPORTERS, "figures:read": FIGURES,
    "audit:read": AUDITORS, "content:read": EDITORS, "content:write": EDITORS, "tokens:write": ANYBODY,
}  # fmt: skip
"""Of each scope the roles to which it opens something."""

KEPT_SECRET: dict[str, Any] = {SECRET_ANSWER: True}
"""Beside `allow`: the answer is a secret, shown once, also to who repeats the request with its Idempotency-Key."""


def roles_of(route: APIRoute) -> frozenset[str]:
    """The declared roles; TypeError where there are none, so that an open door fails at import."""
    roles = (route.openapi_extra or {}).get(_ROLES)
    if not roles:
        raise TypeError(f"{route.path}: declare who may call it, openapi_extra=allow(...)")
    return frozenset(roles)


def scope_of(route: APIRoute) -> str:
    """The declared scope; TypeError where there is none, or none of ours."""
    scope = str((route.openapi_extra or {}).get(_SCOPE))
    if scope not in (*SCOPES, ANYTHING_GOES):
        raise TypeError(f"{route.path}: declare the scope that it needs, openapi_extra=allow(..., scope)")
    return scope


class GuardedRoute(APIRoute):
    """FastAPI reads a body before it runs dependencies; this asks for the token before either."""

    def __init__(self, path: str, endpoint: Callable[..., Any], **more: Any) -> None:
        if "POST" in (more.get("methods") or ()):
            more["openapi_extra"] = {**(more.get("openapi_extra") or {}), "parameters": [PARAMETER]}
        super().__init__(path, endpoint, **more)

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler behind the guard."""
        roles, scope = roles_of(self), scope_of(self)
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            caller = await authorise(request, roles, scope)
            let_in(request, caller)
            if request.method == "POST" and HEADER in request.headers:
                return await once(request, self, caller, handle)
            return await handle(request)

        return guarded


async def authorise(request: Request, roles: frozenset[str], scope: str) -> Operator:
    """Who asks. 401 without a valid token, 403 without the role, or with a token that is for something else."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    token = token.strip()
    if scheme.lower() != "bearer" or not token:
        raise Problem(401, "Send Authorization: Bearer TOKEN.", headers={"WWW-Authenticate": CHALLENGE})
    operators, now = service_of(request).operators, clock.now()
    known = await operators.authenticate(token, now) if len(token) <= MAX_TOKEN else None
    if known is None:
        challenge = f'{CHALLENGE}, error="invalid_token"'
        raise Problem(401, "This token is not valid.", headers={"WWW-Authenticate": challenge})
    if known.role not in roles:
        challenge = f'{CHALLENGE}, error="insufficient_scope"'
        raise Problem(403, f"Not for the role {known.role}.", headers={"WWW-Authenticate": challenge})
    if known.scopes is not None and scope != ANYTHING_GOES and scope not in known.scopes:
        challenge = f'{CHALLENGE}, error="insufficient_scope", scope="{scope}"'
        raise Problem(403, f"This token is not for {scope}.", headers={"WWW-Authenticate": challenge})
    return known


def let_in(request: Request, operator: Operator) -> None:
    """Note who asks, where Starlette keeps it."""
    request.scope["user"] = operator


def operator_in(request: Request) -> Operator | None:
    """Whom a guard let in; None before it."""
    operator: Operator | None = request.scope.get("user")
    return operator


async def current_operator(request: Request) -> Operator:
    """Whom the guard let in."""
    operator: Operator = request.user
    return operator


Caller = Annotated[Operator, Depends(current_operator)]
