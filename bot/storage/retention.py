"""What is not needed any more is let go, class by class, a little at a time so that nobody waits for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Table, delete, exists, func, select, tuple_

from bot.storage import audit as log
from bot.storage.bursts import OPENINGS_KEPT
from bot.storage.checklists import FORGOTTEN as TRIES_FORGOTTEN
from bot.storage.desk_tables import alerts, audit, requests, sessions
from bot.storage.engine import Database
from bot.storage.floods import BLOCK_LASTS
from bot.storage.limit_tables import blocks, case_openings, checklist_tries, checklists, log_in_failures
from bot.storage.logins import LONGEST
from bot.storage.requests import KEPT
from bot.storage.rows import REMINDER
from bot.storage.tables import cases, conversations, deliveries, messages, timers, unanswered
from bot.storage.throttle import FORGOTTEN

AT_ONCE = 200
"""Rows of one transaction: a turn that waits for the writer meanwhile waits some milliseconds."""


_REMINDED = exists().where(timers.c.conversation_id == conversations.c.id, timers.c.kind == REMINDER)
"""Reminders are to come: they stay, and what they need; a look lets go all else of the state."""


@dataclass(frozen=True, slots=True)
class Keeps:
    """For how long each class is kept."""

    questions: timedelta
    """What was said where no case was opened; from the last message on also the rest of the conversation."""
    cases: timedelta
    """Since they were closed, with all that was said in their conversation."""
    unanswered: timedelta
    audit: timedelta
    deliveries: timedelta


class Retention:
    """The daily job."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, keeps: Keeps, now: datetime) -> Mapping[str, int]:
        """How many rows of which table would go; nothing goes. StoreBusyError."""
        found: dict[str, int] = {}
        async with self._database.read() as connection:
            for table, is_due in _rules(keeps, now):
                counted = select(func.count()).select_from(table).where(is_due)
                found[table.name] = await connection.scalar(counted) or 0
        return found

    async def let_go(self, keeps: Keeps, now: datetime) -> Mapping[str, int]:
        """How many rows of which table went, as the log says too. StoreBusyError: the rest goes the next time."""
        found: dict[str, int] = {}
        for table, is_due in _rules(keeps, now):
            found[table.name] = count = await self._all_of(table, is_due)
            if count:
                async with self._database.write() as connection:
                    await log.write(connection, "", "let go", table.name, now, str(count))
        await self._database.scrub()
        return found

    async def _all_of(self, table: Table, is_due: ColumnElement[bool]) -> int:
        key, count = list(table.primary_key), 0
        some = select(*key).where(is_due).limit(AT_ONCE)
        # Asked again in the deletion itself: the person may have written meanwhile.
        statement = delete(table).where(tuple_(*key).in_(some), is_due)
        while True:
            async with self._database.write() as connection:
                gone = (await connection.execute(statement)).rowcount
            count += gone
            if gone < AT_ONCE:
                return count


def _rules(keeps: Keeps, now: datetime) -> list[tuple[Table, ColumnElement[bool]]]:
    """Table and what of it is due, in this order; a case that is due counts as gone already."""
    closed = (cases.c.status == "resolved") & (cases.c.resolved_at < now - keeps.cases)
    asked = now - keeps.questions
    return [
        (cases, closed),
        (messages, (messages.c.at < asked) & ~_has_case(messages.c.conversation_id, closed)),
        (conversations, (conversations.c.updated_at < asked) & ~_has_case(conversations.c.id, closed) & ~_REMINDED),
        (unanswered, unanswered.c.at < now - keeps.unanswered),
        (audit, audit.c.at < now - keeps.audit),
        (deliveries, deliveries.c.received_at < now - keeps.deliveries),
        (requests, requests.c.at < now - KEPT),
        (sessions, sessions.c.started_at < now - LONGEST),
        (alerts, alerts.c.case_id.in_(select(cases.c.id).where(cases.c.status == "resolved"))),
        (case_openings, case_openings.c.at < now - OPENINGS_KEPT),
        (blocks, blocks.c.until < now - BLOCK_LASTS),
        (log_in_failures, log_in_failures.c.last_at < now - FORGOTTEN),
        (checklists, checklists.c.until < now),
        (checklist_tries, checklist_tries.c.last_at < now - TRIES_FORGOTTEN),
    ]  # fmt: skip


def _has_case(conversation_id: ColumnElement[UUID], closed: ColumnElement[bool]) -> ColumnElement[bool]:
    """One that stays."""
    return exists().where(cases.c.conversation_id == conversation_id, ~func.coalesce(closed, False))
