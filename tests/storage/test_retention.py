"""What is kept for how long: by class, the same with and without --dry-run, and as /privacidad says."""

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from bot.conversation import CaseNeeded, NotUnderstood
from bot.storage import Audit, Logins
from bot.storage.desk_tables import audit, notes, requests, sessions
from bot.storage.limit_tables import blocks, case_openings, log_in_failures
from bot.storage.retention import Keeps, Retention
from bot.storage.tables import cases, conversations, deliveries, messages, metadata, operators, unanswered
from bot.storage.types import bound
from knowledge.schema.base import Level

DAY = timedelta(days=1)
NOW = datetime.now(UTC).replace(microsecond=0)
KEEPS = Keeps(questions=30 * DAY, cases=180 * DAY, unanswered=90 * DAY, audit=730 * DAY, deliveries=7 * DAY)
PERSON = CaseNeeded("person", Level.PRIORITY)


async def count(world, table) -> int:
    async with world.database.read() as connection:
        return await connection.scalar(select(func.count()).select_from(table))


async def closed_case(world, who: str, ago: timedelta) -> None:
    await world.say("me pega", events=[CaseNeeded("danger", Level.URGENT, "violence")], who=who, at=NOW - ago)
    case = await world.cases.claim_next("ana", NOW - ago)
    await world.cases.note(case.id, "ana", "habla mixteco", NOW - ago)
    await world.cases.resolve(case.id, "ana", "helped", None, NOW - ago)


async def past(world) -> None:
    """One of each class that is due, beside one that is not."""
    await world.say("vieja", who="old", at=NOW - 31 * DAY)
    await world.say("de hace mucho", who="both", at=NOW - 40 * DAY)
    await world.say("de ayer", who="both", at=NOW - DAY, events=[NotUnderstood("algo", "es")])
    await world.say("algo", who="old2", at=NOW - 91 * DAY, events=[NotUnderstood("algo", "es")])
    await closed_case(world, "closed-old", 181 * DAY)
    await closed_case(world, "closed", 179 * DAY)
    await world.say("me pega", who="open", at=NOW - 400 * DAY, events=[CaseNeeded("danger", Level.URGENT, "violence")])
    old = {"who": "ana", "action": "read", "item": "x", "detail": ""}
    async with world.database.write() as connection:
        await connection.execute(insert(audit), [old | {"at": NOW - ago} for ago in (731 * DAY, 729 * DAY)])
        row = {"key": b"k" * 32, "fingerprint": b"f" * 32, "at": NOW - 2 * DAY}
        await connection.execute(insert(requests), row)
        for ago in (2 * DAY, timedelta(hours=1)):
            at, source = NOW - ago, str(ago).encode()
            await connection.execute(insert(case_openings), {"source": source, "at": at})
            block = {"source": source, "reason": "x", "by": "ana", "at": at, "until": at}
            await connection.execute(insert(blocks), bound(blocks, block))
            tried = {"name_key": source, "source_key": source, "count": 5, "last_at": at}
            await connection.execute(insert(log_in_failures), tried)


async def test_each_class_goes_after_its_days_and_nothing_else(world):
    await past(world)
    before = {table.name: await count(world, table) for table in metadata.sorted_tables}
    retention = Retention(world.database)
    planned = await retention.due(KEEPS, NOW)
    assert {table.name: await count(world, table) for table in metadata.sorted_tables} == before, "--dry-run"
    gone = await retention.let_go(KEEPS, NOW)
    assert gone == planned
    assert gone == {"cases": 1, "messages": 4, "conversations": 3, "unanswered": 1, "audit": 1,
                    "deliveries": 6, "requests": 1, "sessions": 0, "alerts": 0, "case_openings": 1, "blocks": 1,
                    "log_in_failures": 1, "checklists": 0, "checklist_tries": 0}  # fmt: skip
    async with world.database.read() as connection:
        said = set(await connection.scalars(select(messages.c.text).where(messages.c.direction == "in")))
        kept = await connection.scalar(select(func.min(audit.c.at)))
    assert said == {"de ayer", "me pega"}
    assert await count(world, conversations) == 3
    assert (await count(world, cases), await count(world, notes)) == (2, 1)
    assert kept == NOW - 729 * DAY
    assert await count(world, deliveries) == 1
    assert await count(world, unanswered) == 1
    assert set((await retention.let_go(KEEPS, NOW)).values()) == {0}
    lines, _ = await Audit(world.database).page(None, 50)
    assert {(one.item, one.detail) for one in lines if one.action == "let go"} == {
        (name, str(number)) for name, number in gone.items() if number
    }


async def test_many_go_in_small_steps(world, monkeypatch):
    monkeypatch.setattr("bot.storage.retention.AT_ONCE", 2)
    for number in range(5):
        await world.say("vieja", who=f"p{number}", at=NOW - 31 * DAY)
    assert (await Retention(world.database).let_go(KEEPS, NOW))["conversations"] == 5
    assert await count(world, messages) == 0


async def test_sessions_that_open_nothing_any_more_go(world):
    await world.operators.add("ana", "operator", NOW)
    async with world.database.write() as connection:
        owner = await connection.scalar(select(operators.c.id))
        rows = [{"token_hash": bytes([hours]) * 32, "operator_id": owner, "started_at": NOW - timedelta(hours=hours),
                 "used_at": NOW} for hours in (1, 13)]  # fmt: skip
        await connection.execute(insert(sessions), rows)
    assert (await Retention(world.database).let_go(KEEPS, NOW))["sessions"] == 1
    assert Logins(world.database)


@pytest.mark.parametrize("days", [1, 364])
async def test_no_younger_line_of_the_log_can_be_deleted_by_anybody(world, days):
    async with world.database.write() as connection:
        row = {"who": "ana", "action": "read", "item": "x", "detail": "", "at": NOW - days * DAY}
        await connection.execute(insert(audit), row)
    with suppress(IntegrityError):  # SQLite says so; PostgreSQL leaves it alone
        await Retention(world.database).let_go(Keeps(DAY, DAY, DAY, DAY / 2, DAY), NOW)
    assert await count(world, audit) == 1
