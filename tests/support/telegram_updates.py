"""Telegram's updates as it posts them."""

import time
from itertools import count
from typing import Any

_ids = count(5000)


def text(chat: int, words: str, **message: Any) -> dict[str, Any]:
    return _message(chat, text=words, **message)


def location(chat: int, latitude: float, longitude: float) -> dict[str, Any]:
    return _message(chat, location={"latitude": latitude, "longitude": longitude})


def tap(chat: int, data: str) -> dict[str, Any]:
    number = next(_ids)
    message = _message(chat, text="…")["message"]
    query = {"id": str(number), "from": _person(chat), "chat_instance": "1", "data": data, "message": message}
    return {"update_id": number, "callback_query": query}


def blocked(chat: int) -> dict[str, Any]:
    change = {
        "chat": {"id": chat, "type": "private", "first_name": "Ana"},
        "from": _person(chat),
        "date": int(time.time()),
        "old_chat_member": {"status": "member", "user": {"id": 1, "is_bot": True, "first_name": "V"}},
        "new_chat_member": {"status": "kicked", "until_date": 0, "user": {"id": 1, "is_bot": True, "first_name": "V"}},
    }
    return {"update_id": next(_ids), "my_chat_member": change}


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
