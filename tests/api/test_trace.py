"""Reading leaves a trace: fragments, refused forms, searches and the API's list; once a reader, case and hour."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.conversation import CaseNeeded
from bot.storage import Audit
from bot.storage.queue import Wanted
from knowledge.schema.base import Level
from tests.api.test_console import HTMX, LOST, Browser, ana, app, case_of, quick_hash, say, service
from tests.api.test_real_storage import NOW, QUEUE, real, token, web
from tests.api.test_real_storage import say as say_by_telegram

__all__ = ["ana", "app", "quick_hash", "real", "service", "web"]
API = Path(__file__).parents[2] / "api"


@pytest.fixture
async def case(service) -> str:
    await say(service, LOST)
    return f"/console/cases/{await case_of(service)}"


async def readers(service, path: str) -> list[str]:
    entries = await Audit(service.database).of(path.rpartition("/")[2])
    return [entry.who for entry in entries if entry.action == "read"]


async def test_who_watches_a_case_by_its_fragment_alone_is_in_the_log(app, service, case):
    ben = await Browser(app).log_in("ben")
    for _ in range(3):
        await ben.get(f"{case}/live", **HTMX)
        assert "perdidos" in ben.page
    assert await readers(service, case) == ["ben"]


async def test_a_refused_form_that_shows_the_case_is_in_the_log(app, service, ana, case):
    await ana.post("/console/next")
    ben = await Browser(app).log_in("ben")
    await ben.post(f"{case}/resolve", outcome="helped")
    assert (ben.status, "perdidos" in ben.page) == (409, True)
    aud = await Browser(app).log_in("aud")
    await aud.get("/console")
    await ben.post(f"{case}/note", csrf="forged", text="x")
    assert ben.status == 403
    assert await readers(service, case) == ["ana", "ben"]


async def test_a_search_names_the_cases_that_it_showed(app, service, case):
    ben = await Browser(app).log_in("ben")
    await ben.get("/console/search?q=desierto")
    assert "desierto" in ben.page
    assert await readers(service, case) == ["ben"]


async def test_the_queue_of_the_console_logs_whose_last_words_it_showed(app, service, case):
    for name, shown in (("cora", True), ("aud", False)):
        browser = await Browser(app).log_in(name)
        for _ in range(2):
            await browser.get("/console/queue", **HTMX)
        assert ("desierto" in browser.words) is shown
    entries = await Audit(service.database).of(case.rpartition("/")[2])
    assert [(entry.who, entry.action) for entry in entries if entry.who] == [("cora", "listed")]


async def test_the_list_carries_no_words_for_who_may_not_export_them(real, web):
    lost = CaseNeeded("danger", Level.CRITICAL, "lost", words="perdidos", country="US")
    await say_by_telegram(real, "c", 3, lost)
    (case,), _ = await real.cases.find(Wanted(), None, 1)
    for name, role, words in (("ana", "operator", ""), ("eva", "auditor", ""), ("cora", "coordinator", "perdidos")):
        headers = await token(real, name, role)
        for _ in range(2):
            (item,) = (await web.get(QUEUE, headers=headers)).json()["items"]
            assert (item["words"], item["place"], item["note"]) == (words, None, None)
    assert [(one.who, one.action) for one in await real.audit.of(str(case.id))][1:] == [("cora", "read")]


async def test_a_change_that_changes_nothing_is_a_reading_too(real, web):
    await say_by_telegram(real, "c", 3, CaseNeeded("danger", Level.CRITICAL, "lost", words="perdidos"))
    (case,), _ = await real.cases.find(Wanted(), None, 1)
    answer = await web.put(f"{QUEUE}/{case.id}/labels", json={"labels": []}, headers=await token(real, "ana"))
    assert answer.json()["words"] == "perdidos"
    assert [(one.who, one.action) for one in await real.audit.of(str(case.id))][1:] == [("ana", "read")]


async def test_a_coordinator_erases_a_person_by_the_api(real, web):
    await say_by_telegram(real, "c", 3, CaseNeeded("person", Level.PRIORITY))
    (case,), _ = await real.cases.find(Wanted(), None, 1)
    path = f"/api/v1/conversations/{case.conversation_id}"
    assert (await web.delete(path, headers=await token(real, "ana"))).status_code == 403
    cora = await token(real, "cora", "coordinator")
    assert (await web.delete(path, headers=cora)).json()["receipt"].startswith("D-")
    assert (await web.get(f"{path}/messages", headers=cora)).status_code == 404
    assert (await web.delete(path, headers=cora)).status_code == 404


async def test_the_hour_begins_with_the_line_in_the_log(real):
    for minutes in (0, 30, 61):
        await real.audit.seen("ana", ["a", "a", "b"], NOW + timedelta(minutes=minutes))
    entries, _ = await real.audit.page(None, 9)
    assert sorted((entry.item, entry.at - NOW) for entry in entries) == [
        (item, timedelta(minutes=minutes)) for item in "ab" for minutes in (0, 61)
    ]
    await real.audit.seen("ana", [], datetime.now(UTC))


def test_the_web_process_reaches_words_by_the_use_cases_alone():
    """`closing` and `more` count; `get` says which conversation a case is about, `block_of` what stands
    against its source; metrics have a gauge of cases.
    """
    code = "\n".join(path.read_text(encoding="utf-8") for path in API.rglob("*.py") if path.name != "metrics.py")
    assert set(re.findall(r"\bcases\.([a-z_]+)\(", code)) == {"closing", "get"}
    assert set(re.findall(r"\bfloods\.([a-z_]+)\(", code)) == {"more", "block_of"}
    assert not re.search(r"\b(Searches|OwnView|CaseViews)\b", code)
