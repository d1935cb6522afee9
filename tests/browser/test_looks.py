"""Every page that operators and people look at, at both sizes: a screenshot of each, and nothing that axe finds."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import SCREENSHOTS, talk
from tests.browser.test_chat import DANGER, QUESTION
from tests.browser.test_console import BEATEN, LOST, api, console, desk, pictures, twilio, write
from tests.browser.test_inbox import SIZES, located

__all__ = ["api", "console", "desk", "pictures", "twilio", "write"]


def look(page: Page, name: str, *, whole: bool = False) -> None:
    """At both sizes."""
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(150)
        page.screenshot(path=SCREENSHOTS / f"look-{name}-{width}.png", full_page=whole)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (name, width)
        found = Axe().run(page).response["violations"]
        assert [f"{v['id']}: {[n['html'][:200] for n in v['nodes']]}" for v in found] == [], (name, width)


def test_the_console(console, write, desk):
    page = console(name="cora", bypass_csp=True)
    look(page, "queue-empty")
    write(401, f"{LOST} cerca de Nogales")
    located(desk, 401)
    write(402, BEATEN)
    write(403, "persona")
    with desk.client() as client:
        for _ in range(6):
            arrive(client, "me quieren matar")
    page.goto("/console")
    expect(page.locator("#g-untaken .case")).to_have_count(4, timeout=20_000)
    look(page, "queue-burst")
    page.locator(".case", has_text="compartió su ubicación").locator(".what a").click()
    look(page, "case-opened")
    page.locator("#claim").click()
    expect(page.locator("#did")).to_have_text("El caso es suyo.")
    look(page, "case-taken")
    page.locator("#canned summary").click()
    look(page, "case-prepared")
    page.locator("#canned summary").click()
    page.locator("#text").fill("Soy Cora.")
    page.locator(".write button").click()
    expect(page.locator("#log .operator")).to_be_visible()
    look(page, "case-replied")
    page.set_viewport_size({"width": 360, "height": 740})
    page.locator("#where").scroll_into_view_if_needed()
    look(page, "case-coordinates", whole=True)
    page.locator("#resolving summary").click()
    page.locator("#text").fill("una respuesta que falta")
    page.locator("#outcome").select_option("helped")
    page.locator("#resolve button").click()
    expect(page.locator("#sure")).to_be_focused()
    expect(page.locator("#ask")).to_be_in_viewport()
    look(page, "case-asked")
    for name in ("figures", "shifts", "staff", "tokens", "log", "search?q=violencia", "canned", "keys", "account"):
        page.goto(f"/console/{name}")
        look(page, name.partition("?")[0], whole=True)
    for chat in range(410, 470):
        write(chat, "persona")
    page.goto("/console")
    expect(page.locator("#g-untaken .case").nth(40)).to_be_attached()
    look(page, "queue-60")


def arrive(client, words: str) -> None:
    """A visitor of the web chat, of the network that all in this test share."""
    client.cookies.clear()
    page = client.get("/chat").text
    fields = page[page.index('id="composer"') :].split('type="hidden" name="')[1:]
    form = {one.partition('"')[0]: one.partition('value="')[2].partition('"')[0] for one in fields}
    assert client.post("/chat/messages", data={**form, "text": words}, follow_redirects=True).status_code == 200


@pytest.mark.parametrize("lang", ["es", "en"])
def test_the_chat(console, desk, lang):
    page = console(f"/chat?lang={lang}", name="", bypass_csp=True, viewport={"width": 360, "height": 740})
    page.goto(f"/chat?lang={lang}")
    look(page, f"chat-first-{lang}")
    talk(page, QUESTION[lang])
    look(page, f"chat-long-{lang}")
    talk(page, f"{DANGER[lang]} papaya{lang}")
    look(page, f"chat-danger-{lang}")
    page.context.set_offline(True)
    page.locator("#text").fill("somos cuatro")
    page.locator("#text").press("Enter")
    expect(page.locator("#offline")).to_be_visible()
    look(page, f"chat-offline-{lang}")
    page.context.set_offline(False)
    expect(page.locator("#lines .person").last).to_contain_text("somos cuatro")
    operator = console()
    operator.goto(f"/console/search?q=papaya{lang}")
    operator.locator(".case a").first.click()
    operator.locator("#claim").click()
    operator.locator("#text").fill("Soy Ana, la leo.")
    operator.locator(".write button").click()
    expect(page.locator("#lines .operator")).to_contain_text("Soy Ana", timeout=10_000)
    look(page, f"chat-operator-{lang}")


def test_the_calendar(console):
    page = console(name="", bypass_csp=True)
    page.goto("/calendar?lang=es")
    look(page, "calendar")
