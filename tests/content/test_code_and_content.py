"""Names that code and content share."""

import ast
from pathlib import Path

from bot.dialogue.flows import EFFECTS
from knowledge.lint import unknown_reference

ROOT = Path(__file__).parents[2]


def test_the_linter_knows_the_effects() -> None:
    assert EFFECTS.keys() == unknown_reference.EFFECTS


def asked_for() -> set[str]:
    """The shared sentences that code names: `knowledge.texts["gap"]`."""
    found: set[str] = set()
    for package in ("bot", "knowledge", "api"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Subscript) and ast.unparse(node.value).endswith(".texts"):
                    found |= {
                        inner.value
                        for inner in ast.walk(node.slice)
                        if isinstance(inner, ast.Constant) and isinstance(inner.value, str)
                    }
    return found


def test_the_linter_knows_the_shared_sentences() -> None:
    names = unknown_reference.ENGINE_WORDS.keys()
    assert asked_for() <= names
    assert names - asked_for() <= {
        "from-countries"
    }  # the else branch of `from-elsewhere`, kept here for its placeholders
