"""The console before a real database, by browser without scripts and as htmx asks."""

import json
import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from html import unescape

import httpx
import pyotp
import pytest
from argon2 import PasswordHasher

from bot import desk
from bot.conversation import InboundMessage, Kind
from bot.storage import Audit, Logins, Tokens
from bot.storage import logins as logins_module
from bot.storage.queue import Wanted
from bot.wiring import Service
from tests.support.app import app_before
from tests.support.web_chat import open_web

PASSWORD = "una clave bastante larga"
HTMX = {"HX-Request": "true"}
DANGER = "mi esposo me pega y me quiere matar, esta aqui afuera"
LOST = "estamos perdidos en el desierto de arizona, ya no traemos agua"


class Browser:
    """One operator's browser. `page` is what it shows."""

    def __init__(self, app, address: str = "203.0.113.7") -> None:
        transport = httpx.ASGITransport(app, client=(address, 5000))
        self.client = httpx.AsyncClient(transport=transport, base_url="https://test")
        self.page = ""
        self.status = 0

    async def get(self, path: str, **headers: str) -> str:
        return self._shown(await self.client.get(path, headers=headers))

    async def post(self, path: str, follow: bool = True, headers: dict[str, str] | None = None, **fields: str) -> str:
        answer = await self.client.post(path, data={"csrf": self.csrf, **fields}, headers=headers or {})
        if answer.status_code == 303 and follow:
            return await self.get(answer.headers["location"])
        return self._shown(answer)

    def _shown(self, answer: httpx.Response) -> str:
        self.answer, self.status, self.page = answer, answer.status_code, answer.text
        return self.page

    @property
    def csrf(self) -> str:
        found = re.search(r'name="csrf" value="([^"]*)"', self.page)
        return found[1] if found else ""

    @property
    def hidden(self) -> dict[str, str]:
        """What the form of the log-in carries on."""
        found = re.findall(r'<input type="hidden" name="(to|typed)" value="([^"]*)">', self.page)
        return {name: unescape(value) for name, value in found}

    @property
    def words(self) -> str:
        return unescape(re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", self.page)))

    async def log_in(self, name: str, **fields: str) -> "Browser":
        await self.get("/console/login")
        await self.post("/console/login", name=name, password=PASSWORD, to="/console", **fields)
        return self


@pytest.fixture(autouse=True)
def quick_hash(monkeypatch) -> None:
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(logins_module, "_hasher", quick)
    monkeypatch.setattr(logins_module, "_NOBODY", quick.hash("nobody"))


@pytest.fixture
async def service(tmp_path, knowledge) -> AsyncIterator[Service]:
    async with open_web(tmp_path, knowledge) as service:
        for name, role in (("ana", "operator"), ("ben", "operator"), ("cora", "coordinator"), ("aud", "auditor"),
                           ("edi", "editor")):  # fmt: skip
            await service.operators.add(name, role, datetime.now(UTC))
            await Logins(service.database).set_password(name, PASSWORD, datetime.now(UTC))
        yield service


@pytest.fixture
def app(service):
    return app_before(service)


@pytest.fixture
async def ana(app) -> Browser:
    return await Browser(app).log_in("ana")


async def say(service: Service, text: str, who: str = "p1") -> None:
    say.count = getattr(say, "count", 0) + 1
    now = datetime.now(UTC)
    await service.handle(InboundMessage("web", f"d{say.count}", who, Kind.TEXT, now, text))


async def case_of(service: Service) -> str:
    return str((await service.cases.find(Wanted(), None, 1))[0][0].id)


async def test_log_in_and_out(app, service):
    browser = await Browser(app).log_in("ana")
    assert (browser.status, "<h1>Cola</h1>" in browser.page) == (200, True)
    cookie = browser.client.cookies.jar
    header = (await browser.client.get("/console/login")).headers.get("set-cookie", "")
    assert header == "", "who has a cookie keeps it"
    await browser.post("/console/logout")
    assert await Logins(service.database).whose(next(iter(cookie)).value or "", datetime.now(UTC)) is None
    await browser.get("/console")
    assert browser.status == 401


async def test_the_cookie_is_kept_from_scripts_and_other_sites(app):
    browser = Browser(app)
    await browser.get("/console/login")
    before = browser.client.cookies["console"]
    answer = await browser.client.post(
        "/console/login", data={"csrf": browser.csrf, "name": "ana", "password": PASSWORD, "to": "//evil.example"}
    )
    cookie = answer.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=strict", "Secure", "Path=/console"))
    assert browser.client.cookies["console"] != before, "a new session, not the one from before the log-in"
    assert answer.headers["location"] == "/console"


@pytest.mark.parametrize(
    ("name", "password"), [("ana", "wrong"), ("nadie", PASSWORD), ("ana", "x" * 100_000), ("", "")]
)
async def test_wrong_names_and_passwords_sound_alike(app, name, password):
    browser = Browser(app)
    await browser.get("/console/login")
    await browser.post("/console/login", name=name, password=password)
    assert browser.status == 401
    assert "no es correcto" in browser.words


async def wrong_until_slowed(app, name: str, address: str) -> Browser:
    """Wrong passwords until one has to wait."""
    browser = Browser(app, address)
    await browser.get("/console/login")
    seen = []
    for _ in range(6):
        await browser.post("/console/login", name=name, password="wrong")
        seen.append(browser.status)
    assert seen == [401] * 5 + [429]
    return browser


async def test_nobody_locks_an_operator_out_by_name(app):
    known = await Browser(app, "198.51.100.9").log_in("ana")
    stranger = await wrong_until_slowed(app, "ana", "203.0.113.7")
    assert int(stranger.answer.headers["retry-after"]) in range(1, 6)
    assert (await Browser(app, "198.51.100.1").log_in("ana")).status == 200, "from another network"
    assert (await stranger.log_in("ana")).status == 429, "from there also with the right password, for some seconds"
    assert (await stranger.log_in("ben")).status == 200, "another name from there"
    await known.post("/console/logout")
    known.client._transport.client = ("203.0.113.7", 5000)
    assert (await known.log_in("ana")).status == 200, "a browser that ana used before, in the same network"


async def test_a_name_that_nobody_has_is_slowed_like_all_others(app):
    unknown = await wrong_until_slowed(app, "nadie", "203.0.113.7")
    known = await wrong_until_slowed(app, "ana", "203.0.113.8")
    assert unknown.words.replace("nadie", "ana") == known.words
    assert unknown.answer.headers["retry-after"] == known.answer.headers["retry-after"]


async def test_a_device_of_one_operator_is_none_of_another(app):
    ana = await Browser(app).log_in("ana")
    await ana.post("/console/logout")
    await wrong_until_slowed(app, "ben", "203.0.113.7")
    assert (await ana.log_in("ben")).status == 429


async def test_one_network_that_tries_many_names_is_slowed_too(app):
    browser = Browser(app)
    await browser.get("/console/login")
    for number in range(11):
        await browser.post("/console/login", name=f"nadie{number}", password="wrong")
    assert (browser.status, "Espere un minuto" in browser.words) == (429, True)


async def test_a_right_second_factor_waits_for_nothing(app, service):
    totp = pyotp.parse_uri(await Logins(service.database).set_second_factor("ana", datetime.now(UTC)))
    stranger = await wrong_until_slowed(app, "ana", "203.0.113.7")
    await stranger.post("/console/login", name="ana", password=PASSWORD, code="000000", to="/console")
    assert stranger.status == 429
    await stranger.post("/console/login", name="ana", password=PASSWORD, code=totp.now(), to="/console")
    assert stranger.status == 200


async def test_a_second_factor(app, service):
    address = await Logins(service.database).set_second_factor("ana", datetime.now(UTC))
    totp = pyotp.parse_uri(address)
    browser = await Browser(app).log_in("ana")
    assert browser.status == 401
    code = totp.now()
    await browser.log_in("ana", code=code)
    assert "<h1>Cola</h1>" in browser.page
    again = await Browser(app, "198.51.100.1").log_in("ana", code=code)
    assert again.status == 401, "a code opens once"


async def test_a_disabled_account_is_out_at_once_and_its_cases_return(app, service, ana):
    await say(service, LOST)
    await ana.post("/console/next")
    await service.operators.disable("ana", datetime.now(UTC))
    await ana.get("/console")
    assert ana.status == 401
    assert (await service.cases.find(Wanted(status="open"), None, 1))[0]


async def test_another_role_counts_from_the_next_click(app, service, ana):
    """Also for the page that asks by itself, a program's token and the cases that she held."""
    await say(service, LOST)
    await ana.post("/console/next")
    now = datetime.now(UTC)
    own = await service.operators.rotate("ana", now)
    _, program = await Tokens(service.database).add("ana", "tablero", ["cases:write"], now)
    cora = await Browser(app).log_in("cora")
    await cora.get("/console/staff")
    await cora.post("/console/staff", do="role", name="ana", role="editor", password="wrong")
    assert cora.status == 403
    assert (await ana.get("/console/queue", **HTMX), ana.status)[1] == 200
    await cora.post("/console/staff", do="role", name="ana", role="editor", password=PASSWORD)
    assert cora.status == 200
    for path in ("/console/queue", f"/console/cases/{await case_of(service)}", "/console/search?q=desierto"):
        await ana.get(path)
        assert (ana.status, "desierto" in ana.page) == (403, False), path
    for token in (own, program):
        headers = {"Authorization": f"Bearer {token}"}
        assert (await cora.client.post("/api/v1/escalations/next", headers=headers)).status_code == 403
    assert (await service.cases.find(Wanted(status="open"), None, 1))[0], "what she held is nobody's again"
    await ana.get("/console/editors")
    assert ana.status == 200, "what the new role may is open at once, without a new log-in"
    signed = [(entry.who, entry.action, entry.detail) for entry in await Audit(service.database).of("ana")]
    assert ("cora", "role changed", "editor") in signed


async def test_a_coordinator_who_becomes_an_operator_keeps_her_cases(app, service):
    cora = await Browser(app).log_in("cora")
    await say(service, LOST)
    await cora.get("/console")
    await cora.post("/console/next")
    await service.operators.change_role("cora", "operator", datetime.now(UTC), keeps=True)
    await cora.get("/console/staff")
    assert cora.status == 403
    assert (await service.cases.find(Wanted(status="claimed", holder="cora"), None, 1))[0]


@pytest.mark.parametrize(("after", "by_itself", "known"), [
    (timedelta(minutes=59), False, True), (timedelta(minutes=61), False, False), (timedelta(hours=13), False, False),
])  # fmt: skip
async def test_sessions_end(service, after, by_itself, known):
    logins, now = Logins(service.database), datetime.now(UTC)
    token = await logins.log_in("ana", PASSWORD, "", now)
    assert ((await logins.whose(token, now + after, by_itself=by_itself)) is not None) is known


async def test_what_a_page_asks_by_itself_keeps_nobody_logged_in(service):
    logins, now = Logins(service.database), datetime.now(UTC)
    token = await logins.log_in("ana", PASSWORD, "", now)
    for minutes in range(10, 60, 10):
        assert await logins.whose(token, now + timedelta(minutes=minutes), by_itself=True)
    assert await logins.whose(token, now + timedelta(minutes=62)) is None
    token = await logins.log_in("ana", PASSWORD, "", now)
    assert await logins.whose(token, now + timedelta(minutes=50))
    assert await logins.whose(token, now + timedelta(minutes=100)), "a click does"


async def test_the_life_of_a_case(service, ana):
    await say(service, LOST)
    await ana.get("/console")
    assert "Crítico" in ana.words
    assert "Sin tomar 1" in ana.words
    assert "“" not in ana.words
    assert LOST in ana.words
    await ana.post("/console/next")
    assert "Lo tiene ana" in ana.words
    case = await case_of(service)
    await ana.post(f"/console/cases/{case}/reply", text="Soy Ana. ¿Cuántos son?")
    assert "Soy Ana." in ana.words
    assert "en camino" in ana.words
    await ana.post(f"/console/cases/{case}/note", note="habla mixteco")
    await ana.post(f"/console/cases/{case}/labels", labels="desierto, agua")
    assert "habla mixteco" in ana.words
    assert "agua, desierto" in ana.page
    version = re.search(r'name="version" value="(\d+)"', ana.page)[1]
    await ana.post(
        f"/console/cases/{case}/resolve", outcome="referred", note="CIAM", follow_up="1", sure="1", version=version
    )
    assert "Resuelto: Se canalizó" in ana.words
    done = await service.cases.get((await service.cases.find(Wanted(), None, 1))[0][0].id)
    assert (done.outcome, done.follow_up, done.note) == ("referred", True, "CIAM")
    actions = [entry.action for entry in await Audit(service.database).of(case)]
    done_with = [action for action in actions if action not in ("read", "listed")]
    assert done_with == ["opened", "claimed", "answered", "noted", "labelled", "resolved"]
    assert "read" in actions


async def test_nobody_resolves_what_they_have_not_read(service, ana):
    await say(service, LOST)
    await ana.post("/console/next")
    case = await case_of(service)
    version = re.search(r'name="version" value="(\d+)"', ana.page)[1]
    await say(service, "sigo aqui")
    await ana.post(f"/console/cases/{case}/resolve", outcome="helped", note="mi nota", version=version)
    assert (ana.status, "Algo cambió" in ana.words, "mi nota" in ana.page) == (409, True, True)


async def test_held_by_another_keeps_the_text(app, service, ana):
    await say(service, LOST)
    case = await case_of(service)
    ben = await Browser(app).log_in("ben")
    await ben.post(f"/console/cases/{case}/claim")
    await ana.get("/console")
    await ana.post(f"/console/cases/{case}/reply", text="una respuesta larga")
    assert ana.status == 409
    assert "Otra persona tiene este caso" in ana.words
    assert "una respuesta larga" in ana.page


async def test_an_expired_session_loses_no_text(service, ana):
    await say(service, LOST)
    await ana.post("/console/next")
    case = await case_of(service)
    await Logins(service.database).log_out(ana.client.cookies["console"])
    await ana.post(f"/console/cases/{case}/reply", text="<b>lo que escribí</b>")
    assert ana.status == 401
    assert "&lt;b&gt;lo que escribí&lt;/b&gt;" in ana.page
    await ana.post("/console/login", name="ana", password=PASSWORD, **ana.hidden)
    assert "todavía no se ha enviado" in ana.words
    await ana.post(f"/console/cases/{case}/reply", text="lo que escribí")
    assert "lo que escribí" in ana.words
    assert ana.status == 200


@pytest.mark.parametrize("headers", [{}, {"sec-fetch-site": "cross-site"}])
async def test_a_forged_form_does_nothing(service, ana, headers):
    await say(service, LOST)
    await ana.get("/console")
    case = await case_of(service)
    fields = {} if headers else {"csrf": "0" * 64}
    await ana.post(f"/console/cases/{case}/claim", headers=headers, **fields)
    assert ana.status == 403
    assert (await service.cases.find(Wanted(status="open"), None, 1))[0]


async def test_scripts_are_shown_as_text(service, ana):
    await say(service, f"<script>alert(1)</script> {LOST}")
    await ana.post("/console/next")
    assert "<script>alert(1)" not in ana.page
    assert "&lt;script&gt;alert(1)" in ana.page
    policy = ana.answer.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "unsafe" not in policy


async def test_the_queue_is_asked_again_and_only_sent_where_it_changed(service, ana):
    await ana.get("/console/queue", **HTMX)
    tag = ana.answer.headers["etag"]
    assert (await ana.client.get("/console/queue", headers={**HTMX, "if-none-match": tag})).status_code == 304
    await say(service, LOST)
    answer = await ana.client.get("/console/queue", headers={**HTMX, "if-none-match": tag})
    assert (answer.status_code, "Crítico" in answer.text) == (200, True)


def swaps(page: str, status: int) -> bool:
    """Whether htmx, as this page configures it, puts such an answer in: the first entry that fits decides."""
    found = re.search(r"name=\"htmx-config\" content='([^']*)'", page)
    entries = json.loads(found[1])["responseHandling"] if found else []
    return next((entry["swap"] for entry in entries if re.search(entry["code"], str(status))), False)


@pytest.mark.parametrize("path", ["login", "", "search", "figures", "editors"])
async def test_an_answer_without_a_body_empties_no_page(app, path):
    cora = await Browser(app).log_in("cora")
    page = await cora.get(f"/console/{path}".rstrip("/"))
    assert {status: swaps(page, status) for status in (200, 204, 304, 401, 429, 503)} == {
        200: True, 204: False, 304: False, 401: False, 429: False, 503: False
    }  # fmt: skip


async def test_a_polled_page_says_that_the_session_ended(service, ana):
    await Logins(service.database).log_out(ana.client.cookies["console"])
    await ana.get("/console/queue", **HTMX)
    assert (ana.status, "<form" in ana.page) == (401, False)


async def test_is_it_safe_is_asked_first(service, ana):
    await say(service, DANGER)
    await ana.post("/console/next")
    assert "Pregunte primero si es seguro" in ana.words
    assert "¿Es seguro escribirle aquí?" in ana.words


async def test_ten_lines_to_read_out(service, ana):
    await say(service, LOST)
    await ana.get(f"/console/cases/{await case_of(service)}/print")
    assert len(re.findall(r"<li>[^<]*: ", ana.page)) == 10
    assert "desierto" in ana.words


async def test_search_without_accents_in_open_and_resolved(service, ana):
    await say(service, LOST)
    await ana.post("/console/next")
    await ana.post(f"/console/cases/{await case_of(service)}/note", note="Habló el cónsul")
    for words in ("DESIÉRTO agua", "consul"):
        await ana.get(f"/console/search?q={words}")
        assert 'class="excerpt"' in ana.page, words
    await ana.get("/console/search?q=nadaquever")
    assert "No se encontró nada" in ana.words


async def test_answers_with_a_source(ana):
    await ana.get("/console/answers?topic=cuanto cuesta el pasaporte&lang=es", **HTMX)
    assert 'class="insert"' in ana.page


async def test_transfer_and_links(app, service, ana):
    await say(service, LOST)
    await say(service, DANGER, who="p2")
    await ana.post("/console/next")
    case = str((await service.cases.find(Wanted(status="claimed"), None, 1))[0][0].id)
    other = str((await service.cases.find(Wanted(status="open"), None, 1))[0][0].id)
    await ana.post(f"/console/cases/{case}/link", other=f"https://test/console/cases/{other}")
    assert f'href="/console/cases/{other}"' in ana.page.partition('id="linked-head"')[2].partition("</ul>")[0]
    await ana.post(f"/console/cases/{case}/link", other="rubbish")
    assert ana.status == 409
    await ana.post(f"/console/cases/{case}/transfer", to="ben")
    assert "Lo tiene ben" in ana.words


ROLES = {
    "/console/search": {"ana", "cora", "aud"},
    "/console/editors": {"cora", "edi"},
    "/console/figures": {"cora", "aud"},
}


@pytest.mark.parametrize("name", ["ana", "cora", "aud", "edi"])
async def test_roles(app, service, name):
    await say(service, LOST)
    browser = await Browser(app).log_in(name)
    for path, allowed in ROLES.items():
        await browser.get(path)
        assert browser.status == (200 if name in allowed else 403), path
    await browser.get("/console/login")
    await browser.post("/console/next", follow=False)
    assert browser.status == (303 if name in ("ana", "cora") else 403)


@pytest.mark.parametrize(
    "path", ["/console/cases/x", "/console/cases/0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a", "/console/no"]
)
async def test_errors_are_pages(ana, path):
    await ana.get(path)
    assert ana.status in (404, 422)
    assert "<h1>" in ana.page


async def test_in_english(ana):
    await ana.post("/console/language", lang="en", to="/console")
    assert "<h1>Queue</h1>" in ana.page


async def test_an_operator_raises_what_is_worse_than_it_was_read(service, ana):
    await say(service, "persona")
    case = await case_of(service)
    await ana.get(f"/console/cases/{case}")
    await ana.post(f"/console/cases/{case}/raise", level="urgent", category="violence")
    assert ("Urgente" in ana.words, "Nadie lo tiene" in ana.words) == (True, True)
    await ana.post(f"/console/cases/{case}/raise", level="urgent", category="made-up")
    assert ana.status == 409
    await ana.post(f"/console/cases/{case}/raise", level="nothing")
    assert ana.status == 409
    raised = await service.cases.get((await service.cases.find(Wanted(), None, 1))[0][0].id)
    assert (raised.level, raised.category, raised.reason) == ("urgent", "violence", "person")


async def test_a_long_conversation_can_be_read_to_its_beginning(service, ana, monkeypatch):
    monkeypatch.setattr(desk, "LINES", 4)
    monkeypatch.setattr(desk.reading, "LINES", 4)
    await say(service, f"zarzamora {LOST}")
    for number in range(4):
        await say(service, f"sigo aqui {number}")
    case = await case_of(service)
    await ana.get(f"/console/cases/{case}")
    log = ana.page.partition('id="log"')[2]
    assert "zarzamora" not in log.partition("</ol>")[0]
    assert f"/console/cases/{case}/transcript" in ana.page
    await ana.get(f"/console/cases/{case}/transcript")
    assert "zarzamora" in ana.words
    more = re.search(r'id="more" href="([^"]*)"', ana.page)
    assert more
    await ana.get(unescape(more[1]))
    assert "zarzamora" not in ana.words
    assert "sigo aqui" in ana.words
