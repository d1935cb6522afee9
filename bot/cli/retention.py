"""`ventanilla retention`: let go what is not needed any more; the server does it by itself once a day."""

from datetime import UTC, datetime

import click

from bot import wiring
from bot.cli.starting import start_errors
from bot.cli.with_database import with_database
from bot.storage import Database
from bot.storage.identified import Identified
from bot.storage.retention import Keeps, Retention


@click.command("retention", help="Let go what is older than the settings RETENTION_… say; the server does it daily.")
@click.option("--dry-run", is_flag=True, help="Only count what would go.")
def retention(*, dry_run: bool) -> None:
    """One line a table, tab-separated."""
    with start_errors():
        keeps = wiring.keeps_of(wiring.read_settings())
    now = datetime.now(UTC)
    for what, count in with_database(lambda database: _done(database, keeps, now, dry_run=dry_run)).items():
        click.echo(f"{what}\t{count}")


async def _done(database: Database, keeps: Keeps, now: datetime, *, dry_run: bool) -> dict[str, int]:
    """By table what went, and in how many conversations numbers were masked, or would be."""
    retention, identified = Retention(database), Identified(database)
    found = await (retention.due if dry_run else retention.let_go)(keeps, now)
    return {**found, "masked": await (identified.due if dry_run else identified.mask)(now)}
