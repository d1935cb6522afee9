"""The editors' part: notices, withdrawals, ratings, what was not understood; by API and by page."""

import asyncio
from collections.abc import Callable
from dataclasses import fields
from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation import AnswerRated, InboundMessage, Kind, NotUnderstood
from bot.storage.ratings import Ratings
from bot.wiring import Service, running
from bot.wiring.editing import read_edited
from tests.api.test_console import Browser, quick_hash, service
from tests.api.test_real_storage import say
from tests.support.app import app_before

__all__ = ["quick_hash", "service"]
TODAY = datetime.now(UTC).date()
NOTICE = {
    "topics": ["pasaporte"], "es": "El consulado de Houston cerró.", "en": "The consulate in Houston is closed.",
    "begins": str(TODAY - timedelta(days=1)), "ends": str(TODAY + timedelta(days=3)),
}  # fmt: skip


@pytest.fixture
async def web(service, browsing):
    async with browsing(service) as client:
        client.headers["authorization"] = f"Bearer {await service.operators.add('eva', 'editor', datetime.now(UTC))}"
        yield client


@pytest.fixture
async def edi(service):
    return await Browser(app_before(service)).log_in("edi")


async def told(service, text: str) -> str:
    """What somebody gets once the processes have looked."""
    service.knowledge = (await read_edited(service.database)).applied(service.knowledge)
    message = InboundMessage("web", text + str(datetime.now(UTC)), "p", Kind.TEXT, datetime.now(UTC), text)
    turn = await service.handle(message)
    return "\n".join(reply.text for reply in turn.replies)


async def test_a_notice_is_published_said_and_withdrawn(service, web):
    answer = await web.post("/api/v1/notices", json=NOTICE)
    assert (answer.status_code, answer.json()["id"], answer.json()["by"]) == (201, "notice-1", "eva")
    assert "Aviso: El consulado de Houston cerró." in await told(service, "cuanto cuesta el pasaporte")
    stop = {"item": "notice-1", "why": "ya abrió"}
    assert (await web.post("/api/v1/withdrawals", json=stop)).status_code == 204
    assert "Aviso" not in await told(service, "cuanto cuesta el pasaporte")
    (one,) = (await web.get("/api/v1/notices")).json()["items"]
    assert one["stopped"] is True
    assert (await web.post("/api/v1/withdrawals", json=stop | {"undo": True})).status_code == 204
    assert (await read_edited(service.database)).notices
    log = [(entry.who, entry.action) for entry in await service.audit.of("notice-1")]
    assert log == [("eva", "published"), ("eva", "withdrew"), ("eva", "restored")]


@pytest.mark.parametrize(("change", "pointer"), [
    ({"topics": ["no-such"]}, "#/topics"), ({"ends": "2020-01-01"}, "#/ends"),
    ({"es": "Llame al 713 555 1234"}, "#/es"), ({"en": ""}, "#/en"), ({"begins": "mañana"}, "#/begins"),
])  # fmt: skip
async def test_a_notice_that_cannot_be_said(web, change, pointer):
    answer = await web.post("/api/v1/notices", json=NOTICE | change)
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, pointer)


async def test_every_process_looks_by_itself(service, web, monkeypatch):
    """Two of them before one database, each with its own knowledge."""
    monkeypatch.setattr(running, "HALF_A_MINUTE", 0.01)
    monkeypatch.setattr(running, "warm", lambda knowledge: None)
    other = Service(**{field.name: getattr(service, field.name) for field in fields(service) if field.init})
    watching = [asyncio.create_task(running._watch_editors(one)) for one in (service, other)]
    await web.post("/api/v1/notices", json=NOTICE)
    await until(lambda: all(one.knowledge.notices for one in (service, other)))
    await web.post("/api/v1/withdrawals", json={"item": "notice-1", "why": "ya abrió"})
    await until(lambda: not any(one.knowledge.notices for one in (service, other)))
    for task in watching:
        task.cancel()


async def until(so: Callable[[], bool]) -> None:
    for _ in range(300):
        if so():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("not within three seconds")


async def test_a_fact_is_withdrawn(service, web):
    assert (await web.post("/api/v1/withdrawals", json={"item": "no-such", "why": "x"})).status_code == 422
    assert (await web.post("/api/v1/withdrawals", json={"item": "pasaporte", "why": "x"})).status_code == 204
    assert "ya no es seguro" in await told(service, "cuanto cuesta el pasaporte")
    (decision,) = (await web.get("/api/v1/withdrawals")).json()["items"]
    assert (decision["item"], decision["by"]) == ("pasaporte", "eva")
    assert (await web.get("/api/v1/due")).status_code == 200


