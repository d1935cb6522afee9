"""A start reads no lessons where what they taught is kept, and nothing that was learned of other content."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.dialogue.ranking.model_files import name_of
from bot.dialogue.ranking.ranker import CODE
from bot.wiring.running import warm
from knowledge import loader
from knowledge.loader import ROOT, digest_of, load_knowledge
from knowledge.model import Knowledge
from knowledge.withdrawing import without
from tests.support.content import TINY, copied


def test_a_start_with_models_reads_no_lessons(knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch) -> None:
    warm(knowledge)
    read: list[str] = []
    monkeypatch.setattr(loader, "_late", lambda root, kind: read.append(kind) or {})
    late = load_knowledge(sound=digest_of(ROOT))
    warm(late)
    assert read == []
    assert len(late.phrases) == 0
    assert read == ["phrases"]


def test_lessons_that_are_read_late_are_the_same() -> None:
    early, late = load_knowledge(TINY), load_knowledge(TINY, sound=digest_of(TINY))
    assert dict(late.phrases) == dict(early.phrases)
    assert (late.digest, "training/phrases/card.yaml" in repr(late)) == (early.digest, False)


def test_a_name_is_noted_until_a_file_changes(tmp_path: Path) -> None:
    root = copied(TINY, tmp_path / "knowledge")
    made: list[str] = []

    def name(knowledge: Knowledge) -> str:
        return name_of("ranker", CODE, knowledge, lambda: (made.append(knowledge.digest), len(made)))

    first = name(load_knowledge(root))
    assert name(load_knowledge(root)) == first
    assert len(made) == 1
    changed = next(root.glob("training/phrases/*.yaml"))
    changed.write_text(f"{changed.read_text(encoding='utf-8')}# more\n", encoding="utf-8")
    assert name(load_knowledge(root)) != first
    assert len(set(made)) == 2


def test_a_copy_that_teaches_something_else_takes_no_name_over(knowledge: Knowledge) -> None:
    assert replace(knowledge, phrases={}).digest == ""
    assert without(knowledge, ["ciam"]).digest == knowledge.digest != ""
