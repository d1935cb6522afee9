"""Beyond the contract of all channels: signatures, receipts, templates, errors. The real client over the loopback."""

import asyncio
import hashlib
import json
import logging
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.datastructures import ImmutableMultiDict
from twilio.request_validator import RequestValidator

from bot.channels.errors import UnreadableError
from bot.channels.rendering import fit
from bot.channels.twilio import Twilio
from bot.channels.twilio_reader import read, receipt
from bot.conversation import Choice, Reply, ReplyKind
from bot.conversation.ports import (
    DeliveryError,
    OutsideWindowError,
    PermanentError,
    RateLimitedError,
    Receipt,
    RetryableError,
    UnreachableError,
)
from tests.channels.cases.contract import NOW
from tests.channels.cases.twilio import ANA, ANA_SMS, SMS_CASES, WHATSAPP_CASES, WHATSAPP_CONTRACT, load
from tests.support.twilio_api import SID, TOKEN, Answer, TwilioApi
from tests.support.twilio_requests import message, status

PUBLIC = "https://ventanilla.example"
PATH = "/webhooks/twilio"
PERSON = "whatsapp:+5215512345678"
HELLO = Reply(ReplyKind.ANSWER, "hola")
RFC_9457 = json.dumps({"type": "t", "title": "x", "status": 422, "code": 21610}).encode()
YES_NO = (Choice(label="Sí", payload="k|lost|yes"), Choice(label="It's no", payload="k|lost|no"))


@pytest.fixture
def api() -> Iterator[TwilioApi]:
    with TwilioApi() as running:
        yield running


@pytest.fixture
async def account(api: TwilioApi) -> AsyncIterator[Twilio]:
    opened = Twilio(SID, TOKEN, api.url, public_url=PUBLIC, sender="whatsapp:+15005550001", templates=("HX2", "HX3"))
    yield opened
    await opened.close()


# Signatures


def sign(path: str, fields: Any, token: str = TOKEN) -> str:
    signature: str = RequestValidator(token).compute_signature(PUBLIC + path, fields)
    return signature


async def test_a_form_is_authentic_with_all_its_fields(account: Twilio) -> None:
    fields = message(PERSON, "hola ñ 😀", Repeated="b")
    signature = sign(PATH, fields)
    assert account.authentic(PATH, fields, signature)
    assert not account.authentic(PATH, fields | {"Body": "otra cosa"}, signature)
    assert not account.authentic(PATH, fields | {"More": "1"}, signature)
    assert not account.authentic(PATH, {k: v for k, v in fields.items() if k != "NumMedia"}, signature)
    assert not account.authentic(f"{PATH}/status", fields, signature)
    assert not account.authentic(f"{PATH}?a=1", fields, signature)
    assert account.authentic(f"{PATH}?a=1", fields, sign(f"{PATH}?a=1", fields))


async def test_repeated_fields_count_too(account: Twilio) -> None:
    once, twice = [("A", "1"), ("MessageSid", "SM1")], [("A", "1"), ("A", "2"), ("MessageSid", "SM1")]
    signature = sign(PATH, ImmutableMultiDict(twice))
    assert account.authentic(PATH, ImmutableMultiDict(twice), signature)
    assert not account.authentic(PATH, ImmutableMultiDict(once), signature)


@pytest.mark.parametrize("signature", [None, "", "x", "ñ" * 28, "AAAAAAAAAAAAAAAAAAAAAAAAAAA="])
async def test_any_other_signature_is_refused(account: Twilio, signature: str | None) -> None:
    assert not account.authentic(PATH, message(PERSON, "hola"), signature)


async def test_another_token_or_no_public_address_is_refused(account: Twilio, api: TwilioApi) -> None:
    fields = message(PERSON, "hola")
    assert not account.authentic(PATH, fields, sign(PATH, fields, "another"))
    nowhere = Twilio(SID, TOKEN, api.url)
    assert not nowhere.authentic(PATH, fields, RequestValidator(TOKEN).compute_signature(PATH, fields))
    await nowhere.close()


