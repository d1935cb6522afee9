"""Whether a message asks the calendar: points for what it names and asks, against what speaks of something else."""

from collections.abc import Mapping

from bot.dialogue.calendar.hints import WORLDLY
from bot.dialogue.calendar.rows import HISTORY
from bot.dialogue.calendar.vocabulary import EVENT
from bot.dialogue.calendar.words import GENERIC, Asked
from bot.dialogue.dates.spans import Span
from knowledge.model import Knowledge
from knowledge.schema.calendar import Event, WordKind

SINCE = 2026
"""The calendar has the years from then on, and 2018."""
NAMES = frozenset({WordKind.SERIES, EVENT})
PLAIN_FORUMS = frozenset({"forum", "event", "summit"})
SEEKING = frozenset({"list", "next", "when", "until"})
DATED = frozenset({"when", "where", "until", "next"})
ASKS_OF_EVENTS = frozenset({"when", "until", "next", "past", "list", "all", "which"})
"""What is asked of events alone."""
ASKS = ("when", "where", "until", "next", "list", "which", "past", "how", "all")
HOME_GROUND = frozenset(
    ["mexico", "mexico-city", "monterrey", "tijuana", "mexicali", "ciudad-obregon", "tuxtla"]
    + ["united-states", "washington", "san-diego", "latin-america", "guatemala", "online"]
)
"""Places that people name for a hundred reasons."""
LIMITS = frozenset({"deadline", "call"})
"""Kinds of events that are only the end of a time to do something."""
WHEN = frozenset({"cuando", "when", "kuando", "wen"})
MANY = 8
"""Unknown words of which no more are counted."""
LENT = frozenset({"visa", "expenses", "fee", "age", "people", "language", "side", "theme"})
"""What is asked of a forum only where one is spoken of: a visa, a fee, who pays."""
AGAINST_RIVAL, AGAINST_NOTHING = 1.2, -1.0
"""What the evidence must be where a topic would answer that no event leads to, and where nothing would."""
AGAINST_EDITION = -5.0
"""The same where nothing would answer, and the date or the place of one edition is asked for."""
IN_PASSING = 0.5
"""What it must be where only a subject is named, and words besides that we cannot place."""
SURE = 2.0
"""Evidence from which a message is surely about the calendar."""
BIAS = -1.3
POINTS: Mapping[str, float] = {
    "dated": 2.0,
    "dated list": 0.8,
    "dated which": 0.5,
    "day": 0.1,
    "deadline": 0.6,
    "deadline until": 2.5,
    "deadline when": 0.6,
    "edition": 1.0,
    "elsewhere": -2.9,
    "forum": 1.6,
    "forum asked": -0.2,
    "forum dated": 0.3,
    "forum which": 1.0,
    "history": 0.6,
    "how": -2.5,
    "kind": -1.0,
    "kind dated": 0.7,
    "kind subject": -0.4,
    "list": 1.1,
    "long": -1.5,
    "meets": 1.6,
    "name": 2.2,
    "name asked": 2.2,
    "name how": -0.5,
    "name past": 0.8,
    "next": 1.6,
    "other year": -2.7,
    "past": 0.3,
    "place": 0.7,
    "plural": 0.8,
    "subject asked": 1.2,
    "subject dated": -0.5,
    "telling": 1.2,
    "topic": 0.7,
    "unknown": -1.1,
    "unknown beside": -0.7,
    "until": 1.5,
    "when": 0.9,
    "where": -0.7,
    "worldly": 1.3,
    "which": 0.3,
    "year": 1.4,
}


def asks_calendar(asked: Asked, knowledge: Knowledge, needed: float = 0.0) -> bool:
    """Whether it is a question about events; `needed`: more where something else would answer, less where nothing."""
    if not _speaks_of_events(asked, knowledge) or (needed < 0 and not _asks_anything(asked)):
        return False
    if "aside" in asked.asks or _asks_of_a_date(asked):
        return False
    if asked.asks & LENT and not (asked.named or set(asked.kinds) & GENERIC):
        return False
    # A date alone is said for a hundred reasons.
    only_date = not (asked.named or asked.kinds or _has_subject(asked) or asked.without)
    if only_date and asked.elsewhere:
        return False
    least = AGAINST_NOTHING / 2 if only_date else IN_PASSING if mentions(asked) else needed
    return evidence(asked, knowledge) > max(needed, least)


