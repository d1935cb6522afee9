"""The main job on real input: real server process, real payloads, real telegram.Bot against a stand-in Bot API."""

import json
import sqlite3
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import httpx
import pytest

from tests.support import telegram_updates as updates
from tests.support.bot_api import TOKEN, BotApi
from tests.support.server import running, traceback_in, ventanilla

SECRET = "a-secret-for-the-webhook"
HEADERS = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
WEBHOOK = "/webhooks/telegram"
CHAT = 70001
DANGER = "estamos perdidos en el desierto de arizona, ya no traemos agua"


@pytest.fixture(scope="module")
def api():
    with BotApi() as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def settings(api):
    return {"telegram_token": TOKEN, "telegram_secret": SECRET, "telegram_api_url": api.url}


@pytest.fixture(scope="module")
def server(directory, settings):
    with running(directory, **settings) as process:
        yield process
    assert not traceback_in(process.log())


@pytest.fixture
def post(server):
    with server.client() as client:
        # ASCII escapes, as Telegram sends them: half an emoji travels too.
        json_headers = {"content-type": "application/json"}
        yield lambda update: client.post(WEBHOOK, content=json.dumps(update), headers=HEADERS | json_headers)


def wait_for_texts(api: BotApi, chat: int, count: int, seconds: float = 5) -> list[str]:
    end = time.monotonic() + seconds
    while len(api.texts(chat)) < count and time.monotonic() < end:
        time.sleep(0.01)
    texts = api.texts(chat)
    assert len(texts) >= count, texts
    return texts


def wait_until(condition, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.01)
    return condition()


def test_a_question_is_answered(api, post):
    assert post(updates.text(CHAT, "cuanto cuesta el pasaporte")).status_code == 200
    texts = wait_for_texts(api, CHAT, 2)
    assert any("USD" in text for text in texts)
    assert any("Soy un programa, gratis y sin gobierno detrás" in text for text in texts)


def test_danger_gets_help_first_and_then_a_person(api, post, server, directory):
    chat = CHAT + 1
    assert post(updates.text(chat, DANGER)).status_code == 200
    first = wait_for_texts(api, chat, 2)
    assert "911" in first[0]
    assert any("no hay ninguna persona en este chat" in text for text in first), "nobody is on duty"

    token = ventanilla(directory, "operators", "add", "ana", "--role", "operator").stdout.strip()
    headers = {"Authorization": f"Bearer {token}"}
    with server.client() as client:
        case = client.post("/api/v1/escalations/next", headers=headers).json()
        assert (case["category"], case["level"], case["claimed_by"]) == ("lost", "critical", "ana")
        path = f"/api/v1/conversations/{case['conversation_id']}/messages"
        said = client.get(path, headers=headers).json()["items"]
        assert said[0]["text"] == DANGER

        api.calls.clear()
        post(updates.text(chat, "somos cuatro y un niño"))
        reply = client.post(f"/api/v1/escalations/{case['id']}/reply", headers=headers, json={"text": "Soy Ana."})
        assert reply.status_code == 200
        assert wait_for_texts(api, chat, 1) == ["Soy Ana."], "the bot is silent while a person holds the case"
        resolved = client.post(f"/api/v1/escalations/{case['id']}/resolve", headers=headers, json={"outcome": "helped"})
        assert resolved.json()["status"] == "resolved"


def test_the_same_delivery_in_the_same_instant_is_one_turn(api, server):
    chat = CHAT + 2
    update = updates.text(chat, "que es el ciam")
    barrier = threading.Barrier(8)

    def deliver(_: int) -> int:
        with server.client() as client:
            barrier.wait()
            return client.post(WEBHOOK, json=update, headers=HEADERS).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(deliver, range(8))) == {200}
    wait_for_texts(api, chat, 2)
    time.sleep(0.2)
    texts = api.texts(chat)
    assert len(texts) == len(set(texts)) == 2


