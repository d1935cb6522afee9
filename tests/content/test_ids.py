"""Ids of topics and sections are a contract: one that ever was still leads somewhere, by `was` if by nothing else."""

from pathlib import Path

import pytest

from knowledge.model import Knowledge
from knowledge.renamed import called_now

IDS = Path(__file__).parents[1] / "data" / "ids.txt"


@pytest.fixture
def ids(knowledge: Knowledge) -> set[str]:
    return {f"{topic.id}/{section.id}" for topic in knowledge.topics.values() for section in topic.sections}


def test_no_id_goes_without_saying_what_it_became(
    ids: set[str], knowledge: Knowledge, request: pytest.FixtureRequest
) -> None:
    known = {*IDS.read_text(encoding="utf-8").split()}
    if request.config.getoption("--record"):  # only adds: what was an id once stays one
        IDS.write_text("\n".join(sorted(known | ids)) + "\n", encoding="utf-8")
    gone = {one for one in known - ids if called_now(one, knowledge) not in ids}
    assert not gone, "ids are a contract: write them under `was` where they are now (knowledge/README.md)"
    topics = {one.partition("/")[0] for one in known}
    assert not {one for one in topics if called_now(one, knowledge) not in knowledge.topics}, "the same, of topics"


def test_every_id_is_written_down(ids: set[str]) -> None:
    new = ids - {*IDS.read_text(encoding="utf-8").split()}
    assert not new, "write them down: pytest tests/content/test_ids.py --record"
