"""The inbox: three groups, last words for who may with their line in the log, and a pulse without any."""

from datetime import timedelta

import pytest

from bot import desk
from bot.desk.staffing import accounts, add_account, close_account, open_account, renew_password
from bot.storage import Logins
from bot.storage.errors import LogInRefusedError, NoSuchOperatorError, NoSuchReplyError
from tests.desk.conftest import ANA, BEN, CORA, EDI, EVA
from tests.storage.conftest import NOW

LATER = NOW + timedelta(minutes=5)


async def inbox(records, who, **wanted):
    return await desk.inbox(records, who, desk.Wanted(**(wanted or {"unresolved": True})), None, 9, NOW)


def names(found):
    return {group.name: len(group.cases) for group in found.groups}


async def test_cases_stand_under_who_has_them(world, records):
    cases = [await world.case(str(number)) for number in range(4)]
    await world.cases.claim(cases[0].id, "ana", NOW)
    await world.cases.claim(cases[1].id, "ben", NOW)
    assert names(await inbox(records, ANA)) == {"untaken": 2, "mine": 1, "others": 1}
    assert names(await inbox(records, CORA)) == {"untaken": 2, "mine": 0, "others": 2}
    assert names(await inbox(records, EVA)) == {"untaken": 2, "others": 2}
    assert names(await inbox(records, ANA, status="claimed")) == {"found": 2}
    assert [group.count for group in (await inbox(records, BEN)).groups] == [2, 1, 1]


@pytest.mark.parametrize("who", [ANA, CORA])
async def test_last_words_leave_their_line(world, records, who):
    case = await world.case()
    found = await inbox(records, who)
    assert found.glances[case.id].channel
    assert [one.words for group in found.groups for one in group.cases] == [""]
    log = [(entry.who, entry.action) for entry in await records.audit.of(str(case.id)) if entry.who]
    assert log == [(who.name, desk.GLANCED)]


async def test_who_does_not_take_cases_sees_nobodys_words(world, records):
    case = await world.case()
    assert not (await inbox(records, EVA)).glances
    assert desk.GLANCED not in {entry.action for entry in await records.audit.of(str(case.id))}
    with pytest.raises(desk.NotAllowedError):
        await inbox(records, EDI)


async def test_the_pulse_tells_who_waits_for_me(world, records):
    case, other = await world.case("1"), await world.case("2")
    await desk.claim(records, ANA, case.id, NOW)
    found = await desk.pulse(records, ANA, NOW)
    assert (found.waiting, [one.id for one in found.owed], found.owed[0].words) == (1, [case.id], "")
    assert found.newest == other.opened_at
    assert (await desk.pulse(records, EVA, NOW)).owed == ()
    assert not (await records.audit.of(str(other.id)))[1:]


async def test_replies_are_kept_by_their_owner_and_shared_by_a_coordinator(records):
    await desk.keep_ready(records, ANA, "es", "Agua", "Guarden el agua.", NOW)
    with pytest.raises(desk.NotAllowedError):
        await desk.keep_ready(records, ANA, "es", "Todos", "Para todos.", NOW, shared=True)
    await desk.keep_ready(records, CORA, "es", "Todos", "Para todos.", NOW, shared=True)
    assert [one.title for one in await desk.ready(records, ANA, "es")] == ["Agua", "Todos"]
    assert [one.title for one in await desk.ready(records, BEN)] == ["Todos"]
    mine, shared = await desk.ready(records, ANA)
    with pytest.raises(NoSuchReplyError):
        await desk.drop_ready(records, BEN, mine.id, NOW)
    with pytest.raises(desk.NotAllowedError):
        await desk.drop_ready(records, ANA, shared.id, NOW, shared=True)
    await desk.drop_ready(records, CORA, shared.id, NOW, shared=True)
    assert [one.title for one in await desk.ready(records, ANA)] == ["Agua"]
    with pytest.raises(desk.NotAllowedError):
        await desk.ready(records, EVA)


async def test_a_coordinator_makes_and_closes_accounts_but_not_her_own(world, records):
    operators = world.operators
    await operators.add("cora", "coordinator", NOW)
    for who in (ANA, EVA, EDI):
        with pytest.raises(desk.NotAllowedError):
            await add_account(records, operators, who, "nueva", "operator", NOW, LATER)
        with pytest.raises(desk.NotAllowedError):
            await accounts(operators, who)
        with pytest.raises(desk.NotAllowedError):
            await desk.change_role(operators, who, "cora", "operator", NOW)
    password = await add_account(records, operators, CORA, "nueva", "operator", NOW, LATER)
    assert await Logins(records.database).log_in("nueva", password, "", NOW)
    another = await renew_password(records, CORA, "nueva", NOW)
    with pytest.raises(LogInRefusedError):
        await Logins(records.database).log_in("nueva", password, "", LATER)
    assert await Logins(records.database).log_in("nueva", another, "", LATER)
    for change in (
        lambda: close_account(operators, CORA, "cora", NOW),
        lambda: renew_password(records, CORA, "cora", NOW),
        lambda: desk.change_role(operators, CORA, "cora", "operator", NOW),
    ):
        with pytest.raises(desk.NotAllowedError):
            await change()
    await close_account(operators, CORA, "nueva", NOW)
    with pytest.raises(LogInRefusedError):
        await Logins(records.database).log_in("nueva", another, "", LATER)
    assert await open_account(records, operators, CORA, "nueva", NOW, LATER)
    signed = {(entry.who, entry.action) for entry in await records.audit.of("nueva")}
    assert {("cora", "account made"), ("cora", "account closed"), ("cora", "password set")} <= signed


async def test_shifts_are_changed_by_a_coordinator_and_signed(world, records):
    await world.operators.add("ana", "operator", NOW)
    args = ("ana", 0, 540, 1020, "es")
    with pytest.raises(desk.NotAllowedError):
        await desk.add_shift(records, world.operators, ANA, *args, NOW)
    with pytest.raises(NoSuchOperatorError):
        await desk.add_shift(records, world.operators, CORA, "nadie", *args[1:], NOW)
    await desk.add_shift(records, world.operators, CORA, *args, NOW)
    await desk.set_holiday(records, CORA, NOW.date(), NOW)
    week = await desk.week(records, EVA)
    assert ([one.operator for one in week.shifts], list(week.holidays)) == (["ana"], [NOW.date()])
    assert await desk.remove_shift(records, CORA, week.shifts[0].id, NOW)
    assert not await desk.remove_shift(records, CORA, week.shifts[0].id, NOW)
    await desk.set_holiday(records, CORA, NOW.date(), NOW, off=True)
    week = await desk.week(records, CORA)
    assert (len(week.shifts), len(week.holidays)) == (0, 0)
    items, _ = await records.audit.page(None, 9, who="cora")
    assert [entry.action for entry in items] == ["holiday removed", "shift removed", "holiday added", "shift added"]
