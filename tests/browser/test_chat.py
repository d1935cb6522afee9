"""The web chat in a real browser: `make browser`."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NEUTRAL, SCREENSHOTS, talk
from tests.support.server import ventanilla

QUESTION = {"es": "cuanto cuesta el pasaporte", "en": "how much is the passport"}
DANGER = {
    "es": "estamos perdidos en el desierto de arizona, ya no traemos agua",
    "en": "we are lost in the desert in arizona and have no water left",
}


def kept(page: Page) -> dict[str, int]:
    return page.evaluate("() => ({local: localStorage.length, session: sessionStorage.length})")  # type: ignore[no-any-return]


def test_a_question_and_a_choice(opened):
    page = opened()
    steps = page.evaluate("history.length")
    talk(page, QUESTION["es"])
    expect(page.locator("#lines li").first).to_have_text("Usted: " + QUESTION["es"])
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#text")).to_have_value("")
    choice = page.locator("#choices button").first
    label = choice.inner_text()
    before = page.locator("#lines li").count()
    choice.click()
    expect(page.locator("#lines li").nth(before)).to_have_text(f"Usted: {label}")
    expect(page.locator("#lines li").nth(before + 1)).to_have_class("bot")
    assert page.evaluate("history.length") == steps
    assert page.url.endswith("/chat")
    assert kept(page) == {"local": 0, "session": 0}
    (cookie,) = page.context.cookies()
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["expires"]) == (True, "Strict", -1)


def test_by_keyboard_alone(opened):
    page = opened()
    reached: list[str] = []
    while "text" not in reached and len(reached) < 20:
        page.keyboard.press("Tab")
        reached.append(page.evaluate(
            "document.activeElement.id || document.activeElement.className || document.activeElement.innerText.trim()"
        ))  # fmt: skip
        outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline == "solid", reached
    assert (reached[1], reached[3]) == ("exit", "language")
    assert "911" in reached[0]
    assert "911" in reached[2]
    assert reached[-5:] == [
        "¿Qué ayuda hay en México para quien fue deportado?",
        "Ver temas",
        "Privacidad",
        "locate",
        "text",
    ]
    page.keyboard.type("que es el ciam")
    page.keyboard.press("Enter")
    expect(page.locator("#lines .bot").first).to_be_visible()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('form').id") == "choices"
    before = page.locator("#lines .person").count()
    page.keyboard.press("Enter")
    expect(page.locator("#lines .person")).to_have_count(before + 1)
    expect(page.locator("#text")).to_be_focused()


def test_danger_and_a_persons_reply(opened, server):
    page = opened()
    talk(page, DANGER["es"])
    first = page.locator("#lines .bot").first
    expect(first).to_contain_text("911")
    expect(first.locator("a[href='tel:911']").first).to_be_visible()
    expect(page.locator("#lines .alone")).to_contain_text("nadie podrá contestarle")
    page.locator("#text").fill("somos cu")
    token = ventanilla(server.directory, "operators", "add", "ana", "--role", "operator").stdout.strip()
    headers = {"Authorization": f"Bearer {token}"}
    with server.client() as client:
        case = client.post("/api/v1/escalations/next", headers=headers).json()
        client.post(f"/api/v1/escalations/{case['id']}/reply", headers=headers, json={"text": "Soy Ana."})
    expect(page.locator("#lines .operator")).to_have_text("Una persona del equipo: Soy Ana.")
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#text")).to_have_value("somos cu")
    page.wait_for_timeout(3500)
    expect(page.locator("#lines .operator")).to_have_count(1)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_quick_exit_leaves_nothing_behind(opened, scripts):
    page = opened("/chat", java_script_enabled=scripts)
    if scripts:
        talk(page, "hola")
    page.locator("#exit").click()
    page.wait_for_url(NEUTRAL)
    expect(page.locator("h1")).to_have_text("Elsewhere")
    page.wait_for_timeout(300)
    assert page.context.cookies() == []
    page.go_back()
    if scripts:
        assert page.url == "about:blank", "no step of the history leads back"
    else:
        expect(page.locator("#lines li")).to_have_count(0)


def test_without_scripts(opened):
    page = opened(java_script_enabled=False)
    expect(page.locator("#place")).to_be_hidden()
    page.locator("#text").fill(QUESTION["es"])
    page.locator("#composer button").click()
    expect(page.locator("#lines .person").first).to_contain_text(QUESTION["es"])
    choice = page.locator("#choices button").first
    label = choice.inner_text()
    choice.click()
    expect(page.locator("#lines .person").last).to_contain_text(label)
    page.locator("#text").fill(DANGER["es"])
    page.locator("#composer button").click()
    expect(page.locator("#lines .alone")).to_be_visible()
    page.get_by_text("Ver si hay respuestas nuevas").click()
    expect(page.locator("#lines .alone")).to_be_visible()


def test_a_lost_connection_loses_no_words(opened):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page = opened(bypass_csp=True)  # for its screenshots, which put styles into the page
    talk(page, "hola")
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    for words in ("que es el ciam", "estoy en tucson"):
        page.locator("#text").fill(words)
        page.locator("#text").press("Enter")
        expect(page.locator("#pending")).to_contain_text(words)
    page.locator("#text").fill("a medio escri")
    for width, height in ((360, 740), (1280, 900)):
        page.set_viewport_size({"width": width, "height": height})
        expect(page.locator("#offline a[href='tel:911']")).to_be_in_viewport()
        expect(page.locator("header a[href='tel:911']")).to_be_in_viewport(ratio=1)
        page.screenshot(path=SCREENSHOTS / f"chat-offline-{width}.png")
    before = page.locator("#lines .person").count()
    page.context.set_offline(False)
    expect(page.locator("#offline")).to_be_hidden()
    expect(page.locator("#lines .person")).to_have_count(before + 2)
    assert page.locator("#lines .person").all_inner_texts()[-2].endswith("que es el ciam"), "in their order"
    expect(page.locator("#lines .person").last).to_contain_text("estoy en tucson")
    expect(page.locator("#pending")).to_be_hidden()
    expect(page.locator("#text")).to_have_value("a medio escri")


def test_a_place_and_a_choice_wait_for_the_connection_too(opened):
    page = opened(geolocation={"latitude": 31.9, "longitude": -112.8}, permissions=["geolocation"])
    talk(page, QUESTION["es"])
    page.context.set_offline(True)
    words = page.locator("#choices button").first.inner_text()
    page.locator("#choices button").first.click()
    expect(page.locator("#pending")).to_contain_text(words)
    page.locator("#locate").click()
    expect(page.locator("#place")).to_be_hidden()
    page.context.set_offline(False)
    expect(page.locator("#lines .person")).to_have_count(3)
    expect(page.locator("#place")).to_be_visible()
    expect(page.locator("#pending")).to_be_hidden()


@pytest.mark.parametrize("height", [256, 380])
def test_the_number_stays_where_a_keyboard_takes_the_screen(opened, height):
    page = opened(viewport={"width": 360, "height": height})
    talk(page, QUESTION["es"])
    page.context.set_offline(True)
    expect(page.locator("#offline")).to_be_visible()
    for to in (-5000, 5000):
        page.mouse.wheel(0, to)
        expect(page.locator("header a[href='tel:911']")).to_be_in_viewport(ratio=1)
    page.context.set_offline(False)


def test_a_lost_session_loses_no_words(opened):
    page = opened()
    page.context.clear_cookies()
    page.locator("#text").fill("que es el ciam")
    page.locator("#text").press("Enter")
    expect(page.locator("#notice")).to_contain_text("911")
    expect(page.locator("#text")).to_have_value("que es el ciam")
    expect(page.locator("#text")).to_be_focused()
    page.locator("#text").press("Enter")
    expect(page.locator("#lines .person")).to_have_count(1)


def test_the_emergency_number_is_in_sight_whatever_happens(opened):
    page = opened()
    talk(page, QUESTION["es"])
    page.context.set_offline(True)
    page.locator("#text").fill("que es el ciam")
    page.locator("#text").press("Enter")
    expect(page.locator("#offline a[href='tel:911']")).to_be_in_viewport()
    expect(page.locator("header a[href='tel:911']")).to_be_in_viewport()
    page.mouse.wheel(0, -5000)
    expect(page.locator("header a[href='tel:911']")).to_be_in_viewport()
    page.context.set_offline(False)


def test_the_first_screen_says_who_and_asks_by_itself(opened):
    page = opened("/")
    assert page.url.endswith("/chat")
    expect(page.locator("#start")).to_contain_text("no es del gobierno")
    expect(page.locator("#start")).to_contain_text("cifrado 30 días")
    page.locator("#examples button").first.click()
    expect(page.locator("#lines .bot").first).to_contain_text("USD")
    expect(page.locator("#start")).to_be_hidden()
    expect(page.locator("#pending")).to_be_hidden()
    expect(page.locator("#choices button").first).to_be_in_viewport()
    assert page.request.get("/chat/manifest.webmanifest").json()["icons"]


def test_three_times_escape_leaves(opened):
    page = opened()
    talk(page, "hola")
    for _ in range(3):
        page.keyboard.press("Escape")
    page.wait_for_url(NEUTRAL)
    page.wait_for_timeout(300)
    assert page.context.cookies() == []


def test_an_answer_further_down_is_told_and_not_jumped_to(opened, server):
    page = opened()
    talk(page, DANGER["es"])
    for _ in range(8):
        talk(page, QUESTION["es"])
    page.mouse.wheel(0, -5000)
    page.wait_for_timeout(300)
    token = ventanilla(server.directory, "operators", "add", "lea", "--role", "operator").stdout.strip()
    headers = {"Authorization": f"Bearer {token}"}
    with server.client() as client:
        # Not the next of the queue: cases of other tests wait there for longer.
        waiting = client.get("/api/v1/escalations?status=open", headers=headers).json()["items"]
        case = f"/api/v1/escalations/{max(waiting, key=lambda one: one['opened_at'])['id']}"
        for do, body in (("claim", {}), ("reply", {"text": "Soy Lea."})):
            assert client.post(f"{case}/{do}", headers=headers, json=body).status_code == 200
    expect(page.locator("#fresh")).to_be_visible()
    expect(page.locator("#lines .operator")).not_to_be_in_viewport()
    page.screenshot(path=SCREENSHOTS / "chat-operator-360.png")
    page.locator("#fresh").click()
    expect(page.locator("#lines .operator")).to_be_in_viewport()
    expect(page.locator("#fresh")).to_be_hidden()


def test_a_page_where_nothing_was_said_for_long_asks_seldom(opened):
    page = opened()
    talk(page, "hola")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if request.method == "GET" else None)
    page.evaluate("const now = Date.now; Date.now = () => now() + 6 * 60 * 1000")
    page.wait_for_timeout(13_000)
    assert 1 <= len(asked) <= 2, "every nine seconds, not every three"
    asked.clear()
    talk(page, QUESTION["es"])
    page.wait_for_timeout(7_000)
    assert len(asked) >= 2, "who writes again is answered as fast as before"


def test_two_taps_are_one_message(opened):
    page = opened()
    talk(page, QUESTION["es"])
    before = page.locator("#lines .person").count()
    page.locator("#choices button").first.dblclick()
    expect(page.locator("#lines .person")).to_have_count(before + 1)
    page.locator("#text").fill("hola")
    page.evaluate(
        "() => { const form = document.getElementById('composer'); form.requestSubmit(); form.requestSubmit() }"
    )
    expect(page.locator("#lines .person")).to_have_count(before + 2)
    page.wait_for_timeout(300)
    expect(page.locator("#lines .person")).to_have_count(before + 2)


def test_a_place_is_told_by_tapping_only(opened):
    place = {"latitude": 31.9, "longitude": -112.8}
    page = opened(geolocation=place, permissions=["geolocation"])
    talk(page, DANGER["es"])
    page.locator("#locate").click()
    expect(page.locator("#lines .person").last).to_contain_text("ubicación compartida")
    expect(page.locator("#lines .bot", has_text="31.9")).to_have_count(1)


def test_a_place_that_the_phone_does_not_give(opened):
    page = opened(permissions=[])
    page.locator("#locate").click()
    expect(page.locator("#no-location")).to_be_visible()


def test_erasing_empties_the_page(opened):
    page = opened()
    talk(page, "hola")
    talk(page, "/borrar")
    page.locator("#choices button").first.click()
    expect(page.locator("#lines li")).to_have_count(1)
    expect(page.locator("#lines .bot")).to_contain_text("Recibo")
    page.wait_for_timeout(3500)
    expect(page.locator("#lines .bot")).to_contain_text("Recibo")
    talk(page, "hola")
    expect(page.locator("#lines .person")).to_have_count(1)


def test_the_other_language_is_a_tap_away(opened):
    page = opened()
    steps = page.evaluate("history.length")
    page.locator(".language").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert page.evaluate("history.length") == steps
    talk(page, QUESTION["en"])
    expect(page.locator("#lines .bot p").last).to_have_attribute("lang", "en")


@pytest.mark.parametrize("size", [(320, 568), (320, 256)])
def test_a_small_screen(opened, size):
    page = opened(viewport={"width": size[0], "height": size[1]})
    talk(page, DANGER["es"])
    talk(page, QUESTION["es"])
    assert page.evaluate("document.documentElement.scrollWidth") == size[0]
    targets = page.locator("button:visible, #exit, .language, textarea")
    sizes = [box for box in (target.bounding_box() for target in targets.all()) if box]
    assert len(sizes) > 4
    assert min(min(box["width"], box["height"]) for box in sizes) >= 44


CARDS = ("que es la matricula consular", "donde esta el consulado en dallas", "cuando es la csw", "pasos para ecosoc")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_the_parts_of_an_answer(opened, width, scheme):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    size = {"width": width, "height": 900}
    page = opened(viewport=size, color_scheme=scheme, reduced_motion="reduce", bypass_csp=True)  # as a screenshot needs
    for number, text in enumerate(CARDS):
        talk(page, text)
        page.screenshot(path=SCREENSHOTS / f"chat-parts-{number}-{scheme}-{width}.png")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    first = page.locator("#lines .parts").first
    assert first.get_by_role("heading").inner_text() == "Matrícula consular"
    read = first.locator("> *").evaluate_all("all => all.map(one => one.className || one.tagName)")
    assert list(dict.fromkeys(read)) == ["H2", "answer", "more", "note", "next", "source"]
    points = "one => parseFloat(getComputedStyle(one).fontSize)"
    lead, small = (first.locator(name).first.evaluate(points) for name in (".answer", ".source"))
    assert lead > small >= 15
    assert first.locator(".source a").count() == 1


def test_the_parts_of_an_answer_without_scripts(opened):
    page = opened(java_script_enabled=False)
    page.locator("#text").fill(CARDS[0])
    page.locator("#composer button").click()
    expect(page.locator("#lines .parts h2")).to_have_text("Matrícula consular")
    expect(page.locator("#lines .parts .answer")).to_contain_text("identificación oficial")


def test_in_danger_nothing_stands_out(opened):
    page = opened()
    talk(page, DANGER["es"])
    expect(page.locator("#lines .parts, #lines h2")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("lang", ["es", "en"])
def test_axe_and_screenshots(opened, lang, scheme):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    for width, height in ((360, 740), (1280, 900)):
        page = opened(
            f"/chat?lang={lang}",
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            reduced_motion="reduce",
            bypass_csp=True,  # axe puts styles into the page
        )
        for name, text in (("start", ""), ("question", QUESTION[lang]), ("danger", DANGER[lang])):
            if text:
                talk(page, text)
            page.screenshot(path=SCREENSHOTS / f"chat-{name}-{lang}-{scheme}-{width}.png")
            found = Axe().run(page).response["violations"]
            assert [f"{v['id']}: {[n['html'][:200] for n in v['nodes']]}" for v in found] == []


def test_news_that_overtake_the_answer_change_nothing(opened):
    page = opened()
    talk(page, QUESTION["es"])
    held: list[Route] = []

    def hold(route: Route) -> None:
        """It arrives, but its answer waits until the news have brought the same lines."""
        route.fetch()
        held.append(route)

    page.route("**/chat/messages", hold)
    page.locator("#choices button").first.focus()
    before = page.locator("#lines .person").count()
    page.keyboard.press("Enter")
    expect(page.locator("#lines .person")).to_have_count(before + 1)
    expect(page.locator("#pending")).to_be_visible()
    held[0].continue_()
    expect(page.locator("#pending")).to_be_hidden()
    expect(page.locator("#text")).to_be_focused()
    expect(page.locator("#lines .person")).to_have_count(before + 1)
    assert (
        page.evaluate("new Set([...document.querySelectorAll('#lines li')].map(li => li.id)).size")
        == page.locator("#lines li").count()
    )
