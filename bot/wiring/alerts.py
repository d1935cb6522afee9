"""Tells those on duty that somebody waits: level, category, waiting time, a link; never words, name, phone or place."""

import hmac
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx

from bot.conversation import Reply, ReplyKind
from bot.handoff.shifts import Rota, on_shift, upcoming
from bot.storage.alerts import Kind, Waiting
from bot.texts import say
from knowledge.model import Knowledge

TIMEOUT = 5.0
"""Seconds for one request."""
NEXT_ON_SHIFT, COORDINATOR = 2, 3
"""From which rung on others are called too."""
_TEXTS: Mapping[Kind, str] = {"waiting": "alert.text", "window": "alert.window", "call_back": "alert.call_back"}
_LEVELS = {"critical": "level.critical", "urgent": "level.urgent", "priority": "level.priority"}
_MARKS = {"critical": "🔴", "urgent": "🟠", "priority": "🟡"}
TIMESTAMP, SIGNATURE = "X-Ventanilla-Timestamp", "X-Ventanilla-Signature"


@dataclass(frozen=True, slots=True)
class Alert:
    """What leaves this machine, as JSON."""

    event: Literal["new", "again"]
    """Said for the first time, or once more."""
    case_id: str
    """Of several the most urgent one."""
    level: str
    category: str | None
    kind: Kind
    channel: str
    opened_at: str
    waiting_s: int
    more: int
    """Other cases that this one line speaks of, and those of the same network behind them."""
    url: str
    """The case in the console; of several the queue."""


class Target(Protocol):
    """Somewhere that alerts go."""

    async def __call__(self, alert: Alert, text: str) -> None:
        """Raises what its library raises."""
        ...


def alert_of(told: Sequence[Waiting], base: str, now: datetime) -> Alert:
    """One alert for these; the first one is the most urgent."""
    first = told[0]
    case, more = first.case, len(told) - 1 + sum(one.more for one in told)
    return Alert(
        "new" if first.fresh else "again", str(case.id), case.level, case.category, first.kind, first.channel,
        case.opened_at.isoformat(), max(0, int((now - case.opened_at).total_seconds())), more,
        link_to(base, case.id) if len(told) == 1 else f"{base}/console",
    )  # fmt: skip


def written(told: Sequence[Waiting], alert: Alert, knowledge: Knowledge, calls: str) -> str:
    """As a group reads it; the category in words."""
    category = knowledge.categories.get(alert.category or "")
    values = {
        "mark": _MARKS.get(alert.level, ""), "level": say(_LEVELS[alert.level], "es"),
        "category": category.label.say("es") if category else say("alert.no_danger", "es"),
        "minutes": alert.waiting_s // 60, "to": calls, "link": alert.url, "count": len(told), "more": alert.more,
    }  # fmt: skip
    if len(told) > 1:
        return say("alert.several", "es", **values)
    behind = [say("alert.more", "es", **values)] if alert.more else []
    return "\n".join([say(_TEXTS[alert.kind], "es", **values), *behind])


def link_to(base: str, case_id: UUID) -> str:
    """The case in the console."""
    return f"{base}/console/cases/{case_id}"


def called(rung: int, rota: Rota, now: datetime, zone: str, lang: str | None = None) -> str:
    """Whom this rung calls, by the names of the rota: those on shift who speak the person's language; where nobody
    does, all on shift and the next who does.
    """
    here = now.astimezone(ZoneInfo(zone))
    speaking = on_shift(rota, here, lang)
    names = [turn.operator for turn in speaking or on_shift(rota, here)]
    following = [] if speaking else [upcoming(rota, here, lang) or upcoming(rota, here)]
    following += [upcoming(rota, here)] if rung >= NEXT_ON_SHIFT else []
    names += [turn.operator for turn in following if turn]
    names += [say("alert.coordinator", "es")] if rung >= COORDINATOR else []
    return ", ".join(dict.fromkeys(names)) or say("alert.everybody", "es")


@dataclass(frozen=True, slots=True)
class Group:
    """A Telegram group."""

    channel: "Sends"
    chat: str

    async def __call__(self, alert: Alert, text: str) -> None:
        """One message."""
        await self.channel.send(self.chat, Reply(ReplyKind.NOTICE, text))


class Sends(Protocol):
    """A channel."""

    async def send(self, address: str, reply: Reply) -> str:
        """Raises DeliveryError."""
        ...


@dataclass(frozen=True, slots=True)
class Webhook:
    """Any address that takes JSON; `key` signs it."""

    url: str
    key: bytes

    async def __call__(self, alert: Alert, text: str) -> None:
        """A POST; anything but 2xx is an error."""
        body, at = json.dumps(asdict(alert)).encode(), str(int(time.time()))
        signature = hmac.new(self.key, f"{at}.".encode() + body, "sha256").hexdigest()
        headers = {"Content-Type": "application/json", TIMESTAMP: at, SIGNATURE: f"sha256={signature}"}
        async with httpx.AsyncClient(timeout=TIMEOUT) as client:
            (await client.post(self.url, content=body, headers=headers)).raise_for_status()