async def test_a_json_body_is_authentic_by_its_hash(account: Twilio) -> None:
    body = json.dumps(message(PERSON, "¿hola?"), ensure_ascii=False)
    path = f"{PATH}?bodySHA256={hashlib.sha256(body.encode()).hexdigest()}"
    assert account.authentic(path, body, sign(path, {}))
    assert not account.authentic(path, body + " ", sign(path, {}))
    assert not account.authentic(path, body, sign(path, {}, "another"))


@pytest.mark.parametrize("query", ["", "?bodySHA256=", "?bodysha256=00", "?x=bodySHA256=", "?bodySHA256=00"])
async def test_a_json_body_without_its_hash_is_refused(account: Twilio, query: str) -> None:
    assert not account.authentic(PATH + query, "{}", sign(PATH + query, {}))


# Receipts


@pytest.mark.parametrize(
    ("said", "code", "expected"),
    [
        ("queued", "", None), ("accepted", "", None), ("sending", "", None), ("scheduled", "", None),
        ("never_heard_of", "", None),
        ("sent", "", ("sent", None)), ("delivered", "", ("delivered", None)), ("read", "", ("read", None)),
        ("failed", "63016", ("failed", "63016 outside the 24-hour window", True)),
        ("undelivered", "30005", ("failed", "30005 unknown number")),
        ("undelivered", "99999", ("failed", "99999")),
        ("undelivered", "", ("failed", "undelivered")),
        ("failed", "it's +5215512345678", ("failed", "failed")),
        ("canceled", "", ("failed", "canceled")),
    ],
)  # fmt: skip
def test_what_a_receipt_says(said: str, code: str, expected: tuple[Any, ...] | None) -> None:
    assert receipt(status("SM7", said, code)) == (expected and Receipt("SM7", *expected))


def test_a_receipt_of_old_has_other_names() -> None:
    assert receipt({"SmsSid": "SM7", "SmsStatus": "delivered"}) == Receipt("SM7", "delivered")


# Sending


async def test_a_reply_leaves_from_where_the_person_wrote_to(api: TwilioApi, account: Twilio) -> None:
    whatsapp, sms = account.channels
    first = await whatsapp.send(ANA, HELLO)
    await whatsapp.send(PERSON, HELLO)
    await sms.send(ANA_SMS, HELLO)
    assert first == api.sent[0].sid
    assert [(sent.fields["From"], sent.fields["To"]) for sent in api.sent] == [
        ("whatsapp:+15005550006", PERSON),
        ("whatsapp:+15005550001", PERSON),
        ("+15005550006", "+16025550142"),
    ]
    assert {sent.fields["StatusCallback"] for sent in api.sent} == {f"{PUBLIC}/webhooks/twilio/status"}


async def test_without_a_public_address_no_receipt_is_asked_for(api: TwilioApi) -> None:
    account = Twilio(SID, TOKEN, api.url)
    await account.channels[0].send(ANA, HELLO)
    await account.close()
    assert "StatusCallback" not in api.sent[0].fields


async def test_two_choices_are_quick_replies(api: TwilioApi, account: Twilio) -> None:
    await account.channels[0].send(ANA, Reply(ReplyKind.CHECK, "¿Está en peligro?\n\nLlame al 911.", YES_NO))
    fields = api.sent[0].fields
    assert (fields["ContentSid"], "Body" in fields) == ("HX2", False)
    assert json.loads(fields["ContentVariables"]) == {
        "1": "¿Está en peligro?\n\nLlame al 911.", "2": "Sí", "3": "k|lost|yes", "4": "It's no", "5": "k|lost|no",
    }  # fmt: skip
    assert "'" not in fields["ContentVariables"]


