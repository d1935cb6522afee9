"""Who may import whom (design.md, Layout), which packages are pure, and how long things are (style.md)."""

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[2]
OURS = ("api", "bot", "knowledge")
EVERYTHING = {
    *(
        f"bot.{name}"
        for name in ("channels", "cli", "conversation", "dates", "delivery", "desk", "dialogue", "handoff", "jobs")
    ),
    *(f"bot.{name}" for name in ("settings", "storage", "telemetry", "texts", "training", "turn", "wiring")),
    "knowledge",
}
ALLOWED: dict[str, set[str]] = {
    "knowledge": set(),
    "bot": set(),
    "bot.settings": set(),
    "bot.telemetry": set(),
    "bot.texts": {"knowledge"},
    "bot.conversation": {"knowledge"},
    "bot.dates": set(),
    "bot.dialogue": {"bot.conversation", "bot.dates", "bot.texts", "knowledge"},
    "bot.training": {"bot.dialogue", "bot.conversation", "knowledge"},
    "bot.handoff": {"bot.conversation", "bot.texts", "knowledge"},
    "bot.channels": {"bot.conversation"},
    "bot.storage": {"bot.conversation", "bot.telemetry"},
    "bot.delivery": {"bot.conversation", "bot.telemetry"},
    "bot.jobs": {"bot.conversation", "bot.storage", "bot.telemetry"},
    "bot.desk": {"bot.conversation", "bot.handoff", "bot.storage"},
    "bot.turn": {"bot.dialogue", "bot.handoff", "bot.conversation", "bot.telemetry", "knowledge"},
    "bot.wiring": EVERYTHING - {"bot.wiring", "bot.cli", "bot.training"},
    "bot.cli": EVERYTHING - {"bot.cli"},
    "api": {"bot.wiring", "bot.conversation", "bot.desk", "bot.handoff", "bot.storage", "bot.telemetry", "knowledge"},
}
"""A unit -> the other units that it may import. `api` gets the rest through what `bot.wiring` built; it may name the
types and errors of what that returns, never the engine, the channels or the delivery."""

PURE = ("bot.dates", "bot.dialogue", "bot.handoff", "bot.conversation", "knowledge")
IMPURE_MODULES = {
    *("aiosqlite", "alembic", "psycopg", "sqlalchemy", "sqlite3"),
    *("aiohttp", "fastapi", "http", "httpx", "requests", "socket", "starlette", "uvicorn"),
    *("telegram", "twilio"),
    *("asyncio", "multiprocessing", "os", "subprocess", "sys", "threading", "time"),
}
IMPURE_CALLS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today"}
IMPURE_NAMES = {call.partition(".")[2] for call in IMPURE_CALLS}

MODULE_LIMIT, FUNCTION_LIMIT = 300, 40


def modules(root: Path) -> dict[str, Path]:
    """Our modules by dotted name."""
    found: dict[str, Path] = {}
    for package in OURS:
        for path in sorted((root / package).rglob("*.py")):
            parts = path.relative_to(root).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


def unit(module: str) -> str:
    """What the table speaks of: `bot.dialogue.engine` belongs to `bot.dialogue`, `api.app` to `api`."""
    parts = module.split(".")
    return ".".join(parts[:2]) if parts[0] == "bot" else parts[0]


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


