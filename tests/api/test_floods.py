"""A stranger floods the desk from the web: what the desk sees of it, and what it does about it."""

from datetime import UTC, datetime

import httpx
import pytest

from bot.storage import Logins
from bot.storage.bursts import BUDGET
from bot.storage.queue import Wanted
from tests.api.test_console import PASSWORD, Browser, quick_hash  # noqa: F401 - a fixture
from tests.support.app import app_before
from tests.support.web_chat import open_web, visit

DANGER = "mi esposo me pega y me quiere matar, esta aqui afuera"
FLOOD = BUDGET + 4


@pytest.fixture
async def service(tmp_path, knowledge):
    async with open_web(tmp_path, knowledge, on_duty=True) as service:
        yield service


@pytest.fixture
def app(service):
    return app_before(service)


async def flood(service, app, count: int = FLOOD, address: str = "203.0.113.66") -> None:
    """Visitors of one network with one line each, all in danger."""
    for _ in range(count):
        visitor = await visit(service, address, app).open()
        await visitor.say(DANGER)
        assert any("911" in text for who, text in visitor.bubbles if who == "bot"), "everybody is helped"


async def queue(service):
    return (await service.cases.find(Wanted(status="open"), None, 100))[0]


async def test_a_session_that_we_did_not_give_opens_nothing(service, app):
    for cookie in ("a" * 43, f"{'a' * 43}.{'0' * 64}"):
        stranger = await visit(service, app=app).open()
        stranger.client.cookies.clear()
        stranger.client.cookies.set("session", cookie)
        form = {"text": DANGER, "once": "number-0001", "csrf": "x"}
        answer = await stranger.client.post("/chat/messages", data=form)
        assert answer.status_code == 403
    assert await queue(service) == []


async def test_a_burst_buries_nobody(service, app):
    await flood(service, app)
    person = await visit(service, "192.0.2.9", app).open()
    await person.say("hola")
    await person.say(DANGER)
    cases = await queue(service)
    assert len(cases) == BUDGET + 1
    said = await service.cases.said(cases[0].conversation_id)
    assert said == ["hola", DANGER]


async def test_the_desk_sees_closes_and_blocks_a_burst(service, app):
    await flood(service, app)
    await service.operators.add("ana", "operator", datetime.now(UTC))
    await Logins(service.database).set_password("ana", PASSWORD, datetime.now(UTC))
    ana = await Browser(app).log_in("ana")
    assert f"+{FLOOD - BUDGET} más de la misma red" in ana.words
    more = await service.floods.more(await queue(service))
    (lead,) = more
    page = f"/console/cases/{lead}"
    await ana.get(page)
    assert f"{FLOOD - BUDGET} más de la misma red" in ana.words
    await ana.post(f"{page}/block", why="")
    assert ana.status == 409
    await ana.post(f"{page}/block", why="catorce iguales en un minuto")
    assert "Bloqueado por ana: catorce iguales en un minuto" in ana.words
    await ana.post(f"{page}/close-burst", outcome="not_needed")
    assert ana.status == 200
    left = await queue(service)
    assert len(left) == BUDGET - 1
    await flood(service, app, 2)
    assert len(await queue(service)) == len(left), "blocked: helped, and no case"
    await ana.get("/console/blocks")
    assert "catorce iguales" in ana.words
    (block,) = await service.floods.blocks(datetime.now(UTC))
    await ana.post(f"/console/blocks/{block.id}/unblock", why="era un albergue")
    assert "Nada está bloqueado" in ana.words
    assert (await ana.client.post(f"/console/blocks/{2**70}/unblock", data={"csrf": ana.csrf})).status_code in (
        404,
        422,
    )


async def test_who_is_blocked_is_promised_nobody(service, app):
    free, blocked, other = [await visit(service, "203.0.113.66", app).open() for _ in range(3)]
    await free.say("quiero hablar con una persona")
    (case,) = await queue(service)
    await service.floods.block(case.id, "ana", "prueba", datetime.now(UTC))
    await blocked.say("quiero hablar con una persona")
    promised, alone = (" ".join(text for who, text in one.bubbles if who == "bot") for one in (free, blocked))
    assert promised != alone
    await other.say(DANGER)
    assert any("911" in text for who, text in other.bubbles if who == "bot")
    assert len(await queue(service)) == 1


async def test_the_same_by_the_api(service, app):
    await flood(service, app)
    token = await service.operators.add("ana", "operator", datetime.now(UTC))
    auditor = await service.operators.add("aud", "auditor", datetime.now(UTC))
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test/api/v1") as client:
        client.headers["authorization"] = f"Bearer {token}"
        items = (await client.get("/escalations", params={"status": "open"})).json()["items"]
        assert sorted(one["more"] for one in items) == [0] * (BUDGET - 1) + [FLOOD - BUDGET]
        lead = next(one["id"] for one in items if one["more"])
        for act in ("claim", "release"):
            done = await client.post(f"/escalations/{lead}/{act}")
            assert (done.status_code, done.json()["more"]) == (200, FLOOD - BUDGET)
        made = await client.post(f"/escalations/{lead}/block", json={"reason": "catorce iguales"})
        assert (made.status_code, made.json()["by"]) == (201, "ana")
        closed = await client.post(f"/escalations/{lead}/close-burst", json={"outcome": "not_needed"})
        assert closed.json() == {"closed": FLOOD - BUDGET + 1}
        assert [one["reason"] for one in (await client.get("/blocks")).json()["items"]] == ["catorce iguales"]
        number = made.json()["id"]
        refused = await client.post(
            f"/blocks/{number}/unblock", json={"reason": "no"}, headers={"authorization": f"Bearer {auditor}"}
        )
        assert refused.status_code == 403
        for wanted in (204, 404):
            answer = await client.post(f"/blocks/{number}/unblock", json={"reason": "un albergue"})
            assert answer.status_code == wanted
        assert (await client.post(f"/blocks/{2**80}/unblock", json={"reason": "x"})).status_code == 422
