"""What the editors' part of the admin API takes and gives."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from api.shapes import Plain
from bot.storage.notices import Published

LONGEST_REASON = 300
Line = Annotated[str, Field(min_length=1, max_length=400), *Plain]


class _In(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Out(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class WithdrawIn(_In):
    """A decision about an id."""

    item: Annotated[str, Field(min_length=1, max_length=64)] = Field(examples=["passport-fee-2026"])
    why: Annotated[str, Field(min_length=1, max_length=LONGEST_REASON), *Plain] = Field(examples=["La página cambió."])
    undo: bool = Field(default=False, description="Let it be said again")


class NoticeIn(_In):
    """Said in front of these topics."""

    topics: Annotated[list[Annotated[str, Field(max_length=48)]], Field(min_length=1, max_length=20)] = Field(
        examples=[["pasaporte", "matricula-consular"]]
    )
    es: Line = Field(examples=["El consulado de Houston cerró por el huracán."])
    en: Line = Field(examples=["The consulate in Houston is closed because of the hurricane."])
    begins: date
    ends: date = Field(description="The last day on which it is said")


class Notice(NoticeIn):
    """A notice as it was published."""

    id: str
    by: str
    at: datetime
    stopped: bool

    @classmethod
    def of(cls, one: Published, *, stopped: bool) -> Self:
        """From what is kept."""
        names = ("id", "es", "en", "begins", "ends", "by", "at")
        return cls(topics=sorted(one.topics), stopped=stopped, **{name: getattr(one, name) for name in names})


class Notices(BaseModel):
    """All of them."""

    items: list[Notice]


class Decision(_Out):
    """Who stopped what, or let it be said again, and why."""

    item: str
    stopped: bool
    why: str
    by: str
    at: datetime


class Withdrawals(BaseModel):
    """All decisions."""

    items: list[Decision]


class Phrase(_Out):
    """What somebody asked and got no answer to, masked."""

    id: int
    text: str
    lang: str
    at: datetime


class Phrases(BaseModel):
    """One page."""

    items: list[Phrase]
    next: str | None


class Rating(_Out):
    """One answer: how often it did not help, and did."""

    topic: str
    section: str
    no: int
    yes: int
    langs: list[str]
    last: datetime


class Ratings(BaseModel):
    """The worst first."""

    items: list[Rating]


class Due(_Out):
    """A fact or contact that somebody should look at again."""

    id: str
    uses: int
    review_by: date
    withdrawn: bool = Field(description="Its last day is over: it is no longer said")


class Dues(BaseModel):
    """Most used first."""

    items: list[Due]
