"""The console as an inbox: by keyboard alone, in few clicks, at both sizes; what each page looks like."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.browser.conftest import SCREENSHOTS
from tests.browser.test_console import BEATEN, LOST, api, console, desk, log_in, pictures, twilio, write
from tests.support import telegram_updates as updates

__all__ = ["api", "console", "desk", "pictures", "twilio", "write"]
SIZES = [(360, 740), (1280, 900)]


def texts(api, chat: int, wanted: str, page: Page) -> None:
    """Wait until these words were sent to this person."""
    for _ in range(100):
        if wanted in " ".join(api.texts(chat)):
            return
        page.wait_for_timeout(50)
    raise AssertionError(wanted)


def test_three_cases_in_a_row_without_the_mouse(console, write, api):
    for chat in (201, 202, 203):
        write(chat, f"{LOST} zapote{chat}")
    page = console()
    for _ in range(3):
        expect(page.locator("h1")).to_have_text("Cola")
        page.wait_for_load_state()
        page.keyboard.press("n")
        expect(page.locator("#text")).to_be_focused()
        expect(page.locator("#lines .person").last).to_be_in_viewport()
        page.keyboard.type("Soy Ana. ¿Cuántos son?")
        page.keyboard.press("Control+Enter")
        expect(page.locator("#log .operator")).to_contain_text("Soy Ana.")
        expect(page.locator("#log .operator .sent")).to_have_text("enviado")
        expect(page.locator("#text")).to_have_value("")
        expect(page.locator("#text")).to_be_focused()
        page.keyboard.press("Escape")
        page.keyboard.press("e")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#state")).to_contain_text("Resuelto")
        page.wait_for_load_state()
        page.keyboard.press("g")
    for chat in (201, 202, 203):
        texts(api, chat, "Soy Ana.", page)


@pytest.mark.parametrize("size", SIZES)
def test_from_the_alarm_to_the_first_answer_in_two_clicks(console, write, api, size):
    chat = 210 + size[0]
    write(chat, f"{LOST} guayaba{chat}")
    page = console("/console", viewport={"width": size[0], "height": size[1]})
    row = page.locator(".case", has_text=f"guayaba{chat}")
    href = row.locator("a").get_attribute("href")
    page.goto(str(href))  # as the alarm's link does
    clicks = 0
    for part in ("#lines .person", "#claim"):
        expect(page.locator(part).last).to_be_in_viewport(ratio=1)
    page.locator("#claim").click()
    clicks += 1
    expect(page.locator("#text")).to_be_focused()
    for part in ("#lines .person", "#text", ".write button"):
        expect(page.locator(part).last).to_be_in_viewport(ratio=1)
    assert page.evaluate("scrollY") == 0
    page.keyboard.type("Soy Ana. ¿Cuántos son?")
    page.locator(".write button").click()
    clicks += 1
    expect(page.locator("#log .operator")).to_be_in_viewport(ratio=1)
    texts(api, chat, "Soy Ana.", page)
    assert (clicks, page.evaluate("scrollY")) == (2, 0)


def test_a_reply_adds_to_what_is_there_and_folds_nothing(console, write):
    write(220, f"{LOST} pera")
    page = console()
    page.locator(".case", has_text="pera").get_by_role("button").click()
    bot = page.locator("#lines .bot details").first
    expect(bot).not_to_have_attribute("open", "")
    bot.locator("summary").click()
    page.evaluate("window.first = document.querySelector('#lines li'); window.stillHere = true")
    page.locator("#text").fill("Aquí estoy.")
    page.locator(".write button").click()
    expect(page.locator("#log .operator")).to_contain_text("Aquí estoy.")
    assert page.evaluate("window.stillHere && document.querySelector('#lines li') === window.first")
    assert bot.evaluate("one => one.open"), "what was unfolded stays so"
    write(220, "somos cuatro, pera")
    expect(page.locator("#lines .person").last).to_contain_text("somos cuatro")
    assert bot.evaluate("one => one.open")


def test_a_refused_reply_says_why_and_keeps_the_words(console, write):
    write(221, f"{LOST} lima")
    page, other = console(), console(name="cora")
    page.locator(".case", has_text="lima").get_by_role("button").click()
    expect(page.locator("#text")).to_be_visible()
    other.goto(page.url)
    other.get_by_text("Pasar", exact=True).first.click()
    other.locator("#to").select_option("ben")
    other.locator("#to + button").click()
    page.locator("#text").fill("una respuesta larga")
    page.locator(".write button").click()
    expect(page.locator("#told")).to_contain_text("Otra persona tiene este caso")
    expect(page.locator("#text")).to_have_value("una respuesta larga")


def test_a_new_message_in_another_case_shows(console, write):
    write(222, f"{LOST} toronja")
    write(223, f"{BEATEN} mamey")
    page, pages = console(), []
    for name in ("toronja", "mamey"):
        page.goto("/console")
        page.locator(".case", has_text=name).get_by_role("button").click()
        page.locator("#text").fill("Ya le leo.")
        page.locator(".write button").click()
        expect(page.locator("#log .operator")).to_be_visible()
        pages.append(page.url)
    write(222, "sigo esperando toronja")
    owed = page.locator(f"#owed a[href='{pages[0][pages[0].index('/console') :]}']")
    expect(owed).to_contain_text("Espera su respuesta")
    page.screenshot(path=SCREENSHOTS / "console-owed-1280.png")
    owed.click()
    expect(page.locator("#lines .person").last).to_contain_text("sigo esperando")


def test_a_draft_waits_in_its_case_until_it_is_sent(console, write):
    write(230, f"{LOST} marañón")
    write(231, f"{BEATEN} tejocote")
    page, cases = console(), {}
    for name in ("marañón", "tejocote"):
        page.goto("/console")
        page.locator(".case", has_text=name).get_by_role("button").click()
        page.locator("#text").fill(f"a medias para {name}")
        cases[name] = page.url
    write(230, "sigo aqui marañón")
    page.locator(f"#owed a[href='{cases['marañón'][cases['marañón'].index('/console') :]}']").click()
    expect(page.locator("#text")).to_have_value("a medias para marañón")
    page.goto(cases["tejocote"])
    expect(page.locator("#text")).to_have_value("a medias para tejocote")
    page.locator(".write button").click()
    expect(page.locator("#log .operator")).to_contain_text("a medias para tejocote")
    page.reload()
    expect(page.locator("#text")).to_have_value("")
    page.locator("#menu summary").click()
    page.get_by_role("button", name="Salir").click()
    page.wait_for_url("**/console/login")
    assert page.evaluate("Object.keys(sessionStorage)") == []
    log_in(page, "ana")
    page.goto(cases["marañón"])
    expect(page.locator("#text")).to_have_value("")


@pytest.mark.parametrize("size", SIZES)
def test_the_last_words_of_a_person_stand_first_and_whole(console, write, size):
    first = "llegamos ayer en la noche a un cuarto donde nos dijeron que iban a venir por nosotros y no vinieron"
    last = "ya no tenemos agua y el niño no despierta, estamos en el desierto y se oyen camionetas cerca, capulín"
    for words in (first, f"{last}{size[0]}"):
        write(232 + size[0], words)
    page = console(viewport={"width": size[0], "height": size[1]})
    row = page.locator(".case", has_text=f"capulín{size[0]}")
    said, meta = row.locator(".last"), row.locator(".about")
    assert said.evaluate("one => one.scrollHeight <= one.clientHeight"), "not cut"
    assert said.bounding_box()["y"] < row.locator(".badge").bounding_box()["y"] < meta.bounding_box()["y"]
    sizes = [float(one.evaluate("one => parseFloat(getComputedStyle(one).fontSize)")) for one in (said, meta)]
    assert sizes[0] > sizes[1]


def test_what_was_done_is_read_out(console, write):
    write(240, f"{LOST} zarzamora")
    page = console()
    page.locator(".case", has_text="zarzamora").get_by_role("button").click()
    expect(page.get_by_role("status").filter(has_text="El caso es suyo.")).to_be_visible()
    assert "did=" not in page.url
    page.locator("#note").fill("vive cerca")
    page.get_by_role("button", name="Guardar nota").click()
    expect(page.locator("#did")).to_have_text("Nota guardada.")
    page.reload()
    expect(page.locator("#did")).to_have_count(0)


def test_resolving_asks_once_in_place_where_somebody_waits(console, write):
    write(241, f"{LOST} nanche")
    page = console(viewport={"width": 360, "height": 740})
    page.locator(".case", has_text="nanche").get_by_role("button").click()
    page.locator("#resolving summary").click()
    page.locator("#outcome").select_option("other")
    page.locator("#resolve button").click()
    expect(page.locator("#ask")).to_be_in_viewport()
    expect(page.locator("#sure")).to_be_focused()
    expect(page.locator("#outcome")).to_have_value("other")
    page.keyboard.press("Enter")
    expect(page.locator("#did")).to_have_text("Caso resuelto.")
    expect(page.locator("#state")).to_contain_text("Resuelto")


@pytest.mark.parametrize("size", SIZES)
def test_the_words_of_the_danger_are_one_tap_away(console, write, api, size):
    chat = 242 + size[0]
    write(chat, f"ya no quiero vivir guaje{size[0]}")
    page = console(viewport={"width": size[0], "height": size[1]})
    page.locator(".case", has_text=f"guaje{size[0]}").get_by_role("button").click()
    for chip in page.locator(".chip.of-danger").all()[:4]:  # more than anybody sends at once
        chip.click()
    words = page.locator("#text").input_value()
    assert str(page.locator(".chip.of-danger").first.get_attribute("data-text")) in words
    for part in ("#lines .person", "#text", ".write button"):
        expect(page.locator(part).last).to_be_in_viewport()
    page.locator(".write button").click()
    texts(api, chat, words.splitlines()[0], page)


def test_the_bell_is_off_until_somebody_asks(console):
    page = console()
    page.locator("#menu summary").click()
    expect(page.locator("#bell")).to_have_attribute("aria-pressed", "false")
    page.locator("#bell").click()
    page.reload()
    page.locator("#menu summary").click()
    expect(page.locator("#bell")).to_have_attribute("aria-pressed", "true")


def test_own_and_shared_replies_stand_above_the_composer(console, write):
    lead = console("/console/canned", name="cora")
    lead.locator("#title").fill("Agua")
    lead.locator("#canned-text").fill("Guarden el agua para el niño.")
    lead.get_by_label("Para todo el equipo").check()
    lead.get_by_role("button", name="Guardar").click()
    expect(lead.locator(".canned")).to_contain_text("de todo el equipo")
    write(224, f"{LOST} caimito")
    page = console()
    page.locator(".case", has_text="caimito").get_by_role("button").click()
    page.get_by_role("button", name="Agua", exact=True).click()
    expect(page.locator("#text")).to_have_value("Guarden el agua para el niño.")


def located(desk, chat: int) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": "a-secret-for-the-webhook"}
    with desk.client() as client:
        assert client.post("/webhooks/telegram", json=updates.location(chat), headers=headers).status_code == 200


@pytest.mark.parametrize("size", SIZES)
def test_coordinates_are_copied_and_opened_in_a_map(console, write, desk, size):
    write(225 + size[0], f"{LOST} chirimoya")
    located(desk, 225 + size[0])
    page = console(viewport={"width": size[0], "height": size[1]}, permissions=["clipboard-read", "clipboard-write"])
    page.locator(".case", has_text="compartió su ubicación").first.locator("a").click()
    page.locator(".copy").click()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.locator("#coordinates").inner_text()
    assert page.locator("#where a[href^='geo:']").count() == 1
    assert page.locator("#where a[href^='https://www.openstreetmap.org/']").count() == 1
    maps = page.locator("#where a[data-map]")
    expect(page.locator("#where .chosen")).to_have_count(0)
    page.context.route("https://www.google.com/**", lambda route: route.fulfill(body="a map", content_type="text/html"))
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Google Maps").click()
    opened.value.close()
    page.reload()
    expect(page.locator("#where .chosen")).to_have_text("Google Maps")
    expect(maps.first).to_have_text("Google Maps")
    page.screenshot(path=SCREENSHOTS / f"console-place-{size[0]}.png", full_page=True)


def test_a_full_queue_and_its_screens(console, write):
    for chat in range(300, 360):
        write(chat, "persona")
    for size in SIZES:
        page = console(viewport={"width": size[0], "height": size[1]}, bypass_csp=True)
        expect(page.locator("#g-untaken .case")).to_have_count(50)
        page.screenshot(path=SCREENSHOTS / f"console-queue-60-{size[0]}.png")
        assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
        found = Axe().run(page).response["violations"]
        assert [f"{one['id']}: {[node['html'][:200] for node in one['nodes']]}" for one in found] == []


def test_the_keys_can_be_switched_off(console):
    page = console()
    page.wait_for_load_state()
    page.keyboard.press("?")
    page.wait_for_url("**/console/keys")
    page.wait_for_load_state()
    page.locator("#keys-on").uncheck()
    assert page.evaluate("localStorage.getItem('keys')") == "off"
    page.goto("/console")
    page.keyboard.press("?")
    page.wait_for_timeout(300)
    expect(page.locator("h1")).to_have_text("Cola")


def test_a_token_for_a_program_is_made_used_and_revoked(console, desk):
    page = console("/console/tokens", permissions=["clipboard-read", "clipboard-write"])
    page.locator("#label").fill("tablero")
    page.get_by_label("leer casos").check()
    page.locator("#token-password").fill("una clave bastante larga")
    page.get_by_role("button", name="Hacer el acceso").click()
    page.locator(".copy").click()
    token = page.evaluate("navigator.clipboard.readText()")
    headers = {"Authorization": f"Bearer {token}"}
    with desk.client() as client:
        assert client.get("/api/v1/me", headers=headers).json()["scopes"] == ["cases:read"]
        page.goto("/console/tokens")
        page.locator("form[action$=revoke] button", has_text="tablero").click()
        expect(page.locator("main")).not_to_contain_text("tablero")
        assert client.get("/api/v1/me", headers=headers).status_code == 401


def test_a_new_account_logs_in_with_the_password_that_was_shown(console):
    page = console("/console/staff", name="cora")
    page.locator("#name").fill("nueva")
    page.locator("#new-password").fill("una clave bastante larga")
    page.get_by_role("button", name="Hacer la cuenta").click()
    password = page.locator("#made").inner_text()
    other = console(name="")
    other.locator("#name").fill("nueva")
    other.locator("#password").fill(password)
    other.locator("main button").click()
    expect(other.locator("h1")).to_have_text("Cola")
