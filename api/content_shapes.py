"""What the editors' part of the admin API takes and gives."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field

from api.shapes import NEXT, Plain
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

    id: str = Field(examples=["notice-1"])
    by: str = Field(examples=["eva"])
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

    item: str = Field(examples=["passport-fee-2026"])
    stopped: bool
    why: str = Field(examples=["La página cambió."])
    by: str = Field(examples=["eva"])
    at: datetime


class Withdrawals(BaseModel):
    """All decisions."""

    items: list[Decision]


class Phrase(_Out):
    """What somebody asked and got no answer to, masked."""

    id: int
    text: str = Field(examples=["donde pago la tenencia"])
    lang: str = Field(examples=["es"])
    at: datetime


class PhraseGroup(BaseModel):
    """One question in several wordings, the commonest first; `id` is the number that `kb unanswered --place` takes."""

    id: int = Field(examples=[17])
    count: int = Field(examples=[3])
    lang: str = Field(examples=["es"])
    wordings: list[str] = Field(examples=[["donde pago la tenencia", "pagar tenencia del carro"]])
    answer: str = Field(examples=["quejas-paisano/how"], description="What it would get today; empty: nothing")
    clear: bool = Field(description="False: it would be asked back, or offered among others")


class Groups(BaseModel):
    """At most two hundred."""

    items: list[PhraseGroup]


class Phrases(BaseModel):
    """One page."""

    items: list[Phrase]
    next: str | None = NEXT


class Rating(_Out):
    """One answer: how often it did not help, and did."""

    topic: str = Field(examples=["pasaporte"])
    section: str = Field(examples=["cost"])
    no: int
    yes: int
    langs: list[str] = Field(examples=[["es"]])
    last: datetime


class Ratings(BaseModel):
    """The worst first."""

    items: list[Rating]


class Due(_Out):
    """A fact or contact that somebody should look at again."""

    id: str = Field(examples=["passport-fee-2026"])
    uses: int
    review_by: date
    withdrawn: bool = Field(description="Its last day is over: it is no longer said")


class Dues(BaseModel):
    """Most used first."""

    items: list[Due]
