"""Where a value comes from and how old it is, in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from knowledge.addresses import contact_names, put
from knowledge.backing import backing
from knowledge.freshness import is_due
from knowledge.institutions import host, whose
from knowledge.model import Knowledge
from knowledge.page_dates import date_of
from knowledge.schema.base import Dated, Lang, PartialDate, Words
from knowledge.schema.institutions import RANK, SourceKind
from knowledge.wording import month

YEAR = 4
"""Digits of a date that stand for its year."""
UNDATED_YEARS = 5
"""A page without a date counts as so many years older than the day on which it was read."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One source. `names` None: nobody knows whose; `on`: its date, None = it shows none; `newness` sorts it."""

    names: Words | None
    kind: SourceKind
    on: PartialDate | None
    newness: str
    address: str = ""
    last: bool = False
    """Named only where nothing else backs as much: a far embassy, or a page that few can read."""


def _cited(source: str, knowledge: Knowledge) -> Iterator[Cited]:
    """The id of a fact, contact or event becomes its own sources; `document#section` becomes the document."""
    item = knowledge.dated(source) or knowledge.events.get(source)
    for origin in (source,) if item is None else item.sources:
        if item is not None and "://" in origin:
            yield _page(origin, item, knowledge)
        else:
            document = knowledge.documents[origin.partition("#")[0]]
            year, address = str(document.year), document.address or ""
            yield Cited(document.cite, SourceKind.DOCUMENT, year, year, address)


def _page(address: str, item: Dated, knowledge: Knowledge) -> Cited:
    found, on = whose(address, knowledge), date_of(address, item, knowledge)
    newness = on or str(item.seen.year - UNDATED_YEARS)
    if found is None:
        return Cited(None, SourceKind.PAGE, on, newness, address)
    return Cited(found.names, found.kind, on, newness, address, found.last)


def shown(sources: Iterable[str], knowledge: Knowledge, said: str = "") -> Cited:
    """The one source that stands under what is `said`: of those that back its first sentences the best standing.

    Of these it is the newest; of one year the one that backs most claims. A contact backs no claim: its page is named
    only where there is nothing else, as is an enforcement agency.
    """
    named = tuple(sources)
    claims = [source for source in named if source not in knowledge.contacts] or named
    found = {source: list(_cited(source, knowledge)) for source in claims}
    calm = [source for source in claims if any(one.kind is not SourceKind.ENFORCEMENT for one in found[source])]
    every = [cited for source in backing(calm or claims, said, knowledge) for cited in found[source]]
    backs = Counter((cited.address, cited.names) for cited in every)

    def order(one: Cited) -> tuple[bool, int, str, int, str]:
        return not one.last, -RANK[one.kind], one.newness[:YEAR], backs[one.address, one.names], one.newness

    return max(every, key=order)


def source_line(sources: Iterable[str], knowledge: Knowledge, lang: Lang, said: str = "") -> str:
    """The line under an answer, whose Spanish is `said`: `Fuente: Consulado de México en Dallas, 2026: https://…`."""
    return _line(tuple(sources), knowledge, lang, said)


@lru_cache(maxsize=1024)
def _line(sources: tuple[str, ...], knowledge: Knowledge, lang: Lang, said: str) -> str:
    named = _named(shown(sources, knowledge, said), knowledge, lang)
    return put(knowledge.texts["source"].say(lang), {"named": named})


def source_list(sources: Iterable[str], knowledge: Knowledge, lang: Lang) -> str:
    """Every source, a line each, newest first, for `¿De dónde sale esto?`."""
    every = (cited for source in sources for cited in _cited(source, knowledge))
    newest = sorted(every, key=lambda cited: cited.newness, reverse=True)
    return "\n".join(dict.fromkeys(_named(cited, knowledge, lang) for cited in newest))


def _named(cited: Cited, knowledge: Knowledge, lang: Lang) -> str:
    unknown = knowledge.texts["source-page"].say(lang)
    name = cited.names.say(lang) if cited.names else put(unknown, {"host": host(cited.address)})
    if cited.kind is SourceKind.COPY:
        name = put(knowledge.texts["source-copy"].say(lang), {"name": name})
    said = f"{name}, {dated(cited.on, knowledge, lang)}"
    return f"{said}: {cited.address}" if cited.address else said


def dated(on: PartialDate | None, knowledge: Knowledge, lang: Lang) -> str:
    """The date of a source in words, or that it shows none."""
    return knowledge.texts["source-undated"].say(lang) if on is None else month(on, lang)


def age_note(used: Sequence[Dated], ask: Sequence[str], knowledge: Knowledge, lang: Lang, today: date) -> str:
    """How old the oldest value is that must be looked at again, and where to confirm it; empty where all are fresh."""
    due = sorted((item for item in used if is_due(item, today)), key=_date_of)
    if not due:
        return ""
    old = {item.id for item in due}
    # Rather a contact that is not itself the old value.
    others = [contact for contact in ask if contact not in old] or ask
    return put(
        knowledge.texts["aged" if due[0].as_of else "aged-seen"].say(lang),
        {"date": month(_date_of(due[0]), lang), "contacts": contact_names(others, knowledge, lang, today)},
    )


def _date_of(item: Dated) -> str:
    return item.as_of or item.seen.isoformat()