def test_messages_of_one_person_are_answered_in_order(api, server):
    chat = CHAT + 3
    said = ["hola", "cuanto cuesta la matricula", "gracias", "menu"]
    with server.client() as client:
        for words in said:
            assert client.post(WEBHOOK, json=updates.text(chat, words), headers=HEADERS).status_code == 200
    texts = wait_for_texts(api, chat, 5)
    assert "Hola." in texts[0]
    assert "USD" in texts[2]
    assert "Con gusto" in texts[3]


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{", HEADERS, 400),
        (b"[]", HEADERS, 400),
        (b'"x"', HEADERS, 400),
        (b'{"update_id": "x"}', HEADERS, 400),
        (b'{"update_id": 1, "poll": {"id": 5}}', HEADERS, 200),
        (b"{}", {}, 403),
        (b"{}", {"X-Telegram-Bot-Api-Secret-Token": "wrong"}, 403),
        (b'{"update_id": 2, "message": {"text": "' + b"a" * 1_100_000 + b'"}}', HEADERS, 413),
    ],
)
def test_rubbish_gets_a_clear_4xx(server, body, headers, status):
    with server.client() as client:
        answer = client.post(WEBHOOK, content=body, headers={"content-type": "application/json", **headers})
    assert answer.status_code == status or (status == 200 and answer.status_code == 400)
    if answer.status_code >= 400:
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("words", ["\u0000", "\u202e\u200f", "🙏🙏🙏", "", " ", "?" * 4000, "a " * 2000, "\ud83d"])
def test_odd_texts_get_a_polite_reply(api, post, words):
    chat = CHAT + 100 + abs(hash(words)) % 1000
    assert post(updates.text(chat, words)).status_code == 200
    assert wait_for_texts(api, chat, 1)


def test_borrar_erases_everywhere(api, post, directory):
    chat = CHAT + 4
    post(updates.text(chat, "me llamo Filomena Quetzalli y quiero mi matricula"))
    post(updates.text(chat, "/borrar"))
    post(updates.text(chat, "sí, borrar"))
    assert wait_until(lambda: any("Recibo" in text for text in api.texts(chat)))
    time.sleep(0.3)
    with sqlite3.connect(directory / "test.sqlite3") as database:
        erased = database.execute("select count(*) from erasures").fetchone()[0]
    assert erased >= 1
    for file in directory.glob("test.sqlite3*"):
        assert b"Filomena" not in file.read_bytes()


def test_a_killed_server_loses_nothing(api, settings, tmp_path):
    chat = CHAT + 5
    with running(tmp_path, **settings) as process:
        with process.client() as client:
            assert client.post(
                WEBHOOK, json=updates.text(chat, "cuanto cuesta el pasaporte"), headers=HEADERS
            ).is_success
        process.kill()
    before = len(api.texts(chat))
    with running(tmp_path, **settings):
        texts = wait_for_texts(api, chat, 2)
    assert any("USD" in text for text in texts)
    assert before <= 2


def test_a_wrong_key_stops_the_start_with_a_clear_word(tmp_path):
    assert ventanilla(tmp_path, "db", "upgrade", secret_key="a" * 40).returncode == 0
    wrong = ventanilla(tmp_path, "run", secret_key="b" * 40)
    assert wrong.returncode == 1
    assert "SECRET_KEY" in wrong.stderr
    assert "Traceback" not in wrong.stderr
    short = ventanilla(tmp_path, "run", secret_key="short")
    assert short.returncode == 1
    assert "SECRET_KEY" in short.stderr
    assert "short" not in short.stderr.split("SECRET_KEY")[0]


def test_a_token_alone_is_polled_and_without_a_secret_there_is_no_endpoint(api, tmp_path):
    chat = CHAT + 6
    number = api.push(updates.text(chat, "hola"))
    with running(tmp_path, telegram_token=TOKEN, telegram_api_url=api.url) as process:
        assert httpx.post(f"{process.url}{WEBHOOK}", json={}).status_code == 404
        wait_for_texts(api, chat, 2)
        assert number not in api.pending or api.of("getUpdates")
