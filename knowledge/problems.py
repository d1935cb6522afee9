"""What is wrong with content: one line each, beginning with the place."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Errors stop the start; warnings inform."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """`place` is `path:line` under knowledge/content, or the id of what is wrong."""

    place: str
    rule: str
    message: str
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.message} [{self.rule}]"


class ContentError(Exception):
    """Content that must not be used; `problems` lists everything found, not only the first."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
