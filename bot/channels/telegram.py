"""Telegram through python-telegram-bot: the sender, its errors, webhook and polling. The reader stands beside it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import Any

from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup, InputFile, LinkPreviewOptions, MessageEntity
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, RetryAfter, TelegramError

from bot.channels.rendering import PAYLOAD_BYTES, units
from bot.channels.telegram_polling import Pause, Polling, growing
from bot.channels.telegram_reader import ALLOWED_UPDATES, NAME, authentic, callback_id, read
from bot.channels.telegram_request import AiohttpRequest
from bot.conversation import Choice, InboundMessage, Kind, Reply, Role
from bot.conversation.ports import (
    Capabilities,
    DeliveryError,
    PermanentError,
    RateLimitedError,
    RetryableError,
    UnreachableError,
)

__all__ = ["API_URL", "TelegramChannel", "authentic", "callback_id", "entities", "keyboard", "read"]

API_URL = "https://api.telegram.org"
WEBHOOK_PATH = "/webhooks/telegram"
LONG_POLL = 25
"""Seconds that one question for updates waits."""

_SHOWN = {Role.TITLE: MessageEntity.BOLD, Role.SOURCE: MessageEntity.ITALIC}
_NO_PREVIEW = LinkPreviewOptions(is_disabled=True)
_SHORT = 14
"""Labels up to so many characters stand two in a row."""

# What Telegram says of a chat that is not there any more, with its status 400.
_GONE = ("chat not found", "user not found", "peer_id_invalid", "chat_id is empty")
_ERRORS: tuple[tuple[type[TelegramError], type[DeliveryError]], ...] = (
    (Forbidden, UnreachableError),
    (BadRequest, PermanentError),
    (InvalidToken, RetryableError),  # a token mistyped at a deployment must not throw away what waits
    (ChatMigrated, PermanentError),
    (TelegramError, RetryableError),  # time-out, network, 5xx, an answer that is not JSON
)

# Their loggers write addresses with the token (httpx) and bodies with people's words (telegram.request).
_LOG_LEVELS = {"httpx": logging.WARNING, "telegram": logging.WARNING, "telegram.request": logging.CRITICAL}
for _name, _level in _LOG_LEVELS.items():
    logging.getLogger(_name).setLevel(_level)


class TelegramChannel:
    """Sends through one bot. `timeout` in seconds holds for connecting and waiting alike."""

    name = NAME
    # Telegram counts 4,096 characters and takes up to 100 buttons; on a phone more than ten are not read.
    capabilities = Capabilities(text_limit=4096, buttons=12, label_limit=60)
    authentic = staticmethod(authentic)
    callback_id = staticmethod(callback_id)

    def __init__(self, token: str, api_url: str = API_URL, *, timeout: float = 10.0, pause: Pause = growing) -> None:
        self.username: str | None = None
        self._pause = pause
        self._request = AiohttpRequest(timeout)
        base_url = f"{api_url.rstrip('/')}/bot"
        self._bot = Bot(token, base_url=base_url, request=self._request, get_updates_request=self._request)

    async def open(self) -> None:
        """Learn the bot's name, which groups call it by; without it everything else works. Raises DeliveryError."""
        with _typed():
            self.username = (await self._bot.get_me()).username

    async def close(self) -> None:
        """Close the connections."""
        await self._request.shutdown()

    def read(self, payload: object, received_at: datetime) -> InboundMessage | None:
        """As `telegram_reader.read`, with the bot's own name; a group is given the link to write in private."""
        message = read(payload, self.username, received_at)
        if message is not None and message.kind is Kind.GROUP and self.username:
            return replace(message, payload=f"https://t.me/{self.username}")
        return message

    async def send(self, address: str, reply: Reply) -> str:
        """Send one reply that fits; Telegram's message id. Raises DeliveryError."""
        buttons, file, shown = keyboard(reply.choices), reply.document, entities(reply)
        with _typed():
            if file is not None:
                content = InputFile(file.content.encode(), filename=file.name)
                message = await self._bot.send_document(
                    address, content, caption=reply.text, caption_entities=shown, reply_markup=buttons
                )
                return str(message.message_id)
            said: dict[str, Any] = {"chat_id": address, "text": reply.text, "link_preview_options": _NO_PREVIEW}
            said |= ({"entities": shown} if shown else {}) | ({"reply_markup": buttons} if buttons else {})
            # Of the answer nothing but the number is wanted: `send_message` makes a hundred attributes of it.
            sent: Any = await self._bot.do_api_request("sendmessage", said)
        return str(sent["message_id"])

    async def acknowledge(self, callback: str) -> None:
        """Stop the button's clock; best effort, an old tap cannot be acknowledged any more."""
        with suppress(TelegramError):
            await self._bot.answer_callback_query(callback)

    async def set_webhook(self, public_url: str, secret: str) -> None:
        """Have updates posted to us with this secret. Raises DeliveryError."""
        url = f"{public_url.rstrip('/')}{WEBHOOK_PATH}"
        with _typed():
            await self._bot.set_webhook(url, secret_token=secret, allowed_updates=ALLOWED_UPDATES)

    async def poll(self, handle: Callable[[InboundMessage], Awaitable[object]], stop: asyncio.Event) -> None:
        """Ask for updates until `stop` and hand each message over; nothing is confirmed before `handle` returned."""

        async def accept(update: object) -> None:
            message = self.read(update, datetime.now(UTC))
            if message is not None:
                await handle(message)
            if tapped := callback_id(update):
                await self.acknowledge(tapped)

        await Polling(self, accept, self._pause).run(stop)

    async def prepare(self) -> None:
        """Telegram refuses to be asked while a webhook is set."""
        await self.open()
        with _typed():
            await self._bot.delete_webhook()

    async def updates(self, offset: int) -> Sequence[object]:
        """The next updates as JSON: `Bot.get_updates` gives none of a hundred if it cannot parse one."""
        asked = {"offset": offset, "timeout": LONG_POLL, "allowed_updates": list(ALLOWED_UPDATES)}
        with _typed():
            # In lower case, as the Bot API allows: the library warns of names that it has methods for.
            found = await self._bot.do_api_request("getupdates", asked, read_timeout=LONG_POLL + 10)
        return found if isinstance(found, list) else []


