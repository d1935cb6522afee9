"""What Twilio, and whoever pretends to be Twilio, gets from its two webhooks."""

import json
from collections.abc import AsyncIterator
from urllib.parse import urlencode

import pytest
from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import RequestValidator

from bot.channels.twilio import Twilio
from bot.conversation import Conversation, Outcome, Reading, Reply, ReplyKind, Turn
from bot.conversation.ports import Receipt, StoreBusyError
from tests.support.twilio_requests import FORM, message, signed, signed_json, signed_text, status

TOKEN = "a-token-of-no-account"
PUBLIC = "https://ventanilla.example/here"
PATH, STATUS = "/webhooks/twilio", "/webhooks/twilio/status"
PERSON = "whatsapp:+5215512345678"
EMPTY = b'<?xml version="1.0" encoding="UTF-8"?><Response />'
both = pytest.mark.parametrize("path", [PATH, STATUS])


@pytest.fixture
async def service(service):
    service.twilio = Twilio("AC1", TOKEN, public_url=PUBLIC)
    yield service
    if service.twilio:
        await service.twilio.close()


async def post(client, path: str, fields: dict[str, str]):
    return await client.post(path, **signed(fields, PUBLIC + path, TOKEN))


async def test_a_message_is_handled_before_the_answer(client, service):
    fields = message(PERSON, "hola & adiós + 1 ñ 😀")
    answer = await post(client, PATH, fields)
    assert (answer.status_code, answer.content) == (200, EMPTY)
    assert answer.headers["content-type"] == "application/xml"
    (handled,) = service.handled
    assert (handled.delivery_id, handled.text) == (fields["MessageSid"], fields["Body"])


async def test_replies_are_not_in_the_answer_of_somebody_who_can_be_sent_to(client, service):
    service.turn = turn("secreto")
    assert (await post(client, PATH, message(PERSON, "hola"))).content == EMPTY


def turn(*texts: str) -> Turn:
    replies = tuple(Reply(ReplyKind.ANSWER, text) for text in texts)
    return Turn(Conversation(), replies, (), Reading("es", "es", Outcome.ANSWER))


async def test_somebody_without_a_number_is_answered_here(client, service):
    service.turn = turn("Llame al <911>", "¿Está a salvo?")
    answer = await post(client, PATH, message("whatsapp:MX.13491208655302741918", "socorro"))
    assert "<Message>Llame al &lt;911&gt;</Message><Message>¿Está a salvo?</Message>" in answer.text
    assert answer.headers["content-type"] == "application/xml"
    assert service.handled[0].answered_here


async def test_a_json_body(client, service):
    query, request = signed_json(message(PERSON, "hola"), PUBLIC + PATH, TOKEN)
    assert (await client.post(PATH + query, **request)).content == EMPTY
    assert [handled.text for handled in service.handled] == ["hola"]


async def test_a_status_is_recorded_before_the_answer(client, service):
    answer = await post(client, STATUS, status("SM7", "undelivered", "63016"))
    assert (answer.status_code, answer.content) == (200, b"")
    assert service.recorded == [Receipt("SM7", "failed", "63016 outside the 24-hour window", True)]


async def test_a_status_that_says_nothing_new_is_taken(client, service):
    assert (await post(client, STATUS, status("SM7", "queued"))).status_code == 200
    assert not service.recorded


@both
async def test_without_token_and_public_address_there_is_no_endpoint(browsing, service, path):
    await service.twilio.close()
    service.twilio = None
    async with browsing(service) as client:
        answers = [await client.request(method, path) for method in ("POST", "GET")]
    assert [answer.status_code for answer in answers] == [404, 404]


@both
async def test_a_missing_signature_is_refused_before_the_body_is_read(client, service, path):
    read = []

    async def body() -> AsyncIterator[bytes]:
        read.append(True)
        yield b"{"

    answer = await client.post(path, content=body())
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert not read


