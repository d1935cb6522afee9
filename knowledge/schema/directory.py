"""The directory: consulates and other places of help, how to reach them, and the words by which people ask for them."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field, StringConstraints

from knowledge.schema.base import Confidence, Country, Frozen, PartialDate, Slug, Text, Words
from knowledge.schema.facts import Contact, ContactKind, Fact, Serves
from knowledge.schema.topics import People

RegionId = Annotated[str, StringConstraints(pattern=r"^(US|CA|MX)-[A-Z]{2,3}$")]
"""Country and state or province: `US-TX`, `CA-ON`, `MX-MIC`; `US-ANY` is the whole country."""
WHOLE = "ANY"
CONSULATE = "consulate"
"""The kind of place that is meant where no other is asked for."""
Told = Literal["address", "phone", "hours", "guard", "page"]
"""What a person is told of a place, besides its name."""
DIALLED_FROM = ("US", "CA")
_NORTH_AMERICAN = 10
"""Digits of a number behind the 1 of the United States and Canada."""


class Region(Frozen):
    """A state or province, by which towns of one name are told apart."""

    id: RegionId
    name: Words
    said: tuple[Text, ...] = ()
    """How people write it besides its name."""
    geonames: Text | None = None
    """Its code in GeoNames; None = the letters of its id."""

    @property
    def country(self) -> str:
        """ISO code."""
        return self.id.partition("-")[0]

    @property
    def letters(self) -> str:
        """`TX`, as written behind a town."""
        return self.id.partition("-")[2]

    def holds(self, region_id: str) -> bool:
        """Whether a place of that region lies in this one."""
        return region_id == self.id or (self.letters == WHOLE and region_id.startswith(f"{self.country}-"))


class Listed(Frozen):
    """One value of a consulate, with where and when it was read."""

    value: Text
    sources: tuple[Text, ...] = ()
    as_of: PartialDate | None = None
    seen: date
    valid_until: date | None = None
    confidence: Confidence


class Consulate(Frozen):
    """One consulate; what may be said of it becomes facts and contacts, `consulmex-houston-address` and the like."""

    id: Slug
    city: Text
    region: RegionId
    geonames: int
    """The town in GeoNames, from which distances are counted."""
    said: tuple[Text, ...] = Field(min_length=1)
    """How people write the town."""
    name: Words
    page: Listed
    address: Listed | None = None
    phone: Listed | None = None
    guard: Listed | None = None
    """Answered outside office hours, in emergencies."""
    email: Listed | None = None
    covers: Listed | None = None
    """For editors: which counties it serves, in English."""
    notes: Text | None = None
    """For editors only."""
    sources: ClassVar[tuple[Text, ...]] = ()
    """Each value has its own."""
    people: ClassVar[tuple[People, ...]] = ()
    about: ClassVar[Words | None] = None
    call_first: ClassVar[bool] = False
    more: ClassVar[str] = ""

    @property
    def country(self) -> str:
        """ISO code."""
        return self.region.partition("-")[0]

    def told(self, what: Told) -> str | None:
        """The id of the fact or contact; None where nothing may be said. A page is named whatever its confidence."""
        listed: Listed | None = getattr(self, what, None)
        if listed is None or (listed.confidence is Confidence.LOW and what != "page"):
            return None
        return f"{self.id}-{what}"

    def facts(self) -> Iterator[Fact]:
        """Page and address, as far as they may be said."""
        for what, listed, words in (("page", self.page, "Página"), ("address", self.address, "Dirección")):
            if listed is not None and (fact_id := self.told(what)):  # type: ignore[arg-type]
                states = f"{words} del {self.name.es}: {listed.value}"
                yield Fact(id=fact_id, states=states, **_dated(listed))

    def contacts(self) -> Iterator[Contact]:
        """Switchboard and guard line, as far as they may be said."""
        lines = (
            ("phone", self.phone, Words(es="teléfono", en="phone")),
            ("guard", self.guard, Words(es="línea de guardia", en="emergency line")),
        )
        for what, listed, words in lines:
            if listed is not None and (contact_id := self.told(what)):  # type: ignore[arg-type]
                yield Contact(
                    id=contact_id,
                    kind=ContactKind.PHONE,
                    name=Words(es=f"{words.es} del {self.name.es}", en=f"{self.name.en}, {words.en}"),
                    dial=grouped(listed.value),
                    works_from=DIALLED_FROM,
                    serves=Serves.MEXICANS,
                    lifeline=what == "guard",
                    **_dated(listed),
                )


class HelpPlace(Frozen):
    """One place of help; its values are facts and contacts, by id, each with its sources and date."""

    id: Slug
    name: Words
    geonames: int
    """Its town in GeoNames, from which distances are counted: no place has a point of its own."""
    said: tuple[Text, ...] = ()
    """How people write the town, where GeoNames writes it otherwise."""
    about: Words | None = None
    """Whom it takes, in a few words."""
    sources: tuple[Slug, ...] = Field(min_length=1)
    """The facts that say that it is there: the newest tells its age, and without any of them it is not named."""
    address: Slug | None = None
    phone: Slug | None = None
    hours: Slug | None = None
    call_first: bool = False
    own_pages: tuple[Text, ...] = ()
    """Beginnings of its own pages' addresses: a shelter has an address only from them."""
    people: tuple[People, ...] = ()
    """Whom it serves, where that is not everybody."""
    more: Slug | Literal[""] = ""
    """The topic that tells more of it."""
    refuge_for_women: bool = False
    """Its address is never written down here."""

    def told(self, what: Told) -> str | None:
        """The id of the fact or contact."""
        told: str | None = getattr(self, what, None)
        return told


