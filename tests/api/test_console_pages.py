"""The pages beside the queue: who may open them, what a script is answered, and that grave changes want proof."""

from datetime import UTC, datetime

import pytest

from bot.conversation import InboundMessage, Kind, Location
from bot.storage import Audit
from bot.storage.queue import Wanted
from tests.api.test_console import DANGER, HTMX, LOST, PASSWORD, Browser, ana, app, case_of, quick_hash, say, service

__all__ = ["ana", "app", "quick_hash", "service"]
PAGES = {
    "canned": {"ana", "cora"},
    "shifts": {"ana", "cora", "aud"},
    "staff": {"cora"},
    "log": {"cora", "aud"},
    "export": {"cora", "aud"},
    "tokens": {"ana", "cora", "aud", "edi"},
    "keys": {"ana", "cora", "aud", "edi"},
}


@pytest.mark.parametrize("name", ["ana", "cora", "aud", "edi"])
async def test_who_may_open_what(app, name):
    browser = await Browser(app).log_in(name)
    for page, allowed in PAGES.items():
        await browser.get(f"/console/{page}")
        assert browser.status == (200 if name in allowed else 403), page


async def test_a_reply_by_script_is_answered_with_what_changed(service, ana):
    await say(service, LOST)
    await ana.post("/console/next")
    case = await case_of(service)
    await ana.post(f"/console/cases/{case}/reply", text="Soy Ana.", headers=HTMX)
    assert ana.status == 200
    assert ("Soy Ana." in ana.words, "<html" in ana.page, 'id="facts"' in ana.page) == (True, False, True)


async def test_a_refused_reply_by_script_says_why_and_no_more(app, service, ana):
    await say(service, LOST)
    ben = await Browser(app).log_in("ben")
    await ben.post("/console/next")
    await ana.get("/console")
    await ana.post(f"/console/cases/{await case_of(service)}/reply", text="Soy Ana.", headers=HTMX)
    assert (ana.status, "Otra persona tiene este caso" in ana.words, "<html" in ana.page) == (409, True, False)


async def test_what_the_bot_said_is_folded_and_what_the_person_said_is_not(service, ana):
    await say(service, LOST)
    await ana.post("/console/next")
    log = ana.page.partition('id="lines"')[2].partition("</ol>")[0]
    person, _, bot = log.partition("<details>")
    assert LOST in person
    assert "911" in bot


async def test_the_pulse_counts_and_changes_only_when_something_did(service, ana):
    await say(service, LOST)
    await ana.get("/console/pulse?at=/console/search", **HTMX)
    tag = ana.answer.headers["etag"]
    assert ('data-count="1"' in ana.page, LOST in ana.page) == (True, False)
    again = {**HTMX, "if-none-match": tag}
    assert (await ana.client.get("/console/pulse?at=/console/search", headers=again)).status_code == 304
    await ana.get("/console")
    await ana.post("/console/next")
    case = await case_of(service)
    await ana.get("/console/pulse?at=/console", **HTMX)
    assert f"/console/cases/{case}" in ana.page
    await ana.get(f"/console/pulse?at=/console/cases/{case}", **HTMX)
    assert f"/console/cases/{case}" not in ana.page, "whoever looks at it sees it"


async def test_last_words_are_shown_to_who_takes_cases_alone(app, service, ana):
    await say(service, LOST)
    aud = await Browser(app).log_in("aud")
    await aud.get("/console")
    await ana.get("/console")
    assert (LOST in ana.words, LOST in aud.words) == (True, False)
    log = [(entry.who, entry.action) for entry in await Audit(service.database).of(await case_of(service))]
    assert (("ana", "listed") in log, ("aud", "listed") in log) == (True, False)


async def test_two_cases_of_one_person_are_found_by_words_and_linked_in_one_step(service, ana):
    await say(service, f"{LOST} mango")
    await say(service, f"{DANGER} mango", who="p2")
    await ana.post("/console/next")
    case = str((await service.cases.find(Wanted(status="claimed"), None, 1))[0][0].id)
    other = str((await service.cases.find(Wanted(status="open"), None, 1))[0][0].id)
    await ana.get(f"/console/cases/{case}/alike?q=mango", **HTMX)
    assert (f'value="{other}"' in ana.page, f'value="{case}"' in ana.page) == (True, False)
    await ana.post(f"/console/cases/{case}/link", other=other)
    assert f'href="/console/cases/{other}"' in ana.page.partition('id="linked-head"')[2].partition("</ul>")[0]


async def test_the_log_is_filtered(app, service, ana):
    await say(service, LOST)
    await ana.post("/console/next")
    cora = await Browser(app).log_in("cora")
    await cora.get("/console/log?who=ana&action=claimed")
    rows = cora.page.partition("<tbody>")[2].partition("</tbody>")[0]
    assert (rows.count("<tr>"), "tomado" in rows) == (1, True)
    await cora.get("/console/log?who=nadie")
    assert "Nada." in cora.words
    await cora.get("/console/log?since=rubbish&cursor=")
    assert cora.status in (200, 422)


