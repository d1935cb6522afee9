"""What is said to be sure: of an official page or source document, or of two institutions that each know it."""

from collections.abc import Iterator
from datetime import date

from knowledge.institutions import host, whose
from knowledge.lint.consulates import VALUES
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.schema.base import Confidence, Dated
from knowledge.schema.directory import Listed
from knowledge.schema.facts import Contact, ContactKind
from knowledge.schema.institutions import SourceKind

RULE = "confidence"
_OFFICIAL = {SourceKind.AUTHORITY, SourceKind.INTERNATIONAL, SourceKind.ENFORCEMENT}


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Every fact, contact and value of a consulate of high confidence that one institution alone backs."""
    for spot, said in _dated(knowledge):
        if said.confidence is Confidence.HIGH and not (is_sure(said.sources, knowledge) or _names_itself(said)):
            message = "high: neither an official page nor two institutions; say medium"
            yield spot.at("confidence").problem(knowledge, RULE, message)


def _dated(knowledge: Knowledge) -> Iterator[tuple[Spot, Dated | Listed]]:
    """What has sources and a confidence, once and where it is written."""
    listed = [(office.id, what, getattr(office, what)) for office in knowledge.consulates.values() for what in VALUES]
    yield from ((Spot("consulates", name, (what,)), said) for name, what, said in listed if said is not None)
    of_consulates = {f"{name}-{what}" for name, what, _ in listed}
    for kind, items in (("facts", knowledge.facts), ("contacts", knowledge.contacts)):
        yield from ((Spot(kind, name), item) for name, item in items.items() if name not in of_consulates)


def is_sure(sources: tuple[str, ...], knowledge: Knowledge) -> bool:
    """Whether these sources are enough for high confidence; pages of nobody known back nothing."""
    found = [whose(source, knowledge) for source in sources if "://" in source]
    backing = [one for one in found if one is not None and one.kind is not SourceKind.PAGE]
    official = len(found) < len(sources) or any(one.kind in _OFFICIAL for one in backing)
    return official or len({one.names for one in backing}) > 1


def _names_itself(said: Dated | Listed) -> bool:
    """Whether it is a web address that was opened: nobody else has to know it."""
    if not isinstance(said, Contact) or said.kind is not ContactKind.WEB:
        return False
    return host(said.value) in {host(source) for source in said.sources}
