"""Who reads cases now, who is next, and when the desk opens again. Pure: local time and the rota are arguments."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

DAY = timedelta(days=1)
A_WEEK = 8
"""Days to look ahead: the same shift next week, and a holiday in between."""


@dataclass(frozen=True, slots=True)
class Shift:
    """Every week in the desk's own time zone; minutes from midnight, and past midnight where `ends` is not later."""

    operator: str
    weekday: int
    """0 is Monday: the day on which it begins."""
    begins: int
    ends: int
    langs: tuple[str, ...] = ("es",)


@dataclass(frozen=True, slots=True)
class Rota:
    """All shifts, and the days on which none begins."""

    shifts: tuple[Shift, ...] = ()
    holidays: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Turn:
    """One shift on one day."""

    operator: str
    begins: datetime
    ends: datetime
    langs: tuple[str, ...]


def on_shift(rota: Rota, now: datetime, lang: str | None = None) -> Sequence[Turn]:
    """Whose turn it is; with `lang` only those who speak it. `now` in the desk's time zone."""
    turns = [turn for turn in _turns(rota, now) if turn.begins <= now < turn.ends]
    return [turn for turn in turns if lang is None or lang in turn.langs]


def upcoming(rota: Rota, now: datetime, lang: str | None = None) -> Turn | None:
    """The next turn that begins; with `lang` of those who speak it."""
    later = (turn for turn in _turns(rota, now) if turn.begins > now and (lang is None or lang in turn.langs))
    return min(later, key=lambda turn: turn.begins, default=None)


def _turns(rota: Rota, now: datetime) -> Iterator[Turn]:
    for ahead in range(-1, A_WEEK + 1):
        day = now.date() + ahead * DAY
        for shift in rota.shifts:
            if shift.weekday == day.weekday() and day not in rota.holidays:
                midnight = datetime.combine(day, time(), now.tzinfo)
                longer = shift.ends if shift.ends > shift.begins else shift.ends + 24 * 60
                yield Turn(
                    shift.operator,
                    midnight + timedelta(minutes=shift.begins),
                    midnight + timedelta(minutes=longer),
                    shift.langs,
                )
