"""When a value must be looked at again, and whether it may still be said. "Today" is always an argument."""

from datetime import date, timedelta

from knowledge.schema.base import Dated, PartialDate
from knowledge.schema.facts import Contact, Fact, FactKind

LIFELINE_DAYS = 90
RIGHT_DAYS = 180
OTHER_DAYS = 365


def review_by(item: Dated) -> date:
    """The day after which an answer says how old the value is: its own, or by kind from the day it was seen."""
    if item.review_by is not None:
        return item.review_by
    if isinstance(item, Contact) and item.lifeline:
        return item.seen + timedelta(days=LIFELINE_DAYS)
    if isinstance(item, Fact) and item.kind is FactKind.RIGHT:
        return item.seen + timedelta(days=RIGHT_DAYS)
    if isinstance(item, Fact) and item.kind is FactKind.FEE:
        return date(item.seen.year, 12, 31)
    return item.seen + timedelta(days=OTHER_DAYS)


def is_due(item: Dated, today: date) -> bool:
    """Past its review day: still said, with its age."""
    return today > review_by(item)


def is_withdrawn(item: Dated, today: date) -> bool:
    """Past its last valid day: no longer said."""
    return item.valid_until is not None and today > item.valid_until


def months_since(on: PartialDate, today: date) -> int:
    """Months from the date of a source to today; of a year alone from its January."""
    year, month = int(on[:4]), int(on[5:7] or 1)
    return (today.year - year) * 12 + today.month - month


def is_fresh(item: Dated, months: int, today: date) -> bool:
    """Whether its source shows a date, no more than so many months ago."""
    return item.as_of is not None and months_since(item.as_of, today) <= months
