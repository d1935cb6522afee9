"""The web chat before a real database, without a browser."""

import asyncio
import gzip
import re
from datetime import UTC, datetime

import pytest
from fastapi import Request

from api.chat.bubbles import linked
from api.chat.words import accepted
from api.limits import READ_NETWORK, READ_SESSION, Buckets, Flood
from api.network import network_of
from bot.conversation.ports import StoreBusyError
from bot.storage.queue import Wanted
from bot.wiring import Service
from tests.support.app import app_before
from tests.support.web_chat import HTMX, bubbles, open_web, visit

DANGER = "estamos perdidos en el desierto de arizona, ya no traemos agua"


@pytest.fixture
async def service(tmp_path, knowledge):
    async with open_web(tmp_path, knowledge) as service:
        yield service


@pytest.fixture
async def visitor(service):
    visitor = visit(service)
    yield await visitor.open()
    await visitor.client.aclose()


def session_in(visitor) -> str:
    """The cookie without our mark."""
    return visitor.client.cookies["session"].partition(".")[0]


async def operator(service) -> dict[str, str]:
    return {"Authorization": f"Bearer {await service.operators.add('ana', 'operator', datetime.now(UTC))}"}


async def test_the_first_page_is_empty_neutral_and_says_the_emergency_number(visitor):
    assert visitor.answer.status_code == 200
    assert visitor.bubbles == []
    assert "<title>Ventanilla</title>" in visitor.page
    assert '<a href="tel:911">' in visitor.page or "911" in visitor.page


async def test_a_question_and_a_choice_without_scripts(visitor):
    await visitor.say("cuanto cuesta el pasaporte")
    assert visitor.answer.status_code == 200
    assert visitor.bubbles[0] == ("person", "cuanto cuesta el pasaporte")
    assert any("asaporte" in text for who, text in visitor.bubbles if who == "bot")
    label = next(iter(visitor.choices))
    before = len(visitor.bubbles)
    await visitor.tap(label)
    assert visitor.bubbles[before] == ("person", label)
    assert visitor.bubbles[before + 1][0] == "bot"


async def test_an_answer_is_a_heading_a_lead_and_small_print(visitor):
    await visitor.say("que es la matricula consular")
    (answer,) = re.findall(r'<div class="parts" lang="es">(.*?)</div></li>', visitor.page, re.DOTALL)
    assert answer.startswith("<h2>Matrícula consular</h2>")
    shown = re.findall(r'<p class="(\w+)">', answer)
    assert list(dict.fromkeys(shown)) == ["answer", "more", "note", "next", "source"]
    assert re.search(r'<p class="source">Fuente: .*<a href="https://', answer)
    assert (visitor.bubbles[1][0], visitor.bubbles[1][1].splitlines()[0]) == ("bot", "Matrícula consular")


async def test_in_danger_every_bubble_is_plain(visitor):
    await visitor.say(DANGER)
    assert 'class="parts"' not in visitor.page


async def test_the_page_opens_at_the_persons_own_line(visitor):
    await visitor.say("hola")
    sent = await visitor.client.post("/chat/messages", data={**visitor.form(), "text": "que es el ciam"})
    assert (sent.status_code, sent.headers["location"]) == (303, f"/chat#m{visitor.last + 1}")


async def test_danger_gets_help_first_and_the_note_that_nobody_can_write_back(visitor, service):
    await visitor.say(DANGER)
    first, note = visitor.bubbles[1], visitor.bubbles[-1]
    assert first[0] == "bot"
    assert "911" in first[1]
    assert 'href="tel:911"' in visitor.page
    assert note[0] == "alone"
    assert "nadie podrá contestarle" in note[1]
    assert visitor.page.count('class="alone"') == 1
    (case,), _ = await service.cases.find(Wanted(status="open"), None, 10)
    assert case.category == "lost"


async def test_no_note_where_there_is_no_help(visitor):
    await visitor.say("hola")
    assert 'class="alone"' not in visitor.page


async def test_an_operators_reply_shows_at_the_next_question_for_news(visitor, service):
    await visitor.say(DANGER)
    headers = await operator(service)
    assert (await visitor.news()).status_code == 204
    case = (await visitor.client.post("/api/v1/escalations/next", headers=headers)).json()
    path = f"/api/v1/escalations/{case['id']}/reply"
    await visitor.client.post(path, headers=headers, json={"text": "Soy Ana. ¿Ve un camino?"})
    news = await visitor.news()
    assert bubbles(news.text) == [("operator", "Soy Ana. ¿Ve un camino?")]
    assert (await visitor.news(**{"If-None-Match": news.headers["etag"]})).status_code == 304
    await visitor.open()
    assert visitor.bubbles[-1] == ("operator", "Soy Ana. ¿Ve un camino?")


