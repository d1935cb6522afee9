"""`ventanilla retention`: let go what is not needed any more; the server does it by itself once a day."""

from datetime import UTC, datetime

import click

from bot import wiring
from bot.cli.starting import start_errors
from bot.cli.with_database import with_database
from bot.storage.retention import Retention


@click.command("retention", help="Let go what is older than the settings RETENTION_… say; the server does it daily.")
@click.option("--dry-run", is_flag=True, help="Only count what would go.")
def retention(*, dry_run: bool) -> None:
    """One line a table, tab-separated."""
    with start_errors():
        keeps = wiring.keeps_of(wiring.read_settings())
    now = datetime.now(UTC)
    for table, count in with_database(
        lambda database: (Retention(database).due if dry_run else Retention(database).let_go)(keeps, now)
    ).items():
        click.echo(f"{table}\t{count}")
