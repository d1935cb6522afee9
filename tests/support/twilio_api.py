"""A stand-in for Twilio's REST API: a real HTTP server on a free port of the loopback, in a thread of its own.

with TwilioApi() as api:
    account = Twilio(api.sid, api.token, api.url)
    api.answer(Answer.of(21610))     # the next message only; afterwards they are taken again
    api.wait_for(2)                  # blocks; in a coroutine: await asyncio.to_thread(...)
"""

import base64
import json
from collections import deque
from dataclasses import dataclass
from itertools import count
from urllib.parse import parse_qsl

from tests.support.stand_in import Handler, StandIn

SID = "AC" + "0" * 31 + "1"
TOKEN = "a-token-of-no-account"


@dataclass(frozen=True)
class Sent:
    """One message that was taken, or refused: its form fields as they came."""

    fields: dict[str, str]
    sid: str

    @property
    def text(self) -> str:
        """The words that the person would read."""
        return self.fields.get("Body") or json.loads(self.fields["ContentVariables"])["1"]


@dataclass(frozen=True)
class Answer:
    """What a request gets instead of success. `hang` holds it until the server ends (the client's time-out speaks)."""

    status: int
    body: bytes = b""
    hang: bool = False

    @classmethod
    def of(cls, code: int, status: int = 400) -> "Answer":
        """An error as Twilio words it, with the number in it."""
        said = f"The 'To' number +525512345678 is refused ({code})."
        more = f"https://www.twilio.com/docs/errors/{code}"
        return cls(status, json.dumps({"code": code, "message": said, "more_info": more, "status": status}).encode())


class _Handler(Handler):
    def respond(self, body: bytes) -> tuple[int, bytes]:
        fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
        return self.api.handle(self.path, self.headers.get("authorization", ""), fields)


class TwilioApi(StandIn):
    """Records messages; answers as told, else as Twilio does where all is well."""

    handler = _Handler

    def __init__(self) -> None:
        self.sid, self.token = SID, TOKEN
        self.sent: list[Sent] = []
        self.refused: list[Sent] = []
        self._answers: deque[Answer] = deque()
        self._ids = count(1)
        super().__init__()

    def answer(self, *answers: Answer) -> None:
        with self._changed:
            self._answers.extend(answers)

    def to(self, person: str) -> list[Sent]:
        """What was sent to this person, in order."""
        with self._changed:
            return [sent for sent in self.sent if sent.fields["To"] == person]

    def texts(self, person: str) -> list[str]:
        return [sent.text for sent in self.to(person)]

    def wait_for(self, person: str, number: int = 1, timeout: float = 5.0) -> list[Sent]:
        """Blocks until so many messages were sent to this person; AssertionError after `timeout` seconds."""
        with self._changed:
            enough = self._changed.wait_for(lambda: len(self.to(person)) >= number, timeout)
        assert enough, f"{len(self.to(person))} of {number} messages to {person}"
        return self.to(person)

    def handle(self, path: str, authorization: str, fields: dict[str, str]) -> tuple[int, bytes]:
        expected = "Basic " + base64.b64encode(f"{self.sid}:{self.token}".encode()).decode()
        with self._changed:
            told = self._answers.popleft() if self._answers else None
            if path != f"/2010-04-01/Accounts/{self.sid}/Messages.json":
                told = told or Answer.of(20404, 404)
            elif authorization != expected:
                told = told or Answer.of(20003, 401)
            sent = Sent(fields, f"SM{next(self._ids):032x}")
            (self.refused if told else self.sent).append(sent)
            self._changed.notify_all()
        if told:
            if told.hang:
                self._closed.wait(30)
            return told.status, told.body
        return 201, json.dumps({"sid": sent.sid, "status": "queued", "to": fields["To"], "error_code": None}).encode()