async def test_a_script_gets_what_is_new_and_nothing_twice(visitor):
    first = await visitor.client.post(
        "/chat/messages", data={**visitor.form(), "text": "hola", "after": "0"}, headers=HTMX
    )
    assert first.status_code == 200
    assert "<html" not in first.text
    assert bubbles(first.text)[0] == ("person", "hola")
    after = re.search(r'name="after" value="(\d+)" hx-swap-oob="true"', first.text)
    assert after
    form = {**visitor.form(), "once": "another-number", "text": "que es el ciam", "after": after[1]}
    second = await visitor.client.post("/chat/messages", data=form, headers=HTMX)
    assert bubbles(second.text)[0] == ("person", "que es el ciam")
    assert 'id="open" hx-swap-oob="true"' in second.text


async def test_the_same_form_sent_twice_at_once_is_one_turn(visitor):
    form = {**visitor.form(), "text": "hola"}
    answers = await asyncio.gather(*(visitor.client.post("/chat/messages", data=form) for _ in range(4)))
    assert {answer.status_code for answer in answers} == {303}
    await visitor.open()
    assert [who for who, _ in visitor.bubbles].count("person") == 1


async def test_nobody_can_use_up_or_read_what_is_anothers(service):
    app = app_before(service)
    luz, eva = visit(service, app=app), visit(service, app=app)
    await luz.open()
    await eva.open()
    once = luz.form()["once"]
    await eva.say("hola", once=once)
    await luz.say("que es el ciam", once=once)
    assert ("person", "que es el ciam") in luz.bubbles
    assert "hola" not in [text for _, text in luz.bubbles]


@pytest.mark.parametrize("headers", [{}, HTMX])
@pytest.mark.parametrize("token", ["", "wrong", "f" * 64, "é" * 9])
async def test_a_forged_form_is_refused_and_the_words_are_not_lost(visitor, service, token, headers):
    words = 'me duele mucho el pecho, "ayuda" <b>\n& pronto'
    await visitor.post({"text": words, "csrf": token}, **headers)
    assert visitor.answer.status_code == 403
    assert visitor.typed == words
    assert "911" in visitor.notice
    assert ("<html" in visitor.page) != bool(headers)
    assert await service.own_view.of("web", session_in(visitor)) is None
    await visitor.say(visitor.typed)
    assert visitor.answer.status_code == 200
    assert len(visitor.bubbles) > 1


async def test_without_the_cookie_a_form_is_refused_and_the_next_try_is_taken(visitor):
    visitor.client.cookies.clear()
    await visitor.say("hola")
    assert (visitor.answer.status_code, visitor.typed) == (403, "hola")
    await visitor.say("hola")
    assert visitor.answer.status_code == 200


async def test_the_cookie_is_all_that_is_left_in_the_browser(tmp_path, knowledge, visitor):
    cookie = visitor.answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=strict", "Path=/chat"} <= set(cookie.split("; "))
    assert "Max-Age" not in cookie
    assert "expires" not in cookie.lower()
    assert "Secure" not in cookie
    (tmp_path / "https").mkdir()
    async with open_web(tmp_path / "https", knowledge, public_url="https://ventanilla.example") as service:
        given = (await visit(service).open()).answer.headers["set-cookie"]
        assert given.startswith("__Host-session=")
        assert {"Secure", "Path=/"} <= set(given.split("; "))
        assert "Domain" not in given
    again = await visitor.client.get("/chat")
    assert "set-cookie" not in again.headers
    assert again.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("cookie", ["", "x", "é", "a" * 43, "a" * 44, "a" * 42 + "%", f"{'a' * 43}.{'0' * 64}", "."])
async def test_a_cookie_that_we_never_made_is_replaced(service, cookie):
    visitor = visit(service)
    answer = await visitor.client.get("/chat", headers=[(b"cookie", f"session={cookie}".encode())])
    assert (answer.status_code, "set-cookie" in answer.headers) == (200, True)


PAGES = ["/chat", "/chat?lang=en", "/chat/nothing", "/chat/messages", "/chat/static/chat.js"]


