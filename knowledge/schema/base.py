"""Common ground of the schema: frozen models, words per language, partial dates, confidence."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Lang = Literal["es", "en"]
LANGS: tuple[Lang, ...] = ("es", "en")

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=48)]
Country = Annotated[str, StringConstraints(pattern=r"^([A-Z]{2}|\*)$")]
"""ISO 3166-1 alpha-2, or `*` for the whole world."""
PartialDate = Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2}(-\d{2})?)?$")]
"""A year, a month or a day, as precise as the source: `2018`, `2018-09`, `2018-09-07`."""
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
WebAddress = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]


class Frozen(BaseModel):
    """A model that cannot be changed and refuses what it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Framed(Frozen):
    """Frames that tell something, and those that take it back."""

    id: Slug
    any: tuple[Text, ...] = Field(min_length=1)
    unless: tuple[Text, ...] = ()


class Words(Frozen):
    """The same thing said in every language that we speak."""

    es: Text
    en: Text

    def say(self, lang: Lang) -> str:
        """The words in `lang`."""
        return self.es if lang == "es" else self.en


@dataclass(frozen=True, slots=True)
class Notice:
    """Said in front of these topics from a day to a day; it comes from the editors' page, not from the files."""

    id: str
    topics: frozenset[str]
    text: Words
    begins: date
    ends: date


class Confidence(StrEnum):
    """high: official page or two independent sources; medium: one reputable source; low: weak or old."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Level(StrEnum):
    """How urgent: critical = life now; urgent = the next hours; priority = the same day."""

    CRITICAL = "critical"
    URGENT = "urgent"
    PRIORITY = "priority"

    @property
    def rank(self) -> int:
        """0 for the most urgent; sorts a queue."""
        return list(Level).index(self)

    def raised(self) -> "Level":
        """One step more urgent, critical at most."""
        return list(Level)[max(0, self.rank - 1)]


class Dated(Frozen):
    """Something that a source said on a day, and that has to be looked at again."""

    id: Slug
    sources: tuple[Text, ...]
    """Web addresses, or `document-id#section` of a source document."""
    as_of: PartialDate | None = None
    """The date that the source itself shows; None = it shows none, then `seen` is what we can say."""
    seen: date
    review_by: date | None = None
    """None = derived from the kind by `knowledge.freshness`."""
    valid_until: date | None = None
    confidence: Confidence
    conflicts: str | None = None
    """For editors only; never shown to a person."""
