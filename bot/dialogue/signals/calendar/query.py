"""What a message asks of the calendar in its conversation: events, what is asked of them, and how surely."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import exp
from typing import Literal

from bot.conversation import Conversation
from bot.dates.reading import Problem
from bot.dates.spans import Span
from bot.dates.tokens import tokens
from bot.dialogue.message import Message
from bot.dialogue.signals import Signals
from bot.dialogue.signals.calendar.reading import LONGEST, Reading, read
from bot.dialogue.signals.calendar.search import Found, find
from bot.dialogue.signals.calendar.vocabulary import meanings_of, vocabulary_of
from bot.dialogue.words.questions import questions_in
from knowledge import calendar
from knowledge.model import Knowledge
from knowledge.schema.calendar import Event, WordKind

Kind = Literal["events", "elsewhen", "empty", "history", "stranger", "other_edition", "problem"]
MANY = 8
"""Unknown words of which no more are counted."""
EVENT = "e|"
"""How the payload of an event's button begins; several stand under a list."""
TAKING_PART = frozenset({"how", "access"})
"""What is asked of an event that is told better by the sections of its forum."""
HOME = "home-ground"
"""The sign of places that people name for a hundred reasons."""
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
    days: bool = False
    """A day or a deadline is asked for in so many words."""
    timed: bool = True
    """A time, a place or a list is asked for, or a forum is named and no more is said."""
    taking_part: bool = False
    """It is asked how, or whether, one takes part."""
    problem: Problem | None = None


def calendar_query(m: Message, s: Signals, state: Conversation) -> CalendarQuery | None:
    """None where nothing of the calendar is asked."""
    if len(tokens(m.text)) > LONGEST:
        return None
    asked = _read(m, s)
    event = m.knowledge.events.get(state.event or "")
    if len(asked.words) <= SHORT and event is not None:
        if follows := _of_open(asked, event, s):
            return follows
        asked = _as_before(asked, event, state)
    asked = _of_topic(asked, s, state)
    if led := _led_to(asked, s):
        return led
    sure = strength(asked, m.knowledge, elsewhere=bool(state.topic and not event))
    bare = not (asked.facets or asked.dates.year_said or "list" in asked.asks)  # "el lunes abren el consulado"
    if sure < m.knowledge.calendar_weights["least"] or (bare and asked.unknown and s.ranking.verdict == "answer"):
        return None
    if asked.dates.problem is not None:
        return CalendarQuery(sure, kind="problem", problem=asked.dates.problem)
    missing = asked.no_edition and "next" not in asked.asks
    # By a name that we know to be none of ours, or by a forum's noun beside words that we do not know.
    unnamed = asked.unnamed and not (asked.named or asked.topics)
    if missing or unnamed or (asked.strangers and not asked.editions):
        same = tuple(e.id for e in calendar.upcoming(m.knowledge, s.today) if missing and e.series in asked.series)
        timed = bool(asked.asks_for("timed") or asked.dates.spans)
        return CalendarQuery(sure, same, kind="other_edition" if same else "stranger", timed=timed)
    found = find(asked, m.knowledge, s.today)
    questions = questions_in(m.text, m.knowledge, alone=True)
    if not found.events and len(questions) == 1:  # who asks is not what is asked for
        alone = read(questions[0], m.knowledge, s.today, english=m.lang == "en")
        asked = alone if alone.dates.spans == asked.dates.spans and alone.generic else asked
        found = find(asked, m.knowledge, s.today)
    return None if bare and not (found.events or found.beside) else _query(asked, found, sure, s)


def _read(m: Message, s: Signals) -> Reading:
    """A message, without a past date that is only told: "nos constituimos en 2021, ¿cuándo es la CSW?"."""
    whole = read(m.text, m.knowledge, s.today, english=m.lang == "en")
    if not whole.dates.spans or any(one.last >= s.today for one in whole.dates.spans):
        return whole
    questions = " ".join(questions_in(m.text, m.knowledge, alone=True))
    alone = read(questions, m.knowledge, s.today, english=m.lang == "en")
    ahead = alone.named or "until" in alone.asks
    return replace(whole, dates=alone.dates) if ahead and not alone.dates.spans else whole


def _of_topic(asked: Reading, s: Signals, state: Conversation) -> Reading:
    """`la próxima Asamblea`, where a topic is open that leads to one of them: that one."""
    if not asked.kinds or replace(asked, kinds=()).facets:
        return asked
    kinds, of = {(WordKind.KIND, one) for one in asked.kinds}, meanings_of(s.knowledge)
    coming = (one for one in calendar.upcoming(s.knowledge, s.today) if state.topic in one.leads)
    series = {one.series for one in coming if one.series and not kinds.isdisjoint(of[one.id])}
    return replace(asked, series=(*series,)) if len(series) == 1 else asked


def _led_to(asked: Reading, s: Signals) -> CalendarQuery | None:
    """The next event of the topic that is meant or open: `observadora en la ONU, ¿hasta cuándo?`."""
    other = asked.named or asked.kinds or asked.strangers or asked.dates.spans
    timed = asked.asks & {"when", "until"} and not other
    best = s.ranking.candidates[0] if timed and s.ranking.candidates else None
    event = calendar.next_of(best.topic, s.knowledge, s.today) if best else None
    sure = s.ranking.verdict == "answer"  # of a topic that is only likely it may be another forum's
    return CalendarQuery(best.score, (event.id,), dated=True, days=True) if best and event and sure else None


