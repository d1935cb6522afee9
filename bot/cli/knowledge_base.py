"""`ventanilla kb …`: the editors' tools."""

import sys
from datetime import date

import click

from bot.cli.options import TODAY
from knowledge.lint import lint
from knowledge.loader import load_knowledge
from knowledge.problems import ContentError, Problem, Severity
from knowledge.schema.base import Lang
from knowledge.show import show


@click.group(help="The editors' tools.")
def kb() -> None:
    """Nothing of its own."""


@kb.command("lint", help="List every problem of the content; exit code 1 where one is an error.")
@click.option("--warnings/--no-warnings", default=False, help="Show warnings too.")
@TODAY
def lint_content(today: date, *, warnings: bool) -> None:
    """Errors stop the start, warnings inform."""
    try:
        problems: list[Problem] = lint(load_knowledge(), today)
    except ContentError as error:
        problems = error.problems
    errors = [p for p in problems if p.severity is Severity.ERROR]
    for problem in problems if warnings else errors:
        click.echo(str(problem))
    click.echo(f"{len(errors)} error(s), {len(problems) - len(errors)} warning(s)")
    sys.exit(1 if errors else 0)


@kb.command("show", help="Show a topic, fact, contact, kind of danger or flow as a person sees it.")
@click.argument("item")
@click.option("--lang", type=click.Choice(["es", "en"]), default="es")
@TODAY
def show_item(item: str, lang: Lang, today: date) -> None:
    """Exit code 1 for an unknown id."""
    try:
        click.echo(show(load_knowledge(), item, lang, today))
    except LookupError as error:
        click.echo(f"No content has the id {error}.", err=True)
        sys.exit(1)