async def test_the_log_speaks_in_words(app, service):
    await say(service, LOST)
    cora = await Browser(app).log_in("cora")
    await cora.get("/console/log?action=opened")
    assert "Crítico persona perdida o varada" in cora.words
    assert "critical" not in cora.words


async def test_a_place_that_was_shared_stands_above_what_was_said(service, ana):
    await say(service, LOST)
    now = datetime.now(UTC)
    await service.handle(InboundMessage("web", "a place", "p1", Kind.LOCATION, now, location=Location(31.5, -111.25)))
    await ana.post("/console/next")
    alerts = ana.page.partition('id="alerts"')[2].partition("</div>")[0]
    assert '<a href="#where">' in alerts
    assert "31.50000, -111.25000" in alerts
    assert 'id="where"' in ana.page


async def test_an_export_from_the_console_holds_nobodys_words(app, service):
    await say(service, LOST)
    cora = await Browser(app).log_in("cora")
    await cora.get("/console/export?format=csv")
    assert ("critical" in cora.page, "desierto" in cora.page) == (True, False)
    assert "attachment" in cora.answer.headers["content-disposition"]


async def test_an_account_is_made_by_who_proves_who_they_are(app, service):
    cora = await Browser(app).log_in("cora")
    await cora.get("/console/staff")
    await cora.post("/console/staff", do="add", name="nueva", role="operator", password="wrong")
    assert (cora.status, 'id="made"' in cora.page) == (403, False)
    await cora.post("/console/staff", do="add", name="nueva", role="operator", password=PASSWORD)
    assert (cora.status, 'id="made"' in cora.page) == (200, True)
    await cora.post("/console/staff", do="add", name="nueva", role="operator", password=PASSWORD)
    assert cora.status == 409
    await cora.post("/console/staff", do="close", name="cora", password=PASSWORD)
    assert cora.status == 403
    await cora.post("/console/staff", do="close", name="nueva", password=PASSWORD)
    assert "cuenta cerrada" in cora.words


async def test_a_program_gets_a_token_that_is_shown_once_and_revoked(app, service, ana):
    await ana.get("/console/tokens")
    assert ('name="cases:write"' in ana.page, 'name="audit:read"' in ana.page) == (True, False), "what her role may"
    wanted = {"label": "tablero", "days": "30", "cases:read": "1"}
    for wrong, status in (({"password": "wrong"}, 403), ({"days": "0"}, 422), ({"cases:read": ""}, 422),
                          ({"days": "many"}, 422), ({"label": ""}, 422), ({"days": "9" * 400}, 422)):  # fmt: skip
        await ana.post("/console/tokens", **{**wanted, "password": PASSWORD, **wrong})
        assert (ana.status, 'id="made"' in ana.page) == (status, False), wrong
    await ana.post("/console/tokens", **wanted, password=PASSWORD, **{"audit:read": "1"})
    token = ana.page.partition('<code id="made">')[2].partition("<")[0]
    headers = {"Authorization": f"Bearer {token}"}
    me = await ana.client.get("/api/v1/me", headers=headers)
    assert me.json()["scopes"] == ["cases:read"]
    await ana.get("/console/tokens")
    assert ("tablero" in ana.words, "leer casos" in ana.words, token in ana.page) == (True, True, False)
    ben = await Browser(app).log_in("ben")
    await ben.get("/console/tokens")
    assert "tablero" not in ben.words
    await ben.post("/console/tokens/1/revoke")
    assert (ben.status, (await ana.client.get("/api/v1/me", headers=headers)).status_code) == (404, 200)
    cora = await Browser(app).log_in("cora")
    await cora.get("/console/tokens")
    assert "tablero" in cora.words, "who looks after accounts sees everybody's"
    await cora.post("/console/tokens/1/revoke")
    assert (await ana.client.get("/api/v1/me", headers=headers)).status_code == 401
    signed = [(entry.who, entry.action) for entry in await Audit(service.database).of("token-1")]
    assert signed == [("ana", "token made"), ("cora", "token revoked")]


async def test_a_shift_is_added_and_taken_away(app):
    cora = await Browser(app).log_in("cora")
    await cora.get("/console/shifts")
    await cora.post("/console/shifts", operator="ana", begins="22:00", ends="06:00", day0="1", day2="1", es="1")
    assert cora.words.count("22:00 – 06:00") == 2
    await cora.post("/console/shifts", operator="ana", begins="22:00", ends="22:00", day0="1", es="1")
    assert cora.status == 422
    await cora.post("/console/holidays", day="2026-12-25")
    assert "2026-12-25" in cora.words
    await cora.post("/console/holidays", day="2026-12-25", do="off")
    assert "2026-12-25" not in cora.words


async def test_our_name_alone_leads_to_the_chat(app):
    browser = Browser(app)
    answer = await browser.client.get("/")
    assert (answer.status_code, answer.headers["location"]) == (307, "/chat")
    manifest = (await browser.client.get("/chat/manifest.webmanifest")).json()
    for icon in manifest["icons"]:
        assert (await browser.client.get(icon["src"])).headers["content-type"] == "image/png"