async def rate(service, *answers: bool, section: str = "cost") -> None:
    for number, helped in enumerate(answers):
        await say(service, f"{section}-{number}-{helped}", number, AnswerRated("pasaporte", section, helped, "es"))


async def test_ratings_the_worst_first(service, web):
    await rate(service, True, True, section="what")
    await rate(service, False, True)
    await rate(service, False, False, section="where")
    items = (await web.get("/api/v1/ratings")).json()["items"]
    assert [(one["section"], one["no"], one["yes"]) for one in items] == [("where", 2, 0), ("cost", 1, 1)]
    assert await Ratings(service.database).unhelpful(datetime.now(UTC) + timedelta(days=9), 5) == []


async def test_unanswered_by_pages(service, web):
    for number, text in enumerate(("azul", "verde", "rojo")):
        await say(service, text, number, NotUnderstood(text, "es"))
    first = (await web.get("/api/v1/unanswered?limit=2")).json()
    rest = (await web.get(f"/api/v1/unanswered?limit=2&cursor={first['next']}")).json()
    assert [len(first["items"]), len(rest["items"]), rest["next"]] == [2, 1, None]
    assert (await web.get("/api/v1/unanswered?cursor=x")).status_code == 422


async def test_the_editors_page(service, edi):
    await rate(service, False)
    await edi.get("/console/editors")
    assert "Pasaporte mexicano en el consulado · Costo" in edi.words
    assert 'href="/console/editors?item=pasaporte#stop"' in edi.page
    await edi.get("/console/editors?item=pasaporte")
    assert 'value="pasaporte"' in edi.page
    await edi.post("/console/editors/notice", **{**NOTICE, "topics": "pasaporte, no-such"})
    assert (edi.status, "no-such" in edi.words, "cerró" in edi.page) == (422, True, True), "what was typed stays"
    await edi.post("/console/editors/notice", **{**NOTICE, "topics": "pasaporte"})
    assert "Se dice ahora" in edi.words
    await edi.post("/console/editors/withdraw", item="notice-1", why="ya abrió", do="stop")
    assert "Se dice ahora" not in edi.words
    assert (edi.status, "Retirado" in edi.words) == (200, True)


@pytest.mark.parametrize("gap", [{"es": ""}, {"begins": ""}, {"en": "\x00"}])
async def test_a_notice_with_a_gap(edi, gap):
    await edi.get("/console/editors")
    await edi.post("/console/editors/notice", **{**NOTICE, "topics": "pasaporte"} | gap)
    assert (edi.status, "Faltan temas" in edi.words) == (422, True)


ASKED = ["donde pago la tenencia del carro", "donde puedo pagar la tenencia de mi carro", "el gato en el tejado"]


async def ask_in_vain(service, *texts: str) -> None:
    for number, text in enumerate(texts):
        await say(service, "p", number, NotUnderstood(text, "es"))


async def test_what_was_not_understood_is_grouped_as_the_command_groups_it(service, web, edi):
    await ask_in_vain(service, *ASKED)
    first, second = (await web.get("/api/v1/unanswered/groups")).json()["items"]
    assert (first["id"], first["count"], first["wordings"]) == (1, 2, ASKED[:2])
    assert (second["wordings"], second["clear"]) == (ASKED[2:], False)
    await edi.get("/console/editors")
    assert edi.words.index(f"2× {ASKED[0]}") < edi.words.index(f"1× {ASKED[2]}")


async def test_one_step_leads_from_a_group_to_the_lines_to_paste(service, edi):
    await ask_in_vain(service, *ASKED[:2])
    await edi.get("/console/editors?group=1&answer=quejas-paisano/how")
    assert "ventanilla kb unanswered --place 1 quejas-paisano/how" in edi.words
    assert "knowledge/training/phrases/quejas-paisano.yaml" in edi.words
    assert f'- {{text: "{ASKED[0]}", answer: quejas-paisano/how}}' in edi.words
    await edi.get("/console/editors?group=1&answer=nada/nada")
    assert (edi.status, "No hay ese tema y sección" in edi.words, "--place" in edi.words) == (200, True, False)


async def test_danger_is_no_phrase_of_a_topic(service, edi):
    await ask_in_vain(service, "hay un hombre con pistola afuera de mi casa y quiere entrar")
    await edi.get("/console/editors?group=1&answer=quejas-paisano/how")
    assert "avisa de un peligro" in edi.words
    assert "--place" not in edi.words