def _query(asked: Reading, found: Found, sure: float, s: Signals) -> CalendarQuery:
    events, spans = tuple(event.id for event in found.events), asked.dates.spans
    days = bool(asked.asks_for("days"))
    if not events:
        beside = tuple(event.id for event in found.beside)
        return CalendarQuery(sure, beside, kind="history" if beside else "empty", spans=spans, days=days)
    away = bool(set(asked.places) - vocabulary_of(s.knowledge).signs[HOME])
    named = asked.named or asked.kinds or (away and any(event.history for event in found.events))
    dated = asked.asks_for("dated") or spans or away or asked.editions
    bare = not (asked.asks or asked.unknown) and any(event.kind != "deadline" for event in found.events)
    alone = len(events) == 1 and events[0] in s.state.said_before.shown
    due = _due(asked, s.knowledge)  # what there is of a thing to have is no list of events
    timed = asked.asks_for("timed") - ({"list"} if due else set())
    return CalendarQuery(
        sure,
        events,
        "save" if "save" in asked.asks else "until" if "until" in asked.asks and (alone or len(events) > 1) else "",
        kind="elsewhen" if found.elsewhen else "events",
        spans=spans,
        dated=bool(named and dated) or bool(asked.named and asked.asks_for("access") and not due),
        days=days,
        timed=bool(timed or dated or bare or ("which" in asked.asks and asked.kinds)),
        taking_part=not asked.asks.isdisjoint(TAKING_PART),
    )


def _of_open(asked: Reading, event: Event, s: Signals) -> CalendarQuery | None:
    """A field of the event that was shown, where nothing else is named."""
    sure = s.knowledge.calendar_weights["follows"]
    if "save" in asked.asks and not asked.named:
        return CalendarQuery(sure, (event.id,), "save", follows=True)
    if asked.named or asked.topics or set(asked.places) - {"online"} or asked.dates.spans or asked.unknown:
        return None
    ask = next((one for one in s.knowledge.calendar_groups["asks"] if one in asked.asks), None)
    if ask == "next" and (later := calendar.edition_after(event, s.knowledge, s.today)):
        return CalendarQuery(sure, (later.id,), follows=True)
    return CalendarQuery(sure, (event.id,), ask, follows=True) if ask else None


def _as_before(asked: Reading, event: Event, state: Conversation) -> Reading:
    """`¿Y en 2018?` of the forum that was shown, or of all that were listed; `¿y de migración?`: the same of that."""
    listed = sum(one.payload.startswith(EVENT) for one in state.offered) > 1
    if asked.named or asked.kinds:
        return asked
    if asked.topics or (listed and asked.dates.year_said):
        return replace(asked, kinds=("forum",), asks=asked.asks | {"list"})
    of_it = asked.dates.year_said and event.series and not asked.facets
    return replace(asked, series=(event.series,), asks=asked.asks | {"when"}) if of_it and event.series else asked


def _due(asked: Reading, knowledge: Knowledge) -> bool:
    """Whether only deadlines are named: what falls due (an ECOSOC status) is also a thing to have, and none attends."""
    series = asked.series
    return bool(series) and {one.kind for one in knowledge.events.values() if one.series in series} == {"deadline"}


def features(asked: Reading, knowledge: Knowledge, *, elsewhere: bool = False) -> Mapping[str, float]:
    """What speaks for the calendar and against it; `elsewhere`: a topic is open that is no event."""
    asks, spans = asked.asks, asked.dates.spans
    name = asked.named or any(one[0] in ("series", "event") for one in asked.without)
    forum, home = bool(asked.generic or asked.strangers), vocabulary_of(knowledge).signs[HOME]
    away, subject = bool(set(asked.places) - home), bool({*asked.topics, *asked.organisers} - home)
    dated = bool(spans or asked.dates.problem)
    bare = not (name or forum or subject or away or asked.narrowing)
    strange = min(len(asked.unknown), MANY) / MANY
    years = {span.last.year for span in spans}
    due = _due(asked, knowledge)
    days = [(event.begins, event.history) for event in knowledge.events.values() if event.begins] if years else ()
    return {
        "bias": 1,
        "name": name and not due,
        "deadline": due,
        "forum": forum,
        "stranger": bool(asked.strangers),
        "kind": bool(asked.narrowing),
        "subject": subject,
        "away": away,
        "bare": bare,
        "dated": dated,
        "when alone": dated and bare and "when-word" in asked.signs,
        "year": asked.dates.year_said,
        "history": bool(years & {day.year for day, history in days if history}),
        "no year of ours": bool(years) and not years & {day.year for day, _ in days},
        "timed": bool(asked.asks_for("timed")),
        "access": bool(asked.asks_for("access")),
        "lent": bool(asked.asks_for("lent")),
        "lent alone": bool(asked.asks_for("lent")) and not (name or forum),
        "organisation": "organisation" in asked.signs,
        "unnamed": asked.unnamed,
        "unknown": strange,
        "unknown alone": strange if not (name or forum) else 0,
        "elsewhere": elsewhere and not (name or forum),
        **{ask: ask in asks for ask in asked.groups["plain"]},
    }


def strength(asked: Reading, knowledge: Knowledge, *, elsewhere: bool) -> float:
    """How surely the calendar is meant, from 0 to 1."""
    weights = knowledge.calendar_weights
    found = features(asked, knowledge, elsewhere=elsewhere)
    return 1 / (1 + exp(-sum(weights[name] * value for name, value in found.items())))