def mentions(asked: Asked) -> bool:
    """A subject or a date beside other words: `la migración de los ñus, ¿en qué mes es?`."""
    listed = asked.dates.year_said and "list" in asked.asks
    return bool(asked.unknown) and not (asked.named or asked.kinds or asked.without or asked.for_osc or listed)


def seeks_event(asked: Asked) -> bool:
    """A date, a deadline, a place, the next one, or what there is: `what is the 2030 Agenda` seeks none."""
    spoken = bool(asked.named or asked.kinds or _has_subject(asked) or asked.for_osc)
    timed = bool(asked.dates.spans or asked.dates.problem)
    return (
        bool(asked.asks & {"when", "until", "all"})
        or (spoken and (timed or bool(asked.asks & {"where", "next"})))
        or ("list" in asked.asks and spoken and not asked.named)
        or (timed and (not asked.unknown or bool(asked.asks & {"list", "past"})))
        or (bool(asked.kinds) and (asked.plural or bool(asked.topics and not asked.unknown)))
        or is_bare(asked)
        or (asked.named and ("past" in asked.asks or bool(set(asked.places) - HOME_GROUND)))
    )


def asks_of_place(asked: Asked) -> bool:
    """`¿Qué hay en África?`: what there is at a place that is not named for a hundred reasons, and nothing else."""
    return bool(set(asked.places) - HOME_GROUND and asked.asks & (DATED | {"list"})) and not asked.unknown


def _asks_of_a_date(asked: Asked) -> bool:
    """`¿Cuándo entra la primavera?`: of the days that are said, and of nothing in them."""
    said = asked.named or asked.kinds or asked.topics or asked.places or asked.without or asked.for_osc
    return not said and bool(asked.dates.spans) and not asked.words.isdisjoint(WHEN) and "list" not in asked.asks


def _asks_anything(asked: Asked) -> bool:
    """Something of the calendar, and a question about it: `mi niña es mexicana` asks nothing."""
    if asked.named or asked.kinds or _asks_for_all(asked):
        return True
    stated = asked.dates.problem is not None or asked.dates.year_said or any(s.days > 1 for s in asked.dates.spans)
    if _has_subject(asked) or asked.without:
        return stated or bool(asked.asks - {"which"} or set(asked.places) - HOME_GROUND)
    return stated and (bool(asked.asks) or len(asked.unknown) <= asked.dates.year_said)


def _speaks_of_events(asked: Asked, knowledge: Knowledge) -> bool:
    """Whether anything of the calendar is in it, not only a "when" or a "next"."""
    if "how" in asked.asks and not asked.asks & {"when", "until"}:
        return False
    if is_deadline(asked, knowledge):
        return bool(asked.asks & {"until", "when", "next"})
    dates = asked.dates.spans or asked.dates.problem
    return bool(asked.named or asked.kinds or _has_subject(asked) or asked.without or dates or _asks_for_all(asked))


def _asks_for_all(asked: Asked) -> bool:
    """`¿Qué plazos tenemos encima?`, `what is coming up for NGOs?`."""
    return (
        asked.asks >= {"until", "list"}
        or (asked.plural and asked.asks >= {"until", "next"})
        or (asked.for_osc and "next" in asked.asks)
        or (asked.asks >= {"until", "next"} and not asked.unknown)
    )


def is_deadline(asked: Asked, knowledge: Knowledge) -> bool:
    """Whether nothing is named but what has a deadline and no meeting."""
    kinds = {event.kind for event in knowledge.events.values() if event.series in asked.series}
    return kinds == {"deadline"} and not asked.editions


def _has_subject(asked: Asked) -> bool:
    of_history = asked.places and len(asked.unknown) <= 1 and any(s.first.year == HISTORY for s in asked.dates.spans)
    listed_online = "online" in asked.places and bool(asked.asks & SEEKING)
    placed = set(asked.places) - HOME_GROUND or of_history or listed_online
    return bool(asked.topics or asked.organisers or asked.telling or placed)


def is_bare(asked: Asked) -> bool:
    """`XXVI Cumbre Iberoamericana`: an edition, and nothing else."""
    return bool(asked.editions) and not (asked.asks - {"which"} or asked.unknown)