async def test_a_single_choice_has_no_template_here_and_becomes_a_numbered_line(
    api: TwilioApi, account: Twilio
) -> None:
    whatsapp = account.channels[0]
    for part in fit(Reply(ReplyKind.CLARIFY, "¿Esto?", YES_NO[:1]), whatsapp.capabilities):
        await whatsapp.send(ANA, part)
    assert [sent.fields["Body"] for sent in api.sent] == ["¿Esto?\n\n1. Sí"]


async def test_sms_has_numbered_lines_always(api: TwilioApi, account: Twilio) -> None:
    sms = account.channels[1]
    for part in fit(Reply(ReplyKind.CHECK, "¿Está en peligro?", YES_NO), sms.capabilities):
        await sms.send(ANA_SMS, part)
    assert api.texts("+16025550142") == ["¿Está en peligro?\n\n1. Sí\n2. It's no"]


@pytest.mark.parametrize("code", [21654, 21655, 21656])
async def test_where_the_template_is_refused_the_words_go_out_all_the_same(
    api: TwilioApi, account: Twilio, code: int
) -> None:
    api.answer(Answer.of(code))
    await account.channels[0].send(ANA, Reply(ReplyKind.CHECK, "¿Está en peligro?", YES_NO))
    assert api.texts(PERSON) == ["¿Está en peligro?\n\n1. Sí\n2. It's no"]


async def test_a_text_with_buttons_is_split_where_whatsapp_splits_it(account: Twilio) -> None:
    parts = fit(Reply(ReplyKind.ANSWER, "palabra " * 200, YES_NO), account.channels[0].capabilities)
    assert [len(part.choices) for part in parts] == [0, 2]
    assert all(len(part.text) <= 1024 for part in parts)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer.of(21610), UnreachableError),
        (Answer.of(21211), UnreachableError),
        (Answer.of(21614), UnreachableError),
        (Answer.of(63024), UnreachableError),
        (Answer.of(63016), OutsideWindowError),
        (Answer.of(21617), PermanentError),
        (Answer.of(12345), PermanentError),
        (Answer.of(20429, 429), RateLimitedError),
        (Answer(429), RateLimitedError),
        (Answer.of(63018), RateLimitedError),
        (Answer.of(20003, 401), RetryableError),
        (Answer(403), RetryableError),
        (Answer.of(20404, 404), RetryableError),
        (Answer.of(63007), RetryableError),
        (Answer.of(20500, 500), RetryableError),
        (Answer(503, b"<html>"), RetryableError),
        (Answer(200, b"<html>"), RetryableError),
        (Answer(302), RetryableError),
        (Answer(400, b'{"code": "x", "message": 7}'), PermanentError),
        (Answer(400, b"[]"), PermanentError),
        (Answer(422, RFC_9457), UnreachableError),
    ],
)
async def test_errors_have_a_decided_effect(api: TwilioApi, account: Twilio, answer: Answer, error: type) -> None:
    api.answer(answer)
    with pytest.raises(DeliveryError) as caught:
        await account.channels[0].send(ANA, HELLO)
    assert type(caught.value) is error


async def test_an_error_keeps_its_code(api: TwilioApi, account: Twilio) -> None:
    api.answer(Answer.of(63016))
    with pytest.raises(OutsideWindowError, match=r"^63016 outside the 24-hour window$"):
        await account.channels[0].send(ANA, HELLO)


async def test_an_address_that_was_mistyped_does_not_throw_away_what_waits(api: TwilioApi) -> None:
    for sid, token, url in ((SID, "mistyped", api.url), ("AC9", TOKEN, api.url), (SID, TOKEN, "http://127.0.0.1:1")):
        account = Twilio(sid, token, url, timeout=0.5)
        with pytest.raises(RetryableError):
            await account.channels[0].send(ANA, HELLO)
        await account.close()


async def test_without_the_account_nothing_is_sent_and_nothing_is_lost(api: TwilioApi, monkeypatch: Any) -> None:
    monkeypatch.setenv("TWILIO_ACCOUNT_SID", SID)  # the library's own setting is not ours
    account = Twilio("", TOKEN, api.url)
    with pytest.raises(RetryableError, match="ACCOUNT_SID"):
        await account.channels[0].send(ANA, HELLO)
    await account.close()
    assert not api.sent


