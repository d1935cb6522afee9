"""`ventanilla kb …`: the editors' tools."""

import gc
import getpass
import json
import sys
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from datetime import UTC, date, datetime
from functools import partial
from multiprocessing import get_context

import click
from threadpoolctl import threadpool_limits

from bot.cli.content import checked_knowledge
from bot.cli.coverage import coverage
from bot.cli.editing import new, show_graph, unanswered
from bot.cli.formatting import format_content
from bot.cli.options import TODAY
from bot.cli.shown import CHANNELS, as_seen
from bot.cli.with_database import with_database
from bot.dialogue.danger.classifiers import Group, classifier_of
from bot.dialogue.danger.model import scorer_of
from bot.dialogue.person.gazetteer import gazetteer_of
from bot.dialogue.ranking.ranker import ranker_of
from bot.dialogue.signals.errand_acts import weighing_of as clause_weighing_of
from bot.dialogue.signals.ranking import weights_of
from bot.storage import Withdrawal, Withdrawals
from bot.wiring.running import warm
from knowledge.checked import load_found
from knowledge.due import due
from knowledge.lint import lint
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from knowledge.problems import ContentError, Problem, Severity
from knowledge.schema.base import Lang
from knowledge.show import show
from knowledge.stats import least_trusted, stats
from knowledge.withdrawing import can_be_withdrawn


@click.group(help="The editors' tools.")
def kb() -> None:
    """Nothing of its own."""


@kb.command("lint", help="List every problem of the content; exit code 1 where one is an error.")
@click.option("--warnings/--no-warnings", default=False, help="Show warnings too.")
@click.option("--rule", default="", help="Of this rule alone.")
@TODAY
def lint_content(today: date, rule: str, *, warnings: bool) -> None:
    """Errors stop the start, warnings inform."""
    try:
        problems: list[Problem] = [p for p in lint(load_knowledge(), today) if rule in ("", p.rule)]
    except ContentError as error:  # no rule looks at what cannot be read, so all of it is said
        problems = error.problems
    errors = [p for p in problems if p.severity is Severity.ERROR]
    for problem in problems if warnings else errors:
        click.echo(str(problem))
    click.echo(f"{len(errors)} error(s), {len(problems) - len(errors)} warning(s){_by_rule(problems)}")
    sys.exit(1 if errors else 0)


def _by_rule(problems: list[Problem]) -> str:
    """` (readability 27, calendar 9)`; empty where there are none."""
    counts = Counter(problem.rule for problem in problems)
    said = ", ".join(f"{name} {count}" for name, count in counts.most_common())
    return f" ({said})" if said else ""


@kb.command("show", help="Show a topic, fact, contact, term, kind of danger or flow with its sources and dates.")
@click.argument("item")
@click.option("--lang", type=click.Choice(["es", "en"]), default="es")
@click.option(
    "--channel", type=click.Choice(list(CHANNELS)), help="Exactly what a person sees there, with the choices."
)
@TODAY
def show_item(item: str, lang: Lang, channel: str | None, today: date) -> None:
    """Exit code 1 for an unknown id. With `--channel` also TOPIC/SECTION, an event and an ambiguous wording."""
    try:
        knowledge = load_knowledge()
        click.echo(as_seen(knowledge, item, lang, today, channel) if channel else show(knowledge, item, lang, today))
    except LookupError as error:
        click.echo(f"No content has the id {error}.", err=True)
        sys.exit(1)


kb.add_command(new)
kb.add_command(unanswered)
kb.add_command(show_graph)
kb.add_command(format_content)


@kb.command("freshness", help="What is due for another look on a day, most used first.")
@TODAY
def freshness(today: date) -> None:
    """One line a value: uses, review day, id."""
    found = due(load_knowledge(), today)
    for one in found:
        ended = "  ended: no longer said" if one.withdrawn else ""
        click.echo(f"{one.uses:>4} uses  review by {one.review_by}  {one.id}{ended}")
    click.echo(f"{len(found)} value(s) due on {today}")


@kb.command("stats", help="What there is, how old and how sure; the answers that are trusted least.")
@click.option("--least", default=20, help="How many of those answers.")
@TODAY
def count_all(least: int, today: date) -> None:
    """A line a heading, then a line an answer with its doubt and its weakest sources."""
    knowledge = load_knowledge()
    for heading, counts in stats(knowledge, today).items():
        click.echo(f"{heading}: " + ", ".join(f"{key} {value}" for key, value in counts.items()))
    for one in least_trusted(knowledge, today, least):
        click.echo(f"{one.doubt:>5}  {one.answer}: {one.reason}")


