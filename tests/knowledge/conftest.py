"""A tiny content tree that lints clean, and a way to break one thing in a copy of it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from tests.support.content import TINY, copied


@pytest.fixture(scope="session")
def tiny() -> Knowledge:
    return load_knowledge(TINY)


@pytest.fixture
def today() -> date:
    return date(2026, 11, 20)


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return copied(TINY, tmp_path / "knowledge")


@pytest.fixture
def edit(tree: Path) -> Callable[[str, str, str], Path]:
    """Replaces a text that stands once in a file; an empty `old` appends."""

    def replace(name: str, old: str, new: str) -> Path:
        path = tree / name
        text = path.read_text(encoding="utf-8")
        assert not old or text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {name}"
        path.write_text(text.replace(old, new) if old else text + new, encoding="utf-8")
        return tree

    return replace
