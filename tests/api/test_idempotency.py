"""The same request twice is done once; what changed since a time, and what happened in a span of it."""

import asyncio
import csv
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from sqlalchemy import select, update

from bot.conversation import CaseNeeded
from bot.conversation.ports import StoreBusyError
from bot.storage.desk_tables import requests
from bot.storage.queue import Wanted
from bot.storage.requests import Requests
from knowledge.schema.base import Level
from tests.api.test_real_storage import NOW, QUEUE, real, say, token, web
from tests.support.outbox import unsent

__all__ = ["real", "web"]
KEY = {"idempotency-key": "reply-1"}
HELLO = {"text": "Soy Ana."}


@pytest.fixture
async def ana(real) -> dict[str, str]:
    return await token(real, "ana")


@pytest.fixture
async def case(real, web, ana) -> str:
    await say(real, "a", 1, CaseNeeded("danger", Level.URGENT, "violence", words="me pega"))
    found = (await web.post(f"{QUEUE}/next", headers=ana)).json()
    return f"{QUEUE}/{found['id']}"


async def test_a_double_reply_sends_once(real, web, ana, case):
    first = await web.post(f"{case}/reply", json=HELLO, headers=ana | KEY)
    again = await web.post(f"{case}/reply", json=HELLO, headers=ana | KEY)
    assert (first.status_code, again.status_code, len(await unsent(real.database))) == (200, 200, 1)
    assert again.json() == first.json()
    assert (first.headers.get("idempotency-replayed"), again.headers["idempotency-replayed"]) == (None, "true")
    await web.post(f"{case}/reply", json=HELLO, headers=ana | {"idempotency-key": "reply-2"})
    assert len(await unsent(real.database)) == 2
    async with real.database.read() as connection:
        kept = (await connection.execute(select(requests.c.answer))).scalars().all()
    assert kept == [None, None], "no word of a person is kept for it"


async def test_two_at_the_same_moment_send_once(real, web, ana, case):
    answers = await asyncio.gather(*(web.post(f"{case}/reply", json=HELLO, headers=ana | KEY) for _ in range(5)))
    assert len(await unsent(real.database)) == 1
    assert {answer.status_code for answer in answers} <= {200, 409}
    assert 200 in {answer.status_code for answer in answers}


async def test_a_key_is_for_one_request_of_one_operator(real, web, ana, case):
    await web.post(f"{case}/notes", json={"text": "habla mixteco"}, headers=ana | KEY)
    other = await web.post(f"{case}/notes", json={"text": "habla zapoteco"}, headers=ana | KEY)
    assert (other.status_code, other.json()["type"]) == (422, "urn:ventanilla:problem:key-reused")
    ben = await token(real, "ben")
    assert (await web.post(f"{case}/notes", json={"text": "otra"}, headers=ben | KEY)).status_code == 204
    assert (await web.post(f"{case}/notes", json={"text": "otra"}, headers=ben | KEY)).status_code == 204
    notes = (await web.get(case, headers=ana)).json()["notes"]
    assert [note["text"] for note in notes] == ["habla mixteco", "otra"]
    for bad in ("", "x" * 256):
        answer = await web.post(f"{case}/notes", json={"text": "x"}, headers=ana | {"idempotency-key": bad})
        assert answer.status_code == 422


async def test_what_was_refused_may_be_tried_again_with_the_same_key(real, web, ana, case):
    ben = await token(real, "ben")
    assert (await web.post(f"{case}/reply", json=HELLO, headers=ben | KEY)).status_code == 409
    assert (await web.post(f"{case}/reply", json={}, headers=ben | KEY)).status_code == 422
    await web.post(f"{case}/transfer", json={"to": "ben"}, headers=ana)
    assert (await web.post(f"{case}/reply", json=HELLO, headers=ben | KEY)).status_code == 200