class Instead(Frozen):
    """The section that is told in a region or country."""

    where: RegionId | Country
    section: Text


class PlaceKind(Frozen):
    """Places of one kind: by which words they are asked for, how they are told, and what is said where none is near."""

    id: Slug
    title: Words
    """`Albergues`."""
    answers: tuple[Text, ...] = Field(min_length=1)
    """Sections (`topic/section`) of which a town alone goes on; the first has the credit, and is said of none near."""
    instead: tuple[Instead, ...] = ()
    """What is told of what is never listed."""
    asked: tuple[Text, ...] = ()
    """Words by which it is asked for, whole."""
    done: tuple[Text, ...] = ()
    """Words for what is done there: they ask for it only beside "where"."""
    unless: tuple[Text, ...] = ()
    """Words that mean something else."""
    countries: tuple[Country, ...]
    at_consulates: bool = False
    """They are the consulates, or are inside of them."""
    told: tuple[Told, ...]
    shown: int = 1
    reach: int | None = None
    """Kilometres beyond which none is near."""
    fresh_months: int | None = None
    """An address older than so many months is not said."""
    before: Words | None = None
    """Said in front of what is told of it."""
    missing: Words | None = None
    """Said where neither address nor phone is told."""
    do: Words
    then: tuple[Slug, ...] = ()
    """Topics that are offered under it."""
    ask: tuple[Slug, ...] = ()
    """Contacts where an old value is confirmed."""
    places: tuple[HelpPlace, ...] = ()

    def is_told_by(self, topic: str) -> bool:
        """Whether one of its sections is of that topic."""
        return any(one.startswith(f"{topic}/") for one in self.answers)


def _dated(listed: Listed) -> dict[str, object]:
    return listed.model_dump()


def grouped(number: str) -> str:
    """A number of the United States or Canada as people there write it: `713 271 6800`."""
    digits = number.removeprefix("+1")
    return f"{digits[:3]} {digits[3:6]} {digits[6:]}" if len(digits) == _NORTH_AMERICAN else number


class Ask(StrEnum):
    """What is asked about a consulate."""

    WHERE = "where"
    NEAR = "near"
    MINE = "mine"
    PHONE = "phone"
    GUARD = "guard"
    ADDRESS = "address"
    PAGE = "page"
    HOURS = "hours"


class DirectoryWords(Frozen):
    """How people ask for a consulate, and what the directory leads on to."""

    covers: Slug
    """The catalogue row that an answer covers; the topic with a section for it is answered."""
    appointments: Slug
    """The topic that says how to book."""
    abroad: Slug
    """The fact with the official list, for other countries."""
    sections_abroad: dict[Country, Slug] = {}
    """By country, the section of the topic that it covers with what is known of embassies and consulates there."""
    refuge: Slug
    """The topic for who fears their government, and is sent to no consulate."""
    in_mexico: Slug
    """The topic of the ministry's offices inside Mexico."""
    credit: Slug
    """The fact that names where towns and distances come from."""
    business: tuple[Slug, ...]
    """Topics whose business is done at a consulate, and does not come to places of its own."""
    others_consulates: tuple[Slug, ...] = ()
    """Topics that send people to another country's consulate."""
    consulate: tuple[Text, ...]
    embassy: tuple[Text, ...]
    """Counts as a consulate; where the two differ, a consulate is meant only in a town that has one."""
    ours: tuple[Text, ...]
    """Words that say that it is Mexico's."""
    others_offices: tuple[Text, ...]
    """Names of another country's consulate."""
    others: tuple[Text, ...]
    """Words for people and things of another country."""
    asks: dict[Ask, tuple[Text, ...]]
    elsewhere: dict[Country, tuple[Text, ...]]
    """Large towns of other countries; a town of ours only with a state behind it."""
    not_towns: tuple[Text, ...]
    """Names of towns that mean something else, unless a state says otherwise, or a preposition of a large one."""
    filler: tuple[Text, ...]
    left: tuple[Text, ...] = ()
    """How the words end before a place where the person is not: born there, gone from there, or denied."""
    before_a_place: tuple[Text, ...]
    between: tuple[Text, ...]
    """Words between a consulate and whose it is."""
    begins_a_name: tuple[Text, ...]
    """Words that may be the first of a name that is misspelt behind them."""
    in_capitals: dict[str, Text] = {}
    """Short names that count only in capitals."""
