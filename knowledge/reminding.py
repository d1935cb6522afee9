"""What somebody may be reminded of: an event, a deadline, a topic, a step; its day by content, and its words."""

from collections.abc import Mapping, Sequence, Set
from datetime import date, timedelta
from functools import lru_cache

from knowledge.calendar import days, next_of, upcoming, when
from knowledge.deadlines import DAY, DEADLINE, MONTH, Limit, after, limit_of, limits, until
from knowledge.errand_bounds import Walked
from knowledge.frames import FrameSet, frames_of
from knowledge.hearing_clauses import cut_at
from knowledge.hearing_steps import named_in, steps_named
from knowledge.model import Knowledge
from knowledge.procedures import steps_of
from knowledge.schema.base import Lang, Words
from knowledge.schema.calendar import Event
from knowledge.wording import listed

EVENT, LIMIT, TOPIC, STEP = "event", "limit", "topic", "step"
ASK, TELL, LIST, CANCEL, ALL = "ask", "tell", "list", "cancel", "all"
KEEP, IT, ONE, BUT, LAST = "keep", "it", "one", "but", "last"
SEE, ON, STOP, CLOSES, MISSED = "see", "on", "stop", "closes", "missed"
"""What is said of reminders: the fields of `ReminderWords`, and (LAST) the one just set."""
ENDS = frozenset({CANCEL, IT, ONE})
CUT = frozenset({ASK, CANCEL, LIST, IT, ONE, BUT})
"""Of these the words name no matter."""


def about(kind: str, *ids: str) -> str:
    """A matter by its id: `step/csw/people`."""
    return "/".join((kind, *ids))


def _limit(wanted: str, knowledge: Knowledge, today: date) -> Limit | None:
    """The deadline, also where it is the next year's of the same step."""
    return next((one for one in limits(knowledge, today) if one.id == wanted), None)


def _of_step(name: str, knowledge: Knowledge, today: date) -> Limit | None:
    """The deadline of a step (`csw/people`) that is still to come; of a private matter none is ever counted."""
    found = (one for one in limits(knowledge, today) if f"{one.procedure}/{one.step}" == name)
    return next((one for one in found if one.ends >= today), None)


def _deadline(kind: str, name: str, knowledge: Knowledge, today: date) -> Limit | None:
    return (
        _of_step(name, knowledge, today) if kind == STEP else _limit(name, knowledge, today) if kind == LIMIT else None
    )


def day_of(matter: str, knowledge: Knowledge, today: date) -> str | None:
    """The partial date that is counted from, by content; empty: none is published; None: there is no such matter."""
    kind, _, name = matter.partition("/")
    if kind == EVENT:
        event = knowledge.events.get(name)
        return None if event is None else event.start if event.start and len(event.start) >= MONTH else ""
    if kind == LIMIT:
        limit = _limit(name, knowledge, today)
        return limit.on if limit else None
    if kind == STEP:
        limit = _of_step(name, knowledge, today)
        return limit.on if limit else ""
    coming = next_of(name, knowledge, today)
    known = coming is not None and coming.start is not None and len(coming.start) >= MONTH
    return (coming.start if coming and known else "") if name in knowledge.topics else None


def is_own(matter: str, knowledge: Knowledge, today: date) -> bool:
    """Whether only the person can say the day: a private matter, or one of which the calendar has nothing."""
    kind, _, name = matter.partition("/")
    if kind == STEP:
        return knowledge.procedures[name.partition("/")[0]].private or not day_of(matter, knowledge, today)
    if kind != TOPIC:
        return False
    private = any(one.private for one in knowledge.procedures.values() if name in one.topics)
    return private or not any(name in event.leads for event in upcoming(knowledge, today))


def title_of(matter: str, knowledge: Knowledge, lang: Lang, today: date) -> str:
    """As it is called; the id's last part where content has it no more."""
    kind, _, name = matter.partition("/")
    if kind == STEP:
        procedure, _, step = name.partition("/")
        held = knowledge.procedures.get(procedure)
        named = (one.name for one in held.steps if one.id == step) if held else ()
        return ": ".join(words.say(lang) for words in (*((held.title,) if held else ()), *named)) or name
    limit = _limit(name, knowledge, today) if kind == LIMIT else None
    items: dict[str, Words | None] = {
        EVENT: knowledge.events[name].title if name in knowledge.events else None,
        LIMIT: limit.title if limit else None,
        TOPIC: knowledge.topics[name].title if name in knowledge.topics else None,
    }
    words = items.get(kind)
    return words.say(lang) if words else name


