"""Whose page an address is: by `institutions.yaml`, the consulates' own pages, and what an archive keeps."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlsplit

from knowledge.model import Knowledge
from knowledge.schema.base import PartialDate, Words
from knowledge.schema.institutions import SourceKind

STAMP = 14
"""Digits by which an archive says when it kept a page: `20170125000412`."""


@dataclass(frozen=True, slots=True)
class Whose:
    """An institution and what kind of source it is; `of`: the date of this very page, None = as the fact says."""

    names: Words
    kind: SourceKind
    of: PartialDate | None = None
    undated: bool = False
    last: bool = False


@lru_cache(maxsize=1024)
def whose(address: str, knowledge: Knowledge) -> Whose | None:
    """Who stands behind an address; None where the register does not know it."""
    if (kept := _kept(address)) is not None:
        original, of = kept
        found = whose(original, knowledge)
        enforcing = found is not None and found.kind is SourceKind.ENFORCEMENT
        return found and replace(found, kind=SourceKind.ENFORCEMENT if enforcing else SourceKind.COPY, of=of)
    parts, path = host(address).split("."), _path(address)
    places = _places(knowledge)
    above = (".".join(parts[n:]) for n in range(len(parts)))
    fitting = (found for name in above for begins, found in places.get(name, ()) if path.startswith(begins))
    return next(fitting, None)


def is_address(source: str) -> bool:
    """Whether it is a page on the web; `https://example.org./a` is none."""
    return source.startswith(("https://", "http://")) and not (urlsplit(source).hostname or ".").endswith(".")


def host(address: str) -> str:
    """The host of an address, without `www.`."""
    return (urlsplit(address).hostname or address).removeprefix("www.")


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}".strip("/?")


@lru_cache(maxsize=4)
def _places(knowledge: Knowledge) -> Mapping[str, list[tuple[str, Whose]]]:
    """Host -> how paths begin and whose they are, the longest first."""
    named = {
        place: Whose(Words(es=found.es, en=found.en), kind, found.of, found.undated, found.last)
        for kind, places in knowledge.institutions.items()
        for place, found in places.items()
    }
    named |= {
        f"{host(office.page.value)}/{_path(office.page.value)}": Whose(office.name, SourceKind.AUTHORITY)
        for office in knowledge.consulates.values()
    }
    by_host: dict[str, list[tuple[str, Whose]]] = {}
    for place in sorted(named, key=len, reverse=True):
        name, _, begins = place.partition("/")
        by_host.setdefault(name, []).append((begins, named[place]))
    return by_host


def _kept(address: str) -> tuple[str, PartialDate] | None:
    """The address that an archive's page keeps, and the month in which it was kept."""
    parts = address.split("/")
    for n, part in enumerate(parts):
        original = "/".join(parts[n + 1 :])
        if part[:STAMP].isdigit() and len(part) >= STAMP and original.startswith("http"):
            return f"https://{original.partition(':')[2].lstrip('/')}", f"{part[:4]}-{part[4:6]}"
    return None
