"""What a message asks of the calendar in its conversation: events, what is asked of them, and how surely."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp
from typing import TYPE_CHECKING, Literal

from bot.conversation import Conversation
from bot.dates.reading import Problem
from bot.dates.spans import Span
from bot.dialogue.message import Message
from bot.dialogue.signals.calendar.reading import HISTORY, LONGEST, Reading, read
from bot.dialogue.signals.calendar.search import SINCE, Found, as_of, find
from bot.dialogue.signals.calendar.vocabulary import home_ground
from knowledge import calendar
from knowledge.model import Knowledge
from knowledge.schema.calendar import Event

if TYPE_CHECKING:
    from bot.dialogue.signals import Signals

Kind = Literal["events", "elsewhen", "empty", "history", "stranger", "other_edition", "problem"]
MANY = 8
"""Unknown words of which no more are counted."""
EVENT = "e|"
"""How the payload of an event's button begins; several stand under a list."""
SHORT = 9
"""Words of a question about the event that was just shown."""


@dataclass(frozen=True, slots=True)
class CalendarQuery:
    """What is asked of which events; `strength`: how surely the calendar is meant, from 0 to 1."""

    strength: float
    events: tuple[str, ...] = ()
    """That answer, first shown first; of `history`: those of 2018 alone."""
    asked: str = ""
    """Of one event that is open: an ask; "": all that is known."""
    kind: Kind = "events"
    spans: tuple[Span, ...] = ()
    follows: bool = False
    """Asked of what was shown."""
    dated: bool = False
    """A day, a deadline or a place of a forum that is named is asked for, which no section tells better."""
    timed: bool = True
    """A time, a place or a list is asked for, or a forum is named and no more is said."""
    seeks: bool = True
    """An event is sought, not how or whether to go to one."""
    undated: bool = False
    """The next one on a subject is asked for, and none that answers has a date near."""
    problem: Problem | None = None


def calendar_query(m: Message, s: "Signals", state: Conversation) -> CalendarQuery | None:
    """None where nothing of the calendar is said."""
    asked = as_of(read(m.text, m.knowledge, s.today, english=m.lang == "en"), m.knowledge, s.today)
    if len(asked.words) > LONGEST or not (asked.facets or asked.asks or asked.dates.spans or asked.dates.problem):
        return None
    event = m.knowledge.events.get(state.event or "")
    if len(asked.words) <= SHORT:
        if follows := _of_open(asked, event or _of_topic(asked, s, state), s, state):
            return follows
        asked = _as_before(asked, event, state) if event else asked
    if led := _led_to(asked, s):
        return led
    if _is_no_question(asked, s, state):
        return None
    weights = m.knowledge.calendar_weights
    sure = strength(asked, m.knowledge, weights, opened=event is not None)
    if sure < weights["least"]:
        return None
    if asked.dates.problem is not None:
        return CalendarQuery(sure, kind="problem", problem=asked.dates.problem)
    missing = asked.no_edition and "next" not in asked.asks
    # By a name that we know to be none of ours, or by a forum's noun beside words that we do not know.
    unnamed = asked.unnamed and not (asked.named or asked.topics)
    if missing or unnamed or (asked.strangers and not asked.editions):
        same = tuple(e.id for e in calendar.upcoming(m.knowledge, s.today) if missing and e.series in asked.series)
        timed = not s.ranking.opened or bool(asked.asks_for("timed") or asked.dates.spans)
        return CalendarQuery(sure, same, kind="other_edition" if same else "stranger", timed=timed)
    found = find(asked, m.knowledge, s.today)
    if not found.events and len(m.questions) == 1:  # who asks is not what is asked for
        alone = read(m.questions[0], m.knowledge, s.today, english=m.lang == "en")
        if alone.dates.spans == asked.dates.spans and alone.generic:
            asked, found = alone, find(alone, m.knowledge, s.today)
    return _query(asked, found, sure, s)


def _led_to(asked: Reading, s: "Signals") -> CalendarQuery | None:
    """The one event to come of the topic that is meant: `observadora en la ONU, ¿hasta cuándo?`."""
    timed = asked.asks & {"when", "until"} and not asked.asks & {"past", "aside"} and not asked.dates.spans
    other = asked.named or asked.strangers or asked.kinds or asked.asks >= {"how", "when"}
    if not timed or other or not s.ranking.candidates:
        return None
    best = s.ranking.candidates[0]
    if best.score < s.knowledge.calendar_weights["least"]:
        return None
    coming = [one for one in calendar.upcoming(s.knowledge, s.today) if one.leads[:1] == (best.topic,)]
    return CalendarQuery(best.score, (coming[0].id,), dated=True) if len(coming) == 1 else None


