"""Who is let in, and that no door stands open."""

from collections.abc import Iterator

import pytest
from fastapi import APIRouter
from starlette.routing import BaseRoute, Mount, Route

from api.app import create_app
from api.console.guard import ConsoleRoute
from api.guard import GuardedRoute, roles_of

QUEUE = "/api/v1/escalations"
ID = "0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a"
CHAT = {"/chat", "/chat/", "/chat/messages", "/chat/exit", "/chat/static"}
CALENDAR = {"/calendar", "/calendar.ics"}
CONSOLE = {"/console/login", "/console/static"}
PUBLIC = {"/healthz", "/readyz", "/metrics", "/openapi.json", "/docs", "/webhooks/telegram"} | CHAT | CALENDAR | CONSOLE
"""The webhook has a secret of its own, the chat its session, the figures are for this machine or who has a token."""

READ = [("GET", QUEUE), ("GET", "/api/v1/conversations/5c2f6f0e-8f39-4d8e-a6a5-0d6a3f5f9b11/messages")]
WRITE = [
    ("POST", f"{QUEUE}/next"),
    *(("POST", f"{QUEUE}/{ID}/{name}") for name in ("claim", "release", "reply", "resolve", "transfer")),
    *(("POST", f"{QUEUE}/{ID}/{name}") for name in ("notes", "links")),
    ("PUT", f"{QUEUE}/{ID}/labels"),
]
AUDIT = [("GET", "/api/v1/audit"), ("GET", f"{QUEUE}/export")]


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


def test_a_route_without_roles_cannot_be_made():
    router = APIRouter(route_class=GuardedRoute)
    with pytest.raises(TypeError, match="/open"):
        router.get("/open")(lambda: None)


@pytest.mark.parametrize(("method", "path"), READ + WRITE + AUDIT)
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


ALLOWED = {"operator": READ + WRITE, "coordinator": READ + WRITE + AUDIT, "auditor": READ + AUDIT, "editor": []}


@pytest.mark.parametrize(
    ("role", "method", "path"), [(role, *door) for role in ALLOWED for door in READ + WRITE + AUDIT]
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
