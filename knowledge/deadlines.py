"""Deadlines as objects of their own: of events, of yearly calls, of the steps of procedures; what is possible after."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.addresses import put
from knowledge.calendar import days
from knowledge.model import Knowledge
from knowledge.procedures import due
from knowledge.render import fill
from knowledge.schema.base import Lang, Words
from knowledge.schema.calendar import Event, first_day, last_day
from knowledge.schema.procedures import Deadline, Procedure

DEADLINE = "deadline"
"""The kind of an event that is a deadline and nothing else."""
MONTH, DAY = len("2027-01"), len("2027-01-31")


@dataclass(frozen=True, slots=True)
class Limit:
    """Something that ends on a day, or in a month: by its id, the same in conversation, feed and page."""

    id: str
    title: Words
    says: Words
    on: str
    """A partial date."""
    inferred: bool
    """Known by the pattern of other years alone."""
    topics: tuple[str, ...]
    """Of the calendar."""
    sources: tuple[str, ...]
    """As `citing` takes them."""
    seen: date
    event: str = ""
    """The event that it belongs to, or is."""
    procedure: str = ""
    step: str = ""
    """The step that it ends."""
    late: Words | None = None
    """What is still possible after it."""
    sequence: int = 0

    @property
    def begins(self) -> date:
        """The first day that may be meant: whoever counts from it is never late."""
        return first_day(self.on)

    @property
    def ends(self) -> date:
        """The last day that may be meant."""
        return last_day(self.on)


def limit_of(event: Event, knowledge: Knowledge) -> Limit | None:
    """The deadline of an event, with what its procedure says of being late; None where no month of it is known."""
    said = event.deadline
    on = (said.on if said else None) or (event.start if event.kind == DEADLINE else None)
    if on is None or len(on) < MONTH or event.history:
        return None
    itself = event.kind == DEADLINE
    procedure, ends = next(_of_event(event, on, knowledge), (None, None))
    return Limit(
        id=event.id if itself else f"{event.id}-{DEADLINE}",
        title=event.title if itself else _titled(event, knowledge),
        says=said.says if said else event.title,
        on=on,
        inferred=said.inferred if said else True,
        topics=event.topics,
        sources=(event.id,) if event.sources else (),
        seen=event.seen,
        event=event.id,
        procedure=procedure.id if procedure else "",
        step=ends.step if ends else "",
        late=ends.late if ends else None,
        sequence=event.sequence,
    )


def limits(knowledge: Knowledge, today: date) -> tuple[Limit, ...]:
    """All of them by their day, those that are over among them."""
    return _limits(knowledge, today)


@lru_cache(maxsize=4)
def _limits(knowledge: Knowledge, today: date) -> tuple[Limit, ...]:
    of_events = [limit for event in knowledge.events.values() if (limit := limit_of(event, knowledge))]
    covered = {(one.procedure, one.step, one.begins.year) for one in of_events}
    found = [one for one in _yearly(knowledge, today) if (one.procedure, one.step, one.begins.year) not in covered]
    return tuple(sorted((*of_events, *found), key=lambda one: (one.ends, one.id)))


def _yearly(knowledge: Knowledge, today: date) -> Iterator[Limit]:
    """The next ones of procedures. Of a private matter none is ever counted."""
    for procedure, deadline in _dated(knowledge):
        day = due(deadline, today)
        if day is not None:
            yield Limit(
                id=f"{procedure.id}-{deadline.id}",
                title=deadline.name,
                says=deadline.says,
                on=day.isoformat(),
                inferred=not deadline.confirmed,
                topics=(),
                sources=deadline.sources,
                seen=_seen(deadline, knowledge, today),
                procedure=procedure.id,
                step=deadline.step,
                late=deadline.late,
            )


def _seen(deadline: Deadline, knowledge: Knowledge, today: date) -> date:
    return max((one.seen for name in deadline.sources if (one := knowledge.dated(name))), default=today)


def _dated(knowledge: Knowledge) -> Iterator[tuple[Procedure, Deadline]]:
    for procedure in knowledge.procedures.values():
        if not procedure.private:
            yield from ((procedure, one) for one in procedure.deadlines if one.on or one.every)


def _of_event(event: Event, on: str, knowledge: Knowledge) -> Iterator[tuple[Procedure, Deadline]]:
    """What a procedure of the same matter says of the same month."""
    for procedure, deadline in _dated(knowledge):
        month = (deadline.on or f"0000-{deadline.every}")[5:7]
        if month == on[5:7] and {*procedure.topics} & {*event.leads}:
            yield procedure, deadline


def _titled(event: Event, knowledge: Knowledge) -> Words:
    said = knowledge.texts["deadline-of"]
    return Words(es=put(said.es, {"title": event.title.es}), en=put(said.en, {"title": event.title.en}))


def until(limit: Limit, knowledge: Knowledge, lang: Lang) -> str:
    """Its day with how sure that is: `hasta el 31 de enero de 2027, solo por el patrón …`."""
    dates = days(limit.on, None, lang)
    if lang == "es" and len(limit.on) == DAY:
        dates = f"el {dates}"
    return put(knowledge.texts["deadline-likely" if limit.inferred else "deadline-by"].say(lang), {"dates": dates})


def coming(found: Iterable[Limit], today: date) -> list[Limit]:
    """Those that are not over."""
    return [one for one in found if one.ends >= today]


def after(limit: Limit, knowledge: Knowledge, lang: Lang, today: date, *, missed: bool = False) -> str:
    """What is still possible after it; empty before, but for who `missed` it, or where no source says it."""
    late = limit.late if missed or limit.ends < today else None
    filled = fill(late.say(lang), knowledge, lang, today) if late else None
    return filled.text if filled and not filled.withdrawn else ""
