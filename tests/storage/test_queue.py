"""A queue of 100,000: every page walks an index in its order, and pages follow one another."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import bindparam, select, text, update

from bot.conversation import Conversation
from bot.storage.queue import Wanted, asked
from bot.storage.searching import Searches
from bot.storage.tables import cases, conversations
from bot.storage.types import Bound, place_of
from knowledge.schema.base import Level
from tests.storage.conftest import on_sqlite

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
COUNT = 100_000
MADE = (
    "with recursive n(i) as (select 1 union all select i+1 from n where i < :count) insert into conversations (id, "
    'channel, address_key, address, state, reachable, "left", erase_when_closed, last_message_id, created_at, '
    "updated_at) select lower(printf('%032x', i)), 'telegram', cast(printf('%032d', i) as blob), x.address, x.state, "
    "1, 0, 0, 0, x.created_at, x.updated_at from n, (select * from conversations limit 1) x",
    "with recursive n(i) as (select 1 union all select i+1 from n where i < :count) insert into cases (id, "
    'conversation_id, level, status, reason, rule, words, opened_at, counts_from, "left", in_time, category, '
    "claimed_by, follow_up)"
    " select lower(printf('%032x', i)), lower(printf('%032x', i)), i % 3, "
    "case when i % 10 < 2 then 'open' when i % 10 < 3 then 'claimed' else 'resolved' end, 'danger', '', x.words, "
    "datetime('2026-04-01', '+' || i || ' seconds') || '.000000', "
    "datetime('2026-04-01', '+' || i || ' seconds') || '.000000', 0, i % 7 > 0, "
    "case i % 500 when 0 then 'lost' else 'violence' end, case when i % 10 >= 2 then 'op' || (i % 200) end, "
    "i % 1000 = 8 from n, (select * from cases limit 1) x",
)


async def fill(world, count: int) -> None:
    await world.case()
    async with world.database.write() as connection:
        for statement in MADE:
            await connection.execute(text(statement), {"count": count})
        await _sealed(connection, conversations, address="52155", state=Conversation().stored())
        await _sealed(connection, cases, words="me pega")


async def _sealed(connection, table, **texts: str) -> None:
    """Copied rows hold what opens in the first one alone: each gets texts of its own."""
    ids = list(await connection.scalars(select(table.c.id)))
    names = {f"new_{name}": value for name, value in texts.items()}
    statement = update(table).where(table.c.id == bindparam("of_it"))
    statement = statement.values({name: bindparam(f"new_{name}") for name in texts})
    kinds = {f"new_{name}": table.c[name] for name in texts}
    rows = [
        {"of_it": one, **{new: Bound(value, place_of(kinds[new], {"id": one})) for new, value in names.items()}}
        for one in ids
    ]
    await connection.execute(statement, rows)


async def plan(world, wanted: Wanted, cursor: str | None) -> list[str]:
    """It does not depend on the values."""
    async with world.database.read() as connection:
        compiled = asked(wanted, cursor, 50).compile(connection.sync_connection.engine)
        values = tuple("x" for _ in compiled.positiontup)
        rows = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", values)
        return [row[3] for row in rows]


FILTERS = [
    (Wanted(unresolved=True), "ix_cases_waiting"),
    (Wanted(unresolved=True, level=Level.URGENT), "ix_cases_waiting"),
    (Wanted(status="open"), "ix_cases_status"),
    (Wanted(status="resolved"), "ix_cases_status"),
    (Wanted(status="resolved", level=Level.URGENT), "ix_cases_status"),
    (Wanted(unresolved=True, holder="ana"), "ix_cases_claimed_by"),
    (Wanted(status="resolved", holder="ana"), "ix_cases_claimed_by"),
    (Wanted(unresolved=True, category="lost"), "ix_cases_category"),
    (Wanted(status="resolved", category="lost"), "ix_cases_category"),
    (Wanted(status="resolved", follow_up=True), "ix_cases_to_follow"),
    (Wanted(follow_up=True), "ix_cases_to_follow"),
    (Wanted(), "ix_cases_level"),
]


@on_sqlite
@pytest.mark.parametrize(("wanted", "index"), FILTERS)
async def test_every_page_walks_an_index_and_sorts_nothing(world, wanted, index) -> None:
    await fill(world, 300)
    (_, cursor) = await world.cases.find(replace(wanted, category=None, holder=None, follow_up=False), None, 5)
    for place in (None, cursor):
        lines = await plan(world, wanted, place)
        assert len(lines) == 1, lines
        assert f"INDEX {index}" in lines[0], lines


@on_sqlite
async def test_a_hundred_thousand(world) -> None:
    """Each case once, in the order of the queue, page by page; counted and searched within bounds."""
    await fill(world, COUNT)
    for wanted, most in ((Wanted(unresolved=True, holder="op2"), 10**6), (Wanted(unresolved=True), 2000)):
        seen, cursor = [], None
        while len(seen) < most:
            items, cursor = await world.cases.find(wanted, cursor, 200)
            seen += items
            if cursor is None:
                break
        keys = [(case.level.rank, case.in_time, case.opened_at, case.id) for case in seen]
        assert keys == sorted(set(keys))
        assert len(seen) == (500 if wanted.holder else most)
        assert all(case.status != "resolved" for case in seen)
    assert await world.cases.waiting() == 1000, "counted no further"
    found = await Searches(world.database).find("pega")
    assert (len(found.hits), found.whole) == (50, False)
    first = await world.cases.claim_next("ana", NOW)
    assert (first.level, first.in_time) == (Level.CRITICAL, False)
    assert first.opened_at < NOW - timedelta(days=20)