def keyboard(choices: Sequence[Choice]) -> InlineKeyboardMarkup | None:
    """One button a row, two where all are short. Raises PermanentError where one carries too much."""
    if any(len(choice.payload.encode()) > PAYLOAD_BYTES for choice in choices):
        raise PermanentError(f"a button carries more than {PAYLOAD_BYTES} bytes")
    width = 2 if all(len(choice.label) <= _SHORT for choice in choices) else 1
    buttons = iter(InlineKeyboardButton(choice.label, callback_data=choice.payload) for choice in choices)
    rows = list(iter(lambda: tuple(islice(buttons, width)), ()))
    return InlineKeyboardMarkup(rows) if rows else None


def entities(reply: Reply) -> list[MessageEntity]:
    """A bold title and a slanted source, by place and not by marks: nothing in a text can break them."""
    found, at = [], 0
    for part in reply.parts:
        at += units(part.gap)
        if (kind := _SHOWN.get(part.role)) and (length := units(part.text.rstrip())):
            found.append(MessageEntity(kind, at, length))
        at += units(part.text)
    return found


@contextmanager
def _typed() -> Iterator[None]:
    """Telegram's errors as ours; the chain is cut, because some of its messages hold the token."""
    try:
        yield
    except TelegramError as error:
        raise _ours(error) from None


def _ours(error: TelegramError) -> DeliveryError:
    if isinstance(error, RetryAfter):
        after = error.retry_after
        return RateLimitedError("rate limited", after.total_seconds() if isinstance(after, timedelta) else float(after))
    said = error.message if isinstance(error, Forbidden | BadRequest) else type(error).__name__
    if isinstance(error, BadRequest) and any(words in said.casefold() for words in _GONE):
        return UnreachableError(said)
    return next(ours for theirs, ours in _ERRORS if isinstance(error, theirs))(said)
