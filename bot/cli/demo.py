"""`ventanilla demo`: a queue to learn on. Everybody in it is made up, and it lives in a database of its own."""

import secrets
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from sqlalchemy import make_url

from bot import handoff, wiring
from bot.cli.content import checked_knowledge
from bot.cli.starting import start_errors
from bot.cli.with_database import with_database
from bot.conversation import Desk, InboundMessage, Kind
from bot.storage import Cases, Database, DatabaseStore, Logins, Operators
from bot.turn import handle_message
from knowledge.model import Knowledge

COORDINATOR, COLLEAGUE = "demo", "colega-demo"
CHANNEL = "web"
MADE_UP: tuple[tuple[int, tuple[str, ...]], ...] = (
    (3, ("(EJEMPLO) estamos perdidos en el desierto de arizona, ya no traemos agua", "somos cuatro y un niño")),
    (14, ("(EJEMPLO) mi esposo me pega y me quiere matar, está aquí afuera",)),
    (25, ("(EJEMPLO) ICE detuvo a mi hermano en su trabajo y no sé a dónde lo llevaron",)),
    (40, ("(EJEMPLO) hola", "persona")),
    (55, ("(EXAMPLE) they kidnapped my cousin and they ask for money",)),
    (90, ("(EJEMPLO) ya no quiero vivir",)),
)
"""Minutes ago, and what was said."""


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
    store = DatabaseStore(database, handoff)
    for number, (ago, lines) in enumerate(MADE_UP):
        for step, text in enumerate(lines):
            at = now - timedelta(minutes=ago) + timedelta(seconds=20 * step)
            said = InboundMessage(CHANNEL, f"demo-{number}-{step}", f"demo-{number}", Kind.TEXT, at, text)
            await handle_message(said, store, knowledge, Desk(), at)
    case = await Cases(database, handoff).claim_next(COLLEAGUE, now)
    if case is not None:
        await Cases(database, handoff).reply(
            case.id, COLLEAGUE, "(EJEMPLO) Soy del equipo. ¿Es seguro escribirle aquí?", now
        )
