"""`ventanilla erase`: a person who asked us in another way than by the chat; also while the server runs."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import click

from bot import desk, handoff
from bot.cli.with_database import with_database
from bot.storage import Audit, Cases, Database, Floods
from bot.storage.errors import NoSuchCaseError


@dataclass(frozen=True, slots=True)
class _Records:
    """What the use cases of the desk are given; replies are sent by the server."""

    database: Database
    cases: Cases
    audit: Audit
    floods: Floods
    delivery: Any = None
    """The server sends; no use case of this command wakes it."""


@click.command("erase", help="Erase a person by the id of their case or conversation, and print the receipt.")
@click.argument("number", type=click.UUID)
def erase(number: UUID) -> None:
    """Of an open case of danger what it takes to help stays until it is closed."""

    async def work(database: Database) -> str:
        cases = Cases(database, handoff)
        records = _Records(database, cases, Audit(database), Floods(database, cases))
        return await desk.erase(records, desk.CLI, await _conversation(records.cases, number), datetime.now(UTC))

    click.echo(with_database(work))


async def _conversation(cases: Cases, number: UUID) -> UUID:
    try:
        return (await cases.get(number)).conversation_id
    except NoSuchCaseError:
        return number
