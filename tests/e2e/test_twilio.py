"""WhatsApp and SMS on real input: a real server process, signed payloads, the real client against a stand-in."""

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import httpx
import pytest

from tests.support.server import running, traceback_in, ventanilla
from tests.support.twilio_api import SID, TOKEN, Answer, TwilioApi
from tests.support.twilio_requests import message, signed, signed_json, status

PUBLIC = "https://ventanilla.example"
PATH, STATUS = "/webhooks/twilio", "/webhooks/twilio/status"
DANGER = "estamos perdidos en el desierto de arizona, ya no traemos agua"
CHANNELS = ["whatsapp:", ""]
_numbers = count(5512340000)


@pytest.fixture(scope="module")
def api():
    with TwilioApi() as stand_in:
        yield stand_in


@pytest.fixture(scope="module")
def directory(tmp_path_factory):
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def server(directory, api):
    twilio = {"twilio_account_sid": SID, "twilio_auth_token": TOKEN, "twilio_api_url": api.url}
    with running(directory, public_url=PUBLIC, twilio_choices_template="HX3", **twilio) as process:
        yield process
    assert not traceback_in(process.log())
    assert not re.search(r"55123\d{5}|desierto", process.log())


@pytest.fixture(scope="module")
def client(server):
    with server.client() as client:
        yield client


@pytest.fixture(scope="module")
def operator(server, directory):
    token = ventanilla(directory, "operators", "add", "ana", "--role", "operator").stdout.strip()
    return {"Authorization": f"Bearer {token}"}


def somebody(channel: str = "whatsapp:") -> str:
    return f"{channel}+52{next(_numbers)}"


def post(client: httpx.Client, fields: dict[str, str], path: str = PATH) -> httpx.Response:
    return client.post(path, **signed(fields, PUBLIC + path, TOKEN))


def say(client: httpx.Client, person: str, words: str, **fields: str) -> None:
    answer = post(client, message(person, words, **fields))
    assert (answer.status_code, answer.text) == (200, '<?xml version="1.0" encoding="UTF-8"?><Response />')


def settled(api: TwilioApi, person: str, least: int = 1) -> list[str]:
    """The texts sent to this person, once no more come."""
    api.wait_for(person, least)
    seen = -1
    while seen != len(api.texts(person)):
        seen = len(api.texts(person))
        time.sleep(0.15)
    return api.texts(person)


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_question_is_answered_from_where_it_was_asked(api, client, channel):
    person = somebody(channel)
    say(client, person, "cuanto cuesta el pasaporte")
    texts = settled(api, person, 2)
    assert any("asaporte" in text for text in texts)
    assert any("Soy un programa, gratis y sin gobierno detrás" in text for text in texts)
    assert {sent.fields["From"] for sent in api.to(person)} == {f"{channel}+15005550006"}
    assert {sent.fields["StatusCallback"] for sent in api.to(person)} == {PUBLIC + STATUS}
    assert all(len(text) <= 1600 for text in texts)


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_choice_is_made_by_its_number_or_its_words(api, client, channel):
    answers = []
    for way in ("1", "la uno", "La primera.", "by its label"):
        person = somebody(channel)
        say(client, person, "que es la matricula consular")
        offered = re.findall(r"^1\. (.+)$", "\n".join(settled(api, person, 2)), re.MULTILINE)
        assert offered, "more choices than buttons are numbered lines"
        before = len(api.texts(person))
        say(client, person, offered[0] if way == "by its label" else way)
        answers.append(settled(api, person, before + 1)[before:])
    assert answers[1:] == answers[:1] * 3


def test_a_button_of_ours_comes_back_as_a_tap(api, client):
    by_tap, by_words = somebody(), somebody()
    say(client, by_tap, "Menú", ButtonPayload="c|menu", ButtonText="Menú", MessageType="button")
    say(client, by_words, "menu")
    assert settled(api, by_tap, 2) == settled(api, by_words, 2)


@pytest.mark.parametrize("channel", CHANNELS)
def test_danger_gets_help_first_and_then_a_person(api, client, operator, channel):
    person = somebody(channel)
    say(client, person, DANGER)
    first = settled(api, person, 2)
    assert "911" in first[0]
    case = client.post("/api/v1/escalations/next", headers=operator).json()
    assert (case["category"], case["level"]) == ("lost", "critical")
    reply = client.post(f"/api/v1/escalations/{case['id']}/reply", headers=operator, json={"text": "Soy Ana."})
    assert reply.status_code == 200
    assert settled(api, person, len(first) + 1)[-1] == "Soy Ana."
    lines = client.get(f"/api/v1/conversations/{case['conversation_id']}/messages", headers=operator).json()["items"]
    assert [line["text"] for line in lines if line["direction"] == "in"] == [DANGER]

    sid = api.to(person)[-1].sid
    for said, delivery in (("queued", "sent"), ("delivered", "delivered"), ("sent", "delivered"), ("read", "read")):
        assert post(client, status(sid, said), STATUS).status_code == 200
        lines = client.get(f"/api/v1/conversations/{case['conversation_id']}/messages", headers=operator)
        assert lines.json()["items"][-1]["delivery"] == delivery
    client.post(f"/api/v1/escalations/{case['id']}/resolve", headers=operator, json={"outcome": "helped"})


