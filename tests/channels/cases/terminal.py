"""Lines typed after a question with two choices, and what each becomes."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from bot.channels.terminal import Terminal
from bot.conversation import Choice, InboundMessage, Kind
from tests.channels.cases.contract import NOW, Contract, Sending

CHOICES = (Choice(label="Pasaporte", payload="t|pasaporte"), Choice(label="Matrícula consular", payload="t|matricula"))


def typed(kind: Kind, text: str = "", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "text": text, "address": "terminal", "sent_at": NOW, **more}


CASES = {
    "text": typed(Kind.TEXT, "¿Cómo saco mi matrícula consular?"),
    "number": typed(Kind.TAP, payload="t|matricula"),
    "label": typed(Kind.TAP, payload="t|matricula"),
    "hidden_characters": typed(Kind.TEXT, "socorro ayuda"),
    "emoji_only": typed(Kind.TEXT, "😭😭🙏"),
    "command": typed(Kind.TEXT, "/ayuda"),
}


def read(line: str) -> InboundMessage | None:
    terminal = Terminal(lambda text: None)
    terminal._choices = CHOICES
    return terminal.read(line, NOW)


@asynccontextmanager
async def sending() -> AsyncIterator[Sending]:
    lines: list[str] = []
    yield Sending(Terminal(lines.append), "terminal", lambda: [(line, []) for line in lines])


CONTRACT = Contract(
    name="terminal",
    folder=Path(__file__).parents[1] / "terminal",
    load=Path.read_text,
    read=read,
    cases=CASES,
    expected=lambda _, fields: InboundMessage("terminal", "1", **fields),
    sending=sending,
    never=frozenset(Kind) - {Kind.TEXT, Kind.TAP},
)
