"""Which sources stand under an answer: an authority's where there is one, never a copy beside better."""

from dataclasses import replace

import pytest

from knowledge.citing import source_names
from knowledge.model import Knowledge


def line(knowledge: Knowledge, *cited: tuple[str, ...]) -> str:
    """The line for facts that each name these hosts, the last word of each being its date."""
    first = next(iter(knowledge.facts.values()))
    facts = {
        f"f{n}": first.model_copy(
            update={"id": f"f{n}", "sources": tuple(f"https://{host}/page" for host in hosts), "as_of": on}
        )
        for n, (*hosts, on) in enumerate(cited)
    }
    return source_names(facts, replace(knowledge, facts=facts), "en")


@pytest.mark.parametrize(
    ("cited", "named"),
    [
        ([("news.pe", "www.gob.mx", "2024")], ["gob.mx"]),
        ([("news.pe", "2026"), ("consulmex.sre.gob.mx", "2025")], ["consulmex.sre.gob.mx", "news.pe"]),
        ([("news.pe", "2026"), ("other.mx", "2025"), ("uscis.gov", "2020")], ["uscis.gov", "news.pe"]),
        ([("github.com", "2026"), ("other.mx", "2025")], ["other.mx"]),
        ([("github.com", "2026")], ["github.com"]),
        ([("news.pe", "2024"), ("other.mx", "2025")], ["other.mx", "news.pe"]),
    ],
)
def test_the_names_shown(cited: list[tuple[str, ...]], named: list[str], tiny: Knowledge) -> None:
    said = line(tiny, *cited).partition(": ")[2]
    assert [one.partition(",")[0] for one in said.split("; ")] == named
