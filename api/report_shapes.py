"""What the admin API gives beside cases: hits of a search, figures, the audit log."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from api.shapes import Case


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Hit(BaseModel):
    """A case in which the words stand, and where."""

    case: Case
    excerpt: str


class Hits(BaseModel):
    """At most fifty."""

    items: list[Hit]
    whole: bool = Field(description="False: only the newest texts were looked at")


class WaitingTime(_Out):
    """Minutes from an opening to its claim; null where nobody claimed one."""

    claims: int
    median: float | None
    p90: float | None


class Figures(_Out):
    """Of one span of time."""

    waiting: dict[str, WaitingTime] = Field(description="By level")
    counts: dict[str, int] = Field(description="opened, reopened, claimed, answered, lapsed, resolved, out_of_hours")
    by_hour: list[int] = Field(description="Openings by hour of the desk's day")
    by_category: dict[str, int] = Field(description="Openings, most first; empty: no danger")


class AuditEntry(_Out):
    """Who did what; `who` is empty where no operator did it."""

    id: int
    at: datetime
    who: str
    action: str
    item: str
    detail: str


class AuditPage(BaseModel):
    """One page of the log, newest first."""

    items: list[AuditEntry]
    next: str | None
