"""Tells those on duty that somebody waits: level, category, waiting time, a link; never words, name, phone or place."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

import httpx

from bot.conversation import Reply, ReplyKind
from bot.conversation.case import Case
from bot.conversation.ports import DeliveryError
from bot.handoff.shifts import Rota, on_shift, upcoming
from bot.texts import say
from knowledge.model import Knowledge

log = logging.getLogger(__name__)

TIMEOUT = 10.0
NEXT_ON_SHIFT, COORDINATOR = 2, 3
"""From which rung on others are called too."""
Kind = Literal["waiting", "window", "call_back"]
"""Somebody waits; WhatsApp will soon take no free words; the hour of a call-back has come."""
_TEXTS: Mapping[Kind, str] = {"waiting": "alert.text", "window": "alert.window", "call_back": "alert.call_back"}
_LEVELS = {"critical": "level.critical", "urgent": "level.urgent", "priority": "level.priority"}
_MARKS = {"critical": "🔴", "urgent": "🟠", "priority": "🟡"}


@dataclass(frozen=True, slots=True)
class Alert:
    """What leaves this machine."""

    case: str
    level: str
    category: str
    waiting_minutes: int
    rung: int
    to: str
    link: str
    kind: Kind = "waiting"


class Target(Protocol):
    """Somewhere that alerts go."""

    async def __call__(self, alert: Alert, text: str) -> None:
        """Raises what its library raises."""
        ...


def alert_of(
    case: Case, rung: int, knowledge: Knowledge, calls: str, base: str, now: datetime, kind: Kind = "waiting"
) -> Alert:
    """The alert of one rung; the category in words."""
    category = knowledge.categories.get(case.category or "")
    label = category.label.say("es") if category else say("alert.no_danger", "es")
    minutes = max(0, int((now - case.opened_at).total_seconds()) // 60)
    return Alert(str(case.id), case.level, label, minutes, rung, calls, link_to(base, case.id), kind)


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


def written(alert: Alert) -> str:
    """As a group reads it."""
    values = {
        "mark": _MARKS.get(alert.level, ""), "level": say(_LEVELS[alert.level], "es"), "category": alert.category,
        "minutes": alert.waiting_minutes, "to": alert.to, "link": alert.link,
    }  # fmt: skip
    return say(_TEXTS[alert.kind], "es", **values)


async def send(alert: Alert, targets: Sequence[Target]) -> bool:
    """To every target; whether one was reached at least."""
    text, reached = written(alert), not targets
    for target in targets:
        try:
            await target(alert, text)
            reached = True
        except (DeliveryError, httpx.HTTPError, TimeoutError) as error:
            log.error("an alert was not delivered: %s", type(error).__name__)
    return reached


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
    """Any address that takes JSON."""

    url: str

    async def __call__(self, alert: Alert, text: str) -> None:
        """A POST; anything but 2xx is an error."""
        async with httpx.AsyncClient(timeout=TIMEOUT) as client:
            (await client.post(self.url, json={**asdict(alert), "text": text})).raise_for_status()
