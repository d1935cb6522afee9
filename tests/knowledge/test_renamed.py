"""Ids of before: what a topic or section was called, and what it is called now."""

from datetime import date

import pytest

from knowledge.lint import was
from knowledge.model import Knowledge
from knowledge.renamed import called_now, renamed
from tests.support.content import renamed_content


@pytest.fixture(scope="module")
def moved() -> Knowledge:
    """The passport was called otherwise, its price too, and what another topic said of it was merged into that."""
    return renamed_content("pasaporte", ("passport",), "cost", ("price", "fees/passport"))


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("passport", "pasaporte"),
        ("passport/cost", "pasaporte/cost"),
        ("passport/price", "pasaporte/cost"),
        ("pasaporte/price", "pasaporte/cost"),
        ("fees/passport", "pasaporte/cost"),
        ("passport/gone", "pasaporte"),
        ("pasaporte/cost", "pasaporte/cost"),
        ("fees", "fees"),
        ("kind.heat/first", "kind.heat/first"),
    ],
)
def test_what_was_renamed_is_found(before: str, now: str, moved: Knowledge) -> None:
    assert called_now(before, moved) == now


def test_what_never_was_renamed_leads_nowhere(knowledge: Knowledge) -> None:
    assert set(renamed(knowledge).values()) <= {*knowledge.topics, *sections(knowledge)}


def test_two_cannot_have_been_the_same(moved: Knowledge) -> None:
    other = moved.topics["ciam"].model_copy(update={"was": ("passport",)})
    twice = moved.saying(topics={**moved.topics, "ciam": other})
    said = [str(problem) for problem in was.check(twice, date(2026, 11, 20))]
    assert any("'passport' became" in one for one in said)
    assert not [*was.check(moved, date(2026, 11, 20))]


def sections(knowledge: Knowledge) -> set[str]:
    return {f"{topic.id}/{section.id}" for topic in knowledge.topics.values() for section in topic.sections}