@pytest.mark.parametrize("path", PAGES)
async def test_every_answer_is_strict(visitor, path):
    answer = await visitor.client.get(path)
    policy = answer.headers.get("content-security-policy", "default-src 'none'; frame-ancestors 'none'")
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|style=", answer.text if "<html" in answer.text else "")


async def test_a_quick_exit_clears_all_and_the_case_knows(visitor, service):
    await visitor.say(DANGER)
    session = session_in(visitor)
    answer = await visitor.client.get("/chat/exit")
    assert answer.status_code == 303
    assert answer.headers["location"].startswith("https://www.")
    assert '"cookies"' in answer.headers["clear-site-data"]
    assert "session" not in visitor.client.cookies
    await visitor.open()
    assert visitor.bubbles == []
    assert session_in(visitor) != session
    (case,), _ = await service.cases.find(Wanted(status="open"), None, 10)
    assert case.left


async def test_a_quick_exit_before_a_word_was_said_leaves_no_conversation(visitor, service):
    session = session_in(visitor)
    await visitor.client.post("/chat/exit")
    assert await service.own_view.of("web", session) is None


async def test_another_sites_exit_link_clears_nothing(service):
    answer = await visit(service).client.get("/chat/exit")
    assert (answer.status_code, "clear-site-data" in answer.headers) == (303, False)


async def test_leaving_by_words_empties_the_page_and_begins_anew(visitor):
    await visitor.say("que es el ciam")
    await visitor.say("/salir")
    assert visitor.bubbles == [("bot", "Hasta luego.")]
    await visitor.open()
    assert visitor.bubbles == []


@pytest.mark.parametrize("headers", [{}, HTMX])
async def test_erasing_shows_the_receipt_and_nothing_else(visitor, headers):
    await visitor.say("que es el ciam")
    await visitor.say("/borrar")
    last = visitor.last
    await visitor.post({"text": "sí, borrar"}, **headers)
    ((who, text),) = visitor.bubbles
    assert (who, "Recibo" in text) == ("bot", True)
    elsewhere = await visitor.news(after=last)
    assert elsewhere.headers["hx-retarget"] == "#chat", "another open page is emptied too"
    assert bubbles(elsewhere.text) == []


async def test_a_shared_place_is_a_location(visitor):
    await visitor.say(DANGER)
    await visitor.post({"latitude": "31.9", "longitude": "-112.8"})
    texts = [text for _, text in visitor.bubbles]
    assert "(ubicación compartida)" in texts
    assert any("31.9" in text for text in texts)


ODD = [
    {"once": ""},
    {"once": "x" * 500},
    {"once": "a b c d e f g"},
    {"latitude": "x", "longitude": "1"},
    {"latitude": "nan", "longitude": "1"},
    {"latitude": "91", "longitude": "1"},
    {"latitude": "1"},
]


@pytest.mark.parametrize("fields", ODD)
async def test_a_form_that_cannot_be_read_is_a_polite_400(visitor, fields):
    await visitor.say("hola", **fields)
    assert visitor.answer.status_code == 400
    assert visitor.typed == "hola"


@pytest.mark.parametrize("text", ["", "  \n ", "\u200b\u202e"])
async def test_nothing_said_is_nothing_done(visitor, text):
    await visitor.say(text)
    assert (visitor.answer.status_code, visitor.bubbles) == (200, [])


@pytest.mark.parametrize("text", ["a\x00b", "\ud800", "😀" * 50, "<script>alert(1)</script>", "x" * 5000])
async def test_odd_words_are_taken_and_shown_as_words(visitor, text):
    body = {**visitor.form(), "text": text.encode("utf-8", "surrogatepass")}
    assert (await visitor.client.post("/chat/messages", data=body)).status_code == 303
    await visitor.open()
    assert "<script>alert" not in visitor.page
    assert len(visitor.bubbles[0][1]) <= 4096


async def test_too_long_a_body_is_a_polite_page(visitor):
    answer = await visitor.client.post("/chat/messages", data={**visitor.form(), "text": "x" * 300_000})
    assert (answer.status_code, answer.headers["content-type"]) == (413, "text/html; charset=utf-8")
    assert "demasiado largo" in answer.text


