"""Policy 10: the forum calendar is asked, more surely than any section answers."""

from dataclasses import replace

from bot.conversation import Conversation, NotUnderstood, Outcome, ReplyKind
from bot.dates.reading import Problem
from bot.dialogue.decision import Decision, Events, Say, Section
from bot.dialogue.message import Message, read
from bot.dialogue.signals import Signals
from bot.dialogue.signals.calendar.query import TAKING_PART, CalendarQuery, calendar_query
from knowledge import calendar
from knowledge.frames import fold
from knowledge.schema.topics import Aspect

HOME = 2
"""Topics that tell of an event itself; those behind them tell of forums at large."""
PROBLEMS = {
    "day": "calendar.no_such_day",
    "year": "calendar.no_such_year",
    "order": "calendar.wrong_order",
    "clash": "calendar.clash",
    "weekday": "calendar.wrong_weekday",
    "language": "calendar.other_language",
    "ambiguous": "calendar.ambiguous",
}
"""What is said of a date that cannot be."""


def decide(m: Message, s: Signals, state: Conversation) -> Decision | None:
    """The events that answer; that there are none; or that a date cannot be."""
    righted = s.acts.righted
    asked = read(replace(m.inbound, text=righted.meant), m.knowledge) if righted.meant else m
    query = None if righted.rejects and not righted.meant else calendar_query(asked, s, state)
    weights = s.knowledge.calendar_weights
    if query is None or query.strength < max(weights["least"], _rival(query, s)):
        return None
    best = s.ranking.candidates[0].score if s.ranking.verdict == "answer" and not query.days else 0.0
    surely = best >= weights["surely"]
    both = _beside_section(query, s) if surely or query.taking_part or not query.timed else None
    others = surely and (query.kind != "events" or best > query.strength + weights["ahead"])
    unsure = ("admit", "offer") if query.dated else ("admit",)  # who may come to a forum that is named
    if both or others or (not query.timed and s.ranking.verdict not in unsure):
        return both
    if query.problem is not None:
        return _which_date(query.problem, s)
    if query.kind in ("stranger", "other_edition"):
        act = Events(query.events, head=f"calendar.{query.kind}", next_known=True)
        why, kept = f"calendar: {query.kind}", (NotUnderstood(m.text, m.lang),)
        return Decision(Outcome.FALLBACK, (act,), why=why, events=kept)  # kept for the editors
    if query.kind in ("empty", "history"):
        return _nothing(query, s)
    told = _section(query, s)
    if told is None and righted.rejects and {*query.events} <= {state.event}:
        return None  # the same event is no answer to who says that it was none
    return told or _shown(query, s, state)


def _rival(query: CalendarQuery, s: Signals) -> float:
    """How likely the best topic is that tells of no event that answers; with a date, or events to come, none is."""
    if query.dated or query.follows:
        return 0.0
    led = {lead for one in query.events if query.timed for lead in s.knowledge.events[one].leads}
    if query.kind == "events":
        led |= {topic.id for topic in s.knowledge.topics.values() if topic.history}
    return next((one.score for one in s.ranking.topics if one.topic not in led), 0.0)


def _beside_section(query: CalendarQuery, s: Signals) -> Decision | None:
    """How one takes part in the one event that is named: the section that surely tells it, and the event behind."""
    event = s.knowledge.events[query.events[0]] if query.kind == "events" and len(query.events) == 1 else None
    best = s.ranking.candidates[0]
    if event is None or s.ranking.verdict != "answer" or best.topic not in event.leads:
        return None
    acts = (Section(best.topic, best.section), Events((event.id,)))
    return Decision(Outcome.ANSWER, acts, why="a section, and its event", changes={"event": event.id})


def _which_date(problem: Problem, s: Signals) -> Decision:
    words = problem.words
    if problem.kind == "language":
        words = calendar.days(f"2000-{words}", None, s.lang).rsplit(" ", 1)[0].removesuffix(" de")
    elif problem.kind == "weekday":
        words = calendar.days(words, None, s.lang)
    said = Say(PROBLEMS[problem.kind], ReplyKind.QUESTION, {"said": words})
    return Decision(Outcome.QUESTION, (said,), why=f"a date that cannot be: {problem.kind}")


def _nothing(query: CalendarQuery, s: Signals) -> Decision:
    """No event answers: the next known one, or what 2018 had, and where to ask."""
    first = query.spans[0].first if query.spans else s.today
    coming = [event.id for event in calendar.upcoming(s.knowledge, s.today) if event.begins and event.begins >= first]
    head = "calendar.only_history" if query.kind == "history" else ""
    act = Events(query.events or tuple(coming[:1]), head=head, next_known=True, span=_span(query))
    return Decision(Outcome.ANSWER, (act,), why=f"calendar: {query.kind}", changes={"topic": None, "section": None})


def _section(query: CalendarQuery, s: Signals) -> Decision | None:
    """What the open event does not say and a topic of its forum does: with the words for it, or on taking part."""
    event, best = s.knowledge.events[query.events[0]], s.ranking.candidates[0]
    if not query.follows or query.asked not in s.knowledge.calendar_groups["of_section"]:
        return None
    topics = [s.knowledge.topics[lead] for lead in event.leads[:HOME] if lead in s.knowledge.topics]
    sections = [(Section(topic.id, one.id), one) for topic in topics for one in topic.sections]
    if query.asked in TAKING_PART:
        sure = s.ranking.verdict == "answer" and best.topic in event.leads[:HOME]
        told = [Section(best.topic, best.section)] if sure else [it for it, one in sections if one.aspect is Aspect.HOW]
    else:
        hints = s.knowledge.calendar_words["access" if query.asked == "status" else query.asked].hints
        said = [(it, f" {fold(f'{one.text.es} {one.text.en}')}") for it, one in sections]
        told = [it for hint in hints for it, text in said if f" {hint}" in text]
    changes = {"event": event.id}
    return Decision(Outcome.ANSWER, tuple(told[:1]), f"{query.asked} of it", changes=changes) if told else None


def _shown(query: CalendarQuery, s: Signals, state: Conversation) -> Decision:
    """What is said next goes on from the first event, and from the topic of its forum where it is the only one."""
    head = "calendar.elsewhen" if query.kind == "elsewhen" else ""
    act = Events(query.events, asked=query.asked, span=_span(query), head=head)
    event = s.knowledge.events[query.events[0]]
    own = [lead for lead in event.leads[:HOME] if lead in s.knowledge.topics and not event.history]
    home = state.topic if state.topic in event.leads else next(iter(own), None) if len(query.events) == 1 else None
    changes = {"event": event.id, "topic": home, "section": None}
    return Decision(Outcome.ANSWER, (act,), why=f"calendar {query.strength:.2f}", changes=changes)


def _span(query: CalendarQuery) -> str:
    return ",".join(f"{span.first}/{span.last}" for span in query.spans)
