"""Telegram's payloads, and what each becomes."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.channels.telegram import TelegramChannel, read
from bot.conversation import InboundMessage, Kind, Location
from tests.channels.cases.contract import NOW, SENT, Contract, Sending
from tests.support.bot_api import Answer, BotApi

BOT = "ventanilla_test_bot"
ANA, GROUP, OLD_GROUP, CHANNEL = "987654321", "-1001234567890", "-4123456", "-1009876543210"


def seen(kind: Kind, text: str = "", *, address: str = ANA, at: datetime = SENT, **more: Any) -> dict[str, Any]:
    return {"kind": kind, "text": text, "address": address, "sent_at": at, **more}


def later(seconds: int) -> datetime:
    return SENT + timedelta(seconds=seconds)


CASES: dict[str, dict[str, Any] | None] = {
    "text": seen(Kind.TEXT, "¿Cómo saco mi matrícula consular?"),
    "text_reply_forwarded": seen(Kind.TEXT, "Esto me llegó"),
    "hidden_characters": seen(Kind.TEXT, "socorro ayuda"),
    "emoji_only": seen(Kind.TEXT, "😭😭🙏"),
    "command_start_parameter": seen(Kind.TEXT, "/start osc-2027"),
    "command_botname": seen(Kind.TEXT, "/ayuda@ventanilla_test_bot"),
    "tap": seen(Kind.TAP, at=NOW, payload="t:pasaporte:1"),
    "tap_old_message": seen(Kind.TAP, at=NOW, payload="t:pasaporte:1"),
    "tap_without_message": seen(Kind.TAP, at=NOW, payload="t:pasaporte:1"),
    "tap_in_group": None,
    "location": seen(Kind.LOCATION, location=Location(31.332731, -110.942214)),
    "venue": seen(Kind.LOCATION, location=Location(31.332731, -110.942214)),
    "live_location": seen(Kind.LOCATION, location=Location(31.332731, -110.942214)),
    "live_location_edited": seen(Kind.LOCATION, at=later(30), location=Location(31.34, -110.95)),
    "contact": seen(Kind.CONTACT),
    "voice": seen(Kind.VOICE),
    "audio": seen(Kind.VOICE, "escuche"),
    "video_note": seen(Kind.VOICE),
    "photo": seen(Kind.PHOTO, "¿Es mi acta buena?"),
    "sticker": seen(Kind.STICKER),
    "document": seen(Kind.OTHER, "mi carta"),
    "video": seen(Kind.OTHER),
    "animation": seen(Kind.OTHER),
    "dice": seen(Kind.OTHER),
    "poll": seen(Kind.OTHER),
    "unknown_content": seen(Kind.OTHER),
    "pinned": None,
    "auto_delete_timer": None,
    "edited_text": seen(Kind.EDITED, "me detuvo la migra", at=later(60)),
    "edited_caption": seen(Kind.EDITED, "mi carta (2)", at=later(60)),
    "group_chatter": None,
    "group_command": seen(Kind.GROUP, address=GROUP),
    "group_command_other_bot": None,
    "group_plain_command": seen(Kind.GROUP, address=OLD_GROUP),
    "group_mention": seen(Kind.GROUP, address=GROUP),
    "group_mention_other": None,
    "group_photo_mention": seen(Kind.GROUP, address=GROUP),
    "group_edited": None,
    "channel_post": seen(Kind.GROUP, address=CHANNEL),
    "channel_post_chatter": None,
    "blocked": seen(Kind.BLOCKED),
    "unblocked": None,
    "added_to_group": seen(Kind.GROUP, address=OLD_GROUP),
    "added_to_channel": seen(Kind.GROUP, address=CHANNEL),
    "promoted_in_group": None,
    "removed_from_group": None,
    "unknown_update": None,
    "inline_query": None,
    "poll_update": None,
    "reaction": None,
}


def load(name: str) -> dict[str, Any]:
    payload: dict[str, Any] = json.loads((CONTRACT.folder / f"{name}.json").read_text())
    return payload


def expected(payload: Any, fields: dict[str, Any]) -> InboundMessage:
    return InboundMessage("telegram", str(payload["update_id"]), **fields)


@asynccontextmanager
async def sending() -> AsyncIterator[Sending]:
    with BotApi() as api:
        channel = TelegramChannel(api.token, api.url, timeout=0.5)

        def arrived() -> list[tuple[str, list[str]]]:
            calls = [call.params for call in api.of("sendMessage")]
            rows = [call.get("reply_markup", {}).get("inline_keyboard", []) for call in calls]
            return [
                (call["text"], [button["text"] for row in keyboard for button in row])
                for call, keyboard in zip(calls, rows, strict=True)
            ]

        fails = {
            "gone": lambda: api.answer("sendMessage", Answer.blocked()),
            "too_many": lambda: api.answer("sendMessage", Answer.too_many(3)),
            "refused": lambda: api.answer("sendMessage", Answer(400, "Bad Request: message is too long")),
            "broken": lambda: api.answer("sendMessage", Answer(502, raw=b"<html>")),
            "hangs": lambda: api.answer("sendMessage", Answer(hang=True)),
            "wrong_token": lambda: api.answer("sendMessage", Answer(401, "Unauthorized")),
        }
        yield Sending(channel, ANA, arrived, fails)
        await channel.close()


CONTRACT = Contract(
    name="telegram",
    folder=Path(__file__).parents[1] / "telegram",
    load=lambda path: json.loads(path.read_text()),
    read=lambda payload: read(payload, BOT, NOW),
    cases=CASES,
    expected=expected,
    private=("Pérez", "anaperez", "Luis", "Gómez", "6311234567", "VCARD"),
    sending=sending,
)