def _is_no_question(asked: Reading, s: "Signals", state: Conversation) -> bool:
    """A date, a subject or an ask in passing: `¿cuándo entra la primavera?`, `trabajamos con mujeres en Chiapas`."""
    spans, forum = asked.dates.spans, asked.named or asked.generic or asked.strangers
    away = set(asked.places) - home_ground(s.knowledge)
    whose = asked.signs & {"plural", "organisation"}
    subject = asked.topics or away
    if asked.asks_for("lent") and not forum:
        return True
    of_topic = state.topic is not None and not (state.event or forum or subject or whose or "all" in asked.asks)
    if of_topic and all(state.topic not in event.leads for event in s.knowledge.events.values()):
        return True  # of the topic that is open
    if asked.facets or asked.without:
        plain = asked.asks <= {"which"} and not (forum or asked.kinds or spans or away or whose)
        return plain and bool(asked.places or asked.asks)
    if spans:
        return "when-word" in asked.signs and "list" not in asked.asks and "organisation" not in asked.signs
    sought = asked.asks & {"until", "next", "list"}
    for_all = len(sought) > 1 or "next" in sought
    return not ("all" in asked.asks or asked.dates.problem or (for_all and (whose or not asked.unknown)))


def _query(asked: Reading, found: Found, sure: float, s: "Signals") -> CalendarQuery:
    events = tuple(event.id for event in found.events)
    spans = asked.dates.spans
    if not events:
        beside = tuple(event.id for event in found.beside)
        return CalendarQuery(sure, beside, kind="history" if beside else "empty", spans=spans)
    sought = asked.topics and asked.asks_for("seeking") and not (asked.named or spans or asked.places)
    undated = bool(sought) and "past" not in asked.asks and not any(is_near(event, s) for event in found.events)
    kind: Kind = "elsewhen" if found.elsewhen else "events"
    away = bool(set(asked.places) - home_ground(s.knowledge))
    named = asked.named or asked.kinds or (away and any(event.history for event in found.events))
    dated = bool(named and (asked.asks_for("dated") or spans or away)) or bool(asked.named and asked.asks_for("access"))
    seeks = bool(asked.asks_for("seeking") or spans or not asked.asks)
    bare = not (asked.asks or asked.unknown) and any(event.kind != "deadline" for event in found.events)
    timed = bool(asked.asks_for("timed") or spans or bare)
    whole = len(events) == 1 and events[0] not in s.state.said_before.shown
    until = "until" if "until" in asked.asks and not whole else ""
    return CalendarQuery(
        sure, events, until, kind=kind, spans=spans, undated=undated, dated=dated, timed=timed, seeks=seeks
    )


def is_near(event: Event, s: "Signals") -> bool:
    """Whether its month is known, and it is to come within a year or so."""
    known = event.start is not None and len(event.start) > len("2027") and not event.history
    return known and event.ends is not None and event.ends >= s.today and event.ends.year <= s.today.year + 1


def _of_open(asked: Reading, event: Event | None, s: "Signals", state: Conversation) -> CalendarQuery | None:
    """A field of the event that was shown, or the others that were shown with it."""
    sure = s.knowledge.calendar_weights["follows"]
    if event is None:
        return None
    if "save" in asked.asks:
        return CalendarQuery(sure, (event.id,), "save", follows=True)
    shown = [one for one in state.said_before.shown if one in s.knowledge.events and one != event.id]
    if "another" in asked.signs and shown and not asked.facets:
        return CalendarQuery(sure, (shown[-1],), follows=True)
    stay = bool(asked.asks_for("stay"))
    named = asked.named or asked.topics or (asked.organisers and not stay) or asked.strangers
    dated = asked.dates.spans and not stay
    if named or dated or asked.unknown or set(asked.places) - {"online"} or set(asked.kinds) - asked.groups["of_any"]:
        return None
    if asked.signs & {"plural"} or "all" in asked.asks:
        return None
    asks = asked.asks - {"next"} if asked.asks & {"which", "list"} else asked.asks
    ask = next((one for one in s.knowledge.calendar_groups["asks"] if one in asks), None)
    if ask == "next" and (later := calendar.edition_after(event, s.knowledge, s.today)):
        return CalendarQuery(sure, (later.id,), follows=True)
    return CalendarQuery(sure, (event.id,), ask, follows=True) if ask else None


