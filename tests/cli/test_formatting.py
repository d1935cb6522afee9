"""`kb format`: the layout changes, what a file says and its comments never do."""

import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from bot.cli.main import main
from knowledge.comments import comments_of, words_of
from knowledge.formatting import WIDTH, FormatError, formatted
from knowledge.loader import ROOT
from knowledge.skeleton import skeleton

LONG = "palabra " * 30 + "fin"
ODD = f"""\
# Whose file it is, {LONG}
- id: first # beside a value

  says: "{LONG}" # beside a long text
  # above a key
  words: [{", ".join(["una", "dos"] * 20)}] # beside a list
  short: {{es: sí, en: "yes"}} # beside a mapping
  # behind a mapping
  both: {{es: "{LONG}", en: 'it''s: {LONG}'}}

  # behind a long mapping
- id: second
  says: >- # beside a folded text
    one
    two

    three
  lines: |
    Muy señor mío:

      {LONG}
  many: [a, b, # in a list
    c]
  empty:
  none: null
  pairs:
  - [a, b]
  # in a list of lists
  - - c
    - d # at the end
  odd: ["  two spaces", 'a: b', "no", no, 1.50, 0x10, 2018-09-07, '2018-09-07', "a\\tb", ñandú, 12:30, "#", {{a: }}]
  page: https://example.org/{"x" * 120}
# the last word
"""


def run(*args: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, ["kb", "format", *map(str, args)])
    return result.exit_code, result.output


def test_meaning_and_comments_are_kept_and_twice_is_once() -> None:
    laid_out = formatted(ODD)
    assert yaml.safe_load(laid_out) == yaml.safe_load(ODD)
    assert words_of(comments_of(laid_out)) == words_of(comments_of(ODD))
    assert formatted(laid_out) == laid_out
    assert {line.split()[0] for line in laid_out.splitlines() if len(line) > WIDTH} == {"page:", "palabra"}


def test_what_does_not_fit_stands_in_several_lines() -> None:
    text = f"# {LONG}\n- says: '{LONG}'\n  of: [{', '.join(['una', 'dos'] * 20)}] # why\n  on: {{a: b}}  # why not\n"
    line = "palabra " * 12
    assert formatted(text).splitlines() == [
        *(f"# {line.strip()}", f"# {line.strip()}", f"# {'palabra ' * 6}fin"),
        *("- says: >-", *(f"    {'palabra ' * 12}".rstrip() for _ in range(2)), f"    {'palabra ' * 6}fin"),
        *("  of:", "    # why", *["    - una", "    - dos"] * 20, "  on: {a: b} # why not"),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a: 1\nb: 2\na: 3\n", "line 3: the key 'a' stands here twice"),
        ("a: [1, 2\nb: }\n", "line 2"),
        ("a: b: c\n", "line 1: mapping values"),
        ("a: &one [1]\nb: *one\n", "an anchor"),
        ("a: !!str 1\n", "a tag"),
        ("a: 1\n---\nb: 2\n", "line 2"),
        ("a: 2018-13-45\n", "month"),
        ("a:\n\t- b\n", "line 2"),
    ],
)
def test_what_cannot_be_laid_out_is_refused_and_left(text: str, why: str, tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    code, output = run(path)
    assert (code, path.read_text(encoding="utf-8")) == (1, text)
    assert "left as it is" in output
    assert why in output
    assert list(tmp_path.iterdir()) == [path]


def test_a_change_of_meaning_is_never_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.formatting._laid_out", lambda text: text.replace("no", "yes"))
    with pytest.raises(FormatError, match="change what it says"):
        formatted("a:   no\n")


def test_a_comment_is_never_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("knowledge.formatting.with_comments", lambda text, comments, width: text)
    with pytest.raises(FormatError, match="comment"):
        formatted("a:   b # why\n")


def test_check_lists_and_writes_nothing(tmp_path: Path) -> None:
    fine, other = tmp_path / "a.yaml", tmp_path / "b.yaml"
    fine.write_text("a: [b, c]\n", encoding="utf-8")
    other.write_text("a:   [b,c]\n", encoding="utf-8")
    code, output = run("--check", fine, other)
    assert (code, other.read_text(encoding="utf-8")) == (1, "a:   [b,c]\n")
    assert "b.yaml: is not formatted" in output
    assert "a.yaml" not in output
    code, output = run(fine, other)
    assert (code, other.read_text(encoding="utf-8")) == (0, fine.read_text(encoding="utf-8"))
    assert run("--check", fine, other)[0] == 0


def test_only_comments_or_nothing_stay_as_they_are() -> None:
    assert formatted("# nothing yet\n") == "# nothing yet\n"
    assert formatted("") == ""


def test_what_kb_new_makes_is_formatted() -> None:
    text = skeleton("driving-licence", None)["topics"]
    assert formatted(text) == text


def test_all_content_is_formatted() -> None:
    """By its lines alone, as that takes a second: `make test` runs `kb format --check`, which lays out every file."""
    held = {path: path.read_text(encoding="utf-8") for path in (ROOT / "content").rglob("*.yaml")}
    long = {path: text for path, text in held.items() if any(map(could_be_folded, text.splitlines()))}
    assert [path for path, text in long.items() if formatted(text) != text] == []


def could_be_folded(line: str) -> bool:
    """Whether it is longer than a line may be, and has a space behind its key."""
    return len(line) > WIDTH and " " in re.sub(r"^ *(- )*([\w.-]+: )?", "", line).strip()
