"""Where a value comes from and how old it is, in words."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.addresses import contact_names, put
from knowledge.freshness import is_due
from knowledge.institutions import host, whose
from knowledge.model import Knowledge
from knowledge.schema.base import Dated, Lang, PartialDate, Words
from knowledge.schema.institutions import RANK, SourceKind
from knowledge.wording import month

YEAR, DAY = 4, 8
"""Digits of a date."""
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


def _cited(source: str, knowledge: Knowledge) -> Iterator[Cited]:
    """The id of a fact, contact or event becomes its own sources; `document#section` becomes the document."""
    item = knowledge.dated(source) or knowledge.events.get(source)
    for origin in (source,) if item is None else item.sources:
        if item is not None and "://" in origin:
            yield _page(origin, item, knowledge)
        else:
            document = knowledge.documents[origin.partition("#")[0]]
            yield Cited(document.cite, SourceKind.DOCUMENT, str(document.year), str(document.year))


def _page(address: str, item: Dated, knowledge: Knowledge) -> Cited:
    found = whose(address, knowledge)
    on = (found and found.of) or (None if _is_anothers(item, address) else item.as_of)
    newness = on or str(item.seen.year - UNDATED_YEARS)
    if found is None:
        return Cited(None, SourceKind.PAGE, on, newness, address)
    return Cited(found.names, found.kind, on, newness, address)


def _is_anothers(item: Dated, address: str) -> bool:
    """Whether the date is that of another of its sources, whose address says that very day."""
    day = (item.as_of or "").replace("-", "")
    said_by = [one for one in item.sources if day in "".join(filter(str.isdigit, one))]
    return len(day) == DAY and bool(said_by) and address not in said_by


def shown(sources: Iterable[str], knowledge: Knowledge) -> Cited:
    """The one source that stands under an answer: of those that back its claims, the newest of the best standing.

    Of one year it is the one that backs most of them. A contact backs no claim: its page is named only where there is
    nothing else.
    """
    named = tuple(sources)
    claims = [source for source in named if source not in knowledge.contacts] or named
    every = [cited for source in claims for cited in _cited(source, knowledge)]
    backs = Counter((cited.address, cited.names) for cited in every)
    return max(every, key=lambda one: (-RANK[one.kind], one.newness[:YEAR], backs[one.address, one.names], one.newness))


def source_line(sources: Iterable[str], knowledge: Knowledge, lang: Lang) -> str:
    """The line under an answer: `Fuente: Consulado de México en Dallas, 2026: https://…`."""
    named = _named(shown(sources, knowledge), knowledge, lang)
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
