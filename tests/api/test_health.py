"""Alive is not ready."""

import httpx

from bot.conversation.ports import StoreBusyError
from tests.support.app import app_before
from tests.support.web_chat import open_web


async def test_alive_and_ready(client):
    assert (await client.get("/healthz")).json() == {"status": "ok"}
    ready = await client.get("/readyz")
    assert (ready.status_code, ready.json()["parts"]["database"]) == (200, "ok")


async def test_a_part_that_fails_is_named(client, service):
    service.parts["delivery"] = "not running"
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.headers["content-type"]) == (503, "application/problem+json")
    assert answer.json()["parts"] == {"database": "ok", "content": "ok", "delivery": "not running"}
    assert (await client.get("/healthz")).status_code == 200


async def test_a_busy_database_is_not_ready(client, service):
    service.fails_with = StoreBusyError("locked")
    answer = await client.get("/readyz")
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:ventanilla:problem:busy")


async def test_monitors_may_ask_for_the_head_alone(client):
    assert (await client.head("/healthz")).status_code == 200
    assert (await client.head("/readyz")).status_code == 200


async def test_asking_whether_it_is_ready_opens_no_transaction(tmp_path, knowledge, monkeypatch):
    async with open_web(tmp_path, knowledge) as service:
        opened: list[str] = []
        for name in ("read", "write"):
            monkeypatch.setattr(service.database, name, lambda name=name: opened.append(name))
        transport = httpx.ASGITransport(app_before(service))
        async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
            answer = await client.get("/readyz")
        assert (answer.json()["parts"]["database"], opened) == ("ok", [])
        monkeypatch.undo()