@pytest.mark.parametrize(("path", "status"), [("/chat/nothing", 404), ("/chat/static/nothing.js", 404)])
async def test_errors_are_pages_here_and_problems_elsewhere(visitor, path, status):
    answer = await visitor.client.get(path, headers={"accept-language": "en"})
    assert (answer.status_code, answer.headers["content-type"]) == (status, "text/html; charset=utf-8")
    assert "There is no such page" in answer.text
    assert (await visitor.client.get("/chatter")).headers["content-type"] == "application/problem+json"


async def test_a_fault_of_ours_is_a_polite_page(visitor, service, monkeypatch):
    async def fail(*_: object) -> None:
        raise RuntimeError("secreto")

    monkeypatch.setattr(service, "handle", fail)
    await visitor.say("hola")
    assert visitor.answer.status_code == 500
    assert "911" in visitor.page
    assert "secreto" not in visitor.page


@pytest.mark.parametrize(("text", "helps"), [("hola", False), (DANGER, True)])
async def test_a_busy_database_keeps_the_words_and_in_danger_helps_all_the_same(
    visitor, service, monkeypatch, text, helps
):
    async def busy(*_: object) -> None:
        raise StoreBusyError

    monkeypatch.setattr(service, "handle", busy)
    await visitor.say(text)
    assert (visitor.answer.status_code, visitor.typed) == (503, text)
    assert "911" in visitor.notice
    assert ("\n\n" in visitor.notice) == helps


@pytest.mark.parametrize(("text", "helps"), [("hola", False), (DANGER, True)])
async def test_a_database_that_fails_helps_in_danger_and_takes_the_words_later(visitor, service, text, helps):
    await rename(service, "deliveries", "elsewhere")
    for _ in range(2):
        await visitor.say(text, once="number-0001")
        assert (visitor.answer.status_code, visitor.typed) == (503, text)
        assert int(visitor.answer.headers["retry-after"]) > 0
        assert ("\n\n" in visitor.notice) == helps
    await rename(service, "elsewhere", "deliveries")
    await visitor.say(text, once="number-0001")
    assert visitor.answer.status_code == 200
    assert text in visitor.page


async def rename(service: Service, table: str, to: str) -> None:
    async with service.database.write() as connection:
        await connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO {to}")


async def test_a_flood_is_slowed_politely_and_the_words_stay(service):
    visitor = visit(service)
    await visitor.open()
    for number in range(20):
        await visitor.say("", once=f"number-{number:04}")
        assert visitor.answer.status_code == 200
    await visitor.say("cuánto cuesta el pasaporte")
    assert (visitor.answer.status_code, visitor.typed) == (429, "cuánto cuesta el pasaporte")
    assert int(visitor.answer.headers["retry-after"]) in range(1, 4)
    assert "911" in visitor.notice
    assert "\n\n" not in visitor.notice


async def test_what_a_limit_held_back_is_stored_and_answered_where_it_is_danger(service):
    visitor = visit(service)
    await visitor.open()
    for number in range(20):
        await visitor.say("", once=f"number-{number:04}")
    await visitor.say("cuánto cuesta el pasaporte")
    assert visitor.answer.status_code == 429
    await visitor.say("mi bebé no respira")
    assert visitor.answer.status_code == 200
    assert [text for who, text in visitor.bubbles if who == "person"] == ["mi bebé no respira"]
    assert any("911" in text for who, text in visitor.bubbles if who == "bot")
    assert len((await service.cases.find(Wanted(), None, 9))[0]) == 1


def test_a_flood_is_not_read_without_end():
    flood = Flood(clock=lambda: 0.0)
    assert [flood.reads("s", "n") for _ in range(READ_SESSION + 1)] == [True] * READ_SESSION + [False]
    left = READ_NETWORK - READ_SESSION
    assert [flood.reads(f"s{n}", "n") for n in range(left + 1)] == [True] * left + [False]
    assert flood.reads("s", "another") is False
    assert flood.reads("t", "another")


def test_buckets_fill_again_with_time():
    now = [0.0]
    buckets = Buckets(20, clock=lambda: now[0])
    assert [buckets.wait("a") for _ in range(21)] == [0] * 20 + [3]
    now[0] = 2.9
    assert buckets.wait("a") == 1
    now[0] = 3.1
    assert buckets.wait("a") == 0
    assert buckets.wait("b") == 0


