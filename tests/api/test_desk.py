"""What else the admin API does, before a real database."""

import csv
import json
from datetime import UTC, datetime, timedelta, timezone
from io import StringIO
from types import SimpleNamespace
from uuid import UUID

import pytest
from sqlalchemy import text

from bot.conversation import CaseNeeded, Conversation, OpenDanger, Reply, ReplyKind
from bot.storage.outbox import queue
from bot.storage.queue import Wanted
from knowledge.schema.base import Level
from tests.api.test_real_storage import NOW, QUEUE, real, say, token, web

__all__ = ["real", "web"]
SECRET = "=me llamo Filomena"


@pytest.fixture
async def case(real) -> str:
    await say(real, "a", 1, CaseNeeded("danger", Level.URGENT, "violence", "beaten", SECRET, "US"))
    (found,), _ = await real.cases.find(Wanted(), None, 1)
    return f"{QUEUE}/{found.id}"


async def test_transfer_notes_labels_links_and_the_log(real, web, case):
    ana, ben = await token(real, "ana"), await token(real, "ben")
    cora = await token(real, "cora", "coordinator")
    held = (await web.post(f"{case}/claim", headers=ana)).json()
    stale = await web.post(f"{case}/transfer", headers=ana, json={"to": "ben", "version": held["version"] - 1})
    assert (stale.status_code, stale.json()["claimed_by"]) == (409, "ana")
    nobody = await web.post(f"{case}/transfer", headers=ana, json={"to": "zoe"})
    assert nobody.status_code == 422
    assert (await web.post(f"{case}/transfer", headers=ben, json={"to": "ben"})).status_code == 409
    passed = await web.post(f"{case}/transfer", headers=cora, json={"to": "ben"})
    assert passed.json()["claimed_by"] == "ben"
    assert (await web.post(f"{case}/notes", headers=ben, json={"text": "habla mixteco"})).status_code == 204
    assert (await web.put(f"{case}/labels", headers=ben, json={"labels": ["visa"]})).json()["labels"] == ["visa"]
    await say(real, "b", 2, CaseNeeded("person", Level.PRIORITY))
    other = (await web.get(f"{QUEUE}?status=open", headers=ben)).json()["items"][0]["id"]
    assert (await web.post(f"{case}/links", headers=ben, json={"other": other})).status_code == 204
    whole = (await web.get(case, headers=ben)).json()
    assert ([note["text"] for note in whole["notes"]], whole["linked"]) == (["habla mixteco"], [other])
    log = (await web.get("/api/v1/audit", headers=cora)).json()["items"]
    assert {"read", "linked", "labelled", "noted", "transferred", "claimed", "opened"} <= {e["action"] for e in log}
    assert all("mixteco" not in json.dumps(entry) for entry in log)
    page = (await web.get("/api/v1/audit?limit=2", headers=cora)).json()
    following = (await web.get(f"/api/v1/audit?limit=2&cursor={page['next']}", headers=cora)).json()
    assert page["items"][-1]["id"] == following["items"][0]["id"] + 1


async def test_a_call_back(real, web, case):
    ana = await token(real, "ana")
    await web.post(f"{case}/claim", headers=ana)
    at = (datetime.now(UTC) + timedelta(hours=5)).replace(microsecond=0)
    there = at.astimezone(timezone(timedelta(hours=-7)))
    held = await web.put(f"{case}/call-back", headers=ana, json={"at": there.isoformat()})
    assert datetime.fromisoformat(held.json()["call_back_at"]) == at
    naive = await web.put(f"{case}/call-back", headers=ana, json={"at": "2026-11-21T18:00:00"})
    assert (naive.status_code, naive.json()["errors"][0]["pointer"]) == (422, "#/at")
    past = await web.put(f"{case}/call-back", headers=ana, json={"at": "2020-01-01T00:00:00Z"})
    assert (past.status_code, past.json()["type"]) == (422, "urn:ventanilla:problem:bad-hour")
    assert (await web.put(f"{case}/call-back", headers=await token(real, "ben"), json={"at": None})).status_code == 409
    assert (await web.put(f"{case}/call-back", headers=ana, json={"at": None})).json()["call_back_at"] is None


async def test_the_window_and_the_persons_time_are_told(real, web):
    await say(real, "a", 1, CaseNeeded("danger", Level.URGENT, "violence", country="GT"), channel="whatsapp")
    await say(real, "b", 2, CaseNeeded("danger", Level.URGENT, "violence"))
    ana = await token(real, "ana")
    one, other = [
        (await web.get(f"{QUEUE}/{item['id']}", headers=ana)).json()
        for item in (await web.get(QUEUE, headers=ana)).json()["items"]
    ]
    assert datetime.fromisoformat(one["window_closes_at"]) == NOW + timedelta(hours=24)
    assert [datetime.fromisoformat(at).utcoffset() for at in one["local_times"]] == [timedelta(hours=-6)]
    assert (other["window_closes_at"], other["local_times"], other["reachable"]) == (None, [], True)


