"""Who is let in, and that no door stands open."""

import re
from collections.abc import Iterator

import pytest
from fastapi import APIRouter
from starlette.routing import BaseRoute, Mount, Route

from api.app import create_app
from api.console.guard import ConsoleRoute
from api.guard import ANYTHING_GOES, SCOPE_ROLES, GuardedRoute, allow, roles_of, scope_of
from bot.storage.tokens import SCOPES

QUEUE = "/api/v1/escalations"
ID = "0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a"
CHAT = {
    "/",
    "/chat",
    "/chat/",
    "/chat/messages",
    "/chat/exit",
    "/checklist",
    "/chat/manifest.webmanifest",
    "/chat/static",
}
CALENDAR = {"/calendar", "/calendar.ics", "/checklist"}
CONSOLE = {"/console/login", "/console/static"}
PUBLIC = {"/healthz", "/readyz", "/metrics", "/openapi.json", "/docs", "/webhooks/telegram"} | CHAT | CALENDAR | CONSOLE
"""The webhook has a secret of its own, the chat its session, a checklist its code; the figures are for this machine
or who has a token."""

CONVERSATION = "/api/v1/conversations/5c2f6f0e-8f39-4d8e-a6a5-0d6a3f5f9b11"
READ = [("GET", path) for path in (QUEUE, f"{QUEUE}/search?q=x", f"{CONVERSATION}/messages")]
WRITE = [
    ("POST", f"{QUEUE}/next"),
    *(("POST", f"{QUEUE}/{ID}/{name}") for name in ("claim", "release", "reply", "resolve", "transfer", "reopen")),
    *(("POST", f"{QUEUE}/{ID}/{name}") for name in ("notes", "links")),
    *(("PUT", f"{QUEUE}/{ID}/{name}") for name in ("labels", "call-back")),
]
CONTENT = [
    *(("GET", f"/api/v1/{name}") for name in ("unanswered", "ratings", "due", "withdrawals", "notices")),
    *(("POST", f"/api/v1/{name}") for name in ("withdrawals", "notices")),
]
TOKENS = [("GET", "/api/v1/tokens"), ("POST", "/api/v1/tokens"), ("DELETE", "/api/v1/tokens/1")]
AUDIT = [("GET", "/api/v1/audit"), ("GET", "/api/v1/figures"), ("GET", f"{QUEUE}/export")]


def walk(routes: list[BaseRoute], prefix: str = "") -> Iterator[tuple[str, BaseRoute]]:
    """All routes, also those of the routers that FastAPI keeps whole."""
    for route in routes:
        router = getattr(route, "original_router", None)
        if router is None:
            yield prefix + getattr(route, "path", "?"), route
        else:
            yield from walk(router.routes, prefix + route.include_context.prefix)


def test_every_route_is_guarded_or_on_the_public_list(service):
    found = list(walk(create_app(service).routes))
    doors = [(path, route) for path, route in found if isinstance(route, GuardedRoute | ConsoleRoute)]
    assert {path for path, route in found if not isinstance(route, GuardedRoute | ConsoleRoute)} == PUBLIC
    assert all(roles_of(route) for _, route in doors)
    assert all(isinstance(route, ConsoleRoute) == path.startswith("/console") for path, route in doors)
    assert len(doors) >= 30
    assert all(isinstance(route, Route | Mount) for _, route in found)


def test_each_scope_is_offered_to_the_roles_that_it_opens_something_to(service):
    opens: dict[str, set[str]] = {}
    for _, route in walk(create_app(service).routes):
        if isinstance(route, GuardedRoute) and scope_of(route) != ANYTHING_GOES:
            opens.setdefault(scope_of(route), set()).update(roles_of(route))
    assert opens == {scope: set(roles) for scope, roles in SCOPE_ROLES.items()}


@pytest.mark.parametrize("declared", [{}, {"openapi_extra": allow(("operator",))},
                                      {"openapi_extra": allow(("operator",), "everything")}])  # fmt: skip
def test_a_route_without_roles_or_scope_cannot_be_made(declared):
    router = APIRouter(route_class=GuardedRoute)
    with pytest.raises(TypeError, match="/open"):
        router.get("/open", **declared)(lambda: None)


async def test_every_route_wants_its_scope_before_it_reads_the_body(client, service):
    """Of every door: a token for all else is refused, one for this alone is let in."""
    doors = [(path, route) for path, route in walk(create_app(service).routes) if isinstance(route, GuardedRoute)]
    assert {scope_of(route) for _, route in doors} == {*SCOPES, ANYTHING_GOES}
    doors = [(path, route) for path, route in doors if scope_of(route) != ANYTHING_GOES]
    for path, route in doors:
        (method,), scope, role = route.methods, scope_of(route), min(roles_of(route))
        url = re.sub("{[^}]*}", ID, path)
        read: list[bool] = []

        async def body(read=read):
            read.append(True)
            yield b"{broken"

        async def asked(scopes, body=body, method=method, url=url, role=role):
            headers = {"authorization": f"Bearer ana-{role}-{','.join(scopes)}", "content-type": "application/json"}
            return await client.request(method, url, content=body(), headers=headers)

        refused = await asked(set(SCOPES) - {scope})
        assert (refused.status_code, read) == (403, []), (method, path)
        assert f'scope="{scope}"' in refused.headers["www-authenticate"]
        # What a reading gives is on trial elsewhere; a program's token may rotate no account's own one.
        if method != "GET" and path != "/api/v1/me/token":
            assert (await asked({scope})).status_code not in (401, 403), (method, path)


@pytest.mark.parametrize(("method", "path"), READ + WRITE + AUDIT + CONTENT + TOKENS)
@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Basic YTpi",
        "ana-operator",
        "Bearer nobody",
        "Bearer " + "x" * 5000,
        "Bearer \xf1",
    ],
)
async def test_without_a_valid_token_even_broken_json_gets_401(client, service, method, path, header):
    read = []

    async def body():
        read.append(True)
        yield b"{broken"

    headers = [("content-type", "application/json")]
    headers += [("authorization", header.encode("latin-1"))] if header is not None else []
    answer = await client.request(method, path, content=body(), headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert answer.headers["www-authenticate"].startswith('Bearer realm="ventanilla"')
    assert not read


ALLOWED = {
    "operator": READ + WRITE, "coordinator": READ + WRITE + AUDIT + CONTENT, "auditor": READ + AUDIT, "editor": CONTENT,
}  # fmt: skip


@pytest.mark.parametrize(
    ("role", "method", "path"), [(role, *door) for role in ALLOWED for door in READ + WRITE + AUDIT + CONTENT]
)
async def test_roles(client, service, role, method, path):
    headers = {"authorization": f"bearer ana-{role}", "content-type": "application/json"}
    answer = await client.request(method, path, content=b"{broken", headers=headers)
    allowed = (method, path) in ALLOWED[role]
    assert (answer.status_code != 403) == allowed
    assert answer.status_code != 401


async def test_the_documentation_names_the_roles(client):
    paths = (await client.get("/openapi.json")).json()["paths"]
    assert paths[QUEUE]["get"]["x-roles"] == ["operator", "coordinator", "auditor"]
    assert paths[f"{QUEUE}/next"]["post"]["x-roles"] == ["operator", "coordinator"]
    assert paths[QUEUE]["get"]["security"]
    conflict = paths[QUEUE + "/{case_id}/claim"]["post"]["responses"]["409"]
    assert conflict["content"]["application/problem+json"]["example"]["claimed_by"]
