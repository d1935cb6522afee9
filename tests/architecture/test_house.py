"""The house of the dialogue (house.md): how large it may be, that words live in content and thresholds in one module.

What stands in the lists of exceptions was there before the rule; the lists only shrink.
"""

import ast
from collections.abc import Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml

from tests.architecture.test_imports import ROOT, imported, modules, tree, write

ENGINE = "bot.dialogue"
APART = ("bot.dates", "bot.conversation", "bot.texts")
KNOWLEDGE = "knowledge"
THRESHOLDS = "bot.dialogue.thresholds"
EXCEPTIONS = yaml.safe_load((Path(__file__).parent / "exceptions.yaml").read_text(encoding="utf-8"))
DATES = 1100
"""Lines of `bot.dates`, which is counted apart."""
WORDS = 3
"""Words from which a literal collection is a list of words."""


def closure() -> dict[str, Path]:
    """Every module of ours that the engine imports, directly or not, and that is not counted apart."""
    known = modules(ROOT)
    found: dict[str, Path] = {}
    ahead = [ENGINE, *(name for name in known if name.startswith(f"{ENGINE}."))]
    while ahead:
        name = ahead.pop()
        if name not in found and name in known and not name.startswith(APART):
            found[name] = known[name]
            ahead += [target for _, target in imported(name, known[name], known)]
    return found


def house() -> dict[str, Path]:
    """Of these the engine's own: what reads the content is counted apart."""
    return {name: path for name, path in closure().items() if not name.startswith(KNOWLEDGE)}


def floors(held: dict[str, Path]) -> list[str]:
    """The longest chain of these modules of which each imports the next."""
    graph = {name: {to for _, to in imported(name, path, held) if to in held} for name, path in held.items()}
    longest: dict[str, list[str]] = {}
    for name in TopologicalSorter(graph).static_order():
        longest[name] = [name, *max((longest[to] for to in graph[name]), key=len, default=[])]
    return max(longest.values(), key=len)


def expressions(node: ast.AST) -> Iterator[int]:
    """Lines on which a regular expression is written out."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call) and ast.unparse(one.func).startswith("re.") and one.args:
            literal = isinstance(one.args[0], ast.Constant | ast.JoinedStr)
            if literal:
                yield one.lineno


def collections(node: ast.AST) -> Iterator[int]:
    """Lines on which three or more words of a language stand in one literal: lower-case words, no ids of contracts."""
    for one in ast.walk(node):
        elements = one.keys if isinstance(one, ast.Dict) else getattr(one, "elts", None)
        if not isinstance(one, ast.Set | ast.List | ast.Tuple | ast.Dict) or not elements:
            continue
        words = [each.value for each in elements if isinstance(each, ast.Constant) and isinstance(each.value, str)]
        if sum(word.replace(" ", "").isalpha() and word.islower() for word in words) >= WORDS:
            yield one.lineno


def floats(node: ast.AST) -> Iterator[int]:
    """Lines with a number that is a threshold or a weight; 0.0 and 1.0 are none."""
    for one in ast.walk(node):
        if isinstance(one, ast.Constant) and isinstance(one.value, float) and one.value not in (0.0, 1.0):
            yield one.lineno


KINDS = {"expressions": expressions, "collections": collections, "floats": floats}


@pytest.mark.parametrize("kind", KINDS)
def test_words_and_thresholds_live_where_editors_find_them(kind: str) -> None:
    found = {
        name: len(list(KINDS[kind](tree(path))))
        for name, path in closure().items()
        if not (kind == "floats" and (name == THRESHOLDS or name.startswith(KNOWLEDGE)))
    }
    allowed: dict[str, int] = EXCEPTIONS[kind]
    more = {name: count for name, count in found.items() if count > allowed.get(name, 0)}
    assert not more, f"new {kind} in code: put them into content, or thresholds.py"
    fewer = {name: found.get(name, 0) for name, count in allowed.items() if found.get(name, 0) < count}
    assert not fewer, f"the list of exceptions for {kind} can shrink"


def test_the_house_keeps_its_size(capsys: pytest.CaptureFixture[str]) -> None:
    held = house()
    lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in held.values())
    longest = floors(held)
    with capsys.disabled():
        print(f"\nthe house: {lines} lines in {len(held)} modules (aim: 10,000 in 80)", end="; ")
        print(f"{len(longest)} floors (aim: 9): {' → '.join(longest)}".replace(f"{ENGINE}.", ""), end="")
    assert lines <= EXCEPTIONS["most"]["lines"]
    assert len(held) <= EXCEPTIONS["most"]["modules"]
    assert len(longest) <= EXCEPTIONS["most"]["floors"]


def test_floors_are_the_longest_chain_of_imports(tmp_path: Path) -> None:
    files = {"bot/a": "import bot.b\nimport bot.c", "bot/b": "from bot import c", "bot/c": "", "bot/d": "import bot.c"}
    held = {name: path for name, path in modules(write(tmp_path, files)).items() if name != "bot"}
    assert floors(held) == ["bot.a", "bot.b", "bot.c"]


def test_dates_keep_their_size() -> None:
    held = [path for name, path in modules(ROOT).items() if name.startswith("bot.dates")]
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in held) <= DATES


def test_no_policy_calls_another() -> None:
    known = modules(ROOT)
    policies = {name for name in known if name.startswith(f"{ENGINE}.policies.")}
    assert {
        f"{name} imports {target}"
        for name in policies
        for _, target in imported(name, known[name], known)
        if target in policies
    } == set()


def test_training_stays_apart() -> None:
    assert not [name for name in closure() if name.startswith("bot.training")]
