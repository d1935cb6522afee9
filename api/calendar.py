"""The forum calendar for those who would rather look: `/calendar`, and `/calendar.ics` to subscribe to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2s
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request, Response
from starlette.datastructures import QueryParams
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
from knowledge.deadlines import Limit, after, coming, limits, until
from knowledge.ical import as_calendar, can_be_entered
from knowledge.model import Knowledge
from knowledge.render import fill
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
    "page.over",
    "page.past",
    "page.programme",
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
    "page.how",
    "page.how_google",
    "page.how_apple",
    "page.how_outlook",
)
"""Those that the template uses, there by their last part."""


PROGRAMME = 2018
"""The year of the programme that is history."""
NOTHING_PAST = "no"
"""What `past` says where a feed is wanted without what is over."""


@dataclass(frozen=True, slots=True)
class Line:
    """One event or one deadline as the page shows it."""

    id: str
    title: str
    when: str
    place: str
    notes: str
    take_part: str
    deadline: str
    source: str
    file: bool
    limit: bool = False


@router.get("/calendar")
async def show(request: Request, service: CurrentService) -> Response:
    """Upcoming forums and deadlines by month; `topic` narrows, `past=2018` shows the programme of that year, `past` of
    another year what was over by now.
    """
    query = request.query_params
    lang = chosen(query.get("lang")) or accepted(request.headers.get("accept-language", ""))
    knowledge, today = service.knowledge, now().astimezone(calendar.HOME).date()
    year = _year(query.get("past", ""), knowledge, today)
    topic = _topic(query.get("topic", ""), knowledge)
    wanted = query.get("q", "")[:LONGEST_SEARCH].strip()
    lines = _by_month(_shown(knowledge, topic, today, year), knowledge, lang, today)
    address = f"{request.url.netloc}/calendar.ics?lang={lang}{f'&topic={topic.id}' if topic else ''}"
    values: dict[str, Any] = {
        "lang": lang,
        "w": _words(service, lang),
        "other": next(other for other in LANGS if other != lang),
        "topic": topic.id if topic else "",
        "past": year,
        "years": _years(knowledge, today),
        "programme": PROGRAMME,
        "feed": f"{request.url.scheme}://{address}",
        "webcal": f"webcal://{address}",
        "topics": sorted(_topics_of(knowledge, past=year == PROGRAMME), key=lambda word: word.name.say(lang).lower()),
        "q": wanted,
        "months": [one for name, key, group in lines if (one := (name, key, _having(wanted, group)))[2]],
    }
    return HTMLResponse(TEMPLATES.get_template("calendar.html").render(values), headers=HEADERS)


@router.get("/calendar.ics")
async def file(request: Request, service: CurrentService) -> Response:
    """One event or deadline (`id`), a topic (`topic`), or all since 2026; `past=no` leaves out what is over, and a year
    gives what is over of that year alone. 404 for what is not there.
    """
    query = request.query_params
    lang = chosen(query.get("lang")) or accepted(request.headers.get("accept-language", ""))
    knowledge = service.knowledge
    today = now().astimezone(calendar.HOME).date()
    found, name = _asked(query, knowledge, today, lang)
    events, due = [one for one in found if isinstance(one, Event)], [one for one in found if isinstance(one, Limit)]
    content = as_calendar(events, knowledge, lang, name or _words(service, lang)["title"], due, today=today)
    tag = f'"{blake2s(content, digest_size=8).hexdigest()}"'
    headers = {"etag": tag, "cache-control": "no-cache", "content-disposition": 'inline; filename="ventanilla.ics"'}
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers=headers)
    return Response(content, media_type="text/calendar; charset=utf-8", headers=headers)


def _asked(query: QueryParams, knowledge: Knowledge, today: date, lang: Lang) -> tuple[Sequence[Event | Limit], str]:
    """The events and deadlines, and the name of their calendar; empty: the page's own."""
    if wanted := query.get("id"):
        event = knowledge.events.get(wanted)
        limit = next((one for one in limits(knowledge, today) if wanted in (one.id, one.event)), None)
        entered: list[Event | Limit] = [event] if event is not None and can_be_entered(event) else []
        entered += [limit] if limit else []
        if not entered:
            raise Problem(404, "There is no such event or deadline, or it has no date yet.")
        return entered, entered[0].title.say(lang)
    topic = _topic(query.get("topic", ""), knowledge)
    if query.get("topic") and topic is None:
        raise Problem(404, "There is no such topic.")
    past = query.get("past", "")
    year = _year(past, knowledge, today)
    if year or past == NOTHING_PAST:
        found = _shown(knowledge, topic, today, year)
    else:
        # What is over stays for whoever subscribed; history is the programme of 2018, which is no news.
        events = calendar.in_order((e for e in knowledge.events.values() if not e.history), today)
        found = _of_topic((*events, *limits(knowledge, today)), topic)
    return found, topic.name.say(lang) if topic else ""


