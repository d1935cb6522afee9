"""The closing figures: what there is, and which answers rest on the weakest sources."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from knowledge.brevity import ANSWER
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from knowledge.schema.institutions import SourceKind
from knowledge.stats import brevity, least_trusted, old_years, stats

TODAY = date(2026, 11, 20)
TELL_AN_OLD_YEAR = 63
"""First answers that may: history nobody asked for stands in a section of its own. It only falls."""
AT_MOST = {
    **{"over 20 (es)": 29, "over 25 (es)": 0, "over 20 (en)": 21, "over 25 (en)": 0},
    **{"first answers over 90 (es)": 0, "sections over 90 (es)": 4, "short forms over 35 (es)": 0},
    **{"first answers over 90 (en)": 0, "sections over 90 (en)": 6, "short forms over 35 (en)": 0},
    **{"sections that did not find a thing (es)": 36, "sections that did not find a thing (en)": 53},
}
"""What `kb stats` counts with values in full, on December 1, 2026. It only falls, but with new sections their gaps."""


def test_every_fact_contact_and_topic_is_counted_once(knowledge: Knowledge) -> None:
    counted = stats(knowledge, TODAY)
    for heading, register in (("facts", knowledge.facts), ("contacts", knowledge.contacts)):
        for name in (name for name in counted if name.startswith(heading)):
            assert sum(counted[name].values()) == len(register), name
    assert counted["answers"]["topics"] + counted["answers"]["cards"] == len(knowledge.topics)


def test_every_answer_has_one_source_of_one_kind_never_a_bare_host(knowledge: Knowledge) -> None:
    counted = stats(knowledge, TODAY)
    answers = counted["answers"]
    for heading, total in (
        ("source line of a first answer", answers["topics"] + answers["cards"]),
        ("source line of a section", answers["sections"]),
    ):
        lines = counted[heading]
        assert sum(lines[kind] for kind in SourceKind) == total
        assert (lines["bare host"], lines["enforcement"]) == (0, 0)
        assert 0 < lines["undated"] < total


def test_the_most_doubtful_answer_comes_first_and_says_why(knowledge: Knowledge) -> None:
    least = least_trusted(knowledge, TODAY, 20)
    assert [one.doubt for one in least] == sorted((one.doubt for one in least), reverse=True)
    assert all("low" in one.reason or "medium" in one.reason or "20" in one.reason for one in least)


def test_few_first_answers_tell_an_old_year(knowledge: Knowledge) -> None:
    assert old_years(knowledge, date(2000, 1, 1)) < old_years(knowledge, TODAY) <= TELL_AN_OLD_YEAR


def test_words_are_counted_with_every_value_in_full(tiny: Knowledge, edit: Callable[[str, str, str], Path]) -> None:
    assert brevity(tiny, TODAY)["sections over 90 (es)"] == 0
    longer = load_knowledge(edit("content/facts/all.yaml", "{es: 41 dólares,", f"{{es: 41 dólares{' más' * ANSWER},"))
    assert brevity(longer, TODAY)["sections over 90 (es)"] == 1


def test_what_is_too_long_to_read_at_once_only_falls(knowledge: Knowledge) -> None:
    counted = brevity(knowledge, TODAY)
    assert {name: counted[name] for name, most in AT_MOST.items() if counted[name] > most} == {}
