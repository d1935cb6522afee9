"""Which source stands under an answer: one, by its institution, its date and its address."""

from dataclasses import replace

import pytest

from knowledge.citing import shown, source_line, source_list
from knowledge.institutions import whose
from knowledge.model import Knowledge
from knowledge.page_dates import date_of
from knowledge.schema.base import LANGS
from knowledge.schema.facts import Document
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


def holding(knowledge: Knowledge, *cited: tuple[str, ...], states: tuple[str, ...] = ()) -> Knowledge:
    """Facts f0, f1 … that each name these addresses, the last word of each being its date, empty = none."""
    first = next(iter(knowledge.facts.values()))
    facts = {
        f"f{n}": first.model_copy(
            update={
                "id": f"f{n}",
                "sources": tuple(f"https://{page}" for page in pages),
                "as_of": on or None,
                "states": states[n] if states else first.states,
            }
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


FEE = "El trámite cuesta diez dólares en cualquier consulado."
SIDE = "La funeraria manda el cuerpo en avión."


@pytest.mark.parametrize(
    ("said", "cited"),
    [
        ("Cuesta diez dólares en el consulado. La funeraria avisa.", "https://news.pe/fee"),
        ("Lleve {f1}. El trámite cuesta diez dólares en cualquier consulado.", "https://gob.mx/sre/side"),
        ("Según un informe de 2018, nadie lo sabe. Cuesta diez dólares.", ""),
        ("No. Según un informe de 2018, nadie lo sabe. Cuesta diez dólares.", ""),
        ("Cuesta diez dólares en cualquier consulado. Según un informe de 2018, más.", "https://news.pe/fee"),
        ("Eso no lo dice nadie.", "https://gob.mx/sre/side"),
    ],
)
def test_what_backs_the_first_sentences_goes_before_what_stands_higher(said: str, cited: str, tiny: Knowledge) -> None:
    known = holding(tiny, ("news.pe/fee", "2026"), ("gob.mx/sre/side", "2026"), states=(FEE, SIDE))
    assert shown(("report-2018#a", *known.facts), known, said).address == cited


def test_of_facts_that_back_alike_the_better_standing(tiny: Knowledge) -> None:
    known = holding(tiny, ("news.pe/fee", "2026"), ("gob.mx/a", "2019"), states=(FEE, FEE))
    assert shown(known.facts, known, "Cuesta diez dólares.").address == "https://gob.mx/a"


def test_an_enforcement_agency_does_not_stand_under_what_it_alone_backs(tiny: Knowledge) -> None:
    known = holding(tiny, ("cbp.gov", "2026"), ("news.pe", "2011"), states=(FEE, SIDE))
    assert shown(known.facts, known, "Cuesta diez dólares.").address == "https://news.pe"


def test_a_far_embassy_or_a_page_that_few_can_read_comes_last(tiny: Knowledge) -> None:
    known = holding(tiny, ("uscis.gov/ru/1", "news.pe/a", "2026"))
    far = Institution(es="USCIS", en="USCIS", last=True)
    known = replace(known, institutions={**known.institutions, SourceKind.AUTHORITY: {"uscis.gov/ru": far}})
    assert shown(known.facts, known).address == "https://news.pe/a"


@pytest.mark.parametrize(
    ("pages", "as_of", "dates"),
    [
        (("news.pe/nid27122025", "gob.mx/a"), "2025-12-27", ["2025-12-27", None]),
        (("news.pe/nid27122025", "other.mx/2023/10/b"), "2025-12-27", ["2025-12-27", "2023-10"]),
        (("news.pe/2017/03/x", "other.mx/x-20180214-1"), "2025", ["2017-03", "2018-02-14"]),
        (("news.pe/2025/9/2/x", "gob.mx/a"), "2025-09-03", ["2025-09-02", "2025-09-03"]),
        (("news.pe/2025/09/x", "gob.mx/a"), "2025-09-03", ["2025-09-03", None]),
        (("news.pe/359250", "gob.mx/a"), "2025-09-03", ["2025-09-03", "2025-09-03"]),
        (("uscis.gov/2024/0908.11", "gob.mx/a"), "2025-09-03", ["2025-09-03", "2025-09-03"]),
        (("news.pe/2018/02/x",), "2025", ["2025"]),
        (("news.pe/2018/02/x",), "", ["2018-02"]),
    ],
)
def test_a_date_is_not_lent_to_a_page_of_another(
    pages: tuple[str, ...], as_of: str, dates: list[str | None], tiny: Knowledge
) -> None:
    known = holding(tiny, (*pages, as_of))
    assert [date_of(f"https://{page}", known.facts["f0"], known) for page in pages] == dates


def test_a_page_has_the_date_that_it_has_where_it_is_cited_alone(tiny: Knowledge) -> None:
    cited = [("news.pe", "gob.mx/a", "gob.mx/b", "2025"), ("gob.mx/a", ""), ("gob.mx/b", "uscis.gov", "2019")]
    known = holding(tiny, *cited)
    assert [date_of(one, known.facts["f0"], known) for one in known.facts["f0"].sources] == ["2025", None, None]


def test_a_page_that_is_known_to_show_no_date_has_none(tiny: Knowledge) -> None:
    known = holding(tiny, ("gob.mx/a", "2026"))
    page = Institution(es="Gobierno", en="Gobierno", undated=True)
    known = replace(known, institutions={SourceKind.AUTHORITY: {"gob.mx/a": page}})
    assert shown(known.facts, known).on is None


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


def test_a_document_with_an_address_is_shown_with_it(tiny: Knowledge) -> None:
    assert source_line(["report-2018#a"], tiny, "es") == "Fuente: Gobierno de México, informe, 2018"
    report = tiny.documents["report-2018"].model_copy(update={"address": "https://gob.mx/report"})
    known = replace(tiny, documents={"report-2018": report})
    assert (
        source_line(["report-2018#a"], known, "es")
        == "Fuente: Gobierno de México, informe, 2018: https://gob.mx/report"
    )
    assert source_list(["report-2018#a"], known, "en") == "Government of Mexico, report, 2018: https://gob.mx/report"


def test_the_address_of_a_document_is_a_page(tiny: Knowledge) -> None:
    report = tiny.documents["report-2018"].model_dump()
    with pytest.raises(ValueError, match="address"):
        Document.model_validate(report | {"address": "gob.mx/report"})


def test_a_consulate_is_named_by_its_own_page(knowledge: Knowledge) -> None:
    found = whose("https://consulmex.sre.gob.mx/dallas/index.php/avisos", knowledge)
    assert found is not None
    assert (found.names.es, found.kind) == ("Consulado General de México en Dallas", SourceKind.AUTHORITY)


def test_every_line_names_an_institution_in_a_few_words(knowledge: Knowledge) -> None:
    wrong: list[str] = []
    for topic in knowledge.topics.values():
        for section in topic.sections:
            cited = shown(section.sources, knowledge, section.text.es)
            lines = (source_line(section.sources, knowledge, lang, section.text.es) for lang in LANGS)
            spoken = [line.partition(": http")[0] for line in lines]
            long = any(len(words.split()) > LONGEST for words in spoken)
            if long or cited.names is None or cited.kind is SourceKind.ENFORCEMENT:
                wrong.append(f"{topic.id}/{section.id}: {spoken}")
    assert wrong == []


def test_an_editor_may_name_the_source_of_a_section(knowledge: Knowledge) -> None:
    waiver = next(one for one in knowledge.topics["diagnostico-migratorio"].sections if one.id == "waiver")
    assert waiver.cited == ("waiver-601a",)
    with pytest.raises(ValueError, match="none of its sources"):
        waiver.model_validate(waiver.model_dump() | {"cite": "pale-phone"})
