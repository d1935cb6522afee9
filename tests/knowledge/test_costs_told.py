"""Sums and comparisons hide nothing: what is free, apart, hanging or without a price is named, and who knows."""

from datetime import date

import pytest

from knowledge.comparing import beside
from knowledge.telling_steps import Teller
from tests.support.content import content

TODAY = date(2026, 11, 29)
COSTS = [
    # procedure, answers, what is there, what the sum says, what it does not
    ("donee", {}, (), ["No se paga: Mandar la solicitud y", "pregunte en el portal del SAT"], []),
    ("ine-abroad", {}, (), ["No se paga: Pedir la cita", "(Acta de nacimiento: 20 USD)", "pregunte en INETEL"], []),
    ("ine-abroad", {"born": "yes"}, ("birth", "photo-id", "address"), ["No se paga"], ["documentos que le falten"]),
    ("body-home", {}, (), ["No se paga: Visar", "según el caso: Escoger dos funerarias"], []),
    ("return-mexico", {"now": "abroad"}, (), ["Dejar listo lo de allá"], ["mis fuentes no se paga"]),
    ("matricula", {}, (), ["41 USD. Sin contar los documentos que le falten."], []),
    ("child-passport", {}, (), ["Sin sumar: Pagar; el precio depende de su caso."], ["respuesta suya"]),
    ("unpaid-wages", {}, (), ["mis fuentes no se paga."], ["Sin contar"]),
]


@pytest.mark.parametrize(("procedure", "answers", "has", "held", "left"), COSTS)
def test_what_a_sum_leaves_out_is_named(
    procedure: str, answers: dict[str, str], has: tuple[str, ...], held: list[str], left: list[str]
) -> None:
    told = Teller(content().procedures[procedure], answers, has, content(), "es", TODAY).costs()
    assert all(one in told for one in held), told
    assert not any(one in told for one in left), told


@pytest.mark.parametrize("lang", ["es", "en"])
@pytest.mark.parametrize("procedure", content().procedures)
def test_side_by_side_no_line_is_silently_missing(procedure: str, lang: str) -> None:
    tell = Teller(content().procedures[procedure], {}, (), content(), lang, TODAY)
    told = beside(tell)
    heads = [tell.text(f"steps-{name}", told="") for name in ("door", "deadline", "price", "work")]
    assert all(f"• {head}" in told for head in heads), told


DOORS = [
    ("oas", "17th Street"),
    ("csw", "unwomen.org/en/csw/ngo-participation/registration"),
    ("ecosoc", "https://ecosoc.un.org/en/ngo"),
]


@pytest.mark.parametrize(("procedure", "door"), DOORS)
def test_the_door_is_where_one_enters_not_where_the_rules_are_read(procedure: str, door: str) -> None:
    told = beside(Teller(content().procedures[procedure], {}, (), content(), "es", TODAY))
    assert door in next(line for line in told.splitlines() if "Dónde se entra" in line)