async def test_a_slow_answer_keeps_nobody_else_waiting(api: TwilioApi) -> None:
    account = Twilio(SID, TOKEN, api.url, timeout=0.2)
    api.answer(Answer(500, hang=True))
    slow = asyncio.create_task(account.channels[0].send(ANA, HELLO))
    await asyncio.sleep(0.02)
    await account.channels[1].send(ANA_SMS, HELLO)
    assert not slow.done()
    with pytest.raises(RetryableError):
        await slow
    await account.close()


async def test_neither_number_nor_words_nor_token_are_logged(
    api: TwilioApi, account: Twilio, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    api.answer(Answer.of(21656))
    await account.channels[0].send(ANA, Reply(ReplyKind.CHECK, "me detuvo la migra", YES_NO))
    assert "21656" in caplog.text
    assert not any(word in caplog.text for word in ("5512345678", "migra", TOKEN, SID))


# TwiML


async def test_an_answer_without_words_is_empty(account: Twilio) -> None:
    assert account.twiml() == '<?xml version="1.0" encoding="UTF-8"?><Response />'


async def test_answers_are_split_numbered_and_escaped(account: Twilio) -> None:
    said = account.twiml([Reply(ReplyKind.CHECK, "¿<b> & 1?", YES_NO), Reply(ReplyKind.ANSWER, "palabra " * 250)])
    assert "<Message>¿&lt;b&gt; &amp; 1?\n\n1. Sí\n2. It's no</Message>" in said
    assert said.count("<Message>") == 3


# What somebody could forge, had they the token


@pytest.mark.parametrize(
    "payload", [None, [], "x", 7, {}, {"MessageSid": "SM1"}, {"From": PERSON}, {"MessageSid": "SM1", "From": ""}]
)
def test_what_is_no_message_is_unreadable(payload: Any) -> None:
    with pytest.raises(UnreadableError):
        read(payload, NOW)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Body", ["a"]), ("Body", {"a": 1}), ("MessageSid", "a b"), ("MessageSid", "x" * 101), ("From", "a>b"),
        ("From", "x" * 200), ("To", "whatsapp:+1 5"), ("From", "\x00"), ("From", "whatsapp:"),
    ],
)  # fmt: skip
def test_wrong_values_are_unreadable(field: str, value: Any) -> None:
    with pytest.raises(UnreadableError):
        read(message(PERSON, "hola", WaId="") | {field: value}, NOW)


@pytest.mark.parametrize("place", ["nan", "inf", "91", "norte", "1e999"])
def test_a_place_that_is_nowhere_is_unreadable(place: str) -> None:
    with pytest.raises(UnreadableError):
        read(message(PERSON, Latitude=place, Longitude="1"), NOW)


def test_a_megabyte_of_text_is_cut() -> None:
    found = read(message(PERSON, "ayuda " * 180_000), NOW)
    assert found is not None
    assert len(found.text) == 4096


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=4,
)
PAYLOADS = [load(path) for path in sorted(WHATSAPP_CONTRACT.folder.iterdir())]
NAMES = sorted({name for payload in PAYLOADS for name in payload} | {"ErrorCode", "MessageStatus"})


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PAYLOADS), st.dictionaries(st.sampled_from(NAMES), JUNK, max_size=3))
def test_no_forgery_raises_anything_else(payload: Any, junk: dict[str, Any]) -> None:
    for reader in (lambda fields: read(fields, NOW, "+15005550001"), receipt):
        try:
            found = reader(payload | junk)
        except UnreadableError:
            continue
        repr(found).encode()


def test_both_channels_have_a_case_for_somebody_without_a_number() -> None:
    for cases in (WHATSAPP_CASES, SMS_CASES):
        assert any(fields and fields.get("answered_here") for fields in cases.values())
