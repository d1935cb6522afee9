"""What the editors may see of a phrase."""

import time

import pytest

from bot.storage.masking import MAX_PHRASE, masked

TABLE = [
    ("¿dónde saco el pasaporte?", "¿dónde saco el pasaporte?"),
    ("el 911 no contesta", "el 911 no contesta"),
    ("en 2018 me fui, tengo 3 hijos", "en 2018 me fui, tengo 3 hijos"),
    ("código 1234", "código 1234"),
    ("mi código es 12345", "mi código es [número]"),
    ("llame al 5512345678 ya", "llame al [número] ya"),
    ("llame al 55 1234 5678", "llame al [número]"),
    ("+1 (520) 623-7874.", "+[número]."),
    ("55-12-34-56-78", "[número]"),
    ("55\u00a01234\u20115678", "[número]"),
    ("5\u200b5\u200b1\u200b2\u200b3", "[número]"),
    ("55.12.34.56 y 5 más", "[número] y 5 más"),
    ("A-123-456-789", "A-[número]"),
    ("pasaporte G12345678", "pasaporte [número]"),
    ("nací el 12/05/1990", "nací el [número]"),
    ("٥٥١٢٣٤", "[número]"),
    ("juan.perez@mail.com es mi correo", "[correo] es mi correo"),
    ("escriba a juan @ mail.com", "escriba a [correo]"),
    ("juan arroba mail punto com", "[correo] punto com"),
    ("juan(at)mail.com", "[correo]"),
    ("j12345@mail.com", "[correo]"),
    ("mi curp PEGJ900512HDFRRN09 gracias", "mi curp [CURP] gracias"),
    ("pegj900512hdfrrn09", "[CURP]"),
    ("PEGJ 900512 HDFRRN 09", "[CURP]"),
    ("PEGJ900512MDFRRNA1", "[CURP]"),
]


@pytest.mark.parametrize(("phrase", "kept"), TABLE)
def test_numbers_mails_and_curp_are_masked(phrase: str, kept: str) -> None:
    assert masked(phrase) == kept


def test_a_long_phrase_is_cut_only_after_it_was_masked() -> None:
    assert masked("a " * 248 + "5512345678").endswith("a [núm")
    assert len(masked("hola " * 1000)) == MAX_PHRASE


@pytest.mark.parametrize("unit", ["a", "1a", "1 ", "a@", "_", "A1-", " ", "abcd123456"])
def test_no_text_takes_long(unit: str) -> None:
    began = time.perf_counter()
    masked(unit * (200_000 // len(unit)))
    assert time.perf_counter() - began < 2
