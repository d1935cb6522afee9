"""Reminders that a person asked for, and when they are due: in their own time, never at night, never too late."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.conversation.person import Remembered
from knowledge.schema.calendar import first_day, last_day

BEFORE, OF_STEP, OWN = (30, 7, 1), (7, 1), (0,)
"""Days before: of events, deadlines and topics; of a step, at most two; of a day that the person named."""
AT = time(9)
WAKES, SLEEPS = time(8), time(21)
"""Between these hours alone anything is sent."""
LOOKED = timedelta(days=1)
"""So often at the least: a date may have changed."""
STILL = timedelta(days=2)
"""So long after a day of their own a reminder that was missed still helps."""
UNREAD = timedelta(days=30)
"""So long after its day one that nobody read is kept."""
LONGEST = timedelta(days=400)
"""Of one whose date nobody publishes."""
MOST = 10
"""Of one person."""


class Reminder(Remembered):
    """Of one event, deadline, topic or step (`limit/csw71-deadline`), asked for by the person."""

    about: str
    day: str = ""
    """The partial date that is counted from; empty: none is published, or it is still to be named."""
    own: bool = False
    """The day is the person's own."""
    leads: tuple[int, ...] = ()
    """Days before that are still to come."""
    sent: int = 0
    ready: bool = False
    """Its time came, and it was not read yet."""
    told: bool = False
    """That it waits was said."""
    changed: bool = False
    """Its date is another one than when it was last told."""
    made: date

    @property
    def ends(self) -> date | None:
        """The last day on which it helps."""
        return last_day(self.day) if self.day else None

    def having(self, **changes: Any) -> "Reminder":
        """A copy with these fields changed."""
        return self.model_copy(update=changes)


class Reminding(Remembered):
    """All that is remembered of a person's reminders."""

    items: tuple[Reminder, ...] = ()
    town: str = ""
    """Where they are, by whose clock they are reminded; empty: any clock of their country."""
    asked_town: int | None = None
    """The turn in which it was asked for, which is done once."""
    asking: Reminder | None = None
    """The one whose day was asked for last."""
    asked_day: int = 0
    muted: bool = False
    """They wrote BAJA: nothing is sent until ALTA."""

    @property
    def live(self) -> bool:
        """Whether there is anything to be looked at."""
        return bool(self.items) and not self.muted

    def having(self, **changes: Any) -> "Reminding":
        """A copy with these fields changed."""
        return self.model_copy(update=changes)

    def plus(self, one: Reminder) -> "Reminding":
        """With this one, in place of one of the same matter."""
        return self.having(items=(*self.minus(one.about).items, one)[-MOST:], asking=None)

    def minus(self, about: str) -> "Reminding":
        """Without that of this matter."""
        return self.having(items=tuple(each for each in self.items if each.about != about))

    def read(self) -> "Reminding":
        """What waited was read: the last of each goes, the others wait for their next day."""
        items = (each.having(ready=False, told=False, changed=False) if each.ready else each for each in self.items)
        return self.having(items=tuple(each for each in items if each.leads or not each.day))


def leads_for(day: str, among: Sequence[int], today: date) -> tuple[int, ...]:
    """Those of `among` that are still to come; a reminder of today for today comes too late."""
    ahead = (first_day(day) - today).days if day else 0
    return tuple(sorted((lead for lead in among if lead < ahead), reverse=True)) if day else tuple(among)


def due_at(day: str, lead: int, zones: Sequence[ZoneInfo]) -> datetime:
    """Nine in the morning so many days before; where the zone is not known, in the latest of the likely ones."""
    there = datetime.combine(first_day(day) - timedelta(days=lead), AT)
    return max(there.replace(tzinfo=zone).astimezone(UTC) for zone in zones)


def wakes_at(now: datetime, zones: Sequence[ZoneInfo]) -> datetime:
    """Now, or the next moment at which it is day in all of these zones."""
    moment = now
    for _ in zones:
        late = [zone for zone in zones if not WAKES <= moment.astimezone(zone).time() < SLEEPS]
        if not late:
            return moment
        moment = max(_morning(moment, zone) for zone in late)
    return moment


def _morning(moment: datetime, zone: ZoneInfo) -> datetime:
    there = moment.astimezone(zone)
    day = there.date() + timedelta(days=there.time() >= SLEEPS)
    return datetime.combine(day, WAKES, zone).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Looked:
    """What became of a person's reminders at one moment."""

    reminding: Reminding
    tells: bool
    """That something waits is to be said now, in one message for all."""
    again: datetime | None
    """When to look the next time; None: nothing is left."""


def look(
    reminding: Reminding,
    day_of: Callable[[str], str | None],
    zones: Sequence[ZoneInfo],
    now: datetime,
    *,
    held: bool,
) -> Looked:
    """What is due, what came too late, and whose date changed; `held`: nothing may be said now.

    `day_of`: the date that content has of a matter by now; None where it has no such matter any more.
    """
    today = now.astimezone(zones[0]).date()
    items = tuple(
        one for each in reminding.items if (one := _looked(_dated(each, day_of, today), zones, now, today)) is not None
    )
    waits = any(each.ready and not each.told for each in items)
    day = wakes_at(now, zones)
    tells = waits and not held and day <= now and not reminding.muted
    if tells:
        items = tuple(
            each.having(told=True, sent=each.sent + (not each.told)) if each.ready else each for each in items
        )
    ahead = [at for each in items for lead in each.leads if each.day and (at := due_at(each.day, lead, zones)) > now]
    if waits and not tells:
        ahead.append(max(day, now + timedelta(hours=1)) if held else day)
    left = reminding.having(items=items)
    return Looked(left, tells, min((*ahead, now + LOOKED)) if left.live else None)


def _dated(one: Reminder, day_of: Callable[[str], str | None], today: date) -> Reminder:
    """With the date that content has by now; another one is told once, and counted from anew; next year's is none."""
    day = one.day if one.own or (one.day and last_day(one.day) < today) else day_of(one.about) or ""
    if day == one.day:
        return one
    among = OF_STEP if one.about.startswith("step/") else BEFORE
    return one.having(day=day, changed=True, ready=True, told=False, leads=leads_for(day, among, today))


def _looked(one: Reminder, zones: Sequence[ZoneInfo], now: datetime, today: date) -> Reminder | None:
    """One of them at this moment; None where it helps no more. Of days that were missed the last alone counts."""
    if not one.day:
        return one if one.ready or today < one.made + LONGEST else None
    passed = [lead for lead in one.leads if due_at(one.day, lead, zones) <= now]
    leads = tuple(lead for lead in one.leads if lead not in passed)
    ends = last_day(one.day)
    if passed and today <= ends + (STILL if one.own else timedelta()):
        one = one.having(ready=True, told=False)
    if one.about.startswith("step/") and one.sent >= len(OF_STEP):
        one, leads = one.having(ready=one.ready and one.told), ()
    if one.ready and not one.told and not one.changed and today > ends + (STILL if one.own else timedelta()):
        one = one.having(ready=False)
    kept = leads or (one.ready and today <= ends + UNREAD)
    return one.having(leads=leads) if kept else None
