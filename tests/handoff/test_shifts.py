"""Who is on duty."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.handoff.shifts import Rota, Shift, on_shift, upcoming

ZONE = ZoneInfo("America/Mexico_City")
DAY = [Shift("ana", weekday, 9 * 60, 17 * 60, ("es", "en")) for weekday in range(5)]
NIGHT = Shift("ben", 4, 22 * 60, 6 * 60)
ROTA = Rota((*DAY, NIGHT))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def names(when: datetime, rota: Rota = ROTA, lang: str | None = None) -> list[str]:
    return [turn.operator for turn in on_shift(rota, when, lang)]


def test_from_the_first_minute_to_the_one_before_the_last():
    assert [names(at(20, *when)) for when in ((8, 59), (9, 0), (16, 59), (17, 0))] == [[], ["ana"], ["ana"], []]


def test_a_night_shift_goes_on_after_midnight():
    assert (names(at(20, 23)), names(at(21, 5, 59)), names(at(21, 6))) == (["ben"], ["ben"], [])


def test_the_next_one():
    assert upcoming(ROTA, at(20, 12)).begins == at(20, 22)
    assert upcoming(ROTA, at(21, 12)).begins == at(23, 9), "on Monday"
    assert upcoming(Rota(), at(21, 12)) is None


def test_on_a_holiday_no_shift_begins_but_last_nights_ends_in_its_time():
    rota = Rota(ROTA.shifts, frozenset({date(2026, 11, 20)}))
    assert (names(at(20, 12), rota), names(at(20, 23), rota)) == ([], [])
    night = Rota((NIGHT,), frozenset({date(2026, 11, 21)}))
    assert names(at(21, 5), night) == ["ben"]
    only = Rota((DAY[0],), frozenset({date(2026, 11, 23)}))
    assert upcoming(only, at(20, 12)) is None or upcoming(only, at(22, 12)).begins.day == 30


def test_languages():
    assert (names(at(20, 12), lang="en"), names(at(20, 23), lang="en")) == (["ana"], [])
