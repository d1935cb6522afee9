"""What pages of cases show, put together from storage; nothing is decided here."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Request

from api import telling
from api.clock import now
from api.console.rows import row, stamp
from api.console.words import lang_of, say_in
from api.service import service_of
from bot import desk
from bot.conversation import Level
from bot.conversation.case import Case
from bot.desk import RIGHTS
from bot.handoff.shifts import on_shift
from bot.handoff.summary import CHANNELS, SAFE_FIRST
from bot.storage import Audit, Entry, Line, Operator, Whole
from bot.storage.searching import plain


class Prepared(NamedTuple):
    """A reply that one tap puts in."""

    text: str
    title: str = ""
    danger: bool = False
    """Of the case's kind of danger."""
    told: bool = False
    """The bot said it."""


MARKS = ("failed", "held", "queued", "sent", "delivered", "read")
"""What became of a line, the least first."""


def _reminded(request: Request) -> timedelta:
    return timedelta(minutes=service_of(request).settings.window_reminder_minutes)


async def at_case(request: Request, operator: Operator, case_id: UUID) -> dict[str, Any]:
    """All of a case's page."""
    service = service_of(request)
    live = await at_live(request, operator, case_id)
    linked, alike = await desk.related(service, operator, live["case"])
    behind = await desk.behind(service, operator, case_id)
    known = await desk.glances(service, operator, [*linked, *alike, *behind], now())
    history = await Audit(service.database).of(str(case_id))
    return {
        **live,
        "behind": [row(request, one, known.get(one.id)) for one in behind],
        "block": await service.floods.block_of(live["case"], now()),
        "helpers": await _helpers(request, live["case"]),
        "history": [
            (stamp(request, entry.at), entry, times)
            for entry, times in _gathered([one for one in history if one.action != desk.GLANCED])
        ],
        "linked": [row(request, one, known.get(one.id)) for one in linked],
        "alike": [row(request, one, known.get(one.id)) for one in alike],
        "read_as": _read_as(request, live["case"]),
        "levels": [level for level in Level if level.rank <= live["case"].level.rank],
        "categories": categories(request),
        "canned": await _canned(request, operator, live["whole"]),
        "typed": {},
        "notice": "",
        "did": "",
    }


def categories(request: Request) -> list[tuple[str, str]]:
    """Kinds of danger by name, to choose from."""
    known = service_of(request).knowledge.categories.values()
    return sorted((one.label.say(lang_of(request)), one.id) for one in known)


def categories_named(request: Request, words: str) -> list[str]:
    """Kinds of danger in whose name, in the reader's language, all of the words stand."""
    wanted = plain(words).split()
    return [id for name, id in categories(request) if wanted and all(word in plain(name) for word in wanted)]


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
        "country": telling.country(service, whole.case, whole.person, lang_of(request)),
        "cut": len(lines) == desk.LINES,
        "talk": _talk(request, lines),
        "safe_first": whole.case.category in SAFE_FIRST,
        "mine": whole.case.claimed_by == operator.name and whole.case.status == "claimed",
        "notes": [(stamp(request, note.at), note) for note in whole.notes],
        "danger": telling.danger(service, whole.person, lang_of(request)),
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


def _talk(request: Request, lines: Sequence[Line]) -> list[dict[str, Any]]:
    """Lines one by one, but what the bot said in a row is one that can be unfolded."""
    talk: list[dict[str, Any]] = []
    for line in lines:
        if line.author == "bot" and talk and talk[-1]["author"] == "bot":
            talk[-1]["lines"].append((stamp(request, line.at), line))
        else:
            talk.append({"author": line.author, "id": line.id, "lines": [(stamp(request, line.at), line)]})
    for one in talk:
        marks = [line.delivery for _, line in one["lines"] if line.delivery]
        one["mark"] = min(marks, key=MARKS.index, default="")
    return talk


async def _canned(request: Request, operator: Operator, whole: Whole) -> list[Prepared]:
    """What can be said with one tap, in the person's language: of the danger first, after whether writing is safe."""
    service, lang = service_of(request), whole.person.lang or "es"
    if not desk.may(operator, "answers"):
        return []
    safe, hello = telling.canned(service, lang, operator.name)
    place = [] if whole.case.place else [Prepared(telling.ask_place(service, lang, whole.channel))]
    told = service.emergency_texts(whole.case, whole.person)
    danger = [Prepared(text, danger=True, told=was) for text, was in told]
    first = [Prepared(safe), *danger] if whole.case.category in SAFE_FIRST else [*danger, Prepared(safe)]
    ready = [Prepared(one.text, one.title) for one in await desk.ready(service, operator, lang)]
    return [*first, *place, Prepared(hello), *ready]


async def _helpers(request: Request, case: Case) -> list[tuple[str, bool]]:
    """Who could take it over, and whether it is their shift; those on shift first."""
    service = service_of(request)
    here = now().astimezone(ZoneInfo(service.settings.timezone))
    present = {turn.operator for turn in on_shift(service.rota, here)}
    names = [
        one.name for one in await service.operators.list_operators() if _helps(one) and one.name != case.claimed_by
    ]
    return sorted(((name, name in present) for name in names), key=lambda one: (not one[1], one[0]))


def _helps(operator: Operator) -> bool:
    return operator.disabled_at is None and operator.role in RIGHTS["work"]


def _read_as(request: Request, case: Case) -> str:
    """Why it was opened, in words: by some words, or by all that was said."""
    if not case.rule:
        return ""
    known = service_of(request).knowledge.categories.get(case.category or "")
    by_words = known is not None and case.rule in {rule.id for rule in known.rules}
    return say_in(request, "console.read_words" if by_words else "console.read_whole")


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
