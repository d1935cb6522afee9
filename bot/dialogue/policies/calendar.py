"""Policy 10: the forum calendar is asked, more surely than any section answers."""

from bot.conversation import Conversation, NotUnderstood, Outcome, ReplyKind
from bot.dates.reading import Problem
from bot.dialogue.decision import Act, Decision, Events, Say, Section
from bot.dialogue.message import Message
from bot.dialogue.signals import Signals
from bot.dialogue.signals.calendar.query import CalendarQuery, calendar_query, is_near
from knowledge import calendar
from knowledge.frames import fold
from knowledge.schema.calendar import Access, Event
from knowledge.schema.topics import Aspect

HOME = 2
"""Topics that tell of an event itself; those behind them tell of forums at large."""
TELLING = 4
"""Letters of a word that can tell one event from another."""
TAKING_PART = frozenset({"how", "access"})
"""Asked of an event that is open, and told better by the sections of its forum."""


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
    query = calendar_query(m, s, state)
    if query is None or query.strength < max(s.knowledge.calendar_weights["least"], _rival(query, s)):
        return None
    if not query.timed and s.ranking.verdict != "admit":
        return _beside_section(query, s)
    if query.problem is not None:
        return _which_date(query.problem, s)
    if query.kind in ("stranger", "other_edition"):
        return _not_ours(query, m, s)
    if query.kind in ("empty", "history"):
        return None if query.kind == "history" and s.ranking.verdict == "answer" else _nothing(query, s)
    return _section(query, s) or _shown(query, s, state)


def _beside_section(query: CalendarQuery, s: Signals) -> Decision | None:
    """How one takes part in the one event that is named: the section that surely tells it, and the event behind."""
    event = s.knowledge.events[query.events[0]] if query.kind == "events" and len(query.events) == 1 else None
    best = s.ranking.candidates[0]
    if event is None or s.ranking.verdict != "answer" or best.topic not in event.leads:
        return None
    acts = (Section(best.topic, best.section), Events((event.id,)))
    return Decision(Outcome.ANSWER, acts, why="a section, and its event", changes={"event": event.id})


def _rival(query: CalendarQuery, s: Signals) -> float:
    """How likely the best topic is that tells of no event that answers; where a date is asked for, none is.

    A calendar of years ago is none where events to come answer; nor any topic where a forum is named that is not ours.
    """
    if query.dated or query.follows or (query.timed and query.kind == "stranger"):
        return 0.0
    led = {lead for one in query.events if query.seeks for lead in s.knowledge.events[one].leads}
    if query.kind == "events":
        led |= {topic.id for topic in s.knowledge.topics.values() if topic.history}
    return next((one.score for one in s.ranking.topics if one.topic not in led), 0.0)


def _which_date(problem: Problem, s: Signals) -> Decision:
    words = problem.words
    if problem.kind == "language":
        words = calendar.days(f"2000-{words}", None, s.lang).rsplit(" ", 1)[0].removesuffix(" de")
    elif problem.kind == "weekday":
        words = calendar.days(words, None, s.lang)
    said = Say(PROBLEMS[problem.kind], ReplyKind.QUESTION, {"said": words})
    return Decision(Outcome.QUESTION, (said,), why=f"a date that cannot be: {problem.kind}")


def _not_ours(query: CalendarQuery, m: Message, s: Signals) -> Decision:
    """A forum or an edition that we do not have: admitted, kept for the editors; other editions are named."""
    acts: tuple[Act, ...] = (Events(query.events, head=f"calendar.{query.kind}", next_known=True),)
    if not query.events and (near := _nearest_open(s)):
        acts = (*acts, Events((near.id,), head="calendar.nearest_open", next_known=True))
    return Decision(Outcome.FALLBACK, acts, why=f"calendar: {query.kind}", events=(NotUnderstood(m.text, m.lang),))


