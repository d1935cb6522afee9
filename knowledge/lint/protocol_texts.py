"""The texts of protocols and shared lines, and which of their clauses are said where."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.schema.base import Country
from knowledge.schema.protocols import Age, Clause, Says


@dataclass(frozen=True, slots=True)
class Texts:
    """One text: where it stands, which part of a protocol it is (`line` for a shared one), its clauses."""

    spot: Spot
    part: str
    says: Says


def shown(says: Iterable[Clause], country: Country | None) -> tuple[Clause, ...]:
    """The clauses said where only the country of the danger is known; of two for what was told, the untold one.

    Of two for who is near or far, the one for who is near.
    Of two for an age, the adult's: who asks for a minor's takes `to_a_minor` first.
    """
    return tuple(
        clause
        for clause in says
        if not (clause.told or clause.every or clause.far)
        and clause.age is not Age.MINOR
        and (country is None or not clause.countries or country in clause.countries)
    )


def texts_of(knowledge: Knowledge) -> Iterator[Texts]:
    """Every text that a protocol or a shared line says."""
    for protocol in knowledge.protocols.values():
        spot = Spot("protocols", protocol.id)
        for part in ("first", "first_minor", "other", "other_minor", "second", "brief"):
            if says := getattr(protocol, part):
                yield Texts(spot.at(part), part, says)
        for part in ("care", "care_other"):
            for number, care in enumerate(getattr(protocol, part)):
                yield Texts(spot.at(part, number, "says"), part, care.says)
        for part in ("ask", "ask_other"):
            if (ask := getattr(protocol, part)) is not None and ask.says:
                yield Texts(spot.at(part, "says"), part, ask.says)
    for name, says in knowledge.lines.said.items():
        yield Texts(Spot("lines", "lines", ("said", name)), "line", says)
    for country, steps in knowledge.lines.ladders.items():
        for number, says in enumerate(steps):
            yield Texts(Spot("lines", "lines", ("ladders", country, number)), "line", says)


def to_a_minor(says: Iterable[Clause]) -> Says:
    """The clauses as they are said to a writer under 18."""
    return tuple(
        clause.model_copy(update={"es": clause.tu or clause.es, "age": None})
        for clause in says
        if clause.age is not Age.ADULT
    )