async def test_reopened_searched_filtered_and_counted(real, web, case):
    ana, cora = await token(real, "ana"), await token(real, "cora", "coordinator")
    await web.post(f"{case}/claim", headers=ana)
    await web.post(f"{case}/resolve", headers=ana, json={"outcome": "helped", "follow_up": True})
    for query, number in (("follow_up=true", 1), ("level=critical", 0), ("claimed_by=ana", 1), ("category=lost", 0)):
        assert len((await web.get(f"{QUEUE}?{query}", headers=ana)).json()["items"]) == number, query
    hits = (await web.get(f"{QUEUE}/search", params={"q": "FILOMENÁ"}, headers=ana)).json()
    assert (hits["items"][0]["case"]["status"], hits["whole"]) == ("resolved", True)
    assert "Filomena" in hits["items"][0]["excerpt"]
    assert (await web.get(f"{QUEUE}/search", headers=ana)).status_code == 422
    again = await web.post(f"{case}/reopen", headers=ana, json={})
    assert (again.json()["status"], again.json()["claimed_by"]) == ("claimed", "ana")
    real.settings = SimpleNamespace(timezone="America/Mexico_City")
    real.desk_at = lambda at: SimpleNamespace(on_duty=False)
    counted = (await web.get("/api/v1/figures?days=366", headers=cora)).json()
    assert (counted["counts"]["opened"], counted["counts"]["reopened"], counted["counts"]["resolved"]) == (1, 1, 1)
    assert counted["waiting"]["urgent"]["claims"] == 1
    assert (await web.get("/api/v1/figures?days=0", headers=cora)).status_code == 422


