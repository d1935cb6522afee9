"""What the admin API gives beside cases: hits of a search, figures, the audit log."""

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

from api.shapes import NEXT, Case


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Hit(BaseModel):
    """A case in which the words stand, and where."""

    case: Case
    excerpt: str = Field(examples=["…perdidos en el desierto, ya no traemos agua…"])


class Answer(BaseModel):
    """What the bot would answer, to be put into a reply."""

    title: str = Field(examples=["Pasaporte mexicano"])
    text: str = Field(examples=["En los consulados el pasaporte cuesta…"])


class Answers(BaseModel):
    """Nothing is sent by asking."""

    canned: list[str] = Field(description="What is said most", examples=[["¿Es seguro escribirle aquí?"]])
    items: list[Answer]


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

    waiting: dict[str, WaitingTime] = Field(description="Until somebody claimed it, by level")
    answers: dict[str, WaitingTime] = Field(description="Until a person first answered, by level")
    by_day: dict[date, int] = Field(description="Openings by the desk's day; days without any are left out")
    counts: dict[str, int] = Field(description="opened, reopened, claimed, answered, lapsed, resolved, out_of_hours")
    by_hour: list[int] = Field(description="Openings by hour of the desk's day")
    by_category: dict[str, int] = Field(description="Openings, most first; empty: no danger")


class AuditEntry(_Out):
    """Who did what; `who` is empty where no operator did it."""

    id: int
    at: datetime
    who: str = Field(examples=["ana"])
    action: str = Field(examples=["claimed"])
    item: str = Field(examples=["0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a"])
    detail: str = Field(examples=["ana"])


class AuditPage(BaseModel):
    """One page of the log, newest first."""

    items: list[AuditEntry]
    next: str | None = NEXT