def imported(name: str, path: Path, known: dict[str, Path]) -> Iterator[tuple[int, str]]:
    """Line and dotted name of each import, of our own modules as exact as can be said."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for line, base, inner in _imported(path.read_text(encoding="utf-8"), package):
        yield line, f"{base}.{inner}" if f"{base}.{inner}" in known else base


@cache
def _imported(said: str, package: str) -> Sequence[tuple[int, str, str]]:
    """Line, module and what is imported of it; read once, as a dozen tests ask."""
    found: list[tuple[int, str, str]] = []
    for node in ast.walk(ast.parse(said)):
        if isinstance(node, ast.Import):
            found += ((node.lineno, alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = node.module or ""
            if node.level:
                parts = package.split(".")
                base = ".".join((*parts[: len(parts) - node.level + 1], *filter(None, [base])))
            found += ((node.lineno, base, alias.name) for alias in node.names)
    return found


def forbidden_imports(root: Path) -> list[str]:
    known = modules(root)
    wrong = []
    for name, path in known.items():
        for line, target in imported(name, path, known):
            here, there = unit(name), unit(target)
            if target.split(".")[0] in OURS and there not in (here, "bot") and there not in ALLOWED[here]:
                wrong.append(f"{path.relative_to(root)}:{line}: {here} may not import {target}")
    return wrong


def cycle(root: Path, depth: int | None = None) -> list[str]:
    """Of modules, or of what stands at so many dots: 3 takes all of `bot.dialogue.calendar` as one."""
    known = modules(root)
    graph: dict[str, set[str]] = {}
    for name, path in known.items():
        here = ".".join(name.split(".")[:depth])
        there = {".".join(target.split(".")[:depth]) for _, target in imported(name, path, known) if target in known}
        graph.setdefault(here, set()).update(there - {here})
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def impurities(root: Path) -> list[str]:
    known = modules(root)
    wrong = []
    for name, path in known.items():
        if unit(name) not in PURE:
            continue
        place = path.relative_to(root)
        for line, target in imported(name, path, known):
            if target.split(".")[0] in IMPURE_MODULES:
                wrong.append(f"{place}:{line}: imports {target}")
        for node in ast.walk(tree(path)):
            called = isinstance(node, ast.Attribute) and node.attr in IMPURE_NAMES
            if called and ast.unparse(node).endswith(tuple(IMPURE_CALLS)):
                wrong.append(f"{place}:{node.lineno}: {ast.unparse(node)}")
            if isinstance(node, ast.AsyncFunctionDef) and unit(name) != "bot.conversation":
                wrong.append(f"{place}:{node.lineno}: async def {node.name}")  # ports may be asynchronous
    return wrong


def _last(node: ast.AST) -> str:
    """The last name of what is called, looked up or imported."""
    match node:
        case ast.Attribute(attr=name) | ast.Name(id=name):
            return name
        case ast.alias(name=name, asname=other):
            return other or name
    return ""


def other_readers_of_settings(root: Path) -> list[str]:
    """Who makes Settings or looks into the environment, besides `bot.wiring`; the type may be named by `bot.cli`."""
    wrong = []
    for name, path in modules(root).items():
        if name == "bot.settings" or unit(name) == "bot.wiring":
            continue
        for node in ast.walk(tree(path)):
            made = isinstance(node, ast.Call) and _last(node.func).endswith("Settings")
            looked = isinstance(node, ast.Attribute | ast.alias) and _last(node).endswith(("environ", "getenv"))
            if made or looked:
                wrong.append(f"{path.relative_to(root)}:{node.lineno}: {ast.unparse(node)}")
    return wrong


def sizes(root: Path) -> tuple[dict[str, int], dict[str, int]]:
    """Lines of modules and of functions, by name."""
    files: dict[str, int] = {}
    functions: dict[str, int] = {}
    for name, path in modules(root).items():
        files[name] = len(path.read_text(encoding="utf-8").splitlines())
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                functions[f"{name}:{node.lineno} {node.name}"] = (node.end_lineno or node.lineno) - node.lineno + 1
    return files, functions


def test_everybody_imports_only_what_the_design_allows() -> None:
    assert forbidden_imports(ROOT) == []


def test_every_unit_stands_in_the_table() -> None:
    assert {unit(name) for name in modules(ROOT)} <= ALLOWED.keys()


@pytest.mark.parametrize("depth", [None, 3])
def test_there_is_no_cycle(depth: int | None) -> None:
    assert cycle(ROOT, depth) == []


def test_the_pure_packages_touch_nothing() -> None:
    assert impurities(ROOT) == []


def test_only_wiring_reads_the_settings() -> None:
    assert other_readers_of_settings(ROOT) == []


def test_sizes(capsys: pytest.CaptureFixture[str]) -> None:
    files, functions = sizes(ROOT)
    with capsys.disabled():
        for what, found, aim in (("modules", files, "80, 300"), ("functions", functions, "10, 40")):
            longest = sorted(found.items(), key=lambda item: -item[1])[:3]
            said = ", ".join(f"{name} {lines}" for name, lines in longest)
            print(f"\n{len(found)} {what}: median {median(found.values()):.0f} lines (aim, longest: {aim})", end="; ")
            print(f"longest: {said}", end="")
    too_long = [f"{name}: {lines}" for name, lines in files.items() if lines > MODULE_LIMIT]
    too_long += [f"{name}: {lines}" for name, lines in functions.items() if lines > FUNCTION_LIMIT]
    assert too_long == []


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in {**{f"{package}/__init__": "" for package in OURS}, **files}.items():
        path = root / f"{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("module", "text"),
    [
        ("knowledge/a", "import bot.texts"),
        ("bot/dialogue/a", "from bot.storage.tables import X"),
        ("bot/dialogue/a", "from bot import storage"),
        ("bot/dialogue/a", "from ..channels import telegram"),
        ("bot/channels/a", "def f():\n    import bot.dialogue"),
        ("bot/storage/a", "from knowledge.model import Knowledge"),
        ("bot/delivery/a", "from bot.channels.telegram import Telegram"),
        ("bot/turn", "from bot.storage import Database"),
        ("bot/turn", "from bot.settings import Settings"),
        ("bot/cli/a", "from api.app import app"),
        ("bot/wiring", "import api"),
        ("api/a", "from bot.dialogue.engine import take_turn"),
    ],
)
def test_a_forbidden_import_is_seen(module: str, text: str, tmp_path: Path) -> None:
    root = write(tmp_path, {"bot/storage/__init__": "", "bot/channels/__init__": "", module: text})
    assert len(forbidden_imports(root)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "from bot.settings import Settings\nx = Settings()",
        "import bot.settings\nx = bot.settings.Settings()",
        "import os\nx = os.environ['X']",
        "import os\nx = os.getenv('X')",
        "from os import environ",
    ],
)
def test_another_reader_of_settings_is_seen(text: str, tmp_path: Path) -> None:
    assert len(other_readers_of_settings(write(tmp_path, {"bot/cli/a": text}))) == 1
    assert other_readers_of_settings(write(tmp_path, {"bot/cli/a": "from bot.settings import Settings"})) == []


def test_what_is_allowed_is_not_seen(tmp_path: Path) -> None:
    turn = "from bot.dialogue import engine\nimport asyncio"
    root = write(tmp_path, {"bot/turn": turn, "api/a": "from bot.wiring import Service"})
    assert forbidden_imports(root) == impurities(root) == cycle(root) == []


def test_a_cycle_is_seen(tmp_path: Path) -> None:
    back = "def f():\n    from knowledge.a import x"
    root = write(tmp_path, {"knowledge/a": "from knowledge import b", "knowledge/b": back})
    assert set(cycle(root)) == {"knowledge.a", "knowledge.b"}


def test_a_cycle_of_packages_is_seen(tmp_path: Path) -> None:
    files = {"api/a/x/one": "import api.a.y.two", "api/a/y/two": "", "api/a/y/three": "import api.a.x.four"}
    root = write(tmp_path, {"api/a/x/four": "", **files})
    assert cycle(root) == []
    assert set(cycle(root, 3)) == {"api.a.x", "api.a.y"}


@pytest.mark.parametrize(
    "text",
    [
        "import asyncio",
        "from os import environ",
        "import sqlalchemy.ext.asyncio",
        "from telegram import Bot",
        "from datetime import datetime\nx = datetime.now()",
        "import datetime as dt\nx = dt.datetime.utcnow()",
        "from datetime import date\nf = date.today",
        "async def f(): ...",
    ],
)
def test_an_impurity_is_seen(text: str, tmp_path: Path) -> None:
    assert impurities(write(tmp_path, {"bot/handoff/a": text})) != []
