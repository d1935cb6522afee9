"""The console in a real browser, with danger that arrives by webhook: `make browser`."""

import json
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import SCREENSHOTS
from tests.support import telegram_updates as updates
from tests.support.bot_api import TOKEN, BotApi
from tests.support.server import Server, command, running, traceback_in, ventanilla

SECRET = "a-secret-for-the-webhook"
PASSWORD = "una clave bastante larga"
LOST = "estamos perdidos en el desierto de arizona, ya no traemos agua"
BEATEN = "mi esposo me pega y me quiere matar, esta aqui afuera"
EXPECTED = ("status of 401", "status of 409", "htmx:responseError", "Response Status Error Code", "htmx:sendError",
            "net::ERR_INTERNET_DISCONNECTED", "htmx:afterRequest", "status of 304")  # fmt: skip


@pytest.fixture(scope="module")
def api() -> Iterator[BotApi]:
    with BotApi() as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def desk(api, tmp_path_factory) -> Iterator[Server]:
    directory = tmp_path_factory.mktemp("desk")
    settings = {"telegram_token": TOKEN, "telegram_secret": SECRET, "telegram_api_url": api.url}
    with running(directory, **settings) as process:
        for name, role in (("ana", "operator"), ("cora", "coordinator")):
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
        context = browser.new_context(base_url=desk.url, **settings)  # type: ignore[arg-type]
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
    page.evaluate("window.stillHere = true")
    begun = time.monotonic()
    write(101, LOST)
    expect(page.locator("#queue .case")).to_have_count(1)
    assert time.monotonic() - begun < 2.5
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
    page.locator("#outcome").select_option("referred")
    page.locator("#resolve button").click()
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
    page.locator("#composer button").click()
    expect(page.locator("#draft")).to_have_value("una respuesta larga que no se pierde")
    log_in(page, "ana")
    expect(page.locator("#text")).to_have_value("una respuesta larga que no se pierde")
    page.locator("#composer button").click()
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
    page.locator(".insert").first.click()
    expect(page.locator("#text")).to_have_value("¿Es seguro escribirle aquí?")
    page.locator("#topic").fill("cuánto cuesta el pasaporte")
    page.locator("#topic").press("Enter")
    page.locator("#answers .insert").first.click()
    assert "pasaporte" in page.locator("#text").input_value().lower()


PAGES = ("login", "queue", "case", "search", "figures", "editors", "print")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_and_screenshots(console, write, scheme):
    for chat, words in ((105, BEATEN), (106, LOST), (107, "persona")):
        write(chat, words)
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
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
            page.locator("#composer button").click()
        expect(page.locator("#log .operator .sent").first).to_be_visible()
    elif name == "search":
        page.goto("/console/search?q=desierto")
    elif name == "print":
        page.goto("/console?mine=1")
        page.locator("#queue .case a").first.click()
        page.get_by_text("Diez líneas").click()
    else:
        page.goto(f"/console/{name}")
