"""Content as a process may use it: loaded, linted, without errors."""

from datetime import date
from functools import lru_cache

from knowledge.lint import RULES, lint
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from knowledge.problems import ContentError, Severity


@lru_cache(maxsize=1)
def load_checked(today: date) -> Knowledge:
    """The knowledge, once a process. ContentError with every error listed."""
    knowledge = load_knowledge()
    if errors := [p for p in lint(knowledge, today, RULES) if p.severity is Severity.ERROR]:
        raise ContentError(errors)
    return knowledge
