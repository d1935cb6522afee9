"""Training, evidence and the cache, on content of a few lines."""

from pathlib import Path

import numpy as np
import pytest

from bot.cli.explain import evidence
from bot.dialogue.ranking import model_files
from bot.dialogue.ranking.ranker import Column, Ranker, columns_of, ranker_of
from bot.dialogue.words.features import Features, Ids, number_of, numbers_of
from bot.training import ranker as training
from bot.training.ranker import build
from bot.training.ranker_lessons import Lesson, lessons_of
from knowledge.loader import load_knowledge
from tests.support.content import TINY, copied


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy of the tiny content, deep enough that its cache stands inside the test's directory."""
    return copied(TINY, tmp_path / "knowledge")


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "var" / "models"


def likeliest(ranker: Ranker, text: str) -> Column:
    return ranker.model.columns[int(ranker.likelihoods(ranker.point(text)).argmax())]


def test_every_section_and_every_kind_of_talk_is_a_column(content: Path) -> None:
    knowledge = load_knowledge(content)
    columns = columns_of(knowledge)
    sections = [section for topic in knowledge.topics.values() for section in topic.sections]
    assert len(columns) == len(sections) + len(knowledge.everyday)
    assert {lesson.topic for lesson in lessons_of(knowledge)} == {column.topic for column in columns}


def test_what_was_taught_is_found(content: Path) -> None:
    ranker = ranker_of(load_knowledge(content))
    for topic in load_knowledge(content).topics.values():
        assert likeliest(ranker, topic.title.es).topic == topic.id
    assert likeliest(ranker, "who won the game").topic == ""


def test_likelihoods_are_a_whole(content: Path) -> None:
    ranker = ranker_of(load_knowledge(content))
    for text in ("", "👍", "nothing known zzz", "card"):
        likely = ranker.likelihoods(ranker.point(text))
        assert likely.sum() == pytest.approx(1, abs=1e-5)
        assert np.isfinite(likely).all()


def test_evidence_names_what_the_message_says(content: Path) -> None:
    ranker = ranker_of(load_knowledge(content))
    found = evidence(ranker, "who won the game", ranker.model.columns.index(Column("", "far", "far")))
    assert found[0][1] > 0
    assert {name for name, _ in found} <= {*ranker.features.names("who won the game").values()}


def test_the_same_content_gives_the_same_model(content: Path) -> None:
    knowledge = load_knowledge(content)
    features = Features(knowledge.spelling, knowledge.concepts)
    one, other = (build(tuple(lessons_of(knowledge)), columns_of(knowledge), features) for _ in range(2))
    assert np.array_equal(one.inner.steps, other.inner.steps)
    assert np.array_equal(one.outer, other.outer)


def test_a_model_is_kept_and_read_again(content: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = ranker_of(load_knowledge(content))
    assert len(list(cache.glob("*.arrays"))) == 1
    monkeypatch.setattr(training, "build", lambda *_: pytest.fail("trained again"))
    second = ranker_of(load_knowledge(content))
    assert second.model.columns == first.model.columns
    assert np.array_equal(second.model.vocabulary.ids, first.model.vocabulary.ids)
    assert np.array_equal(second.model.inner.steps, first.model.inner.steps)


def test_changed_content_makes_another_model(content: Path, cache: Path) -> None:
    ranker_of(load_knowledge(content))
    everyday = content / "training/everyday.yaml"
    everyday.write_text(everyday.read_text(encoding="utf-8") + "near: [walmart hours]\n", encoding="utf-8")
    ranker_of(load_knowledge(content))
    assert len(list(cache.glob("*.arrays"))) == 2


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04 not really", b"\x00" * 100])
def test_a_damaged_file_is_made_anew(damage: bytes, content: Path, cache: Path) -> None:
    ranker_of(load_knowledge(content))
    (kept,) = cache.glob("*.arrays")
    kept.write_bytes(damage)
    assert likeliest(ranker_of(load_knowledge(content)), "who won the game").topic == ""
    assert len(kept.read_bytes()) > len(damage)


def test_a_file_cut_short_is_made_anew(content: Path, cache: Path) -> None:
    ranker_of(load_knowledge(content))
    (kept,) = cache.glob("*.arrays")
    whole = kept.read_bytes()
    kept.write_bytes(whole[: len(whole) // 2])
    ranker_of(load_knowledge(content))
    assert len(kept.read_bytes()) == len(whole)


def test_where_nothing_can_be_written_it_is_trained_all_the_same(
    content: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "var").write_text("in the way", encoding="utf-8")
    monkeypatch.setattr(model_files, "gettempdir", lambda: str(tmp_path / "var"))
    assert likeliest(ranker_of(load_knowledge(content)), "who won the game").topic == ""


def test_old_models_are_removed(content: Path, cache: Path) -> None:
    cache.mkdir(parents=True)
    for number in range(model_files.KEPT + 3):
        (cache / f"ranker-{number}.arrays").write_bytes(b"old")
    ranker_of(load_knowledge(content))
    assert len(list(cache.glob("*.arrays"))) == model_files.KEPT


class Words:
    """Reads words as they stand."""

    def ids(self, text: str) -> Ids:
        return numbers_of(f"w:{word}" for word in text.split())


def test_a_name_is_right_in_any_section_of_its_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.training.matrix.KEPT", 1.0)  # of six words
    columns = [Column("fruit", "red", "apple"), Column("fruit", "pie", "apple"), Column("sea", "blue", "sea")]
    texts = [("red apple", 0), ("red apple pie", 1), ("blue sea", 2), ("blue sea tide", 2)]
    lessons = [Lesson(text, columns[n].topic, columns[n].section, n != 2) for text, n in texts for _ in range(3)]
    model = build(lessons, columns, Words())  # type: ignore[arg-type]
    places, _ = model.vocabulary.known(np.array([number_of("w:apple")], np.uint32))
    scores = (model.inner.rows(places) @ model.outer)[0]
    assert min(scores[:2]) > scores[2]


def test_a_change_of_what_the_code_imports_makes_another_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_files, "ROOT", tmp_path)
    package = tmp_path / "bot" / "dialogue"
    package.mkdir(parents=True)
    (package / "reads.py").write_text("from bot.dialogue import between\n")
    (package / "between.py").write_text("from bot.dialogue.far import word\nimport bot.conversation\n")
    far = package / "far.py"
    names = set()
    for code in ("word = 1", "word = 2"):
        far.write_text(code)
        model_files.code_of.cache_clear()
        names.add(model_files.fingerprint(["bot.dialogue.reads"], ["content"]))
    assert len(names) == 2
    assert model_files.code_of("bot.dialogue.reads") == {f"bot.dialogue.{name}" for name in ("reads", "between", "far")}
    model_files.code_of.cache_clear()