def _topic(given: str, knowledge: Knowledge) -> CalendarWord | None:
    word = knowledge.calendar_words.get(given)
    return word if word is not None and word.kind is WordKind.TOPIC else None


def _topics_of(knowledge: Knowledge, *, past: bool) -> list[CalendarWord]:
    ids = {topic for event in knowledge.events.values() if event.history is past for topic in event.topics}
    return [knowledge.calendar_words[topic] for topic in ids]


def _years(knowledge: Knowledge, today: date) -> list[int]:
    """Years of which something is over, the newest first."""
    return sorted({e.ends.year for e in knowledge.events.values() if e.ends and e.ends < today}, reverse=True)


def _year(given: str, knowledge: Knowledge, today: date) -> int | None:
    return next((year for year in _years(knowledge, today) if str(year) == given), None)


def _shown(knowledge: Knowledge, topic: CalendarWord | None, today: date, year: int | None) -> Sequence[Event | Limit]:
    """What is coming; of a year what is over."""
    if year is None:
        return _of_topic((*calendar.upcoming(knowledge, today), *coming(limits(knowledge, today), today)), topic)
    history = year == PROGRAMME
    every: tuple[Event | Limit, ...] = (*knowledge.events.values(), *limits(knowledge, today))
    over = [one for one in every if one.ends is not None and one.ends < today and one.ends.year == year]
    return _of_topic([one for one in over if isinstance(one, Limit) or one.history is history], topic)


def _of_topic(found: Iterable[Event | Limit], topic: CalendarWord | None) -> list[Event | Limit]:
    return [one for one in found if topic is None or topic.id in one.topics]


def _having(wanted: str, lines: Sequence[Line]) -> list[Line]:
    """Those in which all of the words stand, whatever their case and accents."""
    words = plain(wanted).split()
    return [line for line in lines if all(word in plain(" ".join(_said(line))) for word in words)]


def _said(line: Line) -> tuple[str, ...]:
    return line.title, line.when, line.place, line.notes, line.take_part, line.deadline


def _by_month(
    found: Sequence[Event | Limit], knowledge: Knowledge, lang: Lang, today: date
) -> list[tuple[str, str, list[Line]]]:
    """Name, anchor and lines: by month, then by year where only that is known; without any date last, unnamed.

    What is a deadline and nothing else stands as one.
    """
    limits_ = [one for one in found if isinstance(one, Limit)]
    known = {one.id for one in limits_}
    lines = [(one.on, _limit_line(one, knowledge, lang, today)) for one in limits_]
    for event in found:
        if isinstance(event, Event) and event.id not in known:
            lines.append((event.start or event.usual or "", _line(event, knowledge, lang)))
    placed = sorted(lines, key=lambda one: ((one[0] or "9")[:7].ljust(7, "~"), one[0], not one[1].limit, one[1].id))
    return [
        (month(name, lang).capitalize() if name else "", f"m-{name or 'undated'}", [line for _, line in group])
        for name, group in groupby(placed, key=lambda one: one[0][:7])
    ]


def _limit_line(limit: Limit, knowledge: Knowledge, lang: Lang, today: date) -> Line:
    by = until(limit, knowledge, lang)
    says = fill(limit.says.say(lang), knowledge, lang, today).text
    event = knowledge.events.get(limit.id)
    return Line(
        id=limit.id,
        title=limit.title.say(lang),
        when=f"{by[:1].upper()}{by[1:]}",
        place=event.place.say(lang) if event and event.place else "",
        notes=event.notes.say(lang) if event and event.notes else "",
        take_part=event.take_part.say(lang) if event and event.take_part else "",
        deadline=" ".join(filter(None, (says, after(limit, knowledge, lang, today)))),
        source=source_line(limit.sources, knowledge, lang, limit.says.es) if limit.sources else "",
        file=True,
        limit=True,
    )


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
