"""Which source stands under an answer: one, by its institution, its date and its address."""

from dataclasses import replace

import pytest

from knowledge.citing import shown, source_line
from knowledge.institutions import whose
from knowledge.model import Knowledge
from knowledge.schema.base import LANGS
from knowledge.schema.institutions import Institution, SourceKind

PLACES = {
    SourceKind.AUTHORITY: {"gob.mx": "Gobierno", "gob.mx/sre": "SRE", "uscis.gov": "USCIS"},
    SourceKind.INTERNATIONAL: {"un.org": "ONU"},
    SourceKind.CIVIL: {"help.mx": "Casa"},
    SourceKind.PRESS: {"news.pe": "Diario", "other.mx": "Otro"},
    SourceKind.COPY: {"scribd.com/cndh": "CNDH"},
    SourceKind.PAGE: {"blog.net": "un blog"},
    SourceKind.ENFORCEMENT: {"cbp.gov": "CBP", "ice.gov": "ICE"},
}
LONGEST = 13
"""Words of a line, "Fuente:" and its date among them, before the address."""


def holding(knowledge: Knowledge, *cited: tuple[str, ...]) -> Knowledge:
    """Facts f0, f1 … that each name these addresses, the last word of each being its date, empty = none."""
    first = next(iter(knowledge.facts.values()))
    facts = {
        f"f{n}": first.model_copy(
            update={"id": f"f{n}", "sources": tuple(f"https://{page}" for page in pages), "as_of": on or None}
        )
        for n, (*pages, on) in enumerate(cited)
    }
    places = {
        kind: {place: Institution(es=name, en=name) for place, name in names.items()} for kind, names in PLACES.items()
    }
    return replace(knowledge, facts=facts, institutions=places)


def line(knowledge: Knowledge, *cited: tuple[str, ...]) -> str:
    known = holding(knowledge, *cited)
    return source_line(known.facts, known, "es")


@pytest.mark.parametrize(
    ("cited", "said"),
    [
        ([("news.pe", "www.gob.mx/sre/a", "2024")], "Fuente: SRE, 2024: https://www.gob.mx/sre/a"),
        ([("news.pe", "2026"), ("uscis.gov", "2020-05")], "Fuente: USCIS, mayo de 2020: https://uscis.gov"),
        ([("uscis.gov", "2020"), ("press.un.org/x", "2024")], "Fuente: ONU, 2024: https://press.un.org/x"),
        ([("news.pe", "2026"), ("help.mx", "2019")], "Fuente: Casa, 2019: https://help.mx"),
        ([("scribd.com/cndh/1", "2026"), ("other.mx", "2011")], "Fuente: Otro, 2011: https://other.mx"),
        ([("scribd.com/cndh/1", "2019")], "Fuente: CNDH (copia), 2019: https://scribd.com/cndh/1"),
        ([("cbp.gov", "2026"), ("blog.net", "2011")], "Fuente: un blog, 2011: https://blog.net"),
        (
            [("uscis.gov", "2026-03"), ("gob.mx/a", "2026-01"), ("gob.mx/a", "2026-01")],
            "Fuente: Gobierno, enero de 2026: https://gob.mx/a",
        ),
        (
            [("news.pe/2026/03/03/pasaporte", "gob.mx/a", "2026-03-03")],
            "Fuente: Gobierno, página sin fecha: https://gob.mx/a",
        ),
        ([("gob.mx/a", "")], "Fuente: Gobierno, página sin fecha: https://gob.mx/a"),
        ([("nobody.org/a", "2020")], "Fuente: página de nobody.org, 2020: https://nobody.org/a"),
    ],
)
def test_the_newest_of_the_best_standing(cited: list[tuple[str, ...]], said: str, tiny: Knowledge) -> None:
    assert line(tiny, *cited) == said


@pytest.mark.parametrize(
    ("cited", "date"),
    [
        ([("gob.mx/a", ""), ("uscis.gov", "2024")], "2024"),
        ([("gob.mx/a", ""), ("uscis.gov", "2014")], None),
    ],
)
def test_a_page_without_a_date_goes_before_old_ones_only(
    cited: list[tuple[str, ...]], date: str | None, tiny: Knowledge
) -> None:
    known = holding(tiny, *cited)
    assert shown(known.facts, known).on == date


def test_a_contact_is_no_source_beside_a_fact(tiny: Knowledge) -> None:
    assert "Diario Ejemplo" in source_line(["help-mx"], tiny, "es")
    assert "Diario Ejemplo" not in source_line(["help-mx", "report-2018#a"], tiny, "es")
    assert "Oficina de Ejemplo" not in source_line(["help-us", "report-2018#a"], tiny, "es")


@pytest.mark.parametrize(
    ("address", "name", "kind", "of"),
    [
        ("https://web.archive.org/web/20170125000412/https://gob.mx/sre/a", "SRE", SourceKind.COPY, "2017-01"),
        ("http://eot.us.archive.org/eot/20130220000412mp_/http:/x.ice.gov/b", "ICE", SourceKind.ENFORCEMENT, "2013-02"),
        ("https://news.pe/20170125000412/nota", "Diario", SourceKind.PRESS, None),
    ],
)
def test_what_an_archive_keeps_is_the_originals_with_its_own_date(
    address: str, name: str, kind: SourceKind, of: str | None, tiny: Knowledge
) -> None:
    found = whose(address, holding(tiny))
    assert found is not None
    assert (found.names.es, found.kind, found.of) == (name, kind, of)


def test_a_page_with_a_date_of_its_own_keeps_it(tiny: Knowledge) -> None:
    first = next(iter(tiny.facts.values()))
    copied = first.model_copy(update={"sources": ("https://copies.example.com/report/1",), "as_of": "2026-01"})
    known = replace(tiny, facts={"f0": copied})
    assert source_line(["f0"], known, "es").startswith("Fuente: Informe de la Oficina (copia), 2017: ")


def test_a_consulate_is_named_by_its_own_page(knowledge: Knowledge) -> None:
    found = whose("https://consulmex.sre.gob.mx/dallas/index.php/avisos", knowledge)
    assert found is not None
    assert (found.names.es, found.kind) == ("Consulado General de México en Dallas", SourceKind.AUTHORITY)


def test_every_line_names_an_institution_in_a_few_words(knowledge: Knowledge) -> None:
    wrong: list[str] = []
    for topic in knowledge.topics.values():
        for section in topic.sections:
            cited = shown(section.sources, knowledge)
            spoken = [source_line(section.sources, knowledge, lang).partition(": http")[0] for lang in LANGS]
            long = any(len(words.split()) > LONGEST for words in spoken)
            if long or cited.names is None or cited.kind is SourceKind.ENFORCEMENT:
                wrong.append(f"{topic.id}/{section.id}: {spoken}")
    assert wrong == []
