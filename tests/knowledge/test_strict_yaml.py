"""Strict YAML: what stands there is what is read, or a problem with its line."""

from pathlib import Path

import pytest
import yaml

from knowledge.yaml import StrictYamlError, compose, line_of, plain


@pytest.fixture(autouse=True, params=["libyaml", "python"])
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "python":
        monkeypatch.setattr("knowledge.yaml._Loader", yaml.BaseLoader)


def read(tmp_path: Path, text: str) -> object:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    return plain(compose(path))


@pytest.mark.parametrize(
    "word", ["no", "yes", "on", "true", "2018", "2018-09-07", "1.50", "0x10", "012", ".inf", "1_000"]
)
def test_every_scalar_stays_text(word: str, tmp_path: Path) -> None:
    assert read(tmp_path, f"a: {word}") == {"a": word}
    assert read(tmp_path, f"{word}: a") == {word: "a"}


@pytest.mark.parametrize(("text", "value"), [("", None), ("null", None), ("~", None), ('""', ""), ("'null'", "null")])
def test_only_what_is_empty_is_none(text: str, value: str | None, tmp_path: Path) -> None:
    assert read(tmp_path, f"a: {text}") == {"a": value}


def test_an_empty_file(tmp_path: Path) -> None:
    assert read(tmp_path, "# only a comment\n") is None


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "the key 'a' stands here twice"),
        ("a:\n  b: 1\n  b: 2\n", 3, "the key 'b' stands here twice"),
        ("- {a: 1, a: 1}\n", 1, "twice"),
        ("a: 1\n? [b]\n: 2\n", 2, "a key is not a word"),
        ("a: b: c\n", 1, "mapping values"),
        ("a: 1\nb: [1\n", 3, "expected ',' or"),
        ("a: 1\n---\nb: 2\n", 2, "document"),
        ("a: *b\n", 1, "undefined alias"),
        ("a:\n\t- b\n", 2, "cannot start any token"),
    ],
)
def test_what_is_refused(text: str, line: int, says: str, tmp_path: Path) -> None:
    with pytest.raises(StrictYamlError, match=says) as refused:
        read(tmp_path, text)
    assert refused.value.line == line


def test_bytes_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: \xff\xfe")
    with pytest.raises(StrictYamlError, match="utf-8"):
        compose(path)


@pytest.mark.parametrize(
    ("way", "line"),
    [
        (("a",), 1),
        (("b",), 3),
        (("b", 1), 4),
        (("b", 1, "c"), 4),
        (("b", 1, "d"), 5),
        (("b", 9), 3),
        (("b", 1, "x"), 4),
    ],
)
def test_the_line_of_a_value_or_of_what_holds_it(way: tuple[int | str, ...], line: int, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("a: 1\nb:\n  - 2\n  - c: 3\n    d: 4\n", encoding="utf-8")
    assert line_of(compose(path), way) == line