async def test_a_request_that_broke_off_leaves_its_key_free(real, web, ana, case, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(type(real.cases), "reply", _cut_off)
        with pytest.raises(asyncio.CancelledError):
            await web.post(f"{case}/reply", json=HELLO, headers=ana | KEY)
    assert (await web.post(f"{case}/reply", json=HELLO, headers=ana | KEY)).status_code == 200


async def test_a_key_whose_process_died_is_free_after_two_minutes(real, web, ana, case, monkeypatch):
    with monkeypatch.context() as killed:
        killed.setattr(type(real.cases), "reply", _cut_off)
        killed.setattr(Requests, "forget", _nothing)
        with pytest.raises(asyncio.CancelledError):
            await web.post(f"{case}/reply", json=HELLO, headers=ana | KEY)
    refused = await web.post(f"{case}/reply", json=HELLO, headers=ana | KEY)
    assert (refused.status_code, refused.headers["retry-after"]) == (409, "120")
    async with real.database.write() as connection:
        await connection.execute(update(requests).values(at=datetime.now(UTC) - timedelta(minutes=3)))
    assert (await web.post(f"{case}/reply", json=HELLO, headers=ana | KEY)).status_code == 200
    assert len(await unsent(real.database)) == 1


async def _cut_off(*_: object, **__: object) -> None:
    raise asyncio.CancelledError


async def _nothing(*_: object) -> None:
    pass


async def test_a_reply_that_went_out_is_no_failure_where_its_reading_cannot_be_noted(real, web, ana, case, monkeypatch):
    async def busy(*_: object) -> None:
        raise StoreBusyError("full")

    monkeypatch.setattr(type(real.audit), "seen", busy)
    answer = await web.post(f"{case}/reply", json=HELLO, headers=ana | KEY)
    assert (answer.status_code, answer.json()["words"], len(await unsent(real.database))) == (200, "", 1)


async def test_a_token_is_shown_once_also_to_who_asks_twice(real, web, ana):
    wanted = {"label": "tablero", "scopes": ["cases:read"]}
    made = await web.post("/api/v1/tokens", json=wanted, headers=ana | KEY)
    again = await web.post("/api/v1/tokens", json=wanted, headers=ana | KEY)
    assert (made.status_code, again.status_code, "token" in again.json()) == (201, 409, False)
    assert len((await web.get("/api/v1/tokens", headers=ana)).json()["items"]) == 1
    assert made.json()["token"].encode() not in real.database_path.read_bytes()


async def test_every_post_of_the_api_documents_the_key(web):
    told = (await web.get("/openapi.json")).json()
    posts = [one["post"] for path, one in told["paths"].items() if path.startswith("/api/") and "post" in one]
    assert len(posts) >= 14
    for one in posts:
        assert [each["name"] for each in one["parameters"] if each["in"] == "header"] == ["Idempotency-Key"]


async def test_what_changed_since(real, web, ana, case):
    await say(real, "b", 2, CaseNeeded("person", Level.PRIORITY))
    after = datetime.now(UTC) - timedelta(minutes=1)
    for since, count in ((NOW, 2), (after, 1), (after + timedelta(hours=1), 0)):
        page = await web.get(QUEUE, params={"updated_since": since.isoformat()}, headers=ana)
        assert len(page.json()["items"]) == count
    assert (await web.get(f"{QUEUE}?updated_since=yesterday", headers=ana)).status_code == 422


async def test_spans_of_the_export_and_of_the_log(real, web, ana, case):
    cora = await token(real, "cora", "coordinator")
    await say(real, "b", 90, CaseNeeded("person", Level.PRIORITY))
    an_hour_later = (NOW + timedelta(hours=1)).isoformat()
    for query, levels in (({"until": an_hour_later}, ["urgent"]), ({"since": an_hour_later}, ["priority"])):
        text = (await web.get(f"{QUEUE}/export", params=query, headers=cora)).text
        assert [row["level"] for row in csv.DictReader(StringIO(text))] == levels
    hour = {"since": an_hour_later, "until": (NOW + timedelta(hours=2)).isoformat()}
    for query, actions in (({"until": an_hour_later}, {"opened", "account made"}), (hour, {"opened"})):
        items = (await web.get("/api/v1/audit", params=query, headers=cora)).json()["items"]
        assert {item["action"] for item in items} == actions
    (found,), _ = await real.cases.find(Wanted(level=Level.URGENT), None, 1)
    assert found.version == 2
