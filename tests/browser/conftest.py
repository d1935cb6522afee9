"""One real server and one real Chromium for all of it; skipped with a word where there is no Chromium."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, sync_playwright

from tests.support.server import Server, running, traceback_in

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
EXPECTED = ("net::ERR_INTERNET_DISCONNECTED", "status of 403", "htmx:afterRequest", "htmx:sendError")
"""What a lost connection and a lost session make the browser and htmx say."""
NEUTRAL = "https://www.wikipedia.org/"
SCREENSHOTS = Path(__file__).parents[2] / "var" / "screenshots"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium here: apt-get install chromium"))


@pytest.fixture(scope="session")
def server(tmp_path_factory) -> Iterator[Server]:
    with running(tmp_path_factory.mktemp("server")) as process:
        yield process
    assert not traceback_in(process.log())


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(browser: Browser, server: Server) -> Iterator[Callable[..., Page]]:
    """Opens the chat in a browser of its own; whatever it complains of fails the test."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    asked: list[str] = []

    def open_page(path: str = "/chat", **options: object) -> Page:
        settings = {"viewport": {"width": 360, "height": 740}, "locale": "es-MX", **options}
        context = browser.new_context(base_url=server.url, **settings)  # type: ignore[arg-type]
        contexts.append(context)
        context.route(lambda url: not url.startswith(server.url), _elsewhere)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path)
        return page

    def _elsewhere(route: Route, request: Request) -> None:
        route.fulfill(body="<title>Elsewhere</title><h1>Elsewhere</h1>", content_type="text/html")

    yield open_page
    for context in contexts:
        context.close()
    assert [said for said in complaints if not any(words in said for words in EXPECTED)] == []
    assert [url for url in asked if not url.startswith((server.url, NEUTRAL, "data:"))] == []


def talk(page: Page, text: str) -> None:
    """Write, send, and wait for the answer."""
    before = page.locator("#lines .bot").count()
    page.locator("#text").fill(text)
    page.locator("#text").press("Enter")
    page.wait_for_function("before => document.querySelectorAll('#lines .bot').length > before", arg=before)
