"""Cases as lists show them: how long somebody waits, how late that is, and what tells one case from another."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Request

from api.clock import now
from api.console.words import category_name, lang_of
from api.service import service_of
from bot import desk
from bot.conversation.case import Case
from bot.handoff.summary import CHANNELS, waited
from bot.storage import Operator
from bot.storage.glances import Glance
from bot.storage.queue import MOST, Wanted
from knowledge.wording import country

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
        "same": [],
        "country": country(case.country, lang_of(request)) if case.country else "",
        "case": case,
        "name": category_name(request, case.category),
        "waited": waited(since, case.resolved_at or now()),
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

    def folded(cases: Sequence[Case]) -> list[dict[str, Any]]:
        shown: dict[object, list[dict[str, Any]]] = {}
        for case in cases:
            shown.setdefault(_says(case, inbox.glances.get(case.id)), []).append(listed(case))
        return [{**rows[0], "more": sum(one["more"] for one in rows), "same": rows[1:]} for rows in shown.values()]

    groups = [{"name": one.name, "count": counted(one.count), "rows": folded(one.cases)} for one in inbox.groups]
    return {"groups": groups, "next": inbox.groups[0].following}


def _says(case: Case, glance: Glance | None) -> object:
    """What tells a row from another: who says one line, the same as others of their network, stands with these."""
    once = case.status == "open" and case.source and glance and glance.words and not glance.before
    return (case.source, case.level, case.category, glance.words) if once and glance else case.id


async def at_pulse(request: Request, operator: Operator, but: UUID | None) -> Mapping[str, Any]:
    """What the head of every page says; `but`: the case that is looked at anyway."""
    pulse = await desk.pulse(service_of(request), operator, now())
    # Since their first unanswered word: who writes ten times in a row calls once.
    since = [(case.awaited_since, case.heard_at) for case in pulse.owed]
    heard = [awaited for awaited, wrote in since if awaited and wrote and wrote >= awaited]
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