def evidence(asked: Asked, knowledge: Knowledge) -> float:
    """The log of the odds, by the points of what is there."""
    return BIAS + sum(POINTS.get(name, 0.0) * value for name, value in signs(asked, knowledge).items())


def signs(asked: Asked, knowledge: Knowledge) -> dict[str, float]:
    """What a message shows, each as a number: 1 where it is there, or how many."""
    asks = bool(asked.asks & DATED)
    spoken = asked.dates.spans
    dated = asked.dates.problem is not None or any(span.days > 1 or span.year_said for span in spoken)
    named = _of_name(asked, knowledge, asks=asks, dated=dated)
    forum = bool(set(asked.kinds) & GENERIC)
    sure = named["name asked"] or named["deadline until"] or (forum and bool(asked.topics))
    strange = min(len(asked.unknown), MANY)
    found: dict[str, bool | int] = {
        **named,
        **_of_kind(asked, knowledge, asks=asks, dated=dated),
        "dated": dated,
        "dated list": dated and "list" in asked.asks,
        "dated which": dated and "which" in asked.asks,
        "day": bool(spoken) and not dated,
        "year": asked.dates.year_said,
        "other year": _is_other_year(asked),
        "history": any(span.first.year == HISTORY for span in spoken),
        **{ask: ask in asked.asks for ask in ASKS},
        "plural": asked.plural,
        "unknown": 0 if sure else strange,
        "unknown beside": strange if sure else 0,
        "elsewhere": 0 if sure else asked.elsewhere,
        "long": asked.length > 2 * MANY,
    }
    return {sign: float(value) for sign, value in found.items() if value}


def _of_name(asked: Asked, knowledge: Knowledge, *, asks: bool, dated: bool) -> dict[str, bool]:
    deadline = is_deadline(asked, knowledge)
    # "After COP31, what is next?" names it too.
    name = (asked.named or any(kind in NAMES for kind, _ in asked.without)) and not deadline
    return {
        "name": name,
        "name asked": name and (asks or dated),
        "name past": name and "past" in asked.asks,
        "name how": name and "how" in asked.asks,
        "edition": is_bare(asked),
        "deadline": deadline,
        "deadline until": deadline and "until" in asked.asks,
        "deadline when": deadline and bool({"when", "next"} & asked.asks),
    }


def _of_kind(asked: Asked, knowledge: Knowledge, *, asks: bool, dated: bool) -> dict[str, bool]:
    subject = _has_subject(asked)
    forum, kind = bool(set(asked.kinds) & GENERIC), bool(set(asked.kinds) - GENERIC)
    return {
        "forum": forum,
        "forum asked": forum and asks,
        "forum dated": forum and dated,
        "forum which": bool(PLAIN_FORUMS & set(asked.kinds)) and bool(asked.topics) and "which" in asked.asks,
        "worldly": bool(asked.topics) and bool(asked.asks & SEEKING) and not WORLDLY.isdisjoint(asked.words),
        "kind": kind,
        "kind dated": kind and dated,
        "kind subject": kind and subject,
        "topic": bool(asked.topics or asked.organisers),
        "telling": bool(asked.telling),
        "place": bool(set(asked.places) - HOME_GROUND),
        "subject asked": subject and asks,
        "subject dated": subject and dated,
        "meets": bool(asked.topics and asked.places) and _meets(asked, knowledge),
    }


def _is_other_year(asked: Asked) -> bool:
    spans = asked.dates.spans
    return bool(spans) and all(span.year_said and _is_out_of_calendar(span) for span in spans)


def _is_out_of_calendar(span: Span) -> bool:
    return span.last.year < HISTORY or HISTORY < span.first.year <= span.last.year < SINCE


def _meets(asked: Asked, knowledge: Knowledge) -> bool:
    """Whether an event is of such a topic at such a place."""
    return any(
        set(asked.topics) & set(event.topics) and set(asked.places) & places_of(event, knowledge)
        for event in knowledge.events.values()
    )


def places_of(event: Event, knowledge: Knowledge) -> set[str]:
    """Where it is, with country and regions."""
    found: set[str] = set()
    waiting = list(event.where)
    while waiting:
        place = waiting.pop()
        found.add(place)
        word = knowledge.calendar_words.get(place)
        waiting.extend(word.within if word else ())
    return found
