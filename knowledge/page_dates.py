"""The date of one page: a fact has one date, and often several pages that are of different days."""

import re
from collections.abc import Mapping
from functools import lru_cache

from knowledge.institutions import whose
from knowledge.model import Knowledge
from knowledge.schema.base import Dated, PartialDate

_YEAR, _BETWEEN = "(20[0-2][0-9])", "[/_-]"
_MONTH, _DAY = "(1[0-2]|0?[1-9])", "(3[01]|[12][0-9]|0?[1-9])"
_SHOWN = tuple(
    re.compile(rf"(?<![0-9]){written}(?!\.?[0-9])")
    for written in (
        rf"{_YEAR}{_BETWEEN}{_MONTH}{_BETWEEN}{_DAY}",
        rf"{_YEAR}{_BETWEEN}?(1[0-2]|0[1-9])(3[01]|[12][0-9]|0[1-9])",
        r"(?P<day>3[01]|[12][0-9]|0[1-9])(?P<month>1[0-2]|0[1-9])(?P<year>20[0-2][0-9])",
        rf"{_YEAR}/{_MONTH}(?=/)",
    )
)
"""How an address shows its date: `2025/12/27`, `20251227`, `nid27122025`, `2025/12/`; not by a law's `2024/0908.11`."""


def date_of(address: str, item: Dated, knowledge: Knowledge) -> PartialDate | None:
    """The date of this page of a fact; None: it shows none, or the date of the fact is that of another page."""
    found, own = whose(address, knowledge), _in_address(address)
    if found and (found.of or found.undated):
        return found.of
    if item.as_of is None:
        return own
    if len(item.sources) == 1 or (own and item.as_of.startswith(own)):
        return item.as_of
    if own:
        return own
    if alone := _dates(knowledge, alone=True).get(address):
        return item.as_of if item.as_of in alone else next(iter(alone)) if len(alone) == 1 else None
    lent = _dates(knowledge, alone=False)[address]
    others = (shown for one in item.sources if (shown := _in_address(one)))
    return None if len(lent) > 1 or any(item.as_of.startswith(one) for one in others) else item.as_of


@lru_cache(maxsize=1024)
def _in_address(address: str) -> PartialDate | None:
    """The date that an address shows by itself."""
    found = next((found for shape in _SHOWN if (found := shape.search(address))), None)
    if found is None:
        return None
    parts = found.group("year", "month", "day") if "day" in found.re.groupindex else found.groups()
    return "-".join(f"{part:0>2}" for part in parts)


@lru_cache(maxsize=8)
def _dates(knowledge: Knowledge, *, alone: bool) -> Mapping[str, set[PartialDate | None]]:
    """Page -> the dates of what cites it alone, or of what cites it beside others."""
    dates: dict[str, set[PartialDate | None]] = {}
    for item in (*knowledge.facts.values(), *knowledge.contacts.values(), *knowledge.events.values()):
        for address in item.sources if alone is (len(item.sources) == 1) else ():
            dates.setdefault(address, set()).add(item.as_of)
    return dates
