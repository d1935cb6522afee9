"""The loader lists every problem of every file at once, and gives one immutable Knowledge."""

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from knowledge.problems import ContentError
from knowledge.schema.facts import Fact


def problems(root: Path) -> list[str]:
    with pytest.raises(ContentError) as stopped:
        load_knowledge(root)
    assert str(stopped.value).splitlines() == [str(problem) for problem in stopped.value.problems]
    return [f"{problem.place} {problem.rule} {problem.message}" for problem in stopped.value.problems]


def test_the_tiny_tree(tiny: Knowledge) -> None:
    assert list(tiny.topics) == ["card", "line", "album"]
    assert tiny.spelling.forms["no"] == "no"
    assert tiny.place("topics", "card").startswith("content/topics/card.yaml")
    assert isinstance(tiny.dated("card-fee"), Fact)
    assert tiny.dated("nothing") is None


def test_all_problems_are_listed_at_once(tree: Path, edit: Callable[[str, str, str], Path]) -> None:
    edit("content/contacts/all.yaml", "confidence: low", "confidence: weak")
    edit("content/contacts/all.yaml", "kind: whatsapp", "kind: carrier-pigeon")
    edit("content/topics/card.yaml", "ask: [help-us, help-mx]", "ask: []\nasks: [help-us]")
    edit("training/phrases/line.yaml", "topic: line", "topic: line\ntopic: line")
    edit("content/facts/all.yaml", "as_of: 2026-01-15", "as_of: January 2026")
    edit("content/commands.yaml", "- id", "id")
    (tree / "content/texts.yaml").unlink()
    found = problems(tree)
    assert [problem.partition(" ")[0].partition(":")[0] for problem in found] == [
        "content/commands.yaml", "content/contacts/all.yaml", "content/contacts/all.yaml", "content/facts/all.yaml",
        "content/texts.yaml", "content/topics/card.yaml", "content/topics/card.yaml", "training/phrases/line.yaml",
    ]  # fmt: skip
    assert all(
        problem.partition(" ")[0].partition(":")[2].isdigit()
        for problem in found
        if "content/texts.yaml" not in problem
    )


def test_a_file_that_is_missing_is_a_problem(tree: Path) -> None:
    (tree / "content/urgent/suppressors.yaml").unlink()
    assert problems(tree) == ["content/urgent/suppressors.yaml yaml cannot be read: No such file or directory"]


def test_a_problem_names_the_line_of_the_value(edit: Callable[[str, str, str], Path]) -> None:
    root = edit("content/facts/all.yaml", "valid_until: 2027-06-30", "valid_until: mañana")
    line = (root / "content/facts/all.yaml").read_text(encoding="utf-8").splitlines().index("  valid_until: mañana") + 1
    [problem] = problems(root)
    assert problem.startswith(f"content/facts/all.yaml:{line} schema 2.valid_until")


def test_an_id_that_stands_twice(edit: Callable[[str, str, str], Path]) -> None:
    [problem] = problems(edit("content/facts/all.yaml", "id: card-week", "id: card-fee"))
    assert "card-fee: stands already in content/facts/all.yaml" in problem


def test_a_file_is_called_like_its_item(edit: Callable[[str, str, str], Path]) -> None:
    [problem] = problems(edit("content/topics/card.yaml", "id: card\n", "id: cards\n"))
    assert "the file must be called cards.yaml" in problem


def test_nothing_can_be_changed(tiny: Knowledge) -> None:
    with pytest.raises(TypeError):
        tiny.topics["new"] = tiny.topics["card"]  # type: ignore[index]
    with pytest.raises(ValueError, match="frozen"):
        tiny.topics["card"].title = tiny.topics["line"].title  # type: ignore[misc]


def test_a_protocol_names_what_its_answers_lead_to(tiny: Knowledge) -> None:
    beating = tiny.protocols["beating"]
    assert beating.ask is not None
    assert (beating.ask.then.yes.name, beating.ask.then.no.number) == ("present", 0)
    assert [clause.countries for clause in beating.first] == [(), ("MX",)]


def test_a_target_that_leads_nowhere(edit: Callable[[str, str, str], Path]) -> None:
    [problem] = problems(edit("content/urgent/kinds/violence/beating.yaml", "no: care.0", "no: care"))
    assert "a target is first, other, over" in problem
