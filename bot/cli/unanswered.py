"""Writes what people asked in vain where it belongs: into the phrases of an answer, and into the tests."""

from pathlib import Path

from bot.wiring.unanswered import TESTS, Group, placement
from knowledge.appending import with_phrase
from knowledge.model import Knowledge


def place(group: Group, answer: str, knowledge: Knowledge) -> tuple[Path, Path]:
    """Append the wordings to the phrases of `topic/section`, and to the tests; both files. Raises UnplaceableError."""
    placed = placement(group, answer, knowledge)
    phrases, tests = knowledge.root / "training/phrases" / f"{placed.topic}.yaml", knowledge.root.parent / TESTS
    changed = phrases.read_text(encoding="utf-8")
    for text in group.wordings:
        changed = with_phrase(changed, placed.section, placed.lang, text)
    with tests.open("a", encoding="utf-8") as file:
        file.write(placed.tests)
    phrases.write_text(changed, encoding="utf-8")
    return phrases, tests
