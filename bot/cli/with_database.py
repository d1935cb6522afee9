"""Commands that work on the database while the server runs."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot import wiring
from bot.cli.starting import start_errors
from bot.storage import Database

Result = TypeVar("Result")


def with_database(work: Callable[[Database], Awaitable[Result]]) -> Result:
    """Run `work` on the configured database, brought up to date first; a clear word where it cannot be opened."""
    with start_errors():
        settings = wiring.read_settings()
        wiring.prepare_database(settings)

        async def run() -> Result:
            async with Database.opened(settings.database_url, wiring.secret_of(settings)) as database:
                return await work(database)

        return asyncio.run(run())
