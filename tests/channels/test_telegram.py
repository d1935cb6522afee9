"""The real telegram.Bot against a stand-in Bot API over the loopback."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.channels.rendering import fit
from bot.channels.telegram import TelegramChannel, keyboard
from bot.conversation import Choice, Document, InboundMessage, Kind, Reply, ReplyKind
from bot.conversation.ports import (
    DeliveryError,
    PermanentError,
    RateLimitedError,
    RetryableError,
    StoreBusyError,
    UnreachableError,
)
from tests.support.bot_api import USERNAME, Answer, BotApi

ANA = "987654321"
HELLO = Reply(ReplyKind.ANSWER, "Vea https://www.gob.mx *sin formato* <b>")
PAYLOADS = Path(__file__).parent / "telegram"


@pytest.fixture
def api() -> Iterator[BotApi]:
    with BotApi() as running:
        yield running


@pytest.fixture
async def channel(api: BotApi) -> AsyncIterator[TelegramChannel]:
    opened = TelegramChannel(api.token, api.url, timeout=2, pause=lambda failures: 0.001)
    yield opened
    await opened.close()


async def test_a_reply_is_sent_as_plain_text_without_preview(api: BotApi, channel: TelegramChannel) -> None:
    first = await channel.send(ANA, HELLO)
    second = await channel.send(ANA, HELLO)
    params = api.of("sendMessage")[0].params
    assert (first, second) == ("1", "2")
    assert params["text"] == HELLO.text
    assert params["chat_id"] == ANA
    assert params["link_preview_options"] == {"is_disabled": True}
    assert "parse_mode" not in params


async def test_a_file_goes_as_a_document_with_its_words_beside_it(api: BotApi, channel: TelegramChannel) -> None:
    file = Document(name="csw71.ics", content="BEGIN:VCALENDAR\r\nSUMMARY:Sesión\r\nEND:VCALENDAR\r\n")
    choices = (Choice(label="Sí", payload="a:1"),)
    (reply,) = fit(Reply(ReplyKind.ANSWER, "CSW71, para su calendario.", choices, document=file), channel.capabilities)
    assert await channel.send(ANA, reply) == "1"
    params = api.of("sendDocument")[0].params
    assert (params["chat_id"], params["caption"]) == (ANA, "CSW71, para su calendario.")
    assert params["document"] == ("csw71.ics", file.content.encode())
    assert params["reply_markup"]["inline_keyboard"]
    assert not api.of("sendMessage")


async def test_choices_are_an_inline_keyboard(api: BotApi, channel: TelegramChannel) -> None:
    choices = (Choice(label="Matrícula consular", payload="t:matricula:1"), Choice(label="Sí", payload="a:1"))
    await channel.send(ANA, Reply(ReplyKind.CLARIFY, "¿Qué necesita?", choices))
    assert api.of("sendMessage")[0].params["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "Matrícula consular", "callback_data": "t:matricula:1"}],
            [{"text": "Sí", "callback_data": "a:1"}],
        ]
    }


def test_short_labels_stand_two_in_a_row() -> None:
    markup = keyboard([Choice(label=label, payload=label) for label in ("Sí", "No", "No sé")])
    assert markup is not None
    assert [[button.text for button in row] for row in markup.inline_keyboard] == [["Sí", "No"], ["No sé"]]


def test_no_button_carries_more_than_telegram_takes() -> None:
    assert keyboard([Choice(label="x", payload="ñ" * 32)]) is not None
    with pytest.raises(PermanentError):
        keyboard([Choice(label="x", payload="ñ" * 33)])


def bad(description: str) -> Answer:
    return Answer(400, f"Bad Request: {description}")


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Answer.too_many(7), RateLimitedError),
        (Answer.blocked(), UnreachableError),
        (Answer(403, "Forbidden: user is deactivated"), UnreachableError),
        (bad("chat not found"), UnreachableError),
        (bad("message is too long"), PermanentError),
        (Answer(400, "Bad Request: upgraded", {"migrate_to_chat_id": -100}), PermanentError),
        (Answer(401, "Unauthorized"), RetryableError),
        (Answer(500, "Internal Server Error"), RetryableError),
        (Answer(502, raw=b"<html>Bad Gateway</html>"), RetryableError),
        (Answer(200, raw=b"<html>captive portal</html>"), RetryableError),
    ],
)
async def test_errors_are_typed(api: BotApi, channel: TelegramChannel, answer: Answer, error: type) -> None:
    api.answer("sendMessage", answer)
    with pytest.raises(DeliveryError) as caught:
        await channel.send(ANA, HELLO)
    assert type(caught.value) is error
    assert await channel.send(ANA, HELLO)


async def test_a_rate_limit_says_how_long(api: BotApi, channel: TelegramChannel) -> None:
    api.answer("sendMessage", Answer.too_many(7))
    with pytest.raises(RateLimitedError) as caught:
        await channel.send(ANA, HELLO)
    assert caught.value.retry_after == 7


async def test_a_server_that_hangs_is_retryable(api: BotApi) -> None:
    hasty = TelegramChannel(api.token, api.url, timeout=0.05)
    api.answer("sendMessage", Answer(hang=True))
    with pytest.raises(RetryableError):
        await hasty.send(ANA, HELLO)
    await hasty.close()


async def test_replies_leave_on_one_kept_connection(api: BotApi, channel: TelegramChannel) -> None:
    for _ in range(5):
        await channel.send(ANA, HELLO)
    assert (len(api.texts()), api.connections) == (5, 1)


async def test_nobody_listening_is_retryable() -> None:
    nowhere = TelegramChannel("1:x", "http://127.0.0.1:1", timeout=0.2)
    with pytest.raises(RetryableError):
        await nowhere.send(ANA, HELLO)
    await nowhere.close()


async def test_neither_token_nor_words_are_logged(api: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    channel = TelegramChannel(api.token, api.url)
    wrong = TelegramChannel("99:wrong-token", api.url)
    api.answer("getupdates", Answer(200, raw=b"not JSON: me detuvo la migra"))
    await channel.send(ANA, HELLO)
    for failing in (wrong.open(), channel.updates(0)):
        with pytest.raises(DeliveryError) as caught:
            await failing
        assert "wrong-token" not in f"{caught.value!r}{caught.value.__cause__!r}"
    said = caplog.text
    assert not any(word in said for word in (api.token, "wrong-token", "migra", "gob.mx", ANA))
    await channel.close()
    await wrong.close()


async def test_the_webhook_is_set_with_its_secret(api: BotApi, channel: TelegramChannel) -> None:
    await channel.set_webhook("https://ventanilla.example", "s3cret")
    params = api.of("setWebhook")[0].params
    assert params["url"] == "https://ventanilla.example/webhooks/telegram"
    assert params["secret_token"] == "s3cret"
    assert set(params["allowed_updates"]) >= {"message", "edited_message", "callback_query", "my_chat_member"}


async def test_a_tap_is_acknowledged_and_an_old_one_does_no_harm(api: BotApi, channel: TelegramChannel) -> None:
    api.answer("answerCallbackQuery", bad("query is too old and response timeout expired or query ID is invalid"))
    await channel.acknowledge("7")
    await channel.acknowledge("8")
    assert [call.params["callback_query_id"] for call in api.of("answerCallbackQuery")] == ["7", "8"]


async def test_it_learns_its_name(channel: TelegramChannel) -> None:
    await channel.open()
    assert channel.username == USERNAME


# Polling


def update(name: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads((PAYLOADS / f"{name}.json").read_text())
    del payload["update_id"]
    return payload


class Handled:
    """Stops the polling once it has seen enough; raises what it is told to, first."""

    def __init__(self, enough: int, *errors: Exception) -> None:
        self.messages: list[InboundMessage] = []
        self.tries = 0
        self.stop = asyncio.Event()
        self._enough = enough
        self._errors = list(errors)

    async def __call__(self, message: InboundMessage) -> None:
        self.tries += 1
        if self._errors:
            raise self._errors.pop(0)
        self.messages.append(message)
        if len(self.messages) >= self._enough:
            self.stop.set()

    async def poll(self, channel: TelegramChannel) -> None:
        async with asyncio.timeout(5):
            await channel.poll(self, self.stop)


async def test_polling_hands_over_each_message_once_and_in_order(api: BotApi, channel: TelegramChannel) -> None:
    ids = [api.push(update(name)) for name in ("text", "pinned", "tap", "location")]
    handled = Handled(3)
    await handled.poll(channel)
    assert [message.kind for message in handled.messages] == [Kind.TEXT, Kind.TAP, Kind.LOCATION]
    assert [message.delivery_id for message in handled.messages] == [str(ids[0]), str(ids[2]), str(ids[3])]
    assert [call.method.lower() for call in api.calls[:3]] == ["getme", "deletewebhook", "getupdates"]
    assert len(api.of("answerCallbackQuery")) == 1


async def test_what_was_not_handled_is_not_confirmed(api: BotApi, channel: TelegramChannel) -> None:
    first, second = api.push(update("text")), api.push(update("voice"))
    handled = Handled(2, StoreBusyError("busy"))
    await handled.poll(channel)
    offsets = [int(call.params["offset"]) for call in api.of("getUpdates")]
    assert offsets[:2] == [0, 0]
    assert [message.delivery_id for message in handled.messages] == [str(first), str(second)]


async def test_a_busy_database_is_waited_for_without_end(api: BotApi, channel: TelegramChannel) -> None:
    api.push(update("text"))
    handled = Handled(1, *(StoreBusyError("busy") for _ in range(20)))
    await handled.poll(channel)
    assert len(handled.messages) == 1


async def test_one_update_that_always_fails_does_not_hold_up_the_rest(api: BotApi, channel: TelegramChannel) -> None:
    api.push(update("text"))
    second = api.push(update("voice"))
    handled = Handled(1, *(KeyError("a fault of ours") for _ in range(8)))
    await handled.poll(channel)
    assert [message.delivery_id for message in handled.messages] == [str(second)]
    assert handled.tries == 9


async def test_an_unreadable_update_is_left_out(api: BotApi, channel: TelegramChannel) -> None:
    api.push({"message": {"text": 7}})
    api.push(update("text"))
    handled = Handled(1)
    await handled.poll(channel)
    assert handled.messages[0].kind is Kind.TEXT


async def test_polling_survives_telegrams_troubles(api: BotApi, channel: TelegramChannel) -> None:
    api.push(update("text"))
    api.answer("getMe", Answer(500))
    api.answer("deleteWebhook", Answer(502, raw=b"<html>"))
    conflict = Answer(409, "Conflict: terminated by other getUpdates request")
    api.answer("getUpdates", Answer(200, raw=b"<html>"), conflict, Answer(500))
    handled = Handled(1)
    await handled.poll(channel)
    assert len(handled.messages) == 1


async def test_stop_ends_a_long_poll_at_once(api: BotApi, channel: TelegramChannel) -> None:
    handled = Handled(1)
    polling = asyncio.create_task(handled.poll(channel))
    await asyncio.to_thread(api.wait_for, "getUpdates")
    started = time.monotonic()
    handled.stop.set()
    await polling
    assert time.monotonic() - started < 1


async def test_a_cancelled_poll_ends_at_once(api: BotApi, channel: TelegramChannel) -> None:
    polling = asyncio.create_task(channel.poll(Handled(1), asyncio.Event()))
    await asyncio.to_thread(api.wait_for, "getUpdates")
    polling.cancel()
    async with asyncio.timeout(1):
        with pytest.raises(asyncio.CancelledError):
            await polling


async def test_a_group_is_given_the_link_to_write_in_private(channel: TelegramChannel) -> None:
    await channel.open()
    payload = json.loads((Path(__file__).parent / "telegram" / "group_plain_command.json").read_text())
    message = channel.read(payload, datetime.now(UTC))
    assert message is not None
    assert message.payload == f"https://t.me/{channel.username}"
