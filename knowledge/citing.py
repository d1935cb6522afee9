"""Where a value comes from and how old it is, in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from knowledge.addresses import contact_names, put
from knowledge.freshness import is_due
from knowledge.model import Knowledge
from knowledge.schema.base import Dated, Lang
from knowledge.schema.facts import Document
from knowledge.wording import month

SHOWN = 2
"""Sources in the short line of an answer."""
OFFICIAL = frozenset({"gob", "gov", "ine", "un", "unhcr", "acnur", "iom", "oas", "cndh"})
"""Parts of a host's name that tell an authority or an international body."""
COPIES = frozenset({"github", "scribd", "studylib", "docslib", "issuu", "blogspot", "genially"})
"""Parts of a host's name where anybody puts up copies: named only where there is nothing else."""
AUTHORITY, PAGE, COPY = range(3)
"""How a source stands, the best first."""


@dataclass(frozen=True, slots=True)
class _Cited:
    """One source: its short name, the date that sorts it, and its address where it has one."""

    name: str
    on: str
    dated: bool = True
    address: str = ""


def _host(address: str) -> str:
    return (urlsplit(address).hostname or address).removeprefix("www.").rstrip(".")


def _standing(cited: _Cited) -> int:
    parts = set(cited.name.split("."))
    if cited.address and parts & OFFICIAL:
        return AUTHORITY
    return COPY if parts & COPIES else PAGE


def _document(document: Document) -> _Cited:
    return _Cited(f"{document.title} ({document.author}, {document.year})", str(document.year))


def _cited(sources: Iterable[str], knowledge: Knowledge) -> Iterator[_Cited]:
    """Ids of facts and contacts become their own sources; `document#section` becomes the document."""
    for source in sources:
        item = knowledge.dated(source) or knowledge.events.get(source)
        if item is None:
            yield _document(knowledge.documents[source.partition("#")[0]])
            continue
        for origin in item.sources:
            if "://" in origin:
                yield _Cited(_host(origin), _date_of(item), item.as_of is not None, origin)
            else:
                yield _document(knowledge.documents[origin.partition("#")[0]])


def _named_with_date(cited: _Cited, knowledge: Knowledge, lang: Lang) -> str:
    if not cited.address:
        return cited.name
    words = knowledge.texts["source-of" if cited.dated else "source-seen"].say(lang)
    return f"{cited.name}, {put(words, {'date': month(cited.on, lang)})}"


def _best_of_each(sources: Iterable[str], knowledge: Knowledge) -> Iterator[_Cited]:
    for source in sources:
        yield min(_cited((source,), knowledge), key=_standing)


def source_names(sources: Iterable[str], knowledge: Knowledge, lang: Lang) -> str:
    """The line under an answer, two names: the newest of the best standing, then the newest that is no copy.

    `Fuente: gob.mx, de agosto de 2025; cnn.com, visto en …`.
    """
    by_name: dict[str, _Cited] = {}
    for cited in sorted(_best_of_each(sources, knowledge), key=lambda cited: cited.on, reverse=True):
        by_name.setdefault(cited.name, cited)
    first = min(by_name.values(), key=_standing)
    others = (each for each in by_name.values() if each is not first and _standing(each) < COPY)
    shown = [first, *others][:SHOWN]
    names = [_named_with_date(cited, knowledge, lang) for cited in shown]
    return put(knowledge.texts["source"].say(lang), {"names": "; ".join(names)})


def source_list(sources: Iterable[str], knowledge: Knowledge, lang: Lang) -> str:
    """Every source with its address, a line each, newest first, for `¿De dónde sale esto?`."""
    newest = sorted(_cited(sources, knowledge), key=lambda cited: cited.on, reverse=True)
    lines = ((_named_with_date(cited, knowledge, lang), cited.address) for cited in newest)
    return "\n".join(dict.fromkeys(f"{name}: {address}" if address else name for name, address in lines))


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