@kb.command("coverage", help="Ask the engine for all 460 rows of the catalogue; exit code 1 under 100 %.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, alone on stdout.")
@TODAY
def count_coverage(today: date, *, as_json: bool) -> None:
    """Covered and missing rows, by relevance and category, and the gaps that are said openly."""
    counted = coverage(checked_knowledge(today))
    if as_json:
        figures = asdict(counted) | {"missing": list(counted.missing), "why": counted.missing}
        click.echo(json.dumps(figures, ensure_ascii=False))
    else:
        for row, why in counted.missing.items():
            click.echo(f"{row}: {why}")
        for name, counts in (("relevance", counted.by_relevance), ("category", counted.by_category)):
            click.echo(f"by {name}: " + ", ".join(f"{key} {value}" for key, value in counts.items()))
        said = f"{counted.sections} sections, {counted.gaps} gaps said openly"
        click.echo(f"{said}; {len(counted.missing)} row(s) missing")
    sys.exit(1 if counted.missing else 0)


@kb.command("withdraw", help="Stop a fact, contact or topic on every process within a minute.")
@click.argument("item")
@click.option("--why", required=True, help="For those who come after; kept for ever.")
@click.option("--by", default="", help="Who decides (default: the account of this machine).")
@click.option("--undo", is_flag=True, help="Let it be said again.")
def withdraw(item: str, why: str, by: str, *, undo: bool) -> None:
    """Recorded in the database; the running servers look every half minute."""
    if not can_be_withdrawn(item, load_knowledge()):
        click.echo(f"No fact, contact or topic has the id {item}.", err=True)
        sys.exit(1)
    decision = Withdrawal(item, not undo, why, by or getpass.getuser(), datetime.now(UTC))
    with_database(lambda database: Withdrawals(database).record(decision))
    click.echo(f"{item} {'may be said again' if undo else 'is withdrawn'}; servers know it within a minute.")


@kb.command("withdrawals", help="What was withdrawn and let be said again, by whom and why.")
def list_withdrawals() -> None:
    """Oldest first, a line each."""
    for one in with_database(lambda database: Withdrawals(database).history()):
        done = "withdrawn" if one.stopped else "undone"
        click.echo(f"{one.at:%Y-%m-%d %H:%M}\t{done}\t{one.item}\t{one.by}\t{one.why}")


FACTS = (Group.HERE, Group.COUNTRY, Group.FOR_WHOM, Group.AGE_GROUP, Group.STATUS)
WEIGHED = (Group.ACTS, Group.TALK, Group.DENIES, *FACTS)
"""What the weighing of sections reads of each lesson, beside the ranker."""
TRAINED: tuple[tuple[Callable[[Knowledge], object], ...], ...] = (
    (ranker_of, *(partial(classifier_of, group=group) for group in WEIGHED), weights_of, gazetteer_of),
    (
        scorer_of,
        *(partial(classifier_of, group=group) for group in Group if group not in WEIGHED),
        clause_weighing_of,
    ),
)
"""What is trained, each after those that it needs."""


@kb.command("build", help="Train what understanding needs from the content, where it is not there yet.")
@click.option("--full", is_flag=True, help="Refit what the score of danger, rules and turns weigh together, first.")
@TODAY
def build_models(today: date, *, full: bool) -> None:
    """Quick when nothing has changed; on two cores, as what one process trains the other finds in its file."""
    if full:
        # It brings scipy, which no other command needs.
        from bot.training import mixture  # noqa: PLC0415

        knowledge = load_knowledge()
        mixture.write(mixture.weighing_of(knowledge, today), knowledge.root)
    read = _read()
    with ProcessPoolExecutor(len(TRAINED), get_context("fork")) as pool:  # with what was read, in no time
        trained = pool.map(_train, range(len(TRAINED)))
        knowledge = checked_knowledge(today, read)  # found sound here, it is parsed by no start
        list(trained)
    ranker, scorer, gazetteer = ranker_of(knowledge), scorer_of(knowledge), gazetteer_of(knowledge)
    heard = ", ".join(f"{len(classifier_of(knowledge, one).names)} {one}" for one in Group)
    warm(knowledge)  # what is quickly made of the content is kept too, so that a server starts with all of it
    click.echo(
        f"{len(ranker.model.columns)} answers, {len(ranker.model.vocabulary.ids)} features; "
        f"sections weighed by {len(weights_of(knowledge))} numbers; "
        f"danger: {len(scorer.model.vocabulary.ids)} features, {heard}; {len(gazetteer.towns)} towns"
    )


def _read() -> Knowledge | None:
    """What all processes are given; what is wrong with it is told where it is checked."""
    try:
        return load_found()
    except ContentError:
        return None


def _train(row: int) -> None:
    threadpool_limits(limits=1)  # the other core has the other row
    gc.freeze()  # what was read is the parent's: never counted, and so never copied
    knowledge = load_found()
    for train in TRAINED[row]:
        train(knowledge)