@both
@pytest.mark.parametrize("kind", [FORM, "application/json", "text/plain", ""])
@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff\xfe", b"a=1&" * 2000, b"%00=%ff", b"[" * 100_000])
async def test_whatever_is_not_signed_is_refused(client, service, path, kind, body):
    headers = {"x-twilio-signature": "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", "content-type": kind}
    for query in ("", "?bodySHA256=00", "?bodySHA256=", "?a=[&b=%"):
        answer = await client.post(path + query, content=body, headers=headers)
        assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert not service.handled


@both
async def test_a_signature_for_another_url_or_other_fields_is_refused(client, service, path):
    fields = message(PERSON, "hola")
    for url in ("http://test" + path, PUBLIC + path + "/", PUBLIC, PUBLIC + path + "?a=1"):
        assert (await client.post(path, **signed(fields, url, TOKEN))).status_code == 403
    request = signed(fields, PUBLIC + path, TOKEN)
    assert (await client.post(path, **request | {"content": request["content"] + "&More=1"})).status_code == 403
    assert (await client.post(path, **signed(fields, PUBLIC + path, "another"))).status_code == 403
    assert not service.handled


async def test_the_query_is_signed_as_it_came(client, service):
    path = PATH + "?b=%C3%B1+x&a=1"
    assert (await client.post(path, **signed(message(PERSON, "hola"), PUBLIC + path, TOKEN))).status_code == 200


@pytest.mark.parametrize(
    "body", ["{", "[]", "null", "5", '{"Body": "hola"}', "[" * 100_000, '{"a": ' + "9" * 5000 + "}"]
)
@both
async def test_what_is_signed_but_no_message_is_a_problem(client, service, path, body):
    query, request = signed_text(body, PUBLIC + path, TOKEN)
    answer = await client.post(path + query, **request)
    assert (answer.status_code, answer.headers["content-type"]) == (400, "application/problem+json")


@both
async def test_a_form_that_is_no_message_is_a_problem(client, service, path):
    assert (await post(client, path, {"Body": "hola"})).status_code == 400


async def test_what_is_none_of_ours_is_taken_and_forgotten(client, service):
    for fields in (message("messenger:284267", "hola"), message(PERSON, MessageType="reaction")):
        answer = await post(client, PATH, fields)
        assert (answer.status_code, answer.content) == (200, EMPTY)
    assert not service.handled


@both
async def test_a_busy_database_is_asked_for_again(client, service, path):
    service.fails_with = StoreBusyError("locked")
    answer = await post(client, path, message(PERSON, "hola") if path == PATH else status("SM7", "read"))
    assert (answer.status_code, answer.json()["type"]) == (503, "urn:ventanilla:problem:busy")


async def test_an_error_of_ours_shows_and_logs_nothing_of_the_message(client, service, caplog):
    service.fails_with = RuntimeError("hola, soy Luz +5215512345678")
    answer = await post(client, PATH, message(PERSON, "hola, soy Luz"))
    assert (answer.status_code, answer.headers["content-type"]) == (500, "application/problem+json")
    assert not any(word in answer.text + caplog.text for word in ("Luz", "5512345678"))


@both
async def test_a_body_of_a_megabyte_is_refused(client, service, path):
    answer = await post(client, path, message(PERSON, "x" * 1_000_000))
    assert (answer.status_code, answer.headers["content-type"]) == (413, "application/problem+json")
    assert not service.handled


@pytest.mark.parametrize("text", ["", "a\x00b", "\u202eabc\u200f", "😀😀", "x" * 100_000])
async def test_odd_words_are_accepted(client, service, text):
    assert (await post(client, PATH, message(PERSON, text))).status_code == 200


async def test_a_lone_surrogate_in_json_is_accepted(client, service):
    query, request = signed_json(message(PERSON, "ayuda \ud83d ya"), PUBLIC + PATH, TOKEN)
    assert (await client.post(PATH + query, **request)).status_code == 200
    assert json.loads(request["content"])["Body"] != service.handled[0].text == "ayuda  ya"


async def test_a_form_with_a_repeated_field(client, service):
    fields = [*message(PERSON, "hola").items(), ("MediaUrl0", "a"), ("MediaUrl0", "b")]
    signature = RequestValidator(TOKEN).compute_signature(PUBLIC + PATH, ImmutableMultiDict(fields))
    headers = {"x-twilio-signature": signature, "content-type": FORM + "; charset=utf-8"}
    assert (await client.post(PATH, content=urlencode(fields), headers=headers)).status_code == 200
