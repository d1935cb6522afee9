"""Telegram's updates as it posts them."""

import time
from itertools import count
from typing import Any

_ids = count(5000)


def text(chat: int, words: str, **message: Any) -> dict[str, Any]:
    return _message(chat, text=words, **message)


def location(chat: int, latitude: float = 31.98765, longitude: float = -112.81234) -> dict[str, Any]:
    return _message(chat, location={"latitude": latitude, "longitude": longitude})


def _person(chat: int) -> dict[str, Any]:
    return {"id": chat, "is_bot": False, "first_name": "Guadalupe", "username": "lupita_ramos", "language_code": "es"}


def _message(chat: int, **content: Any) -> dict[str, Any]:
    number = next(_ids)
    message = {
        "message_id": number,
        "from": _person(chat),
        "chat": {"id": chat, "type": "private", "first_name": "Guadalupe", "username": "lupita_ramos"},
        "date": int(time.time()),
        **content,
    }
    return {"update_id": number, "message": message}
