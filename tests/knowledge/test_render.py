"""From `{id}` to what a person reads."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from knowledge.addresses import contact_names, put
from knowledge.citing import age_note, source_line, source_list
from knowledge.model import Knowledge
from knowledge.render import answer, fill
from knowledge.schema.base import Lang
from knowledge.wording import country, listed, month

LATER = date(2028, 1, 1)


def changed(knowledge: Knowledge, contact_id: str, **changes: Any) -> Knowledge:
    contact = knowledge.contacts[contact_id].model_copy(update=changes)
    return replace(knowledge, contacts={**knowledge.contacts, contact_id: contact})


@pytest.mark.parametrize(
    ("text", "es", "en"),
    [
        (
            "{help-us}",
            "1 520 555 0123 (desde Estados Unidos y Canadá)",
            "1 520 555 0123 (from the United States and Canada)",
        ),
        ("{help-mx}", "077 (desde México)", "077 (from Mexico)"),
        (
            "{help-mx-chat}",
            "55 5555 0199 (WhatsApp, desde México u otro país)",
            "55 5555 0199 (WhatsApp, from Mexico or another country)",
        ),
        ("{help-web}", "https://help.example.org", "https://help.example.org"),
        ("{weak}", "la oficina local", "the local office"),
        ("{emergency-911}", "911 (Estados Unidos, Canadá y México)", "911 (United States, Canada, and Mexico)"),
        ("{emergency}", "911 (Estados Unidos, Canadá y México)", "911 (United States, Canada, and Mexico)"),
        ("{card-fee}", "41 dólares", "41 dollars"),
        ("{card-week}", "la primera semana", "la primera semana"),
        ("a {card-fee}, b {help-mx}", "a 41 dólares, b 077 (desde México)", "a 41 dollars, b 077 (from Mexico)"),
        ("nothing", "nothing", "nothing"),
    ],
)
def test_values(tiny: Knowledge, today: date, text: str, es: str, en: str) -> None:
    assert fill(text, tiny, "es", today).text == es
    assert fill(text, tiny, "en", today).text == en


def test_a_number_that_works_anywhere_has_no_label(tiny: Knowledge, today: date) -> None:
    assert fill("{help-mx}", changed(tiny, "help-mx", works_from=("*",)), "es", today).text == "077"


def test_the_emergency_number_of_the_country(tiny: Knowledge, today: date) -> None:
    filled = fill("Llame al {emergency}.", tiny, "es", today, emergency="911")
    assert (filled.text, filled.used) == ("Llame al 911.", ())


def test_what_was_used(tiny: Knowledge, today: date) -> None:
    filled = fill("{card-fee} {help-us} {weak} {card-fee} {emergency}", tiny, "es", today)
    assert [item.id for item in filled.used] == ["card-fee", "help-us", "emergency-911"]


def test_withdrawn(tiny: Knowledge, today: date) -> None:
    assert not fill("{card-week}", tiny, "es", today).withdrawn
    assert fill("{card-fee} {card-week}", tiny, "es", LATER).withdrawn
    assert not fill("{card-fee}", tiny, "es", LATER).withdrawn


@pytest.mark.parametrize("text", ["{nothing}", "{card-is}", "{countries}"])
def test_what_cannot_be_filled(tiny: Knowledge, today: date, text: str) -> None:
    with pytest.raises(LookupError):
        fill(text, tiny, "es", today)


def test_shared_sentences() -> None:
    assert put("de {date} en {contacts}", {"date": "2018", "contacts": "{x}"}) == "de 2018 en {x}"
    with pytest.raises(KeyError):
        put("{date}", {})


def test_an_answer(tiny: Knowledge, today: date) -> None:
    card = tiny.topics["card"]
    assert answer(card, card.sections[0], tiny, "es", today).text == (
        "Según un informe de 2018, la credencial dice quién es usted.\n\n"
        "1. Haga una cita en https://help.example.org.\n2. Lleve 2 fotos.\n\nGuarde su credencial."
    )
    assert answer(card, card.sections[1], tiny, "en", today).text == (
        "It costs 41 dollars. Ask the local office.\n\nCall 1 520 555 0123 (from the United States and Canada)."
    )


def test_contacts_to_ask(tiny: Knowledge, today: date) -> None:
    assert contact_names(["help-mx", "weak"], tiny, "es", today) == "Línea Amiga: 077 (desde México) y la oficina local"
    ended = changed(tiny, "help-mx", valid_until=date(2026, 1, 1))
    assert contact_names(["help-mx", "weak"], ended, "es", today) == "la oficina local"
    assert contact_names(["help-mx"], ended, "es", today) == "Línea Amiga: 077 (desde México)"


@pytest.mark.parametrize(
    ("sources", "es", "en"),
    [
        (
            ["help-us"],
            "Fuente: Oficina de Ejemplo, agosto de 2025: https://www.example.org/line",
            "Source: Example Office, August 2025: https://www.example.org/line",
        ),
        (
            ["help-mx"],
            "Fuente: Diario Ejemplo, página sin fecha: https://news.example.com/077",
            "Source: Diario Ejemplo, undated page: https://news.example.com/077",
        ),
        (
            ["help-web"],
            "Fuente: Casa de Ayuda, 2024: https://help.example.org",
            "Source: House of Help, 2024: https://help.example.org",
        ),
        (
            ["report-2018#Credencial"],
            "Fuente: Gobierno de México, informe, 2018",
            "Source: Government of Mexico, report, 2018",
        ),
        (["card-is"], "Fuente: Gobierno de México, informe, 2018", "Source: Government of Mexico, report, 2018"),
        (
            ["report-2018#a", "help-us", "card-fee", "help-mx", "help-mx-chat", "card-is"],
            "Fuente: Oficina de Ejemplo, enero de 2026: https://www.example.org/fees",
            "Source: Example Office, January 2026: https://www.example.org/fees",
        ),
    ],
)
def test_the_line_of_sources(tiny: Knowledge, sources: list[str], es: str, en: str) -> None:
    assert source_line(sources, tiny, "es") == es
    assert source_line(sources, tiny, "en") == en


def test_the_list_of_sources(tiny: Knowledge) -> None:
    assert source_list(["card-is", "report-2018#Credencial", "card-fee", "help-mx"], tiny, "es").splitlines() == [
        "Oficina de Ejemplo, enero de 2026: https://www.example.org/fees",
        "página de example.net, enero de 2026: https://example.net/fees",
        "Diario Ejemplo, página sin fecha: https://news.example.com/077",
        "Gobierno de México, informe, 2018",
    ]


def test_fresh_values_have_no_age(tiny: Knowledge, today: date) -> None:
    used = fill("{card-fee} {help-us} {help-web}", tiny, "es", today).used
    assert age_note(used, ["help-us"], tiny, "es", today) == ""
    assert age_note([], ["help-us"], tiny, "es", LATER) == ""


@pytest.mark.parametrize(
    ("text", "lang", "note"),
    [
        (
            "{card-fee} {help-mx}",
            "es",
            "Este dato es de enero de 2026; confírmelo en Página Amiga: https://help.example.org.",
        ),
        (
            "{card-fee} {help-web}",
            "es",
            "Este dato es de 2024; confírmelo en Línea Amiga: 1 520 555 0123 (desde Estados Unidos y Canadá).",
        ),
        (
            "{help-mx}",
            "en",
            "This information was last seen in November 2026; confirm it with Friendly Page: https://help.example.org.",
        ),
    ],
)
def test_the_oldest_value_that_is_due(tiny: Knowledge, text: str, lang: Lang, note: str) -> None:
    ask = ["help-web"] if "help-web" not in text else ["help-web", "help-us"]
    assert age_note(fill(text, tiny, lang, LATER).used, ask, tiny, lang, LATER) == note


def test_an_old_number_is_confirmed_at_itself_where_there_is_no_other(tiny: Knowledge) -> None:
    note = age_note(fill("{help-mx}", tiny, "es", LATER).used, ["help-mx"], tiny, "es", LATER)
    assert note.endswith("confírmelo en Línea Amiga: 077 (desde México).")


def test_words() -> None:
    assert [month(m, "es") for m in ("2018", "2018-09", "2018-09-07")] == [
        "2018",
        "septiembre de 2018",
        "septiembre de 2018",
    ]
    assert month("2018-09-07", "en") == "September 2018"
    assert (country("US", "en"), country("US", "en", article=True), country("GT", "es")) == (
        "United States",
        "the United States",
        "Guatemala",
    )
    assert country("ZZZ", "es") == "ZZZ"
    assert listed(["a"], "es") == "a"
    for words, said in {
        ("Acta", "Identificación"): "Acta e Identificación",
        ("Acta", "Misión", "Informe"): "Acta, Misión e Informe",
        ("padres", "hijos"): "padres e hijos",
        ("agua", "hielo"): "agua y hielo",
        ("acta", "yeso"): "acta y yeso",
    }.items():
        assert listed(words, "es") == said
    assert listed(("Acta", "Informe"), "es", either=True) == "Acta o Informe"
    assert listed(("uno", "otro"), "es", either=True) == "uno u otro"
    assert listed(("deed", "ID"), "en") == "deed and ID"


@pytest.mark.parametrize(
    ("where", "reached"), [(None, False), ("US", False), ("PR", False), ("ES", True), ("MX", True)]
)
def test_who_is_elsewhere_reads_the_number_that_works_from_there(
    where: str | None, reached: bool, tiny: Knowledge, today: date
) -> None:
    known = changed(tiny, "help-us", elsewhere="help-mx-chat")
    said = fill("{help-us}", known, "es", today, country=where).text
    assert said == fill("{help-mx-chat}" if reached else "{help-us}", known, "es", today).text


def test_what_is_named_already_is_not_named_twice(tiny: Knowledge, today: date) -> None:
    known, both = changed(tiny, "help-us", elsewhere="help-mx-chat"), "{help-us} o {help-mx-chat}"
    assert fill(both, known, "es", today, country="ES") == fill(both, known, "es", today)
