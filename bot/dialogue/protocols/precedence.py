"""Which of several kinds comes first, when they are told together."""

from collections.abc import Mapping
from functools import lru_cache

from knowledge.model import Knowledge


@lru_cache(maxsize=4)
def _ranks(knowledge: Knowledge) -> Mapping[str, int]:
    return {kind: rank for rank, kinds in enumerate(knowledge.triage.precedence) for kind in kinds}


def rank_of(kind: str | None, knowledge: Knowledge) -> int:
    """0 for the most pressing kinds; those that content gives no rank come last."""
    return _ranks(knowledge).get(kind or "", len(knowledge.triage.precedence))