def _of_topic(asked: Reading, s: "Signals", state: Conversation) -> Event | None:
    """The event that the open topic tells of, where the calendar knows what is asked."""
    if state.topic is None or not asked.asks_for("of_topic") or "how" in asked.asks:
        return None
    return calendar.next_of(state.topic, s.knowledge, s.today)


def _as_before(asked: Reading, event: Event, state: Conversation) -> Reading:
    """`¿Y en 2018?` of the forum that was shown, or of all that were listed; `¿y de migración?`: the same of that."""
    listed = sum(one.payload.startswith(EVENT) for one in state.offered) > 1
    bare = not (asked.named or asked.kinds)
    if bare and (asked.topics or (listed and asked.dates.year_said)):
        return replace(asked, kinds=("forum",), asks=asked.asks | {"list"})
    timed = asked.dates.year_said or (asked.dates.spans and asked.asks & {"past", "when", "next"})
    if asked.facets or asked.unknown or event.series is None or not timed or asked.asks & {"which", "list", "all"}:
        return asked
    return replace(asked, series=(event.series,), asks=asked.asks | {"when"})


def features(asked: Reading, knowledge: Knowledge) -> Mapping[str, float]:
    """Each between 0 and 1; absent: 0."""
    dated = bool(asked.dates.spans or asked.dates.problem)
    forum, kind = bool(asked.generic), bool(asked.narrowing)
    name = asked.named or any(one[0] in ("series", "event") for one in asked.without)
    place = bool(set(asked.places) - home_ground(knowledge))
    subject, seeks = bool(asked.topics or asked.organisers), bool(asked.asks_for("seeking"))
    spoken = asked.strangers or name or forum or kind or subject or place
    kinds = {one.kind for one in knowledge.events.values() if one.series in asked.series} if asked.series else set()
    deadline = kinds == {"deadline"} and not asked.editions
    strange = min(len(asked.unknown), MANY) / MANY
    found: dict[str, float] = {
        **_of_dates(asked, spoken=bool(spoken)),
        "name": name and not deadline,
        "name seeks": name and not deadline and (seeks or dated),
        "name how": name and "how" in asked.asks and not asked.asks_for("dated"),
        "name bare": name and not strange and not asked.asks,
        "deadline": deadline,
        "deadline seeks": deadline and bool(asked.asks_for("dated")),
        "forum": forum,
        "forum seeks": forum and seeks,
        "kind": kind,
        "kind seeks": kind and seeks,
        "subject": subject,
        "subject seeks": subject and seeks,
        "place": place,
        "place seeks": place and (seeks or dated),
        "home": bool(asked.places) and not place,
        "stranger": bool(asked.strangers),
        "unnamed": asked.unnamed,
        "lent": bool(asked.asks_for("lent")),
        "asks alone": bool(asked.asks) and not (spoken or dated),
        "unknown": strange,
        "unknown alone": strange if not (name or forum) else 0,
        "unknown beside": strange if name and (seeks or dated) else 0,
        "long": min(len(asked.words), 40) / 40,
        **{sign: sign in asked.signs for sign in ("plural", "organisation")},
        **{ask: ask in asked.asks for ask in asked.groups["plain"]},
    }
    return {name: float(value) for name, value in found.items() if value}


def _of_dates(asked: Reading, *, spoken: bool) -> dict[str, float]:
    dates = asked.dates.spans
    dated = bool(dates or asked.dates.problem)
    return {
        "dated": dated,
        "dated alone": dated and not spoken,
        "day": any(span.days == 1 for span in dates),
        "year": asked.dates.year_said,
        "history": any(span.first.year == HISTORY for span in dates),
        "other year": bool(dates) and all(s.last.year < HISTORY or HISTORY < s.last.year < SINCE for s in dates),
    }


def strength(asked: Reading, knowledge: Knowledge, weights: Mapping[str, float], *, opened: bool = False) -> float:
    """How surely the calendar is meant, from 0 to 1; `opened`: an event was shown last."""
    found = {**features(asked, knowledge), "opened": float(opened)}
    return 1 / (1 + exp(-weights["bias"] - sum(weights.get(name, 0.0) * value for name, value in found.items())))
