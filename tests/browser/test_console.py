"""The console in a real browser, with danger that arrives by webhook: `make browser`."""

import csv
import json
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import StringIO
from itertools import count

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import SCREENSHOTS
from tests.support import telegram_updates as updates
from tests.support.bot_api import TOKEN, Answer, BotApi
from tests.support.server import Server, command, running, traceback_in, ventanilla
from tests.support.twilio_api import SID, TwilioApi
from tests.support.twilio_api import TOKEN as TWILIO
from tests.support.twilio_requests import message, signed

SECRET = "a-secret-for-the-webhook"
PUBLIC = "http://ventanilla.example"
PERSON = "whatsapp:+525512340001"
NETWORKS = count(1)
PASSWORD = "una clave bastante larga"
LOST = "estamos perdidos en el desierto de arizona, ya no traemos agua"
BEATEN = "mi esposo me pega y me quiere matar, esta aqui afuera"
EXPECTED = ("status of 401", "status of 409", "htmx:responseError", "Response Status Error Code", "htmx:sendError",
            "net::ERR_INTERNET_DISCONNECTED", "htmx:afterRequest", "status of 304")  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def pictures() -> None:
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="module")
def api() -> Iterator[BotApi]:
    with BotApi() as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def twilio() -> Iterator[TwilioApi]:
    with TwilioApi() as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def desk(api, twilio, tmp_path_factory) -> Iterator[Server]:
    directory = tmp_path_factory.mktemp("desk")
    settings = {
        "telegram_token": TOKEN, "telegram_secret": SECRET, "telegram_api_url": api.url, "public_url": PUBLIC,
        "twilio_account_sid": SID, "twilio_auth_token": TWILIO, "twilio_api_url": twilio.url,
        "twilio_window_template": "HXes,HXen",
    }  # fmt: skip
    with running(directory, **settings) as process:
        for name, role in (("ana", "operator"), ("ben", "operator"), ("cora", "coordinator")):
            ventanilla(directory, "operators", "add", name, "--role", role)
            subprocess.run(command("operators", "password", name, "--stdin"), cwd=directory, env=process.env,
                           input=PASSWORD + "\n", text=True, check=True, capture_output=True)  # fmt: skip
        yield process
    assert not traceback_in(process.log())


@pytest.fixture
def write(desk) -> Callable[[int, str], None]:
    def post(chat: int, words: str) -> None:
        headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET, "content-type": "application/json"}
        with desk.client() as client:
            answer = client.post("/webhooks/telegram", content=json.dumps(updates.text(chat, words)), headers=headers)
        assert answer.status_code == 200

    return post