async def test_a_resolve_may_ask_for_a_follow_up(real, web, case):
    ana = await token(real, "ana")
    await web.post(f"{case}/claim", headers=ana)
    closed = await web.post(f"{case}/resolve", headers=ana, json={"outcome": "helped", "follow_up": True})
    assert closed.json()["follow_up"] is True
    await say(real, "a", int(timedelta(hours=1).total_seconds() // 60))


@pytest.mark.parametrize(("role", "personal"), [("auditor", False), ("coordinator", False), ("coordinator", True),
                                                 ("auditor", True)])  # fmt: skip
async def test_an_export_holds_personal_data_for_a_coordinator_who_asks_alone(real, web, case, role, personal):
    headers = await token(real, "cora", role)
    query = {"personal": str(personal).lower()}
    lines = (await web.get(f"{QUEUE}/export", params=query | {"format": "jsonl"}, headers=headers)).text
    (row,) = [json.loads(line) for line in lines.splitlines()]
    assert ("words" in row) == ("place" in row) == (personal and role == "coordinator")
    table = (await web.get(f"{QUEUE}/export", params=query, headers=headers)).text
    (line,) = list(csv.DictReader(StringIO(table)))
    assert line["level"] == "urgent"
    assert line.get("words", "").startswith("'=") == (personal and role == "coordinator"), "no formula"
    assert (await real.audit.page(None, 1))[0][0].action == "exported"


async def test_an_export_of_many_pages(real, web):
    for number in range(3):
        await say(real, f"p{number}", number, CaseNeeded("person", Level.PRIORITY))
    headers = await token(real, "aud", "auditor")
    text = (await web.get(f"{QUEUE}/export?format=jsonl", headers=headers)).text
    assert len(text.splitlines()) == 3
    assert NOW.isoformat()[:10] in text


def _ready(database):
    async def ready():
        return {"database": database}

    return ready


async def test_without_a_database_the_process_still_tells_of_itself(real, browsing):
    real.metrics_token = None
    real.settings = SimpleNamespace(timezone="America/Mexico_City")
    real.desk_at = lambda at: SimpleNamespace(on_duty=False)
    real.ready = _ready("cannot be written")
    async with real.database.write() as connection:
        await connection.execute(text("ALTER TABLE outbox RENAME TO elsewhere"))
    async with browsing(real) as client:
        answer = await client.get("/metrics")
    assert answer.status_code == 200
    assert 'ventanilla_ready{part="database"} 0.0' in answer.text
    assert "# TYPE ventanilla_not_stored_total" in answer.text


async def test_metrics_are_for_this_machine_or_a_token(real, browsing, case):
    real.metrics_token = None
    real.settings = SimpleNamespace(timezone="America/Mexico_City")
    real.desk_at = lambda at: SimpleNamespace(on_duty=False)
    real.ready = _ready("ok")
    async with real.database.write() as connection:
        ages = ((ReplyKind.HELP, 5), (ReplyKind.ANSWER, 90), (ReplyKind.ANSWER, 60))
        for number, (kind, seconds) in enumerate(ages):
            at = datetime.now(UTC) - timedelta(seconds=seconds)
            await queue(connection, UUID(int=number), "telegram", "1", [Reply(kind, "x")], [None], at)
    async with browsing(real) as client:
        told = (await client.get("/metrics")).text
        rows = dict(line.rsplit(" ", 1) for line in told.splitlines() if line.startswith("ventanilla_"))
        assert rows['ventanilla_outbox_rows{priority="ordinary"}'] == "2.0"
        assert rows['ventanilla_outbox_oldest_seconds{priority="operator"}'] == "0.0"
        assert 5 <= float(rows['ventanilla_outbox_oldest_seconds{priority="urgent"}']) < 60
        assert 90 <= float(rows['ventanilla_outbox_oldest_seconds{priority="ordinary"}']) < 200
        for name in ("ventanilla_cases{", 'ventanilla_cases_day{what="out_of_hours"}', "ventanilla_claim_minutes{"):
            assert name in told
        assert rows['ventanilla_ready{part="database"}'] == "1.0"
        for name in ("turn_seconds", "engine_seconds", "send_seconds", "writer_wait_seconds", "journal_settled"):
            assert f"# TYPE ventanilla_{name}" in told
        for name in ("ventanilla_not_stored_total", "process_resident_memory_bytes"):
            assert name in told
        assert (await client.get("/metrics", headers={"x-forwarded-for": "1.2.3.4"})).status_code == 403
        real.metrics_token = "t" * 20
        assert (await client.get("/metrics")).status_code == 403
        answer = await client.get("/metrics", headers={"authorization": "Bearer " + "t" * 20})
        assert (answer.status_code, "Filomena" in answer.text) == (200, False)


async def test_an_operator_opens_and_raises_a_case(real, web):
    real.knowledge = SimpleNamespace(categories={"violence": None})
    await say(real, "a", 1, CaseNeeded("danger", Level.URGENT, "violence"))
    ana = await token(real, "ana")
    (case,) = (await web.get(QUEUE, headers=ana)).json()["items"]
    path = f"/api/v1/conversations/{case['conversation_id']}/escalations"
    raised = await web.post(path, headers=ana, json={"level": "critical"})
    assert (raised.status_code, raised.json()["id"], raised.json()["level"]) == (201, case["id"], "critical")
    await web.post(f"{QUEUE}/{case['id']}/claim", headers=ana)
    await web.post(f"{QUEUE}/{case['id']}/resolve", headers=ana, json={"outcome": "helped"})
    another = (await web.post(path, headers=ana, json={"level": "urgent", "category": "violence"})).json()
    assert (another["id"] != case["id"], another["reason"], another["status"]) == (True, "operator", "open")
    assert (await web.post(path, headers=ana, json={"level": "urgent", "category": "nothing"})).status_code == 422
    assert (await web.post(path, headers=await token(real, "aud", "auditor"), json={})).status_code == 403
    nobody = "/api/v1/conversations/0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a/escalations"
    assert (await web.post(nobody, headers=ana, json={"level": "urgent"})).status_code == 404


async def test_labels_by_a_stale_look(real, web, case):
    ana = await token(real, "ana")
    seen = (await web.get(case, headers=ana)).json()["case"]["version"]
    await web.put(f"{case}/labels", headers=ana, json={"labels": ["visa"]})
    stale = await web.put(f"{case}/labels", headers=ana, json={"labels": ["niños"], "version": seen})
    assert (stale.status_code, stale.json()["type"]) == (409, "urn:ventanilla:problem:stale")


async def test_programs_get_the_summary_and_the_ten_lines(real, web, case):
    whole = (await web.get(case, headers=await token(real, "ana"))).json()
    assert (len(whole["summary"]), len(whole["to_read_out"]), whole["safe_first"]) == (3, 10, True)
    assert (whole["danger"], whole["danger_in_words"]) == (None, ""), "it was opened without one"
    english = (await web.get(f"{case}?lang=en", headers=await token(real, "ben"))).json()
    assert english["to_read_out"][3].startswith("Country")


async def test_programs_get_the_danger_of_now(real, web):
    now = datetime.now(UTC)
    open_now = OpenDanger(
        category="violence", kind="threatened", level=Level.CRITICAL, who="own", reader="reading", told=SECRET,
        opened_at=now, heard_at=now,
    )  # fmt: skip
    event = CaseNeeded("danger", Level.CRITICAL, "violence", "beaten", SECRET, "US")
    await say(real, "z", 9, event, conversation=Conversation(danger=open_now))
    (found,), _ = await real.cases.find(Wanted(), None, 1)
    whole = (await web.get(f"{QUEUE}/{found.id}?lang=en", headers=await token(real, "ana"))).json()
    facts = {"kind": "threatened", "who": "own", "state": "open", "reader": "reading"}
    assert whole["danger"] == {"category": "violence", **facts}
    assert whole["danger_in_words"].startswith("violence; it happens to who writes; open; another person may hold")


async def test_programs_get_what_can_be_said(real, web):
    real.suggest = lambda text, lang: [("Pasaporte", f"{text} {lang}")]
    ana = await token(real, "ana")
    told = (await web.get("/api/v1/answers?q=pasaporte&lang=en", headers=ana)).json()
    assert told["items"] == [{"title": "Pasaporte", "text": "pasaporte en"}]
    assert len(told["canned"]) == 2
    assert (await web.get("/api/v1/answers", headers=ana)).json()["items"] == []
    assert (await web.get("/api/v1/answers", headers=await token(real, "aud", "auditor"))).status_code == 403
