"""What pages of cases show, put together from storage; nothing is decided here."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Request

from api import telling
from api.clock import now
from api.console.words import category_name, lang_of
from api.service import service_of
from bot import desk
from bot.conversation import Level
from bot.conversation.case import Case
from bot.handoff.summary import CHANNELS, SAFE_FIRST, minutes
from bot.storage import Audit, Entry, Operator, Whole
from bot.storage.queue import MOST, Wanted

PAGE = 50


def stamp(request: Request, at: datetime) -> str:
    """A time as the desk reads it."""
    return f"{at.astimezone(ZoneInfo(service_of(request).settings.timezone)):%d/%m %H:%M}"


def row(request: Request, case: Case) -> dict[str, Any]:
    """A case in a list."""
    return {
        "closes": "",
        "more": 0,
        "case": case,
        "name": category_name(request, case.category),
        "minutes": minutes(case, now()),
        "opened": stamp(request, case.opened_at),
        "promised": stamp(request, case.call_back_at) if case.call_back_at else "",
        "call_now": bool(case.call_back_at and case.call_back_at <= now()),
    }


async def at_queue(request: Request, operator: Operator, wanted: Wanted, cursor: str | None) -> dict[str, Any]:
    """One page of the queue; it shows nobody's words, so it needs none."""
    cases = service_of(request).cases
    found, following = await desk.queue(service_of(request), operator, wanted, cursor, PAGE, now(), words=False)
    waiting = await cases.waiting()
    counted = f"{MOST - 1}+" if waiting >= MOST else str(waiting)
    closing, soon = await cases.closing(found), now() + _reminded(request)
    more = await service_of(request).floods.more(found)
    rows = [
        {
            **row(request, case),
            "more": more.get(case.id, 0),
            "closes": stamp(request, at) if (at := closing.get(case.id)) and at <= soon else "",
        }
        for case in found
    ]
    return {"rows": rows, "next": following, "waiting": counted}


def _reminded(request: Request) -> timedelta:
    return timedelta(minutes=service_of(request).settings.window_reminder_minutes)


async def at_case(request: Request, operator: Operator, case_id: UUID) -> dict[str, Any]:
    """All of a case's page."""
    service = service_of(request)
    live = await at_live(request, operator, case_id)
    helpers = [one.name for one in await service.operators.list_operators() if _helps(one)]
    history = await Audit(service.database).of(str(case_id))
    return {
        **live,
        "behind": [row(request, one) for one in await desk.behind(service, operator, case_id)],
        "block": await service.floods.block_of(live["case"], now()),
        "helpers": [name for name in helpers if name != live["case"].claimed_by],
        "history": [(stamp(request, entry.at), entry, times) for entry, times in _gathered(history)],
        "levels": [level for level in Level if level.rank <= live["case"].level.rank],
        "categories": categories(request),
        "canned": telling.canned(service, live["whole"].person.lang or "es", operator.name),
        "safe_first": live["case"].category in SAFE_FIRST,
        "typed": {},
        "notice": "",
    }


def categories(request: Request) -> list[tuple[str, str]]:
    """Kinds of danger by name, to choose from."""
    known = service_of(request).knowledge.categories.values()
    return sorted((one.label.say(lang_of(request)), one.id) for one in known)


def _gathered(history: Sequence[Entry]) -> list[tuple[Entry, int]]:
    """The same done by the same again and again is one line: who reads a page twice has read it."""
    told: list[tuple[Entry, int]] = []
    for entry in history:
        before = told[-1][0] if told else None
        if before and (before.who, before.action, before.detail) == (entry.who, entry.action, entry.detail):
            told[-1] = (before, told[-1][1] + 1)
        else:
            told.append((entry, 1))
    return told


async def at_live(request: Request, operator: Operator, case_id: UUID) -> dict[str, Any]:
    """What of a case's page changes by itself."""
    service = service_of(request)
    whole, lines = await desk.read(service, operator, case_id, now())
    return {
        **row(request, whole.case),
        "whole": whole,
        "channel": CHANNELS.get(whole.channel, whole.channel),
        "cut": len(lines) == desk.LINES,
        "lines": [(stamp(request, line.at), line) for line in lines],
        "mine": whole.case.claimed_by == operator.name and whole.case.status == "claimed",
        "notes": [(stamp(request, note.at), note) for note in whole.notes],
        "summary": telling.summary(service, whole, lines, lang_of(request)),
        "window": _window(request, whole),
        "fetched": whole.fetched,
        "looked": (looked := _seconds_since(whole.looked_at)),
        "ago": _ago(looked or 0),
        "clock": _clock(request, whole, [line.text for line in lines if line.author == "person"]),
    }


async def at_print(request: Request, operator: Operator, case_id: UUID) -> dict[str, Any]:
    """Ten lines to read out."""
    service = service_of(request)
    whole, lines = await desk.read(service, operator, case_id, now(), printed=True)
    return {"ten": telling.to_read_out(service, whole, lines, lang_of(request)), **row(request, whole.case)}


async def at_transcript(request: Request, operator: Operator, case_id: UUID, cursor: str | None) -> dict[str, Any]:
    """One page of all that was said, oldest first."""
    service = service_of(request)
    case, lines, following = await desk.read_page(service, operator, case_id, cursor, desk.LINES, now())
    return {**row(request, case), "lines": [(stamp(request, line.at), line) for line in lines], "next": following}


def _helps(operator: Operator) -> bool:
    return operator.disabled_at is None and operator.role in ("operator", "coordinator")


def _window(request: Request, whole: Whole) -> dict[str, Any] | None:
    """Until when WhatsApp takes free text; None on other channels."""
    if whole.closes_at is None:
        return None
    left = whole.closes_at - now()
    return {
        "until": stamp(request, whole.closes_at),
        "closed": left <= timedelta(0),
        "soon": left <= _reminded(request),
        "knocks": service_of(request).can_knock,
    }


def _seconds_since(at: datetime | None) -> int | None:
    return None if at is None else max(0, int((now() - at).total_seconds()))


def _ago(seconds: int) -> str:
    """As console.js says it later."""
    names = ((3600, "h"), (60, "min"), (1, "s"))
    return next((f"{seconds // size} {name}" for size, name in names if seconds >= size), "0 s")


def _clock(request: Request, whole: Whole, said: Sequence[str]) -> dict[str, Any]:
    """The person's time, and the zones in which an hour can be promised, the desk's last."""
    service, present = service_of(request), now()
    clocks = service.clocks(whole.case, whole.person, said)
    desk = ZoneInfo(service.settings.timezone)
    at, there = whole.case.call_back_at, clocks.zones[:1] if len(clocks.zones) == 1 else ()
    return {
        "times": [f"{one:%H:%M}" for one in clocks.at(present)],
        "town": clocks.town,
        "zones": [(zone.key, f"{present.astimezone(zone):%H:%M}") for zone in (*clocks.zones, desk)],
        "promised": [f"{at.astimezone(zone):%d/%m %H:%M}" for zone in (*there, desk)] if at else [],
        "call_now": bool(at and at <= present),
    }
