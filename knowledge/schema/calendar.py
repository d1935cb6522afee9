"""The forum calendar: events with dates as precise as their source, and the words by which people name them."""

from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import Self
from zoneinfo import available_timezones

from pydantic import field_validator, model_validator

from knowledge.schema.base import Dated, Frozen, PartialDate, Slug, Text, Words


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    """Those that the machine knows, looked for once."""
    return frozenset(available_timezones())


class Status(StrEnum):
    """How sure a date is; only the first is said without a reservation."""

    CONFIRMED = "confirmed"
    CONFIRMED_PLACE = "confirmed_place"
    CONFIRMED_MONTH = "confirmed_month"
    ANNOUNCED = "announced"
    """Published beforehand; no source seen says that it was held so."""
    INFERRED = "inferred"
    """By the pattern of earlier years alone."""
    RECOMMENDED = "recommended"
    """Somebody asks for it; nobody has convened it."""
    UNKNOWN = "unknown"


class Access(StrEnum):
    """What an organisation needs to take part, as `take_part` says it."""

    OPEN = "open"
    """Its own registration, or a way for those without any status."""
    SPECIAL = "special"
    """A status, or special accreditation for the event."""
    STATUS = "status"
    """ECOSOC status, or admission as an observer, and nothing less."""


class WordKind(StrEnum):
    """What a calendar word names."""

    TOPIC = "topic"
    SERIES = "series"
    """The same forum, whatever its edition."""
    KIND = "kind"
    """Forum, workshop, book launch …"""
    PLACE = "place"
    ORGANISER = "organiser"
    """Who calls events together: found in what they say of their organiser."""
    STRANGER = "stranger"
    """Forums that we do not have: said so, never answered with another."""
    ASK = "ask"
    """What is asked: when, where, until when, the next …"""
    FILLER = "filler"
    """Words that say nothing about which event is meant."""
    SIGN = "sign"
    """Words that the reading itself needs: negation, plurals, links."""
    NUMBER = "number"
    """The number of an edition in words; its id is `n` and the number."""


class CalendarWord(Frozen):
    """A topic, series, kind or place by which events are found, or words that ask for them."""

    id: Slug
    kind: WordKind
    name: Words
    names: tuple[Text, ...]
    """As people say it, in both languages, with typos that the matching would not forgive."""
    hints: tuple[Text, ...] = ()
    """Everyday words that mean it only where a forum is spoken of: "trees" beside "which UN conference"."""
    within: tuple[Slug, ...] = ()
    """Of a place: the country, the regions."""


def first_day(partial: str) -> date:
    """The first day that a partial date may mean. ValueError for a day that does not exist."""
    parts = [int(part) for part in partial.split("-")]
    return date(*(parts + [1, 1])[:3])


def last_day(partial: str) -> date:
    """The last day that a partial date may mean."""
    year, month, *day = [int(part) for part in partial.split("-")] + ([12] if len(partial) == 4 else [])
    if day:
        return date(year, month, day[0])
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


class OtherDates(Frozen):
    """Dates that belong to the matter and are not the event's own: of an earlier edition, of another source."""

    label: Words
    start: PartialDate
    end: PartialDate | None = None


class Deadline(Frozen):
    """Until when one can register, or what is known of it."""

    says: Words
    on: PartialDate | None = None
    inferred: bool = True


class Event(Dated):
    """Something in the calendar."""

    title: Words
    names: tuple[Text, ...] = ()
    """Names of this edition alone; those of the forum stand in its series."""
    series: Slug | None = None
    edition: int | None = None
    """Its number among those of its series: 31 of COP31, 48 of the XLVIII assembly."""
    kind: Slug
    topics: tuple[Slug, ...]
    organiser: Words | None = None
    place: Words | None = None
    where: tuple[Slug, ...] = ()
    """Places by which it is found."""
    start: PartialDate | None = None
    end: PartialDate | None = None
    usual: PartialDate | None = None
    """When the forum usually meets, where no date is known."""
    zone: str | None = None
    """IANA name of the local time."""
    status: Status
    take_part: Words | None = None
    access: Access | None = None
    deadline: Deadline | None = None
    notes: Words | None = None
    other_dates: tuple[OtherDates, ...] = ()
    leads: tuple[Slug, ...] = ()
    """Topics that say how to register; those not written yet are left out."""
    sequence: int = 0
    """Raised by whoever changes date, place or title, so that subscribed calendars take the change."""
    history: bool = False
    """Comes only when its year is said or the question is about the past."""

    @field_validator("zone")
    @classmethod
    def _zone_exists(cls, zone: str | None) -> str | None:
        if zone is not None and zone not in _zones():
            raise ValueError(f"no time zone is called {zone!r}")
        return zone

    @model_validator(mode="after")
    def _dates_agree(self) -> Self:
        if self.end is not None and (self.start is None or last_day(self.end) < first_day(self.start)):
            raise ValueError("ends before it begins")
        if self.status in (Status.CONFIRMED, Status.ANNOUNCED) and (self.start is None or len(self.start) < 10):
            raise ValueError(f"{self.status} needs a day")
        return self

    @property
    def begins(self) -> date | None:
        """The first day on which it may begin."""
        moment = self.start or self.usual
        return first_day(moment) if moment else None

    @property
    def ends(self) -> date | None:
        """The last day on which it may still go on."""
        moment = self.end or self.start or self.usual
        return last_day(moment) if moment else None

    @property
    def closes(self) -> PartialDate | None:
        """The last day on which one can register, where it is known."""
        return self.deadline.on if self.deadline else None

    @property
    def exact(self) -> bool:
        """Whether its days are known."""
        return self.start is not None and len(self.start) == len("2018-01-12")