def _nothing(query: CalendarQuery, s: Signals) -> Decision:
    """No event answers: the next known one, or what 2018 had, and where to ask."""
    first = query.spans[0].first if query.spans else s.today
    coming = [event.id for event in calendar.upcoming(s.knowledge, s.today) if event.begins and event.begins >= first]
    ids = query.events or tuple(coming[:1])
    head = "calendar.only_history" if query.kind == "history" else ""
    act = Events(ids, head=head, next_known=True, span=_span(query))
    return Decision(Outcome.ANSWER, (act,), why=f"calendar: {query.kind}", changes={"topic": None, "section": None})


def _shown(query: CalendarQuery, s: Signals, state: Conversation) -> Decision:
    """What is said next goes on from the first event, and from the topic of its forum where it is the only one."""
    head = "calendar.elsewhen" if query.kind == "elsewhen" else ""
    acts: tuple[Act, ...] = (Events(query.events, asked=query.asked, span=_span(query), head=head),)
    near = _nearest_open(s) if query.undated else None
    if near is not None and near.id not in query.events:
        undated = Events(query.events, asked=query.asked, head="calendar.undated")
        acts = (undated, Events((near.id,), head="calendar.nearest_open", next_known=True))
    event = s.knowledge.events[query.events[0]]
    opened = state.topic if state.topic in event.leads else None
    home = opened or (home_of(event, s) if len(query.events) == 1 else None)
    changes = {"event": event.id, "topic": home, "section": None}
    return Decision(Outcome.ANSWER, acts, why=f"calendar {query.strength:.2f}", changes=changes)


def _section(query: CalendarQuery, s: Signals) -> Decision | None:
    """What the open event does not say and the topic of its forum does."""
    event, act = s.knowledge.events[query.events[0]], None
    if query.follows and query.asked in TAKING_PART:
        act = _how(event, s)
    elif query.follows and query.asked in s.knowledge.calendar_groups["of_section"]:
        act = _with_words("access" if query.asked == "status" else query.asked, event, s)
    return Decision(Outcome.ANSWER, (act,), f"{query.asked} of it", changes={"event": event.id}) if act else None


def _with_words(asked: str, event: Event, s: Signals) -> Section | None:
    """The section with the words for what is asked."""
    topics = [s.knowledge.topics[lead] for lead in event.leads[:HOME] if lead in s.knowledge.topics]
    for hint in s.knowledge.calendar_words[asked].hints:
        for topic in topics:
            for section in topic.sections:
                if f" {hint}" in f" {fold(f'{section.text.es} {section.text.en}')}":
                    return Section(topic.id, section.id)
    return None


def _how(event: Event, s: Signals) -> Section | None:
    """How one takes part in an event: the section that surely answers, if it is of its forum, else the one on how."""
    home, best = s.knowledge.topics.get(home_of(event, s) or ""), s.ranking.candidates[0]
    sure = best.section if home and best.topic == home.id and s.ranking.verdict == "answer" else None
    how = sure or next((one.id for one in (home.sections if home else ()) if one.aspect is Aspect.HOW), None)
    return Section(home.id, how) if home and how else None


def home_of(event: Event, s: Signals) -> str | None:
    """The topic of an event's forum: of the first that it leads to the one whose title says most of its own."""
    topics, said = s.knowledge.topics, _telling(event.title.es)
    leads = [] if event.history else [lead for lead in event.leads[:HOME] if lead in topics]
    return max(leads, key=lambda lead: len(_telling(topics[lead].title.es) & said), default=None)


def _telling(title: str) -> set[str]:
    return {word for word in fold(title).split() if len(word) >= TELLING and word.isalpha()}


def _nearest_open(s: Signals) -> Event | None:
    """The next one with a month that takes organisations without any status."""
    coming = calendar.upcoming(s.knowledge, s.today)
    return next((event for event in coming if event.access is Access.OPEN and is_near(event, s)), None)


def _span(query: CalendarQuery) -> str:
    return ",".join(f"{span.first}/{span.last}" for span in query.spans)
