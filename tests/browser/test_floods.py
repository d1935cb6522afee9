"""Three hundred made-up visitors, a hook that hangs, and two people who need help: `make browser`."""

import re
import socket
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from html import unescape
from uuid import UUID

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SCREENSHOTS, talk
from tests.browser.test_console import BEATEN, PASSWORD, SECRET, log_in
from tests.support import telegram_updates as updates
from tests.support.bot_api import TOKEN, BotApi
from tests.support.server import Server, command, running, traceback_in, ventanilla

ONE_NETWORK, SCATTERED, NETWORKS = 150, 150, 20
DANGER = "mi esposo me pega y me quiere matar"
GROUP, CHAT = "-1001234", 777
PERSON = "192.0.2.9"
ALERTED = 5.0
"""Seconds from the words to the alert."""
FIRST = 5


@pytest.fixture(scope="module")
def api() -> Iterator[BotApi]:
    with BotApi() as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def desk(api, tmp_path_factory) -> Iterator[Server]:
    """Behind a trusted proxy on this machine, with a hook that takes connections and never answers."""
    directory = tmp_path_factory.mktemp("floods")
    with closing(socket.create_server(("127.0.0.1", 0), backlog=500)) as hangs:
        settings = {
            "telegram_token": TOKEN, "telegram_secret": SECRET, "telegram_api_url": api.url,
            "public_url": "http://ventanilla.example", "alert_telegram_chat": GROUP,
            "alert_url": f"http://127.0.0.1:{hangs.getsockname()[1]}/hook",
        }  # fmt: skip
        with running(directory, **settings) as process:
            ventanilla(directory, "operators", "add", "ana", "--role", "operator")
            subprocess.run(command("operators", "password", "ana", "--stdin"), cwd=directory, env=process.env,
                           input=PASSWORD + "\n", text=True, check=True, capture_output=True)  # fmt: skip
            yield process
    assert not traceback_in(process.log())


def visitor(desk: Server, address: str) -> bool:
    """One session with one line in danger; whether the answer helps."""
    with httpx.Client(base_url=desk.url, timeout=60, headers={"X-Forwarded-For": address}) as client:
        page = client.get("/chat").text
        form = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page[page.index("composer") :]))
        answer = client.post("/chat/messages", data={**form, "text": DANGER}, follow_redirects=True)
        return answer.status_code == 200 and "911" in unescape(answer.text)


def addresses() -> list[str]:
    """Of one network and of twenty, in turns."""
    scattered = [f"198.51.100.{number % NETWORKS + 1}" for number in range(SCATTERED)]
    return [one for pair in zip(["203.0.113.66"] * ONE_NETWORK, scattered, strict=True) for one in pair]


def asked(desk: Server, query: str, *values: object) -> list[tuple]:
    """Of the server's own database."""
    with closing(sqlite3.connect(f"file:{desk.directory / 'test.sqlite3'}?mode=ro", uri=True, timeout=10)) as database:
        return database.execute(query, values).fetchall()


def cases_of(desk: Server, channel: str) -> set[str]:
    query = "select c.id from cases c join conversations p on p.id = c.conversation_id where p.channel = ?"
    return {one for (one,) in asked(desk, query, channel)}


def is_told(desk: Server, case: str) -> bool:
    """The group has heard of it: no call for it waits there any more."""
    waits = asked(desk, "select 1 from alerts where case_id = ? and target = 'group'", case)
    begun = asked(desk, "select 1 from timers where kind = 'alert' and json_extract(payload, '$.rung') = 0 "
                  "and json_extract(payload, '$.case') = ?", str(UUID(case)))  # fmt: skip
    return not waits and not begun


def seconds_until_told(desk: Server, case: str, since: float) -> float:
    while not is_told(desk, case):
        assert time.monotonic() - since < 60, "nobody was called"
        time.sleep(0.05)
    return time.monotonic() - since


