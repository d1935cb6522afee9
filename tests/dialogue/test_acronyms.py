"""Our own answers put plain words behind an acronym that nothing else explains."""

import pytest

from knowledge.model import Knowledge
from knowledge.plain_words import in_plain_words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Pregunte a la SRE, y otra vez a la SRE.", "Pregunte a la SRE (Relaciones Exteriores), y otra vez a la SRE."),
        ("Lo ve migración (INM) o el INM.", "Lo ve migración (INM) o el INM."),
        ("Llame a la CNDH (Comisión Nacional de los Derechos Humanos).", None),
        ("ACNUR, la agencia de la ONU, orienta.", None),
        ("Vea https://www.gob.mx/SRE-citas y la pista SREX.", None),
    ],
)
def test_once_and_only_where_it_is_bare(text: str, said: str | None, knowledge: Knowledge) -> None:
    assert in_plain_words([text], "", knowledge, "es") == [said or text]


def test_what_the_title_explains_is_left_alone(knowledge: Knowledge) -> None:
    assert in_plain_words(["Ask the SRE."], "SRE (Foreign Ministry) offices", knowledge, "en") == ["Ask the SRE."]


def test_english_has_its_own_words(knowledge: Knowledge) -> None:
    assert in_plain_words(["The SRE.", "Ask the SRE."], "", knowledge, "en") == [
        "The SRE (Mexico's Foreign Ministry).",
        "Ask the SRE.",
    ]
