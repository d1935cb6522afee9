"""What Telegram, and whoever pretends to be Telegram, gets from the webhook."""

import json
from collections.abc import AsyncIterator

import pytest

from bot.conversation import Kind
from bot.conversation.ports import StoreBusyError

PATH = "/webhooks/telegram"
SECRET = {"x-telegram-bot-api-secret-token": "the-secret-of-the-webhook"}
CHAT = {"id": 77, "type": "private", "first_name": "Luz"}
SENDER = {"id": 77, "is_bot": False, "first_name": "Luz"}


def update(**changes):
    message = {"message_id": 5, "date": 1_795_000_000, "chat": CHAT, "from": SENDER, "text": "hola"}
    return {"update_id": 900, "message": message} | changes


TAP = {
    "update_id": 901,
    "callback_query": {
        "id": "4711",
        "from": SENDER,
        "chat_instance": "1",
        "data": "t:ciam",
        "message": {"message_id": 6, "date": 1_795_000_000, "chat": CHAT, "text": "?"},
    },
}


async def test_a_message_is_handled_before_the_answer(client, service):
    answer = await client.post(PATH, json=update(), headers=SECRET)
    assert (answer.status_code, answer.content) == (200, b"")
    assert [(message.delivery_id, message.text) for message in service.handled] == [("900", "hola")]


@pytest.mark.parametrize(("token", "secret"), [(False, "set"), (True, None), (True, "")])
async def test_without_token_and_secret_there_is_no_endpoint(browsing, service, token, secret):
    service.telegram, service.telegram_secret = service.telegram if token else None, secret
    async with browsing(service) as client:
        answers = [await client.request(method, PATH, headers=SECRET) for method in ("POST", "GET")]
        unknown = await client.post("/webhooks/nothing")
    assert [answer.status_code for answer in answers] == [404, 404]
    assert answers[0].json() == unknown.json()


@pytest.mark.parametrize("secret", ["", "wrong", "the-secret-of-the-webhoo", "the-secret-of-the-webhook ñ", "\x7f"])
async def test_a_forged_secret_is_refused_before_the_body_is_read(client, service, secret):
    read = []

    async def body() -> AsyncIterator[bytes]:
        read.append(True)
        yield b"{"

    headers = [(b"X-Telegram-Bot-Api-Secret-Token", secret.encode("latin-1"))]
    answer = await client.post(PATH, content=body(), headers=headers)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert not read
    assert not service.handled


async def test_an_absent_secret_is_refused(client):
    assert (await client.post(PATH, json=update())).status_code == 403


NOT_JSON = [b"", b"{", b"\xff\xfe", b"hola", b"[" * 100_000, b'{"update_id": ' + b"9" * 5000 + b"}", b"\x00" * 9]
NOT_UPDATES = [
    [],
    None,
    5,
    "update",
    {},
    {"update_id": "900"},
    {"update_id": 10**30},
    update(message=[]),
    update(message={"message_id": 5}),
    update(message={"message_id": "5", "date": "x", "chat": 3, "text": 7}),
]


@pytest.mark.parametrize("body", NOT_JSON + [json.dumps(payload).encode() for payload in NOT_UPDATES])
async def test_what_is_no_update_is_a_problem_of_the_sender(client, service, body):
    answer = await client.post(PATH, content=body, headers=SECRET)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")
    assert not service.handled


@pytest.mark.parametrize("text", ["", "a\x00b", "\ud800", "\u202eabc\u200f", "😀😀", "x" * 200_000])
async def test_odd_words_are_accepted(client, service, text):
    message = update()["message"] | {"text": text}
    answer = await client.post(PATH, content=json.dumps(update(message=message)), headers=SECRET)
    assert answer.status_code == 200


@pytest.mark.parametrize("kind", ["poll", "inline_query", "never_heard_of"])
async def test_unknown_updates_are_taken_and_forgotten(client, service, kind):
    payload = {"update_id": 902, kind: {"id": "1"}} if kind == "never_heard_of" else {"update_id": 902}
    assert (await client.post(PATH, json=payload, headers=SECRET)).status_code == 200
    assert not service.handled


async def test_a_busy_database_is_asked_for_again(client, service):
    service.fails_with = StoreBusyError("locked")
    answer = await client.post(PATH, json=update(), headers=SECRET)
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:ventanilla:problem:busy")
    assert int(answer.headers["retry-after"]) > 0


async def test_an_error_of_ours_shows_and_logs_nothing_of_the_message(client, service, caplog):
    service.fails_with = RuntimeError("hola, soy Luz")
    answer = await client.post(PATH, json=update(), headers=SECRET)
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "Luz" not in answer.text + caplog.text
    assert "RuntimeError" in caplog.text
    assert "handle" in caplog.text


async def test_a_tap_is_acknowledged_after_the_commit(client, service):
    answer = await client.post(PATH, json=TAP, headers=SECRET)
    assert answer.status_code == 200
    assert [message.kind for message in service.handled] == [Kind.TAP]
    assert service.telegram.acknowledged == ["4711"]


async def test_a_tap_that_was_not_stored_is_not_acknowledged(client, service):
    service.fails_with = StoreBusyError("locked")
    assert (await client.post(PATH, json=TAP, headers=SECRET)).status_code == 503
    assert not service.telegram.acknowledged


async def test_the_answer_does_not_wait_for_the_acknowledgement(service, call):
    service.telegram.acknowledge = _fails
    sent, at_acknowledgement = [], []

    async def acknowledge(callback: str) -> None:
        at_acknowledgement.extend(message["type"] for message in sent)

    service.telegram.acknowledge = acknowledge
    await call(service, "POST", PATH, SECRET, json.dumps(TAP).encode(), sent)
    assert at_acknowledgement == ["http.response.start", "http.response.body"]


async def _fails(callback: str) -> None:
    raise RuntimeError(callback)


async def test_an_acknowledgement_that_fails_changes_nothing(client, service):
    service.telegram.acknowledge = _fails
    assert (await client.post(PATH, json=TAP, headers=SECRET)).status_code == 200


async def test_a_body_of_a_megabyte_is_refused(client, service):
    message = update()["message"] | {"text": "x" * 1_000_000}
    answer = await client.post(PATH, json=update(message=message), headers=SECRET)
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert not service.handled
