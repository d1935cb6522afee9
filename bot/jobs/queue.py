"""What is done beside the messages, as jobs: a job says that there is something to do, never what it is.

Lost, late or doubled it does no harm: each task looks into its table for what is due.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from procrastinate import App, Blueprint, JobContext, PsycopgConnector
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException, UniqueViolation
from procrastinate.jobs import Status
from sqlalchemy import URL

from bot.conversation.ports import Priority, StoreBusyError
from bot.storage.drains import Drain
from bot.telemetry.raised import where

log = logging.getLogger(__name__)

REPLIES, CONTENT, HOUSE = "replies", "content", "house"
"""What a sender does; what needs the content, and so is done where messages are answered; what anybody may do."""
PRIORITIES = {Priority.URGENT: 2, Priority.OPERATOR: 1, Priority.ORDINARY: 0}
"""Procrastinate's: the highest first."""
CONCURRENCY = 4
SWEEP = 2.0
"""Seconds: jobs that no NOTIFY told of, and those that were put off."""
HEARTBEAT, STALLED = 3.0, 10.0
AGAIN = 1.0
"""Seconds before a worker whose database failed looks again."""
EVERY = {
    "timers": (CONTENT, "* * * * * */2"),
    "alerts": (CONTENT, "* * * * * *"),
    "keep_house": (HOUSE, "41 9 * * *"),
    "recover": (HOUSE, "* * * * * */10"),
}
"""What is looked for by the clock, on which queue; the sixth number is seconds, retention has a quiet hour of Mexico.
One of each waits at most.
"""


@dataclass(frozen=True, slots=True)
class Work:
    """What this process does; a queue that it does not ask for needs none of it."""

    drain: Callable[[UUID], Awaitable[object]] | None = None
    timers: Callable[[], Awaitable[object]] | None = None
    alerts: Callable[[], Awaitable[object]] | None = None
    keep_house: Callable[[], Awaitable[object]] | None = None


class Jobs:
    """One process's part in the queue; `open` before anything else, `close` at the end."""

    def __init__(self, url: URL, wait: float = 5.0) -> None:
        dsn = url.set(drivername="postgresql").render_as_string(hide_password=False)
        connector = PsycopgConnector(conninfo=dsn, min_size=1, max_size=CONCURRENCY, timeout=wait)
        self.app = App(connector=connector)
        self.app.add_tasks_from(_tasks(), namespace="ventanilla")

    async def open(self) -> None:
        """Raises ConnectorException."""
        await self.app.open_async()

    async def close(self) -> None:
        """At the end."""
        await self.app.close_async()

    async def defer(self, connection: Any, drains: Sequence[Drain]) -> None:
        """Within the transaction of `connection`, psycopg's own. StoreBusyError.

        One at once waits for each conversation at most; a later try has no such lock, or it would hold those back.
        """
        for one in drains:
            task = self.app.tasks["ventanilla:drain"]
            name, priority = str(one.conversation_id), PRIORITIES[one.priority]
            try:
                if one.at:
                    later = task.configure(priority=priority, schedule_at=one.at, connection=connection)
                    await later.defer_async(conversation=name)
                else:
                    async with connection.transaction():  # a savepoint: one that waits already must undo nothing else
                        at_once = task.configure(priority=priority, queueing_lock=name, connection=connection)
                        await at_once.defer_async(conversation=name)
            except AlreadyEnqueued:
                continue
            except ConnectorException as error:
                raise StoreBusyError(f"the job could not be written: {type(error.__cause__).__name__}") from error

    async def work(self, queues: Sequence[str], work: Work) -> None:
        """A task: until it is cancelled; survives a database that fails."""
        logging.getLogger("procrastinate").setLevel(logging.WARNING)
        while True:
            try:
                await self.app.run_worker_async(
                    queues=[*queues],
                    concurrency=CONCURRENCY,
                    additional_context={"work": work},
                    install_signal_handlers=False,
                    delete_jobs="always",
                    fetch_job_polling_interval=SWEEP,
                    update_heartbeat_interval=HEARTBEAT,
                    stalled_worker_timeout=STALLED,
                    shutdown_graceful_timeout=AGAIN,
                )
            except Exception as error:
                log.error("the queue of jobs: %s", where(error))
            await asyncio.sleep(AGAIN)


async def _done(context: JobContext, name: str, *given: object) -> None:
    """Procrastinate would log what was raised with its words; what is due is found again at the next look."""
    do = getattr(context.additional_context["work"], name)
    try:
        await do(*given)
    except Exception as error:
        log.error("%s: %s", name, where(error))


def _tasks() -> Blueprint:
    """Made for each `Jobs`, as Procrastinate binds a task to one App."""
    made = Blueprint()
    made.task(name="drain", queue=REPLIES, pass_context=True)(drain)
    for name, (queue, cron) in EVERY.items():
        task = made.task(name=name, queue=queue, queueing_lock=name, pass_context=True)
        made.periodic(cron=cron)(task(recover if name == "recover" else _regularly(name)))
    return made


async def drain(context: JobContext, conversation: str) -> None:
    """Replies of one conversation are due."""
    await _done(context, "drain", UUID(conversation))


def _regularly(name: str) -> Callable[[JobContext, int], Awaitable[None]]:
    async def look(context: JobContext, timestamp: int) -> None:
        await _done(context, name)

    return look


async def recover(context: JobContext, timestamp: int) -> None:
    """Jobs of workers that were killed are anybody's again."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED):
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # another like it waits already
            await manager.finish_job(job, Status.FAILED, delete_job=True)