def write(desk: Server, words: str) -> None:
    headers = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
    with httpx.Client(base_url=desk.url, timeout=60) as client:
        answer = client.post("/webhooks/telegram", json=updates.text(CHAT, words), headers=headers)
    assert answer.status_code == 200


def opened(browser: Browser, desk: Server, path: str, **options: object) -> Page:
    context = browser.new_context(base_url=desk.url, locale="es-MX", viewport={"width": 1280, "height": 900}, **options)
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(path)
    return page


def test_a_flood_buries_nobody(browser, desk, api):
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    crowd, half = addresses(), threading.Event()
    helped: list[bool] = []

    def arrive(address: str) -> None:
        helped.append(visitor(desk, address))
        if len(helped) >= len(crowd) // 2:
            half.set()

    with ThreadPoolExecutor(4) as pool:
        for address in crowd:
            pool.submit(arrive, address)
        assert half.wait(300)
        # In the middle of it two people, two turns each.
        write(desk, "hola, soy Lupita")
        begun = time.monotonic()
        write(desk, BEATEN)
        (by_telegram,) = cases_of(desk, "telegram")
        waits = {"telegram": seconds_until_told(desk, by_telegram, begun)}
        before = cases_of(desk, "web")
        person = opened(browser, desk, "/chat", extra_http_headers={"X-Forwarded-For": PERSON})
        talk(person, "hola, estoy en Houston")
        begun = time.monotonic()
        talk(person, BEATEN)
        by_web = of_no_crowd(desk, cases_of(desk, "web") - before)
        waits["web"] = seconds_until_told(desk, by_web, begun)
    print(f"\nalerted after {waits}; {len(cases_of(desk, 'web'))} cases; {len(api.texts(GROUP))} lines to the group")
    assert len(helped) == len(crowd)
    assert all(helped), "everybody is helped"
    assert max(waits.values()) < ALERTED, waits

    console = opened(browser, desk, "/console/login")
    log_in(console, "ana")
    console.goto("/console")
    first = [one.get_attribute("id") for one in console.locator("#queue .case .what a").all()[:FIRST]]
    assert {f"c-{UUID(one)}" for one in (by_telegram, by_web)} <= set(first)
    console.screenshot(path=SCREENSHOTS / "flood_queue.png")
    for case, answer in ((by_telegram, "Soy Ana, la leo."), (by_web, "Soy Ana, estoy aquí.")):
        console.goto("/console")
        console.locator(f"[id='t-{UUID(case)}']").click()
        expect(console.locator("#state")).to_contain_text("Lo tiene ana")
        console.locator("#text").fill(answer)
        console.locator("#text").press("Control+Enter")
        expect(console.locator("#log .operator").last).to_contain_text(answer)
        if case == by_web:
            expect(person.locator("#lines")).to_contain_text(answer)
            expect(console.locator("#log .operator .delivered").last).to_have_text("entregado")
            expect(console.locator("#looked")).to_contain_text(re.compile(r"La persona vio su página hace \d+ s"))
            console.screenshot(path=SCREENSHOTS / "flood_presence.png")
        expect(console.locator("#log .operator").last).to_contain_text(re.compile("enviado|entregado"))
        console.locator("#resolving summary").click()
        console.locator("#outcome").select_option("helped")
        console.locator("#resolve button").click()
        expect(console.locator("#state")).to_contain_text("Resuelto")
    end = time.monotonic() + 10
    while "Soy Ana" not in " ".join(api.texts(CHAT)) and time.monotonic() < end:
        time.sleep(0.05)
    assert "Soy Ana, la leo." in " ".join(api.texts(CHAT))


def of_no_crowd(desk: Server, cases: set[str]) -> str:
    """The one whose network opened no other: the crowd came from others."""
    alone = "select id from cases group by source having count(*) = 1"
    (one,) = cases & {case for (case,) in asked(desk, alone)}
    return one
