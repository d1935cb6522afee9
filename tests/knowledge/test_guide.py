"""The editors' guide is true: its example works as it stands, and every rule and file is explained."""

import re
from datetime import date
from pathlib import Path

import pytest
import yaml

from knowledge.formatting import formatted
from knowledge.lint import ADVICE, RULES, lint
from knowledge.loader import ROOT, load_knowledge
from knowledge.registers import FOLDERS
from knowledge.show import show
from tests.support.content import copied

GUIDE = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLE = re.compile(r"<!-- (append|write) (\S+) -->\n```yaml\n(.*?)```", re.DOTALL)
TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The content after somebody did all that the guide says."""
    root = copied(ROOT, tmp_path_factory.mktemp("guide") / "knowledge")
    (root.parent / "tests" / "phrases").mkdir(parents=True)
    for way, name, text in EXAMPLE.findall(GUIDE):
        with (root / name).open("a" if way == "append" else "w", encoding="utf-8") as file:
            file.write(f"\n{text}" if way == "append" else text)
    return root


def test_the_example_lints_clean_and_says_its_fact(followed: Path) -> None:
    knowledge = load_knowledge(followed)
    about = [str(problem) for problem in lint(knowledge, TODAY, RULES) if "menaje-casa" in str(problem)]
    assert about == []
    assert "En otros países sí: en Suiza, 146 USD" in show(knowledge, "menaje-casa", "es", TODAY)


def test_the_example_is_laid_out_as_the_formatter_does() -> None:
    ours = [text for _, name, text in EXAMPLE.findall(GUIDE) if name.startswith("content/")]
    assert ours == [formatted(text) for text in ours]


def test_the_example_has_tests_of_its_own(followed: Path) -> None:
    tests = yaml.safe_load((followed.parent / "tests/phrases/menaje-casa.yaml").read_text(encoding="utf-8"))
    assert [test["section"] for test in tests] == ["cost", "cost"]


def test_every_rule_is_explained() -> None:
    explained = set(re.findall(r"`(\w+)`", "\n".join(line.split("|")[1] for line in GUIDE.splitlines() if "|" in line)))
    rules = {check.__module__.rpartition(".")[2] for check in (*RULES, *ADVICE)}
    assert rules | {"yaml", "schema"} <= explained


def test_every_file_of_the_content_is_named() -> None:
    names = {path.name for folder in FOLDERS for path in (ROOT / folder).iterdir()}
    names -= {"catalogue.yaml", "commands.yaml", "menu.yaml"}
    assert [name for name in sorted(names) if name not in GUIDE] == []
