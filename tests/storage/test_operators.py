"""Operator accounts."""

from datetime import UTC, datetime

import pytest

from bot import handoff
from bot.handoff.shifts import Rota, Shift
from bot.storage import Audit, Database, Operators, Shifts
from bot.storage.errors import NoSuchOperatorError, OperatorExistsError
from bot.wiring.desk import read_rota

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
SECRET = "a secret of more than thirty-two characters"


async def test_a_token_opens_its_own_account_and_is_not_kept(world) -> None:
    token = await world.operators.add("ana", "operator", NOW)
    other = await world.operators.add("ben", "auditor", NOW)
    assert len(token) >= 43
    assert token != other
    known = await world.operators.authenticate(token, NOW)
    assert (known.name, known.role, known.disabled_at) == ("ana", "operator", None)
    assert (await world.operators.authenticate(other, NOW)).name == "ben"
    await world.database.scrub()
    assert token.encode() not in world.path.read_bytes()  # of PostgreSQL there is no one file


@pytest.mark.parametrize("token", ["", "x", "ana", "\ud83d", "x" * 100_000, "\0"])
async def test_no_other_token_opens_anything(world, token: str) -> None:
    await world.operators.add("ana", "operator", NOW)
    assert await world.operators.authenticate(token, NOW) is None


async def test_a_name_is_given_once(world) -> None:
    await world.operators.add("ana", "operator", NOW)
    with pytest.raises(OperatorExistsError, match="ana"):
        await world.operators.add("ana", "auditor", NOW)
    await world.operators.disable("ana", NOW)
    with pytest.raises(OperatorExistsError):
        await world.operators.add("ana", "operator", NOW)


async def test_disabling_closes_the_account_and_returns_its_cases(world) -> None:
    token = await world.operators.add("ana", "operator", NOW)
    mine, other, done = [await world.case(who=who) for who in ("a", "b", "c")]
    await world.cases.claim(mine.id, "ana", NOW)
    await world.cases.claim(other.id, "ben", NOW)
    await world.cases.claim(done.id, "ana", NOW)
    await world.cases.resolve(done.id, "ana", "helped", None, NOW)
    await world.operators.disable("ana", NOW)
    assert await world.operators.authenticate(token, NOW) is None
    states = [(await world.cases.get(case.id)) for case in (mine, other, done)]
    assert [(case.status, case.claimed_by) for case in states] == [
        ("open", None), ("claimed", "ben"), ("resolved", "ana"),
    ]  # fmt: skip
    assert [(one.name, one.disabled_at) for one in await world.operators.list_operators()] == [("ana", NOW)]
    with pytest.raises(NoSuchOperatorError, match="nadie"):
        await world.operators.disable("nadie", NOW)


async def test_a_second_process_adds_and_disables_while_the_server_runs(world) -> None:
    # Another engine on the same database stands for the other process: it shares nothing else.
    second = await Database.open(world.url, SECRET)
    try:
        token = await Operators(second, handoff).add("ana", "operator", NOW)
        assert await world.operators.authenticate(token, NOW)
        await Operators(second, handoff).disable("ana", NOW)
        assert await world.operators.authenticate(token, NOW) is None
    finally:
        await second.close()


async def test_nobody_is_promised_by_the_shift_of_a_closed_account(world) -> None:
    shifts = Shifts(world.database)
    for name in ("ana", "ben"):
        await world.operators.add(name, "operator", NOW)
        await shifts.add(name, 0, 9 * 60, 17 * 60, "es")
    await world.operators.disable("ana", NOW)
    assert await read_rota(shifts) == Rota((Shift("ben", 0, 9 * 60, 17 * 60),))
    assert [(row.operator, row.stands) for row in (await shifts.all())[0]] == [("ana", False), ("ben", True)]


async def test_the_log_keeps_who_came_and_went(world) -> None:
    await world.operators.add("ana", "operator", NOW)
    await world.operators.disable("ana", NOW)
    entries, _ = await Audit(world.database).page(None, 10)
    assert [(one.action, one.item, one.detail) for one in entries] == [
        ("account closed", "ana", ""), ("account made", "ana", "operator"),
    ]  # fmt: skip
