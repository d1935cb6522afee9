"""Where a text is cut into sentences."""

import pytest

from knowledge.brevity import sentences

CUT: tuple[tuple[str, list[str]], ...] = (
    ("Hay en la capital (D. C.). Arizona no.", ["Hay en la capital (D. C.).", "Arizona no."]),
    ("Somos A. C. y pedimos la clave. Es gratis.", ["Somos A. C. y pedimos la clave.", "Es gratis."]),
    ("Diga «soy solicitante.» Guarde copia.", ["Diga «soy solicitante.»", "Guarde copia."]),
    ("Sale de EE. UU. con visa U. En 2025 cambió.", ["Sale de EE. UU. con visa U.", "En 2025 cambió."]),
)


@pytest.mark.parametrize(("text", "parts"), CUT)
def test_initials_end_no_sentence_and_quotes_stay_with_theirs(text: str, parts: list[str]) -> None:
    assert sentences(text) == parts