def test_what_cannot_be_sent_any_more_is_marked_so(api, client, operator):
    person = somebody()
    say(client, person, "/persona")
    before = len(settled(api, person, 2))
    case = client.post("/api/v1/escalations/next", headers=operator).json()
    path = f"/api/v1/conversations/{case['conversation_id']}/messages"
    reply = f"/api/v1/escalations/{case['id']}/reply"
    api.answer(Answer.of(21610))
    assert client.post(reply, headers=operator, json={"text": "después de STOP"}).status_code == 200
    assert _last(client, path, operator, "failed")["delivery"] == "failed"
    assert len(api.texts(person)) == before
    assert client.post(reply, headers=operator, json={"text": "otra vez"}).status_code == 409
    client.post(f"/api/v1/escalations/{case['id']}/resolve", headers=operator, json={"outcome": "unreachable"})


def _last(client: httpx.Client, path: str, operator: dict[str, str], delivery: str) -> dict[str, str]:
    end = time.monotonic() + 5
    while time.monotonic() < end:
        last = client.get(path, headers=operator).json()["items"][-1]
        if last["delivery"] == delivery:
            break
        time.sleep(0.02)
    return last


def test_twilios_own_trouble_is_waited_for(api, client):
    person = somebody()
    api.answer(Answer(503, b"<html>"))
    say(client, person, "cuanto cuesta el pasaporte")
    api.wait_for(person, 2, timeout=10)


def test_the_same_delivery_in_the_same_instant_is_one_turn(api, server):
    person = somebody()
    fields = message(person, "que es el ciam")
    barrier = threading.Barrier(8)

    def deliver(_: int) -> int:
        with server.client() as client:
            barrier.wait()
            return post(client, fields).status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(deliver, range(8))) == {200}
    texts = settled(api, person, 2)
    assert len(texts) == len(set(texts))
    with server.client() as client:
        assert post(client, fields).status_code == 200
    assert settled(api, person, 2) == texts


def test_forged_signatures_are_refused(api, client):
    person = somebody()
    fields = message(person, "hola")
    forged = [
        {"data": fields},
        signed(fields, PUBLIC + PATH, "another token"),
        signed(fields, f"{client.base_url}{PATH}", TOKEN),
        signed(fields | {"Body": "adiós"}, PUBLIC + PATH, TOKEN) | {"content": signed(fields, "", "")["content"]},
    ]
    for request in forged:
        answer = client.post(PATH, **request)
        assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert client.post(STATUS, data=status("SM1", "read")).status_code == 403
    time.sleep(0.1)
    assert not api.to(person)


def test_a_json_body(api, client):
    person = somebody()
    query, request = signed_json(message(person, "cuanto cuesta el pasaporte"), PUBLIC + PATH, TOKEN)
    assert client.post(PATH + query, **request | {"content": request["content"] + " "}).status_code == 403
    assert client.post(PATH + query, **request).status_code == 200
    api.wait_for(person, 2)


def test_somebody_without_a_number_is_answered_in_the_answer(api, client):
    person = "whatsapp:MX.13491208655302741918"
    fields = message(person, DANGER, ExternalUserId=person, WaId="")
    answer = post(client, fields)
    assert answer.text.index("911") < answer.text.index("</Message>")
    assert post(client, message(person, "gracias")).text.count("<Message>") == 1
    assert "<Message>" not in post(client, fields).text, "delivered again"
    time.sleep(0.2)
    assert not api.to(person)


def test_stop_ends_it_and_a_word_begins_again(api, client):
    person = somebody("")
    say(client, person, "hola")
    before = len(settled(api, person))
    say(client, person, "STOP", OptOutType="STOP")
    time.sleep(0.2)
    assert len(api.texts(person)) == before
    say(client, person, "cuanto cuesta el pasaporte")
    api.wait_for(person, before + 1)


def test_salir_says_one_line_and_then_nothing(api, client):
    person = somebody("")
    say(client, person, "hola")
    before = len(settled(api, person, 2))  # a greeting and who we are
    say(client, person, "/salir")
    assert len(settled(api, person, before + 1)) == before + 1
