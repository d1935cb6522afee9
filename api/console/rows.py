"""Cases as lists show them: how long somebody waits, how late that is, and what tells one case from another."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Request

from api.clock import now
from api.console.words import category_name
from api.service import service_of
from bot import desk
from bot.conversation.case import Case
from bot.handoff.summary import CHANNELS, waited
from bot.storage import Operator
from bot.storage.glances import Glance
from bot.storage.queue import MOST, Wanted

PAGE = 50


def stamp(request: Request, at: datetime) -> str:
    """A time as the desk reads it; of today the hour alone."""
    zone = ZoneInfo(service_of(request).settings.timezone)
    here, today = at.astimezone(zone), now().astimezone(zone).date()
    return f"{here:%H:%M}" if here.date() == today else f"{here:%d/%m %H:%M}"


def row(request: Request, case: Case, glance: Glance | None = None) -> dict[str, Any]:
    """A case in a list; without a glance nobody's words are on it."""
    since = case.awaited_since or case.opened_at
    return {
        "closes": "",
        "more": 0,
        "placed": False,
        "case": case,
        "name": category_name(request, case.category),
        "waited": waited(since, now()),
        "late": lateness(request, case, since),
        "opened": stamp(request, case.opened_at),
        "answer_by": stamp(request, case.awaited_since + _answer_within(request)) if case.awaited_since else "",
        "promised": stamp(request, case.call_back_at) if case.call_back_at else "",
        "call_now": bool(case.call_back_at and case.call_back_at <= now()),
        "glance": glance,
        "channel": CHANNELS.get(glance.channel, glance.channel) if glance else "",
    }


def lateness(request: Request, case: Case, since: datetime) -> int:
    """By the ladder of its level: 0, 1 from its middle on, 2 where the last rung is passed."""
    ladder = service_of(request).ladders[case.level]
    passed = sum(since + rung <= now() for rung in ladder)
    return 2 if ladder and passed == len(ladder) else int(passed * 2 >= len(ladder) > 0)


async def at_inbox(request: Request, operator: Operator, wanted: Wanted, cursor: str | None) -> dict[str, Any]:
    """One page of the inbox."""
    service = service_of(request)
    inbox = await desk.inbox(service, operator, wanted, cursor, PAGE, now())
    found = [case for group in inbox.groups for case in group.cases]
    closing, more = await service.cases.closing(found), await service.floods.more(found)
    soon = now() + timedelta(minutes=service.settings.window_reminder_minutes)

    def listed(case: Case) -> dict[str, Any]:
        at = closing.get(case.id)
        beside = {
            "placed": case.id in inbox.placed,
            "more": more.get(case.id, 0),
            "closes": stamp(request, at) if at and at <= soon else "",
        }
        return {**row(request, case, inbox.glances.get(case.id)), **beside}

    groups = [
        {"name": one.name, "count": counted(one.count), "rows": [listed(case) for case in one.cases]}
        for one in inbox.groups
    ]
    return {"groups": groups, "next": inbox.groups[0].following}


async def at_pulse(request: Request, operator: Operator, but: UUID | None) -> Mapping[str, Any]:
    """What the head of every page says; `but`: the case that is looked at anyway."""
    pulse = await desk.pulse(service_of(request), operator, now())
    heard = [case.heard_at for case in pulse.owed if case.heard_at]
    newest = max([*heard, *([pulse.newest] if pulse.newest else [])], default=None)
    return {
        "waiting": counted(pulse.waiting),
        "newest": newest.isoformat() if newest else "",
        "owed": [row(request, case) for case in pulse.owed if case.id != but],
        "owes": len(pulse.owed),
    }


def counted(count: int) -> str:
    """As far as it is counted."""
    return f"{MOST - 1}+" if count >= MOST else str(count)


def _answer_within(request: Request) -> timedelta:
    return timedelta(minutes=service_of(request).settings.answer_minutes)
