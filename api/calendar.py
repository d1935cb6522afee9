"""The forum calendar for those who would rather look: `/calendar`, and `/calendar.ics` to subscribe to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2s
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.responses import HTMLResponse

from api.chat.words import LANGS, accepted, chosen
from api.clock import now
from api.problems import Problem
from api.service import CurrentService
from api.templating import TEMPLATES
from bot.storage.searching import plain
from bot.wiring import Service
from knowledge import calendar
from knowledge.citing import source_line
from knowledge.ical import as_calendar, can_be_entered
from knowledge.model import Knowledge
from knowledge.schema.base import Lang
from knowledge.schema.calendar import CalendarWord, Event, WordKind
from knowledge.wording import month

router = APIRouter(include_in_schema=False)

LONGEST_SEARCH = 80
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "cache-control": "no-cache",
}
KEYS = (
    "page.all_topics",
    "page.apply",
    "page.chat",
    "page.coming",
    "page.deadline",
    "page.history",
    "page.intro",
    "page.none",
    "page.other_language",
    "page.past",
    "page.show",
    "page.subscribe",
    "page.take_part",
    "page.title",
    "page.topic",
    "page.undated",
    "page.file",
    "page.month",
    "page.search",
    "page.undated_short",
)
"""Those that the template uses, there by their last part."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event as the page shows it."""

    id: str
    title: str
    when: str
    place: str
    notes: str
    take_part: str
    deadline: str
    source: str
    file: bool


@router.get("/calendar")
async def show(request: Request, service: CurrentService) -> Response:
    """Upcoming forums by month; `topic` narrows, `past=2018` shows the programme of that year."""
    query = request.query_params
    lang = chosen(query.get("lang")) or accepted(request.headers.get("accept-language", ""))
    knowledge, past = service.knowledge, query.get("past") == "2018"
    topic = _topic(query.get("topic", ""), knowledge)
    today = now().astimezone(calendar.HOME).date()
    wanted = query.get("q", "")[:LONGEST_SEARCH].strip()
    events = _shown(knowledge, topic, today, past=past)
    lines = [(name, key, [_line(e, knowledge, lang) for e in group]) for name, key, group in _by_month(events, lang)]
    values: dict[str, Any] = {
        "lang": lang,
        "w": _words(service, lang),
        "other": next(other for other in LANGS if other != lang),
        "topic": topic.id if topic else "",
        "past": past,
        "topics": sorted(_topics_of(knowledge, past=past), key=lambda word: word.name.say(lang).lower()),
        "q": wanted,
        "months": [one for name, key, group in lines if (one := (name, key, _having(wanted, group)))[2]],
    }
    return HTMLResponse(TEMPLATES.get_template("calendar.html").render(values), headers=HEADERS)


@router.get("/calendar.ics")
async def file(request: Request, service: CurrentService) -> Response:
    """One event (`id`), a topic (`topic`), or all that is coming. 404 for an id or a topic that is not there."""
    query = request.query_params
    lang = chosen(query.get("lang")) or accepted(request.headers.get("accept-language", ""))
    knowledge = service.knowledge
    today = now().astimezone(calendar.HOME).date()
    events, name = _asked(query.get("id"), query.get("topic"), knowledge, today, lang)
    content = as_calendar(events, knowledge, lang, name or _words(service, lang)["title"])
    tag = f'"{blake2s(content, digest_size=8).hexdigest()}"'
    headers = {"etag": tag, "cache-control": "no-cache", "content-disposition": 'inline; filename="ventanilla.ics"'}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def _asked(
    event_id: str | None, topic_id: str | None, knowledge: Knowledge, today: date, lang: Lang
) -> tuple[Sequence[Event], str]:
    """The events, and the name of their calendar; empty: the page's own."""
    if event_id:
        event = knowledge.events.get(event_id)
        if event is None or not can_be_entered(event):
            raise Problem(404, "There is no such event, or it has no date yet.")
        return [event], event.title.say(lang)
    topic = _topic(topic_id or "", knowledge)
    if topic_id and topic is None:
        raise Problem(404, "There is no such topic.")
    # What is over stays for whoever subscribed; history is the programme of 2018, which is no news.
    events = [e for e in knowledge.events.values() if not e.history and (topic is None or topic.id in e.topics)]
    return calendar.in_order(events, today), topic.name.say(lang) if topic else ""


def _topic(given: str, knowledge: Knowledge) -> CalendarWord | None:
    word = knowledge.calendar_words.get(given)
    return word if word is not None and word.kind is WordKind.TOPIC else None


def _topics_of(knowledge: Knowledge, *, past: bool) -> list[CalendarWord]:
    ids = {topic for event in knowledge.events.values() if event.history is past for topic in event.topics}
    return [knowledge.calendar_words[topic] for topic in ids]


def _shown(knowledge: Knowledge, topic: CalendarWord | None, today: date, *, past: bool) -> list[Event]:
    if past:
        events = calendar.in_order((e for e in knowledge.events.values() if e.history), today)
    else:
        events = calendar.upcoming(knowledge, today)
    return [event for event in events if topic is None or topic.id in event.topics]


def _having(wanted: str, lines: Sequence[Line]) -> list[Line]:
    """Those in which all of the words stand, whatever their case and accents."""
    words = plain(wanted).split()
    return [line for line in lines if all(word in plain(" ".join(_said(line))) for word in words)]


def _said(line: Line) -> tuple[str, ...]:
    return line.title, line.when, line.place, line.notes, line.take_part, line.deadline


def _by_month(events: Sequence[Event], lang: Lang) -> list[tuple[str, str, list[Event]]]:
    """Name, anchor and events: by month, then by year where only that is known; without any date last, unnamed."""
    placed = sorted(events, key=lambda event: ((event.start or event.usual or "9")[:7].ljust(7, "~"), event.id))
    groups = groupby(placed, key=lambda event: (event.start or event.usual or "")[:7])
    return [
        (month(name, lang).capitalize() if name else "", f"m-{name or 'undated'}", list(group))
        for name, group in groups
    ]


def _line(event: Event, knowledge: Knowledge, lang: Lang) -> Line:
    said = calendar.when(event, knowledge, lang)
    deadline = event.deadline
    day = f"{calendar.days(deadline.on, None, lang)}. " if deadline and deadline.on else ""
    notes = [event.notes.say(lang) if event.notes else "", *(calendar.other_dates(o, lang) for o in event.other_dates)]
    return Line(
        id=event.id,
        title=event.title.say(lang),
        when=f"{said[:1].upper()}{said[1:]}",
        place=event.place.say(lang) if event.place else "",
        notes=" ".join(filter(None, notes)),
        take_part=event.take_part.say(lang) if event.take_part else "",
        deadline=f"{day}{deadline.says.say(lang)}" if deadline else "",
        source=source_line([event.id], knowledge, lang) if event.sources else "",
        file=can_be_entered(event) and not event.history,
    )


def _words(service: Service, lang: Lang) -> dict[str, str]:
    return {key.partition(".")[2]: service.say(key, lang) for key in KEYS}
