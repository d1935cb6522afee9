"""The editors' page: what was not understood, what is due for another look, and what is stopped."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from fastapi import Request, Response

from api.clock import now
from api.console import page
from api.console.rows import stamp
from api.console.words import lang_of
from api.service import service_of
from bot.conversation import Lang
from bot.storage import Notices, Withdrawals
from bot.storage.notices import Published
from bot.storage.phrases import Phrase, Phrases
from bot.storage.ratings import Rated, Ratings
from bot.wiring.unanswered import (
    LOOKED_AT,
    PHRASES,
    TESTS,
    Group,
    Placement,
    UnplaceableError,
    grouped,
    placement,
    today_answer,
)
from knowledge.due import due
from knowledge.model import Knowledge
from knowledge.withdrawing import can_be_withdrawn

SHOWN = 100
GROUPS = 30
LATELY, A_WEEK = timedelta(days=90), timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Shown:
    """A group, what it would get today, and where an editor wants it: the lines to paste, or why not."""

    group: Group
    answer: str
    clear: bool
    wanted: str = ""
    placed: Placement | None = None
    refused: str = ""


async def show(request: Request, typed: Mapping[str, str], notice: str = "", status: int = 200) -> Response:
    """All of it; `typed` fills the forms."""
    service, day = service_of(request), today(request)
    phrases, _ = await Phrases(service.database).page(None, LOOKED_AT)
    place = request.query_params.get("group", ""), request.query_params.get("answer", "").strip()[:100]
    groups, count = await asyncio.to_thread(_groups, phrases, service.knowledge, *place)
    withdrawals = Withdrawals(service.database)
    stopped = await withdrawals.stopped()
    rated = await Ratings(service.database).unhelpful(now() - LATELY, SHOWN)
    published = reversed(await Notices(service.database).all())
    lang = lang_of(request)
    values = {
        "rated": [(one, *_answer(one, service.knowledge, lang)) for one in rated],
        "notices": [(one, _standing(one, one.id in stopped, day)) for one in published][:SHOWN],
        "topics": sorted((topic.title.say(lang), topic.id) for topic in service.knowledge.topics.values()),
        "typed": {"begins": str(day), "ends": str(day + A_WEEK), **typed},
        "groups": groups,
        "more_groups": count - len(groups),
        "files": (PHRASES, TESTS),
        "answers": sorted(f"{id_}/{name}" for id_, of in service.knowledge.phrases.items() for name in of.sections),
        "due": due(service.knowledge, day)[:SHOWN],
        "stopped": sorted(stopped),
        "decisions": [(stamp(request, one.at), one) for one in reversed(await withdrawals.history())][:SHOWN],
        "notice": notice,
    }
    return page.show(request, "console_editors.html", values, status)


def _groups(phrases: Sequence[Phrase], knowledge: Knowledge, number: str, wanted: str) -> tuple[list[Shown], int]:
    """The commonest, and of how many; `wanted` is where the one with this number shall go."""
    groups = grouped(phrases, knowledge)
    shown = [one for place, one in enumerate(groups) if place < GROUPS or str(one.id) == number]
    return [_shown(one, knowledge, wanted if str(one.id) == number else "") for one in shown], len(groups)


def _shown(group: Group, knowledge: Knowledge, wanted: str) -> Shown:
    answer, clear, _ = today_answer(group, knowledge)
    if not wanted:
        return Shown(group, answer, clear)
    try:
        return Shown(group, answer, clear, wanted, placement(group, wanted, knowledge))
    except UnplaceableError as error:
        return Shown(group, answer, clear, wanted, refused=error.kind)


def today(request: Request) -> date:
    """The desk's day."""
    return now().astimezone(ZoneInfo(service_of(request).settings.timezone)).date()


def _answer(one: Rated, knowledge: Knowledge, lang: Lang) -> tuple[str, list[str]]:
    """Its title, and what of it can be stopped."""
    topic = knowledge.topics.get(one.topic)
    section = topic.section(one.section) if topic else None
    if topic is None or section is None:
        return f"{one.topic} · {one.section}", []
    name = section.title or (knowledge.aspects[section.aspect].button if section.aspect else None)
    title = f"{topic.title.say(lang)} · {name.say(lang)}" if name else topic.title.say(lang)
    return title, [item for item in (*section.sources, topic.id) if can_be_withdrawn(item, knowledge)]


def _standing(one: Published, stopped: bool, day: date) -> str:
    """stopped, over, coming or said."""
    if stopped:
        return "stopped"
    return "over" if one.ends < day else "coming" if one.begins > day else "said"