@pytest.fixture
def console(browser: Browser, desk: Server) -> Iterator[Callable[..., Page]]:
    """A page of the console, logged in; whatever the browser complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(path: str = "/console", name: str = "ana", **options: object) -> Page:
        settings = {"viewport": {"width": 1280, "height": 900}, "locale": "es-MX", **options}
        # Operators sit at home: each browser has a network of its own, and one network's log-ins are few.
        network = {"X-Forwarded-For": f"198.51.{(one := next(NETWORKS)) >> 8}.{one & 255}"}
        context = browser.new_context(base_url=desk.url, extra_http_headers=network, **settings)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto("/console/login")
        if name:
            log_in(page, name)
            page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [said for said in complaints if not any(words in said for words in EXPECTED)] == []


def log_in(page: Page, name: str) -> None:
    page.locator("#name").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.locator("main button").click()
    expect(page.locator("header nav")).to_be_visible()


def test_from_danger_to_the_end(console, write, api):
    page = console()
    expect(page.locator("#queue")).to_contain_text("No hay casos")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.screenshot(path=SCREENSHOTS / f"console-empty-{width}.png")
    page.evaluate("window.stillHere = true")
    begun = time.monotonic()
    write(101, LOST)
    expect(page.locator("#queue .case")).to_have_count(1)
    assert time.monotonic() - begun < 5
    assert page.evaluate("window.stillHere"), "without reloading"
    expect(page.locator("#queue .badge")).to_have_text("Crítico")
    expect(page).to_have_title("(1) Cola · Ventanilla")
    page.get_by_role("button", name="Tomar", exact=True).click()
    expect(page.locator("#state")).to_contain_text("Lo tiene ana")
    expect(page.locator("#log")).to_contain_text(LOST)
    page.locator("#text").fill("Soy Ana. ¿Cuántos son y cuánta pila tienen?")
    page.locator("#text").press("Control+Enter")
    api.wait_for("sendMessage")
    end = time.monotonic() + 5
    while "Soy Ana." not in " ".join(api.texts(101)) and time.monotonic() < end:
        time.sleep(0.02)
    assert "Soy Ana." in " ".join(api.texts(101))
    expect(page.locator("#log .operator .sent")).to_have_text("enviado")
    page.locator("#text").fill("a medio escri")
    page.locator("#text").focus()
    write(101, "somos cuatro y un niño")
    expect(page.locator("#log")).to_contain_text("somos cuatro")
    expect(page.locator("#text")).to_have_value("a medio escri")
    expect(page.locator("#text")).to_be_focused()
    resolve(page, "referred", asked=True)
    expect(page.locator("#state")).to_contain_text("Resuelto")
    expect(page.locator("#composer")).to_have_count(0)


def test_an_expired_session_loses_no_text(console, write):
    write(102, LOST)
    page = console()
    page.get_by_role("button", name="Tomar el más urgente").click()
    page.locator("#text").fill("una respuesta larga que no se pierde")
    page.context.clear_cookies()
    expect(page.locator("#ended")).to_be_visible()
    expect(page.locator("#text")).to_have_value("una respuesta larga que no se pierde")
    page.locator(".write button").click()
    expect(page.locator("#draft")).to_have_value("una respuesta larga que no se pierde")
    log_in(page, "ana")
    expect(page.locator("#text")).to_have_value("una respuesta larga que no se pierde")
    page.locator(".write button").click()
    expect(page.locator("#log .operator").last).to_contain_text("no se pierde")


def test_a_lost_connection_is_said(console):
    page = console()
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    page.context.set_offline(False)
    expect(page.locator("#offline")).to_be_hidden()


def test_focus_stays_in_the_queue_and_answers_are_put_in(console, write):
    write(103, BEATEN)
    page = console()
    link = page.locator("#queue .case a").first
    link.focus()
    name = page.evaluate("document.activeElement.id")
    write(104, LOST)
    expect(page.get_by_role("button", name="Tomar", exact=True)).to_have_count(2)
    assert page.evaluate("document.activeElement.id") == name
    page.locator(".case", has_text="iolencia").get_by_role("button").click()
    expect(page.locator(".warn")).to_contain_text("si es seguro")
    page.locator(".chip").first.click()
    expect(page.locator("#text")).to_have_value("¿Es seguro escribirle aquí?")
    page.locator("#canned summary").click()
    page.locator("#topic").fill("cuánto cuesta el pasaporte")
    page.locator("#topic").press("Enter")
    page.locator("#answers .insert").first.click()
    assert "pasaporte" in page.locator("#text").input_value().lower()


WATCH = """id => {
    window.emptied = [];
    const watched = document.getElementById(id);
    const look = () => { if (!watched.textContent.trim()) window.emptied.push(performance.now()); };
    new MutationObserver(look).observe(watched, { childList: true, subtree: true });
}"""
"""Every emptying of a polled part is written down."""
QUIET = 10_000
"""Milliseconds: five to seven polls of each part that find nothing new."""


def test_nothing_new_empties_nothing(console, write):
    write(108, f"{LOST} guanabana")
    queue, case = console(), console()
    take(case, "guanabana")
    case.locator("#text").fill("a medio escri")
    case.locator("#text").focus()
    queue.reload()
    link = queue.locator("#queue .case a").first
    link.focus()
    name, title, cases = link.get_attribute("id"), queue.title(), queue.locator("#queue .case").count()
    queue.evaluate(WATCH, "queue")
    case.evaluate(WATCH, "live")
    queue.wait_for_timeout(QUIET)
    assert [page.evaluate("window.emptied") for page in (queue, case)] == [[], []]
    for page, part in ((queue, "queue"), (case, "case")):
        page.screenshot(path=SCREENSHOTS / f"console-quiet-{part}.png", full_page=True)
    assert (queue.locator("#queue .case").count(), queue.title()) == (cases, title)
    assert title.startswith("(")
    assert queue.evaluate("document.activeElement.id") == name
    expect(case.locator("#text")).to_have_value("a medio escri")
    expect(case.locator("#text")).to_be_focused()
    expect(case.locator("#state .badge")).to_have_text("Crítico")
    expect(case.locator("#log")).to_contain_text("guanabana")
    assert case.locator("#live input[name=version]").input_value()
    write(109, f"{LOST} pitahaya")
    expect(queue.locator("#queue .case")).to_have_count(cases + 1, timeout=5000)
    write(108, "ya no podemos caminar")
    expect(case.locator("#log")).to_contain_text("ya no podemos caminar", timeout=5000)
    expect(case.locator("#text")).to_have_value("a medio escri")


def by_whatsapp(desk: Server, words: str, person: str = PERSON) -> None:
    path = "/webhooks/twilio"
    with desk.client() as client:
        assert client.post(path, **signed(message(person, words), PUBLIC + path, TWILIO)).status_code == 200


def rewrite(desk: Server, statement: str, *values: object) -> None:
    """The past of a running server: its clock cannot be turned."""
    with sqlite3.connect(desk.directory / "test.sqlite3", timeout=10) as connection:
        connection.execute(statement, values)
    connection.close()


PAST = (
    "UPDATE conversations SET last_sent_at = ? WHERE channel = 'whatsapp'",
    "UPDATE cases SET heard_at = ? WHERE conversation_id IN (SELECT id FROM conversations WHERE channel = 'whatsapp')",
)


def ago(**time: int) -> str:
    return f"{datetime.now(UTC) - timedelta(**time):%Y-%m-%d %H:%M:%S.%f}"


def take(page: Page, words: str) -> None:
    """Claim the case in whose transcript these words stand."""
    page.goto("/console/search?q=" + words)
    page.locator(".case a").first.click()
    page.get_by_role("button", name="Tomar", exact=True).click()
    expect(page.locator("#composer")).to_be_visible()


def answer(page: Page, words: str) -> None:
    page.locator("#text").fill(words)
    page.locator(".write button").click()


def resolve(page: Page, outcome: str, *, asked: bool = False) -> None:
    """`asked`: somebody waits, or a reply was not sent: then once more."""
    page.locator("#resolving summary").click()
    page.locator("#outcome").select_option(outcome)
    page.locator("#resolve button").click()
    if asked:
        page.locator("#sure").click()


def test_whatsapp_after_a_day(console, desk, twilio):
    by_whatsapp(desk, "persona")
    by_whatsapp(desk, "zarzamora, estoy en Tucson")
    page = console()
    take(page, "zarzamora")
    expect(page.locator("#window")).to_contain_text("WhatsApp acepta texto libre hasta")
    for statement in PAST:
        rewrite(desk, statement, ago(hours=23))
    page.goto("/console?mine=1")
    expect(page.locator("#queue .case", has_text="WhatsApp acepta texto libre hasta")).to_have_count(1)
    page.locator("#queue .case", has_text="WhatsApp").locator("a").click()
    expect(page.locator("#clock")).to_contain_text("Tucson")
    for statement in PAST:
        rewrite(desk, statement, ago(hours=25))
    expect(page.locator("#window")).to_contain_text("ya no acepta texto libre", timeout=5000)
    before = len(twilio.to(PERSON))
    answer(page, "Ya hablé con el consulado.")
    expect(page.locator("#log .operator .held")).to_have_text("espera a que escriba")
    assert twilio.wait_for(PERSON, before + 1)[-1].fields["ContentSid"] == "HXes"
    page.screenshot(path=SCREENSHOTS / "console-window-1280.png", full_page=True)
    by_whatsapp(desk, "aquí sigo")
    assert twilio.wait_for(PERSON, before + 2)[-1].fields["Body"] == "Ya hablé con el consulado."
    expect(page.locator("#log .operator .held")).to_have_count(0)
    expect(page.locator("#window")).to_contain_text("hasta")
    resolve(page, "helped", asked=True)


def test_a_call_back_in_the_persons_time(console, write, desk):
    write(120, f"{LOST} chabacano, estamos en Nogales Sonora")
    page = console()
    take(page, "chabacano")
    page.get_by_text("Llamarle o escribirle después", exact=True).first.click()
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    page.locator("#at").fill(f"{tomorrow:%Y-%m-%d}T18:00")
    page.locator("#call-back button").click()
    expect(page.locator("#clock")).to_contain_text(f"{tomorrow:%d/%m} 18:00")
    expect(page.locator("#clock")).to_contain_text("hora del turno")
    page.goto("/console")
    expect(page.locator(".case", has_text="Llamarle o escribirle")).to_have_count(1)
    rewrite(desk, "UPDATE cases SET call_back_at = ?, status = 'open', claimed_by = NULL, in_time = 0 "
            "WHERE call_back_at IS NOT NULL", ago(minutes=1))  # fmt: skip
    expect(page.locator(".case").first).to_contain_text("Toca llamarle ahora")
    page.screenshot(path=SCREENSHOTS / "console-call-now-1280.png", full_page=True)
    take(page, "chabacano")
    answer(page, "Le llamo como quedamos.")
    expect(page.locator("#clock")).not_to_contain_text("Toca llamarle")
    page.locator("#at").fill("2020-01-01T10:00")
    page.locator("#call-back button").first.click()
    expect(page.locator("#notice")).to_contain_text("Esa hora ya pasó")


def test_who_blocked_us_is_shown_so(console, write, api):
    write(121, f"{LOST} membrillo")
    page = console()
    take(page, "membrillo")
    page.wait_for_timeout(300)
    api.answer("sendMessage", Answer.blocked())
    answer(page, "¿Siguen ahí?")
    expect(page.locator("#unreachable")).to_contain_text("nos bloqueó")
    expect(page.locator("#log .operator .failed")).to_contain_text("no se envió")
    answer(page, "Una respuesta larga")
    expect(page.locator("#told")).to_contain_text("nos bloqueó")
    expect(page.locator("#text")).to_have_value("Una respuesta larga")
    write(121, "aquí estamos otra vez")
    expect(page.locator("#unreachable")).to_have_count(0)
    answer(page, "Qué bueno.")
    expect(page.locator("#log .operator").last).to_contain_text("Qué bueno.")


def test_labels_links_search_and_the_end_that_is_opened_again(console, write):
    write(122, f"{LOST} tejocote")
    write(123, f"{BEATEN} tejocote")
    page = console()
    take(page, "perdidos tejocote")
    page.locator("#labels").fill("niños, desierto")
    page.locator("#labels + button").click()
    expect(page.locator("#labels")).to_have_value("desierto, niños")
    mine = page.url
    page.goto("/console/search?q=pega tejocote")
    other = page.locator(".case a").first.get_attribute("href")
    page.goto(mine)
    page.locator("#other").fill("pega tejocote")
    page.locator("#other").press("Enter")
    page.locator("#found button").first.click()
    expect(page.locator("section[aria-labelledby=linked-head] > ul li a").first).to_have_attribute("href", str(other))
    page.locator("#resolving summary").click()
    page.locator("#outcome").select_option("helped")
    page.get_by_label("Dar seguimiento después").check()
    page.locator("#resolve button").click()
    page.locator("#sure").click()
    page.goto("/console/search?q=perdidos tejocote")
    expect(page.locator(".case").first).to_contain_text("Resuelto")
    expect(page.locator(".case .label").first).to_have_text("desierto")
    page.goto("/console?status=resolved&follow_up=1")
    page.locator("#queue .case", has_text="desierto").locator("a").click()
    page.get_by_role("button", name="Abrir otra vez").click()
    expect(page.locator("#state")).to_contain_text("Lo tiene ana")
    answer(page, "¿Cómo siguen?")
    expect(page.locator("#log .operator").last).to_contain_text("¿Cómo siguen?")


def test_an_export_names_nobody(console, write, desk):
    write(124, f"{LOST} me llamo Filomena")
    token = ventanilla(desk.directory, "operators", "add", "aud", "--role", "auditor").stdout.strip()
    with desk.client() as client:
        answered = client.get("/api/v1/escalations/export", headers={"Authorization": f"Bearer {token}"})
    rows = list(csv.DictReader(StringIO(answered.text)))
    assert rows
    assert not {"words", "note", "place", "labels", "conversation_id"} & rows[0].keys()
    assert "Filomena" not in answered.text


def test_figures_count_out_of_hours(console, write):
    write(125, LOST)
    page = console("/console/figures?days=1", name="cora")
    names, numbers = (page.locator("main dl").first.locator(tag).all_inner_texts() for tag in ("dt", "dd"))
    counted = dict(zip((name.lower() for name in names), (int(number.split()[0]) for number in numbers), strict=True))
    opened = counted["abierto"] + counted["abierto otra vez"]
    assert counted["abierto sin nadie de guardia"] == opened > 0, "nobody is on duty here"
    assert page.locator(".chart img").first.evaluate("image => image.complete && image.naturalWidth > 0")


def test_a_notice_is_published_and_a_fact_withdrawn(console, desk):
    now = ago()
    for number, section in enumerate(("cost", "cost", "where")):
        rewrite(desk, "INSERT INTO ratings (topic, section, helped, lang, at) VALUES (?, ?, ?, 'es', ?)",
                "pasaporte", section, number == 1, now)  # fmt: skip
    page = console("/console/editors", name="cora")
    expect(page.locator(".card").first).to_contain_text("Pasaporte mexicano")
    page.locator(".card summary").first.click()
    page.locator(".card details a").first.click()
    assert page.locator("#item").input_value()
    page.locator("#topics").fill("pasaporte, matricula-consular")
    page.locator("#es").fill("El consulado de Houston cerró por el huracán.")
    page.locator("#en").fill("The consulate in Houston is closed because of the hurricane.")
    page.get_by_role("button", name="Publicar").click()
    expect(page.locator("main")).to_contain_text("Se dice ahora")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=SCREENSHOTS / f"console-notices-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("link", name="Retirar notice-1").click()
    page.locator("#why").fill("ya abrió")
    page.get_by_role("button", name="Retirar", exact=True).click()
    expect(page.locator("main")).to_contain_text("Retirado")


def test_a_note_typed_in_an_ended_session_stays_a_note(console, write):
    write(130, f"{LOST} nanche")
    page = console()
    take(page, "nanche")
    page.locator("#note").fill("creo que alguien lee sus mensajes")
    page.context.clear_cookies()
    expect(page.locator("#ended")).to_be_visible()
    page.get_by_role("button", name="Guardar nota").click()
    expect(page.locator("#draft")).to_have_value("creo que alguien lee sus mensajes")
    log_in(page, "ana")
    expect(page.locator("#text")).to_have_value("")
    expect(page.locator("#note")).to_have_value("creo que alguien lee sus mensajes")
    page.get_by_role("button", name="Guardar nota").click()
    expect(page.locator("section[aria-labelledby=notes-head] li")).to_contain_text("creo que alguien")


def test_what_is_worse_than_it_was_read_is_raised(console, write):
    write(131, "persona")
    write(131, "capulin")
    page = console()
    page.goto("/console/search?q=capulin")
    page.locator(".case a").first.click()
    page.get_by_text("Subir el nivel", exact=True).first.click()
    page.locator("#level").select_option("critical")
    page.locator("#category").select_option("violence")
    page.locator("#raise button").click()
    expect(page.locator("#state .badge")).to_have_text("Crítico")
    expect(page.locator(".warn")).to_contain_text("si es seguro")


IN_VAIN = ("donde puedo afinar el piano", "donde puedo afinar mi piano", "el gato en el tejado")


def test_what_was_asked_in_vain_is_one_step_from_its_lines(console, desk, write):
    for number, words in enumerate(IN_VAIN):
        write(132 + number, words)
    page = console("/console/editors", name="cora")
    group = page.locator("[aria-labelledby=phrases] > ul > .card", has_text="piano").first
    expect(group).to_contain_text("2×")
    group.locator("input[name=answer]").fill("quejas-paisano/how")
    group.get_by_role("button").click()
    group = page.locator("[aria-labelledby=phrases] > ul > .card", has_text="piano").first
    expect(group).to_be_in_viewport()
    number = group.get_attribute("id").removeprefix("g-")
    expect(group.locator("pre").first).to_have_text(f"ventanilla kb unanswered --place {number} quejas-paisano/how")
    expect(group).to_contain_text("tests/unanswered.yaml")
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.screenshot(path=SCREENSHOTS / f"console-unanswered-{width}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth") <= width


PAGES = (
    "login", "queue", "case", "transcript", "search", "figures", "editors", "account", "print", "canned", "shifts",
    "staff", "tokens", "log", "keys", "blocks",
)  # fmt: skip


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_and_screenshots(console, write, scheme):
    for chat, words in ((105, BEATEN), (106, f"{LOST} cerca de Nogales Sonora"), (107, "persona")):
        write(chat, words)
    for width, height in ((360, 740), (1280, 900)):
        size = {"width": width, "height": height}
        page = console(name="", viewport=size, color_scheme=scheme, bypass_csp=True)
        for name in PAGES:
            go_to(page, name)
            page.screenshot(path=SCREENSHOTS / f"console-{name}-{scheme}-{width}.png", full_page=True)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
            found = Axe().run(page).response["violations"]
            assert [f"{name}: {v['id']}: {[n['html'][:200] for n in v['nodes']]}" for v in found] == []


def go_to(page: Page, name: str) -> None:
    if name == "login":
        return
    if name == "queue":
        log_in(page, "cora")
    elif name == "case":
        mine = page.goto("/console?mine=1") and page.locator("#queue .case a")
        if not mine or not mine.count():
            page.goto("/console")
            page.locator(".case", has_text="iolencia").get_by_role("button").first.click()
        else:
            mine.first.click()
        page.wait_for_url("**/cases/*")
        if not page.locator("#log .operator").count():
            page.locator("#text").fill("¿Es seguro escribirle aquí?")
            page.locator(".write button").click()
        expect(page.locator("#log .operator .sent").first).to_be_visible()
    elif name == "transcript":
        page.goto(f"{page.url}/transcript")
    elif name == "search":
        page.goto("/console/search?q=desierto")
    elif name == "print":
        page.goto("/console?mine=1")
        page.locator("#queue .case a").first.click()
        page.get_by_text("Diez líneas").click()
    else:
        page.goto(f"/console/{name}")
