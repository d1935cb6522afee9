"""A service without a database, so that HTTP alone is on trial; the real one stands in test_real_service.py."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from uuid import UUID

import httpx
import pytest
from starlette.types import Message

from bot.channels import telegram_reader
from bot.channels.twilio import Twilio
from bot.conversation import InboundMessage, Turn
from bot.conversation.case import Case
from bot.conversation.ports import Receipt
from bot.handoff import claim, release, replied, resolve
from bot.storage.errors import BadCursorError, NoSuchCaseError, NoSuchConversationError, PersonLeftError
from knowledge.schema.base import Level
from tests.support.app import app_before

SECRET = "the-secret-of-the-webhook"
CASE = UUID("0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a")
CONVERSATION = UUID("5c2f6f0e-8f39-4d8e-a6a5-0d6a3f5f9b11")
OPENED = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ROLES = ("operator", "coordinator", "auditor", "editor")


def new_case(**changes) -> Case:
    case = Case(CASE, CONVERSATION, Level.CRITICAL, "danger", OPENED, "lost", rule="lost-desert", words="perdidos")
    return replace(case, **changes)


class FakeCases:
    """Cases in memory, by the same pure rules as the real ones; `left` refuses replies."""

    def __init__(self) -> None:
        self.cases = {CASE: new_case()}
        self.replies: list[tuple[UUID, str, str]] = []
        self.asked: list[tuple[object, ...]] = []

    async def find(self, wanted, cursor, limit):
        self.asked.append((wanted.status, cursor, limit))
        start = _offset(cursor)
        found = [case for case in self.cases.values() if wanted.status in (None, case.status)]
        return found[start : start + limit], str(start + limit) if len(found) > start + limit else None

    async def messages(self, conversation_id, cursor, limit):
        if conversation_id != CONVERSATION:
            raise NoSuchConversationError
        line = SimpleNamespace(id=1, direction="in", author="person", text="ayuda", at=OPENED, delivery=None)
        return [line][_offset(cursor) :][:limit], None

    async def of_conversation(self, conversation_id):
        return [CASE]

    async def erase(self, conversation_id, operator, now):
        raise NoSuchConversationError

    async def claim_next(self, operator, now):
        waiting = next((case for case in self.cases.values() if case.status == "open"), None)
        return await self.claim(waiting.id, operator, now) if waiting else None

    async def claim(self, case_id, operator, now, version=None):
        return self._change(case_id, lambda case: claim(case, operator, now))

    async def release(self, case_id, operator, note, now, version=None):
        return self._change(case_id, lambda case: release(case, operator, note, now))

    async def reply(self, case_id, operator, text, now, version=None):
        changed = self._change(case_id, lambda case: replied(case, operator, now))
        if changed.left:
            raise PersonLeftError
        self.replies.append((case_id, operator, text))
        return changed

    async def resolve(self, case_id, operator, outcome, note, now, *, follow_up=False, version=None):
        return self._change(case_id, lambda case: resolve(case, operator, outcome, note, now))

    def _change(self, case_id, change):
        if case_id not in self.cases:
            raise NoSuchCaseError
        self.cases[case_id] = change(self.cases[case_id])
        return self.cases[case_id]


def _offset(cursor: str | None) -> int:
    if cursor is None:
        return 0
    if not cursor.isdigit():
        raise BadCursorError
    return int(cursor)


@dataclass
class FakeTelegram:
    """The real reader, without a network; `on_acknowledge` runs in place of the call."""

    acknowledged: list[str] = field(default_factory=list)
    authentic = staticmethod(telegram_reader.authentic)
    callback_id = staticmethod(telegram_reader.callback_id)

    def read(self, payload: object, received_at: datetime) -> InboundMessage | None:
        return telegram_reader.read(payload, "ventanilla_bot", received_at)

    async def acknowledge(self, callback: str) -> None:
        self.acknowledged.append(callback)


@dataclass
class FakeService:
    """As much of bot.wiring.Service as HTTP needs."""

    telegram: FakeTelegram | None = field(default_factory=FakeTelegram)
    telegram_secret: str | None = SECRET
    twilio: Twilio | None = None
    cases: FakeCases = field(default_factory=FakeCases)
    handled: list[InboundMessage] = field(default_factory=list)
    turn: Turn | None = None
    recorded: list[Receipt] = field(default_factory=list)
    fails_with: Exception | None = None
    parts: dict[str, str] = field(default_factory=lambda: {"database": "ok", "content": "ok", "delivery": "ok"})
    woken: int = 0
    trusted_proxies: tuple[str, ...] = ()
    secure: bool = False

    @property
    def floods(self):
        return SimpleNamespace(more=_nobody_behind)

    @property
    def audit(self):
        return SimpleNamespace(record=_recorded, seen=_recorded, page=_no_entries)

    @property
    def delivery(self):
        return SimpleNamespace(wake=self._wake)

    def _wake(self) -> None:
        self.woken += 1

    async def handle(self, message: InboundMessage) -> Turn | None:
        if self.fails_with:
            raise self.fails_with
        self.handled.append(message)
        return self.turn

    async def record(self, receipt: Receipt) -> None:
        if self.fails_with:
            raise self.fails_with
        self.recorded.append(receipt)

    async def ready(self) -> dict[str, str]:
        if self.fails_with:
            raise self.fails_with
        return self.parts

    @property
    def operators(self):
        return SimpleNamespace(authenticate=_authenticate)


async def _nobody_behind(_: object) -> dict[UUID, int]:
    return {}


async def _recorded(*_: object) -> None:
    """The real log is on trial in test_real_storage.py."""


async def _no_entries(*_: object) -> tuple[list[object], None]:
    return [], None


async def _authenticate(token: str, now: datetime):
    """`ana-operator` is ana, an operator; `ana-operator-cases:read` is a program of hers."""
    name, _, rest = token.partition("-")
    role, _, scopes = rest.partition("-")
    known = frozenset(scopes.split(",")) if scopes else None
    return SimpleNamespace(name=name, role=role, scopes=known) if role in ROLES else None


@pytest.fixture
def service() -> FakeService:
    return FakeService()


@pytest.fixture
async def client(service: FakeService) -> AsyncIterator[httpx.AsyncClient]:
    async with browse(service) as client:
        yield client


def browse(service) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app_before(service)), base_url="http://test")


@pytest.fixture
def browsing() -> Callable[..., httpx.AsyncClient]:
    """Makes a client for another service."""
    return browse


@pytest.fixture
def call() -> Callable[..., Awaitable[None]]:
    """One request by bare ASGI, for what a client cannot see: what was sent when."""
    return _call


async def _call(service, method: str, path: str, headers: dict[str, str], body: bytes, sent: list[Message]) -> None:
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
    }

    async def receive() -> Message:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    await app_before(service)(scope, receive, send)
