"""A worker: it sends what others wrote, and keeps house. It loads no content, as each row carries its words."""

import asyncio
import logging
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from datetime import UTC, datetime
from functools import partial

from procrastinate.exceptions import ConnectorException
from psycopg_pool import PoolTimeout

from bot.channels.rendering import fit
from bot.channels.web import WebChannel
from bot.conversation.ports import StoreBusyError
from bot.delivery import Delivery
from bot.jobs import HOUSE, REPLIES, Jobs, Work
from bot.settings import Settings
from bot.storage import Cases, Database, DatabaseOutbox, Floods
from bot.storage.engine import full_url, refuse_older
from bot.storage.identified import Identified
from bot.storage.retention import Retention
from bot.wiring.channels import channels_of, telegram_of, twilio_of
from bot.wiring.desk import keeps_of, life_of
from bot.wiring.service import known_as
from bot.wiring.starting import must_be_shared, read_settings, secret_of

log = logging.getLogger(__name__)


@asynccontextmanager
async def open_worker(settings: Settings | None = None) -> AsyncIterator[Delivery]:
    """A sender among others, running; stopped in reverse order, sends under way first. StartError."""
    settings = settings or read_settings()
    must_be_shared(settings)
    await asyncio.to_thread(refuse_older, settings.database_url)
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(Database.opened(settings.database_url, secret_of(settings)))
        jobs = await stack.enter_async_context(opened_jobs(settings, database))
        telegram, twilio = telegram_of(settings), twilio_of(settings)
        for provider in (telegram, twilio):
            if provider is not None:
                stack.push_async_callback(provider.close)
        web = WebChannel()
        delivery = Delivery(
            DatabaseOutbox(database),
            {web.name: web, **channels_of(telegram, twilio)},
            fit=fit,
            on_timer=None,
            known_as=partial(known_as, database),
        )
        stack.push_async_callback(stopped, asyncio.create_task(delivery.run()))
        stack.push_async_callback(delivery.stop)
        work = Work(drain=delivery.drain, keep_house=partial(keep_house, settings, database))
        stack.push_async_callback(stopped, asyncio.create_task(jobs.work([REPLIES, HOUSE], work)))
        yield delivery


@asynccontextmanager
async def opened_jobs(settings: Settings, database: Database) -> AsyncIterator[Jobs]:
    """The queue, told of all that this process writes. StoreBusyError where it cannot be reached."""
    jobs = Jobs(full_url(settings.database_url))
    try:
        await jobs.open()
    except (ConnectorException, PoolTimeout) as error:
        raise StoreBusyError("the queue of jobs cannot be opened") from error
    database.defer = jobs.defer
    try:
        yield jobs
    finally:
        database.defer = None
        await jobs.close()


async def keep_house(settings: Settings, database: Database) -> None:
    """Let go what is not needed any more, as the settings say, and what floods left. StoreBusyError."""
    now = datetime.now(UTC)
    await Retention(database).let_go(keeps_of(settings), now)
    await Floods(database, Cases(database, life_of(settings))).forget(now)
    await Identified(database).mask(now)


async def stopped(task: asyncio.Task[None]) -> None:
    """Cancelled, and waited for."""
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
