"""Names that code and content share."""

import ast
from pathlib import Path

from bot.dialogue.taps import EFFECTS
from knowledge.lint import unknown_reference
from knowledge.model import Knowledge

ROOT = Path(__file__).parents[2]


def test_the_linter_knows_the_effects() -> None:
    assert EFFECTS.keys() == unknown_reference.EFFECTS


def quoted() -> set[str]:
    """Every text that stands in quotes in code, but for the linter."""
    return {
        node.value
        for package in ("bot", "knowledge", "api")
        for path in (ROOT / package).rglob("*.py")
        if "lint" not in path.parts
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def test_every_shared_sentence_is_said_and_known_to_the_linter(knowledge: Knowledge) -> None:
    assert knowledge.texts.keys() == unknown_reference.ENGINE_WORDS.keys()
    assert knowledge.texts.keys() - quoted() == set()
