"""The register of institutions: whose page an address is, and what kind of source that makes it."""

from enum import StrEnum
from typing import Any

from pydantic import model_validator

from knowledge.schema.base import PartialDate, Words


class SourceKind(StrEnum):
    """What stands behind a source."""

    AUTHORITY = "authority"
    INTERNATIONAL = "international"
    CIVIL = "civil"
    """An organisation or a university."""
    PRESS = "press"
    LAW_FIRM = "law_firm"
    DOCUMENT = "document"
    """One of the source documents, which nobody can open."""
    COPY = "copy"
    """Put up by another than who wrote it."""
    PAGE = "page"
    """Nobody knows whose it is."""
    ENFORCEMENT = "enforcement"
    """Migration police and the like: frightens who reads it, so only where there is nothing else."""


RANK = {
    **{SourceKind.AUTHORITY: 0, SourceKind.INTERNATIONAL: 0, SourceKind.CIVIL: 1},
    **{SourceKind.PRESS: 2, SourceKind.LAW_FIRM: 2, SourceKind.DOCUMENT: 2},
    **{SourceKind.COPY: 3, SourceKind.PAGE: 4, SourceKind.ENFORCEMENT: 5},
}
"""How they stand, the best first."""


class Institution(Words):
    """Its name as people are told it; one text where both languages say the same."""

    of: PartialDate | None = None
    """The date of this very page; None = what the facts say that cite it."""
    undated: bool = False
    """It shows no date, whatever the facts say that cite it."""
    last: bool = False
    """Shown only where no other source backs as much: an embassy far away, a page in another language, an archive."""

    @model_validator(mode="before")
    @classmethod
    def _same_in_both(cls, given: Any) -> Any:
        return {"es": given, "en": given} if isinstance(given, str) else given
