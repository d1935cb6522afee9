"""`ventanilla kb new / unanswered / graph`: tools that write content, or show what is missing in it."""

import re
import sys
from datetime import UTC, date, datetime, timedelta

import click

from bot.cli.content import checked_knowledge
from bot.cli.options import TODAY
from bot.cli.unanswered import place
from bot.cli.with_database import with_database
from bot.storage import Phrases, Ratings
from bot.wiring.unanswered import UnplaceableError, grouped, today_answer
from knowledge.graph import graph
from knowledge.loader import load_knowledge
from knowledge.schema.base import Lang
from knowledge.skeleton import skeleton

ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
READ = 5000
"""Phrases looked at, the newest."""
SHOWN = 30
LATELY = timedelta(days=90)
"""How far back a "no me sirvió" counts."""
WORDINGS = 4


@click.command("new", help="Make the three files of a topic to fill in; the linter refuses them until they are.")
@click.argument("topic")
def new(topic: str) -> None:
    """Exit code 1 where the id is no id, or stands already."""
    knowledge = load_knowledge()
    root = knowledge.root.parent
    folders = {
        "topics": knowledge.root / "content/topics",
        "phrases": knowledge.root / "training/phrases",
        "tests": root / "tests/phrases",
    }
    if not ID.fullmatch(topic) or topic in knowledge.topics:
        reason = (
            "is a topic already" if topic in knowledge.topics else "is no id: write small letters, digits and hyphens"
        )
        click.echo(f"{topic} {reason}.", err=True)
        sys.exit(1)
    for folder, text in skeleton(topic, knowledge.catalogue.get(topic)).items():
        path = folders[folder] / f"{topic}.yaml"
        path.write_text(text, encoding="utf-8")
        click.echo(f"made {path.relative_to(root)}")
    click.echo(
        "Now replace every WRITE HERE in them, then:\n"
        "  ventanilla kb lint                         until it says 0 error(s)\n"
        f"  ventanilla kb show {topic} --channel whatsapp   what a person will see\n"
        "  ventanilla kb build                        teach the new phrases\n"
        f"  ventanilla chat                            ask it yourself; knowledge/README.md helps with each rule"
    )


@click.command("unanswered", help="What was not understood or did not help, grouped by likeness.")
@click.option("--place", "placing", nargs=2, metavar="GROUP TOPIC/SECTION", help="Make a phrase and a test of a group.")
@TODAY
def unanswered(placing: tuple[int, str] | None, today: date) -> None:
    """The commonest first, each with its number and what would be answered today."""
    knowledge = checked_knowledge(today)
    phrases, _ = with_database(lambda database: Phrases(database).page(None, READ))
    groups = grouped(phrases, knowledge)
    if placing:
        number, answer = placing
        group = next((group for group in groups if str(group.id) == str(number)), None)
        if group is None:
            click.echo(f"No group has the number {number}.", err=True)
            sys.exit(1)
        try:
            placed, tests = place(group, answer, knowledge)
        except UnplaceableError as error:
            click.echo(str(error), err=True)
            sys.exit(1)
        click.echo(f"{len(group.wordings)} wording(s) stand in {placed.name} now, their tests in {tests.name}.")
        click.echo("Now: ventanilla kb lint, ventanilla kb build, and pytest tests/test_unanswered.py")
        return
    for group in groups[:SHOWN]:
        click.echo(f"{group.id:>6}  {group.count}×  {' | '.join(group.wordings[:WORDINGS])}")
        answer, clear, score = today_answer(group, knowledge)
        said = f"{'' if clear else 'not sure: '}{answer} {score:.2f}" if answer else "nothing"
        click.echo(f"{'':>8}today: {said}")
    click.echo(
        f"{len(groups)} group(s), {min(len(groups), SHOWN)} shown; --place NUMBER TOPIC/SECTION makes a phrase of one"
    )
    since = datetime.now(UTC) - LATELY
    for rated in with_database(lambda database: Ratings(database).unhelpful(since, SHOWN)):
        click.echo(f"did not help {rated.no} of {rated.no + rated.yes} times: {rated.topic}/{rated.section}")


@click.command("graph", help="Topics with what they lead to, or the questions of a flow or procedure, as Mermaid text.")
@click.argument("item", default="")
@click.option("--lang", type=click.Choice(["es", "en"]), default="es")
def show_graph(item: str, lang: Lang) -> None:
    """Paste it into any Mermaid viewer. Exit code 1 for an unknown id."""
    try:
        click.echo(graph(load_knowledge(), item, lang, datetime.now(UTC).date()))
    except LookupError as error:
        click.echo(f"No topic or flow has the id {error}.", err=True)
        sys.exit(1)