def test_a_conversation_waits_first_and_does_not_use_up_its_network():
    flood = Flood(clock=lambda: 0.0, session=3, network=5)
    assert [flood.wait("loud", "n") > 0 for _ in range(9)] == [False] * 3 + [True] * 6
    assert [flood.wait(f"s{n}", "n") > 0 for n in range(3)] == [False, False, True]
    assert flood.wait("s0", "another") == 0


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7/32"),
        ("::ffff:203.0.113.7", "203.0.113.7/32"),
        ("2001:db8:1:2::3", "2001:db8:1::/48"),
        ("testclient", "testclient"),
    ],
)
def test_a_network_is_what_one_household_shares(address, network):
    assert network_of(Request({"type": "http", "client": (address, 1), "headers": []})) == network


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("", "es"),
        ("en-US,en;q=0.9,es;q=0.8", "en"),
        ("es-MX,en;q=0.9", "es"),
        ("fr", "es"),
        ("en;q=x,es;q=0.1", "es"),
        ("ht, en;q=0.3", "en"),
        ("," * 400, "es"),
    ],
)
def test_the_language_that_a_browser_likes_best(header, lang):
    assert accepted(header) == lang


async def test_both_languages_and_the_language_of_each_bubble(visitor):
    await visitor.open(**{"accept-language": "en"})
    assert '<html lang="en">' in visitor.page
    assert "Quick exit" in visitor.page
    await visitor.open("/chat?lang=es", **{"accept-language": "en"})
    assert '<html lang="es">' in visitor.page
    await visitor.say("how much does the passport cost")
    assert '<html lang="es">' in visitor.page, "the language that was picked stays"
    assert re.search(r'class="person">.*?<p lang="en">', visitor.page)
    assert re.search(r'class="bot">.*?<p lang="en">', visitor.page)


async def test_who_says_nothing_in_a_language_is_answered_in_that_of_the_page(visitor):
    await visitor.open(**{"accept-language": "en"})
    await visitor.say("?")
    assert re.search(r'class="bot">.*?<p lang="en">', visitor.page)


async def test_the_topics_are_a_tap_away_at_the_start_and_only_there(visitor):
    assert 'name="text" value="Temas">Ver temas<' in visitor.page
    await visitor.say("Temas")
    assert len(visitor.choices) > 2
    assert "Ver temas" not in visitor.choices


async def test_from_another_site_the_session_is_not_lost(visitor):
    await visitor.say("hola")
    cookies = dict(visitor.client.cookies)
    visitor.client.cookies.clear()  # SameSite=Strict: the browser keeps it back
    await visitor.open(**{"sec-fetch-site": "cross-site"})
    assert "set-cookie" not in visitor.answer.headers
    assert "url=/chat?again=1" in visitor.page
    visitor.client.cookies.update(cookies)
    await visitor.open("/chat?again=1", **{"sec-fetch-site": "cross-site"})
    assert ("person", "hola") in visitor.bubbles


@pytest.mark.parametrize("after", ["", "x", "-1", "9" * 30, "é", "1.5"])
async def test_any_after_is_answered(visitor, after):
    await visitor.say("hola")
    answer = await visitor.client.get("/chat/messages", params={"after": after})
    assert answer.status_code == 200


def test_numbers_and_addresses_are_links_and_amounts_are_not(knowledge):
    html = str(
        linked("Llame al 911 o 1 520 623 7874; $911, 911.50 y 1911 no. <b> https://a.mx/b?c=1&d. Fin", knowledge)
    )
    assert html == (
        'Llame al <a href="tel:911">911</a> o <a href="tel:+15206237874">1 520 623 7874</a>; $911, 911.50 y 1911 no. '
        '&lt;b&gt; <a href="https://a.mx/b?c=1&amp;d" target="_blank" rel="noopener noreferrer">'
        "https://a.mx/b?c=1&amp;d</a>. Fin"
    )


async def test_all_of_it_is_small(visitor, capsys):
    for text in ("hola", "cuanto cuesta el pasaporte", DANGER):
        await visitor.say(text)
    sizes = {}
    for path in ("/chat", *re.findall(r'(?:src|href)="(/chat/static/[^"]+[.](?:css|js))"', visitor.page)):
        async with visitor.client.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
            assert answer.headers["content-encoding"] == "gzip"
            raw = b"".join([chunk async for chunk in answer.aiter_raw()])
        assert gzip.decompress(raw)
        sizes[path] = len(raw)
    with capsys.disabled():
        print(f"\nweb chat, compressed: {sum(sizes.values())} bytes of 60,000 {sizes}", end="")
    assert len(sizes) == 4
    assert sum(sizes.values()) < 60_000
