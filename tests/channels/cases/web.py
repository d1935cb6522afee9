"""Forms of the web page, and what each becomes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from bot.channels.web import WebChannel
from bot.conversation import InboundMessage, Kind, Location
from tests.channels.cases.contract import NOW, Contract, Sending

SESSION = "a-session-of-nobody"


def said(kind: Kind, text: str = "", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "text": text, "address": SESSION, "sent_at": NOW, **more}


CASES = {
    "text": said(Kind.TEXT, "¿Cómo saco mi matrícula consular?"),
    "hidden_characters": said(Kind.TEXT, "socorro ayuda"),
    "emoji_only": said(Kind.TEXT, "😭😭🙏"),
    "tap": said(Kind.TAP, payload="s|pasaporte|costo|1a2b"),
    "location": said(Kind.LOCATION, location=Location(31.332731, -110.942214)),
    "empty": None,
}


def expected(form: Any, fields: Any) -> InboundMessage:
    return InboundMessage("web", sha256(f"{SESSION}\0{form['once']}".encode()).hexdigest(), **fields)


@asynccontextmanager
async def sending() -> AsyncIterator[Sending]:
    yield Sending(WebChannel(), SESSION, list)


CONTRACT = Contract(
    name="web",
    folder=Path(__file__).parents[1] / "web",
    load=lambda path: dict(parse_qsl(path.read_text().strip(), keep_blank_values=True)),
    read=lambda form: WebChannel().read(form, SESSION, NOW),
    cases=CASES,
    expected=expected,
    sending=sending,
    never=frozenset(Kind) - {Kind.TEXT, Kind.TAP, Kind.LOCATION},
)
