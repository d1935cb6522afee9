"""The documentation is held true: settings, commands, folders."""

import re
from pathlib import Path

import click

from bot.cli.main import main
from bot.settings import Settings

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
