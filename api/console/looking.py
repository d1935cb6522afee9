"""What pages of cases show, put together from storage; nothing is decided here."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import Request

from api.console.words import category_name, lang_of, say_in
from api.service import service_of
from bot.conversation import Lang
from bot.conversation.case import Case
from bot.handoff.summary import SAFE_FIRST, Heard, minutes, ten_lines, three_lines
from bot.storage import Audit, Line, Operator, Whole
from bot.storage.queue import Wanted

LINES = 300
"""The newest so many of a transcript."""
PAGE = 50
WINDOW_HOURS = 24
"""WhatsApp takes free text for so long after the person's last message."""


def stamp(request: Request, at: datetime) -> str:
    """A time as the desk reads it."""
    return f"{at.astimezone(ZoneInfo(service_of(request).settings.timezone)):%d/%m %H:%M}"


def row(request: Request, case: Case) -> dict[str, Any]:
    """A case in a list."""
    return {
        "case": case,
        "name": category_name(request, case.category),
        "minutes": minutes(case, datetime.now(UTC)),
        "opened": stamp(request, case.opened_at),
    }


async def at_queue(request: Request, wanted: Wanted, cursor: str | None) -> dict[str, Any]:
    """One page of the queue."""
    cases, following = await service_of(request).cases.find(wanted, cursor, PAGE)
    return {"rows": [row(request, case) for case in cases], "next": following}


async def at_case(request: Request, operator: Operator, case_id: UUID) -> dict[str, Any]:
    """All of a case's page."""
    service = service_of(request)
    live = await at_live(request, operator, case_id)
    helpers = [one.name for one in await service.operators.list_operators() if _helps(one)]
    history = await Audit(service.database).of(str(case_id))
    return {
        **live,
        "helpers": [name for name in helpers if name != live["case"].claimed_by],
        "history": [(stamp(request, entry.at), entry) for entry in history],
        "canned": canned(request, live["whole"].person.lang or "es", operator.name),
        "safe_first": live["case"].category in SAFE_FIRST,
        "draft": "",
        "notice": "",
    }


def canned(request: Request, lang: Lang, name: str) -> list[str]:
    """What is said most, in the person's language."""
    say = service_of(request).say
    return [say("console.safe_question", lang), say("console.hello", lang, name=name)]


async def at_live(request: Request, operator: Operator, case_id: UUID) -> dict[str, Any]:
    """What of a case's page changes by itself."""
    service = service_of(request)
    whole = await service.cases.whole(case_id)
    lines = await _lines(request, whole.case.conversation_id)
    return {
        **row(request, whole.case),
        "whole": whole,
        "lines": [(stamp(request, line.at), line) for line in lines],
        "mine": whole.case.claimed_by == operator.name and whole.case.status == "claimed",
        "notes": [(stamp(request, note.at), note) for note in whole.notes],
        "summary": three_lines(_heard(request, whole, lines), _say(request)),
        "window": _window(whole),
    }


async def at_print(request: Request, case_id: UUID) -> dict[str, Any]:
    """Ten lines to read out."""
    whole = await service_of(request).cases.whole(case_id)
    lines = await _lines(request, whole.case.conversation_id)
    return {"ten": ten_lines(_heard(request, whole, lines), _say(request)), **row(request, whole.case)}


async def _lines(request: Request, conversation_id: UUID) -> Sequence[Line]:
    found, cursor = await service_of(request).cases.messages(conversation_id, None, LINES)
    lines = list(found)
    while cursor is not None:
        found, cursor = await service_of(request).cases.messages(conversation_id, cursor, LINES)
        lines = [*lines, *found][-LINES:]
    return lines


def _heard(request: Request, whole: Whole, lines: Sequence[Line]) -> Heard:
    said = [line.text for line in lines if line.author == "person"]
    level = say_in(request, f"level.{whole.case.level}")
    name = category_name(request, whole.case.category)
    return Heard(whole.case, name, level, whole.person, whole.channel, said, datetime.now(UTC))


def _say(request: Request) -> Any:
    lang = lang_of(request)
    return lambda key, **values: service_of(request).say(key, lang, **values)


def _helps(operator: Operator) -> bool:
    return operator.disabled_at is None and operator.role in ("operator", "coordinator")


def _window(whole: Whole) -> int | None:
    """Hours that WhatsApp still takes free text; None on other channels."""
    if whole.channel != "whatsapp" or whole.last_sent_at is None:
        return None
    return max(0, WINDOW_HOURS - int((datetime.now(UTC) - whole.last_sent_at).total_seconds() // 3600))
