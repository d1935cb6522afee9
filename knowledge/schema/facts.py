"""Dated registers: facts, contacts, documents. Texts refer to them by id and never hold a value themselves."""

from enum import StrEnum

from knowledge.schema.base import Country, Dated, Frozen, Slug, Text, WebAddress, Words


class FactKind(StrEnum):
    """Decides when a fact must be looked at again."""

    FEE = "fee"
    RIGHT = "right"
    OTHER = "other"


class Fact(Dated):
    """A value (fee, date, number, web address) or, without `value`, a statement that sections cite as source."""

    kind: FactKind = FactKind.OTHER
    states: Text
    """What the source says, in our words, for editors and for `¿De dónde sale esto?`."""
    value: Text | Words | None = None
    times: Slug | None = None
    """The fact with the pesos of the unit in which `value` is counted: what that makes is said behind it."""


class ContactKind(StrEnum):
    """How a person reaches the contact."""

    EMERGENCY = "emergency"
    PHONE = "phone"
    SMS = "sms"
    WHATSAPP = "whatsapp"
    WEB = "web"
    EMAIL = "email"


class Serves(StrEnum):
    """Whom the contact helps; consular lines serve their own nationals only."""

    EVERYBODY = "everybody"
    MEXICANS = "mexicans"
    OTHER_NATIONALS = "other_nationals"


class Contact(Dated):
    """A way to reach help. Shown as `dial` with the countries it works from; low confidence shows only the name."""

    kind: ContactKind
    name: Words
    value: Text
    """E.164, short code, web address or e-mail: what tests compare with the blocked numbers."""
    dial: Text | Words | None = None
    """As a person dials it; None = `value`."""
    works_from: tuple[Country, ...]
    elsewhere: Slug | None = None
    """The contact that is said in its place to who is known to be where it does not work from."""
    serves: Serves = Serves.EVERYBODY
    hours: Words | None = None
    lifeline: bool = False
    """A line for emergencies: looked at again every 90 days."""


class Document(Frozen):
    """One of the source documents, cited in a few words and by its year."""

    id: Slug
    title: Text
    author: Text
    cite: Words
    """Who wrote what, in a few words, as the line under an answer names it."""
    year: int
    address: WebAddress | None = None
    """Where anybody can read it: said behind its year; None = no page of it was found."""


class BlockedNumber(Frozen):
    """A number that must never be said."""

    value: Text
    why: Text
