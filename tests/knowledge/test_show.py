"""What an editor sees of an item."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.model import Knowledge
from knowledge.show import show

CARD = (
    "topic card: La credencial",
    "[what] Qué es",
    "1. Haga una cita en https://help.example.org.",
    "[cost] Costo\nCuesta 41 dólares. Pregunte en la oficina local.",
    "Oficina de Ejemplo, enero de 2026: https://www.example.org/fees",
    "[week] La semana",
)
VIOLENCE = (
    "reviewed by no professional yet",
    "[check] ¿Está usted a salvo",
    "llame al 911 (Estados Unidos, Canadá y México)",
    "→ protocol beating",
)
BEATING = (
    "level critical",
    "[first] Gracias por escribir. Marque {emergency}.",
    "[care 0] Vaya hoy",
    "[ask] ¿Está ahí",
)
WHERE = ("flow where: asked once", "- México → (speak-es)", "- Otro → Llame al 911")
EVENT = ("event csw71: CSW71", "status inferred", "there is no official date", "[deadline] 2027-01", "sequence 0")


@pytest.mark.parametrize(
    ("item", "parts"), [("card", CARD), ("violence", VIOLENCE), ("beating", BEATING), ("where", WHERE)]
)
def test_what_an_editor_sees(item: str, parts: tuple[str, ...], tiny: Knowledge, today: date) -> None:
    text = show(tiny, item, "es", today)
    assert [part for part in parts if part not in text] == []


def test_what_is_withdrawn_says_so(tiny: Knowledge, today: date) -> None:
    assert "withdrawn" not in show(tiny, "card", "es", today)
    assert "withdrawn" in show(tiny, "card", "es", date(2028, 1, 1))
    assert "Este dato es de agosto de 2025" in show(tiny, "card", "es", date(2028, 1, 1))


def test_a_fact_and_a_contact(tiny: Knowledge, today: date) -> None:
    assert show(tiny, "card-fee", "en", today).splitlines()[1:3] == [
        "41 dollars",
        "as of 2026-01-15, seen 2026-11-01, review by 2026-12-31, valid until no end known, confidence high: fresh",
    ]
    assert "withdrawn" in show(tiny, "card-week", "es", date(2027, 7, 1))
    assert "La credencial identifica" in show(tiny, "card-is", "es", today)
    assert "serves mexicans" in show(tiny, "help-mx", "es", today)
    assert "to be looked at again" in show(tiny, "help-mx", "es", date(2028, 1, 1))


def test_an_id_that_means_two_things(tiny: Knowledge, today: date) -> None:
    fact = tiny.facts["card-fee"].model_copy(update={"id": "card"})
    both = show(replace(tiny, facts={**tiny.facts, "card": fact}), "card", "es", today)
    assert both.startswith("topic card: ")
    assert "\nfact card: " in both


def test_nothing_of_that_name(tiny: Knowledge, today: date) -> None:
    with pytest.raises(LookupError, match="like it: card-fee"):
        show(tiny, "card-fees", "es", today)
    with pytest.raises(LookupError, match=r"^'xyz'$"):
        show(tiny, "xyz", "es", today)


def test_an_event(knowledge: Knowledge, today: date) -> None:
    text = show(knowledge, "csw71", "en", today)
    assert [part for part in EVENT if part not in text] == []
    assert "not in calendar.ics" in show(knowledge, "crm", "es", today)
    with pytest.raises(LookupError, match="csw71"):
        show(knowledge, "csw7", "es", today)
