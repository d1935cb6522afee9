"""What the admin API is asked for in a query: which page, of which cases, of which time."""

from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from api.shapes import Status
from knowledge.schema.base import Level

PAGE_LIMIT = 200
PAGE_DEFAULT = 50


def _in_utc(at: datetime) -> datetime:
    """ValueError where UTC has no such time: just before the year 1, or after 9999."""
    try:
        return at.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("out of range") from error


Moment = Annotated[AwareDatetime, AfterValidator(_in_utc)]


class _Query(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Page(_Query):
    """Which page of a list."""

    cursor: Annotated[str, Field(max_length=500)] | None = None
    """`next` of the page before."""
    limit: Annotated[int, Field(ge=1, le=PAGE_LIMIT)] = PAGE_DEFAULT


class QueuePage(Page):
    """Which page of the queue."""

    status: Status | None = None
    """All of them where it is left out."""
    level: Level | None = None
    category: Annotated[str, Field(max_length=48)] | None = None
    claimed_by: Annotated[str, Field(max_length=80)] | None = None
    follow_up: bool = False
    """Only those that somebody should ask again."""
    updated_since: Moment | None = None
    """Only those that changed since, with its offset."""


class Span(_Query):
    """From when until when, with offsets; the end itself is left out."""

    since: Moment | None = None
    until: Moment | None = None


class ExportSpan(Span):
    """Which cases, by when they were opened."""

    kind: Literal["csv", "jsonl"] = Field("csv", alias="format")
    status: Status | None = None
    personal: bool = False


class LogPage(Page, Span):
    """Which page of which time."""