def when_of(matter: str, day: str, knowledge: Knowledge, lang: Lang, today: date) -> str:
    """Its day with how sure that is; of a day of the person's own the day alone."""
    kind, _, name = matter.partition("/")
    event = knowledge.events.get(name) if kind == EVENT else next_of(name, knowledge, today) if kind == TOPIC else None
    if event is not None and event.start == day:
        return when(event, knowledge, lang)
    limit = _deadline(kind, name, knowledge, today)
    if limit is not None and limit.on == day:
        return until(limit, knowledge, lang)
    said = days(day, None, lang)
    return f"el {said}" if lang == "es" and len(day) == DAY else said


def event_of(matter: str, knowledge: Knowledge, today: date) -> str:
    """The event that may be put into a calendar for it; empty for none."""
    kind, _, name = matter.partition("/")
    if kind == EVENT:
        return name
    if kind == TOPIC:
        coming = next_of(name, knowledge, today)
        return coming.id if coming else ""
    found = _deadline(kind, name, knowledge, today)
    return found.event if found else ""


def step_named(letters: str, begun: Mapping[str, str | None], knowledge: Knowledge) -> str:
    """Of the procedure that words name the step begun, the one with a deadline, else the first; empty for none."""
    for name in named_in(letters, knowledge):
        procedure = knowledge.procedures[name]
        ends = next((one.step for one in procedure.deadlines), None)
        return about(STEP, name, begun.get(name) or ends or steps_of(procedure, {})[0].id)
    return ""


def step_meant(left: str, letters: str, procedure: str, answers: Mapping[str, str], knowledge: Knowledge) -> str:
    """The step of an open errand that is named, else the one that ends on a day, where that is meant; empty: none."""
    own = knowledge.procedures[procedure]
    theirs = [one.id for one in steps_of(own, answers)]
    closes = own.deadlines if CLOSES in wishes_in(letters, knowledge) else ()
    ends = (one.step for one in closes if one.step in theirs and (one.on or one.every))
    named = (*steps_named(left, procedure, theirs, knowledge), *ends)
    return next((about(STEP, procedure, one) for one in named), "")


def step_open(ours: Walked, knowledge: Knowledge) -> str:
    """The open step of an errand; where that is done, the one that stands next."""
    left = [one.id for one in steps_of(knowledge.procedures[ours.procedure], ours.answers) if one.id not in ours.past]
    here = ours.step if ours.step in left else next(iter(left), ours.step)
    return about(STEP, ours.procedure, here or "")


def by_hand(matter: str, own: date | None, knowledge: Knowledge, lang: Lang, today: date) -> str:
    """What one may write down: the matter, and its day by content or the person's own; empty: nothing is known."""
    if not matter:
        return ""
    day = own.isoformat() if own else day_of(matter, knowledge, today) or ""
    when_ = when_of(matter, day, knowledge, lang, today) if day else ""
    return ", ".join(filter(None, (title_of(matter, knowledge, lang, today), when_)))


def same(one: str, other: str, knowledge: Knowledge, today: date) -> bool:
    """Whether two are one matter, or of one event: the event, its deadline, the step that this ends."""
    event = event_of(one, knowledge, today)
    return one == other or (bool(event) and event == event_of(other, knowledge, today))


def of_event(event: str, letters: str, knowledge: Knowledge) -> str:
    """An event, or its deadline where words mean that."""
    closes = knowledge.events[event].kind == DEADLINE or CLOSES in wishes_in(letters, knowledge)
    limit = limit_of(knowledge.events[event], knowledge) if closes else None
    return about(LIMIT, limit.id) if limit else about(EVENT, event)


def ahead_of(event: Event, knowledge: Knowledge, today: date) -> str:
    """What one may be reminded of under an event: its deadline; once that is over the event; empty for neither."""
    limit, tomorrow = limit_of(event, knowledge), today + timedelta(days=1)
    if limit is not None and limit.begins > tomorrow:
        return about(LIMIT, limit.id)
    dated = event.start is not None and len(event.start) >= MONTH and event.kind != DEADLINE
    return about(EVENT, event.id) if dated and event.begins is not None and event.begins > tomorrow else ""


def values_of(
    matter: str, day: str, leads: Sequence[int], knowledge: Knowledge, lang: Lang, today: date
) -> dict[str, str]:
    """What its texts are filled with: `title`, `when` and `leads`, the days before that are to come."""
    when_ = when_of(matter, day, knowledge, lang, today) if day else ""
    told = listed([str(lead) for lead in leads], lang)
    return {"title": title_of(matter, knowledge, lang, today), "when": when_, "leads": told}


