"""A stand-in for Telegram's Bot API: a real HTTP server on a free port of the loopback, in a thread of its own.

with BotApi() as api:
    channel = TelegramChannel(api.token, api.url)
    api.answer("sendMessage", Answer.too_many(3))   # the next call only; afterwards it succeeds again
    api.push({"message": {...}})                    # for getUpdates; the update_id is given
    api.wait_for("sendMessage", 2)                  # blocks; in a coroutine: await asyncio.to_thread(...)
"""

import json
from collections import deque
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.support.stand_in import Handler, StandIn

TOKEN = "123456:TEST-token_of-no-bot"
USERNAME = "ventanilla_test_bot"


@dataclass(frozen=True)
class Call:
    """One request: the method as it stands in the API's documentation, and its parameters, JSON ones parsed."""

    method: str
    params: dict[str, Any]
    token: str


@dataclass(frozen=True)
class Answer:
    """What a call gets instead of success. `hang` holds it until the server ends (the client's time-out speaks)."""

    status: int = 200
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    hang: bool = False
    raw: bytes | None = None

    @classmethod
    def too_many(cls, retry_after: int) -> "Answer":
        return cls(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})

    @classmethod
    def blocked(cls) -> "Answer":
        return cls(403, "Forbidden: bot was blocked by the user")

    def body(self) -> bytes:
        if self.raw is not None:
            return self.raw
        said: dict[str, Any] = {"ok": False, "error_code": self.status, "description": self.description}
        return json.dumps(said | ({"parameters": self.parameters} if self.parameters else {})).encode()


class _Handler(Handler):
    def respond(self, body: bytes) -> tuple[int, bytes]:
        url = urlsplit(self.path)
        _, _, rest = url.path.partition("/bot")
        token, _, method = rest.partition("/")
        if self.headers.get_content_type() == "application/json":
            params = json.loads(body or b"{}")
        elif self.headers.get_content_type() == "multipart/form-data":
            params = _parts(self.headers["content-type"], body)
        else:
            params = {k: _parsed(v) for k, v in parse_qsl(body.decode(), keep_blank_values=True)}
        return self.api.handle(Call(method, params, token))


class BotApi(StandIn):
    """Records calls; answers as told, else as Telegram does where all is well."""

    handler = _Handler

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.calls: list[Call] = []
        self._answers: dict[str, deque[Answer]] = {}
        self._updates: list[dict[str, Any]] = []
        self._next_update = 1000
        self._next_message = 1
        super().__init__()

    def answer(self, method: str, *answers: Answer) -> None:
        """The next calls of this method get these."""
        with self._changed:
            self._answers.setdefault(method.lower(), deque()).extend(answers)

    def push(self, update: dict[str, Any]) -> int:
        """Queue it for getUpdates; an update without `update_id` is given the next."""
        with self._changed:
            number: int = update.get("update_id", self._next_update)
            self._next_update = max(self._next_update, number) + 1
            self._updates.append({"update_id": number, **update})
            self._changed.notify_all()
            return number

    def of(self, method: str) -> list[Call]:
        """The calls of one method so far."""
        with self._changed:
            return [call for call in self.calls if call.method.lower() == method.lower()]

    def texts(self, chat_id: int | str | None = None) -> list[str]:
        """What was sent, in order."""
        sent = self.of("sendMessage")
        return [c.params["text"] for c in sent if chat_id is None or str(c.params["chat_id"]) == str(chat_id)]

    def forget(self) -> None:
        """As if nothing had been called yet."""
        with self._changed:
            self.calls.clear()

    def wait_for(self, method: str, count: int = 1, timeout: float = 5.0) -> list[Call]:
        """Blocks until that many calls have come; AssertionError after `timeout` seconds."""
        with self._changed:
            enough = self._changed.wait_for(lambda: len(self.of(method)) >= count, timeout)
        assert enough, f"{len(self.of(method))} of {count} calls of {method}"
        return self.of(method)

    @property
    def pending(self) -> list[int]:
        """Updates not confirmed yet."""
        with self._changed:
            return [update["update_id"] for update in self._updates]

    def handle(self, call: Call) -> tuple[int, bytes]:
        with self._changed:
            self.calls.append(call)
            self._changed.notify_all()
            answers = self._answers.get(call.method.lower())
            told = answers.popleft() if answers else None
        if told:
            if told.hang:
                self._closed.wait(30)
            return told.status, told.body()
        if call.token != self.token:
            return 401, Answer(401, "Unauthorized").body()
        methods = {
            "getme": self._me,
            "sendmessage": self._sent,
            "senddocument": self._sent,
            "getupdates": self._next_updates,
        }
        result = methods.get(call.method.lower(), lambda _: True)(call)
        return 200, json.dumps({"ok": True, "result": result}).encode()

    def _me(self, call: Call) -> object:
        return {"id": 123456, "is_bot": True, "first_name": "Ventanilla", "username": USERNAME}

    def _sent(self, call: Call) -> object:
        with self._changed:
            number, self._next_message = self._next_message, self._next_message + 1
        chat = {"id": int(call.params["chat_id"]), "type": "private"}
        return {"message_id": number, "date": 1_760_000_000, "chat": chat, "text": call.params.get("text")}

    def _next_updates(self, call: Call) -> object:
        offset = int(call.params.get("offset") or 0)
        with self._changed:
            self._updates = [update for update in self._updates if update["update_id"] >= offset]
            seconds = min(float(call.params.get("timeout") or 0), 30)
            self._changed.wait_for(lambda: self._updates or self._closed.is_set(), seconds)
            return self._updates[:100]


def _parts(kind: str, body: bytes) -> dict[str, Any]:
    """Fields of a form with files; a file as its name and content."""
    form = message_from_bytes(b"content-type: " + kind.encode() + b"\r\n\r\n" + body, policy=HTTP)
    params: dict[str, Any] = {}
    for part in form.iter_parts():
        name = part.get_param("name", header="content-disposition")
        content = part.get_payload(decode=True)
        file = part.get_filename()
        params[str(name)] = (file, content) if file else _parsed(content.decode())
    return params


def _parsed(value: str) -> Any:
    """Objects, arrays and booleans travel as JSON; text stays text."""
    if not value.startswith(("{", "[")) and value not in ("true", "false"):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
