"""`ventanilla demo`: a queue to learn on. Everybody in it is made up, and it lives in a database of its own."""

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click
import yaml
from sqlalchemy import make_url

from bot import handoff, wiring
from bot.cli.content import checked_knowledge
from bot.cli.starting import start_errors
from bot.cli.with_database import with_database
from bot.conversation import Desk, InboundMessage, Kind, Location
from bot.storage import Canned, Cases, Database, DatabaseStore, Logins, Operators, Shifts
from bot.storage.queue import Wanted
from bot.turn import handle_message
from knowledge.model import Knowledge

COORDINATOR, COLLEAGUE = "demo", "colega-demo"
CHANNEL = "web"
BETWEEN = timedelta(seconds=40)
"""From one line to the next, and to the desk's answer."""


@click.command("demo", help="Fill a database of its own with a made-up queue; `make demo` also starts the server.")
def demo() -> None:
    """Refuses any database whose name does not say demo; one that is filled already only gets a new password."""
    with start_errors():
        url = wiring.read_settings().database_url
    if "demo" not in Path(make_url(url).database or "").name:
        raise click.ClickException("Only a database with `demo` in its name is filled: set VENTANILLA_DATABASE_URL.")
    knowledge, now = checked_knowledge(datetime.now(UTC).date()), datetime.now(UTC)
    password = with_database(lambda database: _fill(database, knowledge, now))
    click.echo(f"Log in at /console as {COORDINATOR}, password {password}")


async def _fill(database: Database, knowledge: Knowledge, now: datetime) -> str:
    """The coordinator's password, a new one each time: the last one was shown once."""
    operators = Operators(database, handoff)
    if not any(one.name == COORDINATOR for one in await operators.list_operators()):
        await _make_up(database, operators, knowledge, now)
    password = secrets.token_urlsafe(12)
    await Logins(database).set_password(COORDINATOR, password, now)
    return password


async def _make_up(database: Database, operators: Operators, knowledge: Knowledge, now: datetime) -> None:
    await operators.add(COORDINATOR, "coordinator", now)
    await operators.add(COLLEAGUE, "operator", now)
    week = yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text("utf-8"))
    people = [*week["people"], *_burst(**week["burst"])]
    cases, store = Cases(database, handoff), DatabaseStore(database, handoff)

    async def hear(number: int, one: dict[str, Any], line: Any, at: datetime) -> None:
        placed = isinstance(line, list)
        said = InboundMessage(
            one.get("channel", CHANNEL), f"demo-{number}-{at.timestamp()}", f"demo-{number}",
            Kind.LOCATION if placed else Kind.TEXT, at, "" if placed else line,
            location=Location(*line) if placed else None, network=one.get("network", ""),
        )  # fmt: skip
        await handle_message(said, store, knowledge, Desk(), at)

    # The oldest first, as time goes on: a case that is taken is the newest that is open.
    for number, one in enumerate(sorted(people, key=lambda one: -one["ago"])):
        at = now - timedelta(minutes=one["ago"])
        for step, line in enumerate(one["lines"]):
            await hear(number, one, line, at + step * BETWEEN)
        if "taken" in one:
            answered = at + (len(one["lines"]) + 3) * BETWEEN
            await _answer(cases, one, answered)
            if "then" in one:
                await hear(number, one, one["then"], answered + BETWEEN)
    for reply in week["ready"]:
        await Canned(database).add("", reply["lang"], reply["title"], reply["text"], COORDINATOR, now)
    for turn in week["shifts"]:
        for day in turn["days"]:
            await Shifts(database).add(turn["who"], day, turn["begins"], turn["ends"], turn["langs"])


def _burst(ago: int, count: int, line: str, network: str) -> list[dict[str, Any]]:
    """Many of one network, all the same."""
    return [{"ago": ago, "lines": [line], "network": network}] * count


async def _answer(cases: Cases, one: dict[str, Any], at: datetime) -> None:
    """What the desk did with the case that was opened last."""
    found, _ = await cases.find(Wanted(status="open"), None, 100)
    case = max(found, key=lambda case: case.opened_at)
    await cases.claim(case.id, one["taken"], at)
    await cases.reply(case.id, one["taken"], one["answered"], at)
    if "resolved" in one:
        await cases.resolve(case.id, one["taken"], one["resolved"], None, at + BETWEEN)
