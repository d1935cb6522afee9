"""Facts said to be sure: of an official page or source document, or of two institutions that know it by themselves."""

from collections.abc import Iterator
from datetime import date

from knowledge.institutions import whose
from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.schema.base import Confidence
from knowledge.schema.institutions import SourceKind

RULE = "confidence"
_OFFICIAL = {SourceKind.AUTHORITY, SourceKind.INTERNATIONAL, SourceKind.ENFORCEMENT}


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Every fact of high confidence that one institution alone backs; pages of nobody known back nothing."""
    for fact in knowledge.facts.values():
        if fact.confidence is Confidence.HIGH and not is_sure(fact.sources, knowledge):
            spot = Spot("facts", fact.id, ("confidence",))
            yield spot.problem(knowledge, RULE, "high: neither an official page nor two institutions; say medium")


def is_sure(sources: tuple[str, ...], knowledge: Knowledge) -> bool:
    """Whether these sources are enough for high confidence."""
    found = [whose(source, knowledge) for source in sources if "://" in source]
    backing = [one for one in found if one is not None and one.kind is not SourceKind.PAGE]
    official = len(found) < len(sources) or any(one.kind in _OFFICIAL for one in backing)
    return official or len({one.names for one in backing}) > 1