@lru_cache(maxsize=4)
def _words(knowledge: Knowledge) -> FrameSet[str]:
    said = knowledge.reminder_words
    return FrameSet((name, frame) for name in said.heard() for frame in getattr(said, name))


@lru_cache(maxsize=4)
def _leads(knowledge: Knowledge) -> FrameSet[int]:
    return FrameSet((days_, frame) for days_, frames in knowledge.reminder_words.leads.items() for frame in frames)


def wishes_in(letters: str, knowledge: Knowledge, before: str = "") -> set[str]:
    """What is said of reminders; "recuérdeme cuánto cuesta" is a question, and wishes for none.

    `before`: the message in front of it, behind whose wish "quítelo" is of a reminder too (IT, ONE).
    """
    said = {found.key for found in _words(knowledge).find(letters)}
    wished = {found.key for found in _words(knowledge).find(before)} if said & ENDS else set()
    said -= ENDS if KEEP in said else {IT, ONE} if CANCEL in said else set()
    said -= set() if wished & {ASK, LIST, CANCEL, IT} else {IT}
    said -= set() if wished & {CANCEL, IT} else {ONE}
    said |= {LAST} if IT in said and ASK in wished else set()
    return said - {ASK} if said & {CANCEL, TELL} else said


def named_apart(letters: str, knowledge: Knowledge) -> tuple[list[str], list[str]]:
    """What the clauses of a wish to end reminders name, and what those behind "menos" or "solo" name, which stay."""
    but = min((one.start for one in _words(knowledge).find(letters) if one.key == BUT), default=len(letters) + 1)
    parts = (f" {letters} "[:but].strip(), f" {letters} "[but:].strip())
    joins = frames_of(knowledge.follow_ups.join)
    ends, stay = ([left for one in cut_at(part, joins) if (left := matter_in(one, knowledge))] for part in parts)
    return ends, stay


def ended(said: Set[str], items: Sequence[str], ends: Set[str] | None, stay: Set[str] | None) -> Sequence[str]:
    """Which of somebody's reminders end; empty where it is not said which. `ends`, `stay`: those that are named."""
    if ALL in said and stay is not None:
        return [one for one in items if one not in stay] if stay else ()
    if ends is not None:
        return [one for one in items if one in ends]
    return items if ALL in said or len(items) == 1 else items[-1:] if LAST in said else ()


def late_for(event: Event, letters: str, knowledge: Knowledge, lang: Lang, today: date) -> str:
    """What is still possible for who missed the deadline before the next one of an event; empty for all others."""
    limit = limit_of(event, knowledge) if MISSED in wishes_in(letters, knowledge) else None
    return after(limit, knowledge, lang, today, missed=True) if limit and limit.ends >= today else ""


def apart(pieces: Sequence[Sequence[str]], knowledge: Knowledge) -> tuple[str, str]:
    """What the clauses of pieces that question marks end wish of reminders, and what they tell and ask beside that."""
    wished, told, last = list[str](), list[str](), len(pieces) - 1
    for number, clauses in enumerate(pieces):
        for n, clause in enumerate(clauses, 1):
            starts = [one.start for one in _words(knowledge).find(clause) if one.key == ASK]
            at = min(starts, default=len(clause) + 1)
            asked = "?" if n == len(clauses) and number < last and not starts else ""
            told += filter(None, [f" {clause} "[:at].strip() + asked])
            wished += filter(None, [f" {clause} "[at:].strip()])
    return " ".join(wished), ", ".join(told)


def leads_in(letters: str, knowledge: Knowledge) -> tuple[int, ...]:
    """How many days before is asked for."""
    return tuple(dict.fromkeys(found.key for found in _leads(knowledge).find(letters)))


def matter_in(letters: str, knowledge: Knowledge) -> str:
    """What is left of a message without the wish, the days before and what only stands beside them."""
    left = f" {letters} "
    found = list(_words(knowledge).find(letters))
    gone = CUT | {ALL} if ENDS & {one.key for one in found} else CUT
    cut = [(one.start, one.end) for one in found if one.key in gone]
    cut += [(one.start, one.end) for one in _leads(knowledge).find(letters)]
    for start, end in cut:
        left = left[:start] + " " * (end - start) + left[end:]
    beside, words = frozenset(knowledge.reminder_words.beside), left.split()
    return " ".join(words) if any(word not in beside for word in words) else ""
