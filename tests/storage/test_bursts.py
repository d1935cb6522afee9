"""What one network opens beyond its budget stands behind one item; the queue goes by evidence and by waiting."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from bot.conversation import CaseNeeded, DeletionConfirmed, InboundMessage, Kind
from bot.handoff import ALERT, HeldByAnotherError
from bot.storage import Floods
from bot.storage.bursts import BUDGET, BUDGET_LASTS
from bot.storage.errors import NoSourceError, NoSuchBlockError
from bot.storage.floods import BLOCK_LASTS
from bot.storage.limit_tables import case_openings
from bot.storage.queue import Wanted
from bot.storage.tables import timers
from knowledge.schema.base import Level

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
NETWORK = "203.0.113.7/32"
SAID = CaseNeeded("danger", Level.CRITICAL, "violence", "rule-1", "me pega", "US")


async def visit(world, who: str, at: datetime = NOW, network: str = NETWORK, level: Level = Level.CRITICAL):
    """One message of a visitor of the web, who is in danger."""
    world.count += 1
    message = InboundMessage("web", f"w{world.count}", who, Kind.TEXT, at, "me pega", network=network)
    event = CaseNeeded("danger", level, "violence", "rule-1", "me pega", "US")
    await world.handle(message, ["Llame ya al 911"], [event], at)


async def flood(world, count: int, network: str = NETWORK, at: datetime = NOW) -> None:
    for number in range(count):
        await visit(world, f"{network}-{number}", at + number * SECOND / 100, network)


async def queue(world):
    return (await world.cases.find(Wanted(status="open"), None, 100))[0]


def floods(world) -> Floods:
    return Floods(world.database, world.cases)


async def alerts(world) -> int:
    async with world.database.read() as connection:
        return await connection.scalar(select(func.count()).select_from(timers).where(timers.c.kind == ALERT))


async def test_beyond_its_budget_a_network_is_one_item(world) -> None:
    await flood(world, 40)
    shown = await queue(world)
    assert len(shown) == BUDGET
    assert list((await floods(world).more(shown)).values()) == [40 - BUDGET]
    assert len((await world.cases.find(Wanted(status="open", each=True), None, 100))[0]) == 40, "an export has each"
    assert await world.cases.waiting() == BUDGET
    assert await alerts(world) == BUDGET, "and calls nobody"
    assert len(await world.waiting()) == 40, "everybody has the help text"


async def test_who_comes_after_a_burst_is_first(world) -> None:
    await flood(world, 30)
    for number in range(20):
        await flood(world, 7, f"198.51.100.{number}/32", NOW + SECOND)
    later = NOW + 5 * SECOND
    event = SAID
    await world.say("mi esposo me pega", who="telegram", events=[event], at=later)
    for at in (later, later + SECOND):
        await visit(world, "alone", at, "192.0.2.1/32")
    assert [case.opened_at for case in (await queue(world))[:2]] == [later, later]
    assert (await world.cases.claim_next("ana", later)).opened_at == later


async def test_who_waits_long_enough_comes_before_all_evidence(world) -> None:
    await visit(world, "first")
    await world.say("me pega", who="telegram", events=[SAID], at=NOW + 15 * MINUTE)
    await world.say("me pega", who="later", events=[SAID], at=NOW + 40 * MINUTE)
    opened = [case.opened_at - NOW for case in await queue(world)]
    assert opened == [15 * MINUTE, timedelta(0), 40 * MINUTE]


async def test_an_hour_later_the_budget_is_whole_again(world) -> None:
    await flood(world, BUDGET + 3)
    await visit(world, "later", NOW + BUDGET_LASTS + MINUTE)
    assert len(await queue(world)) == BUDGET + 1


async def test_erasing_does_not_give_the_budget_back(world) -> None:
    for number in range(BUDGET + 1):
        world.count += 1
        at, who = NOW + number * SECOND, f"p{number}"
        await visit(world, who, at)
        message = InboundMessage("web", f"e{number}", who, Kind.TEXT, at, "sí", network=NETWORK)
        await world.handle(message, ["R-1"], [DeletionConfirmed(f"R-{number}")], at)
    async with world.database.read() as connection:
        assert await connection.scalar(select(func.count()).select_from(case_openings)) == BUDGET + 1


async def test_what_is_worse_than_all_that_its_network_opened_stands_by_itself(world) -> None:
    for number in range(BUDGET + 2):
        await visit(world, f"p{number}", level=Level.URGENT)
    await visit(world, "worse")
    await visit(world, "as bad", NOW + SECOND)
    shown = await queue(world)
    assert [case.level for case in shown[:2]] == [Level.CRITICAL, Level.URGENT]
    assert (await floods(world).more(shown[:1]))[shown[0].id] == 1
    # Who stands behind another and is in worse danger now.
    await visit(world, f"p{BUDGET + 1}", NOW + 2 * SECOND)
    assert (await floods(world).more(shown[:1]))[shown[0].id] == 2


async def test_whom_an_operator_takes_out_stands_alone(world) -> None:
    await flood(world, BUDGET + 3)
    (lead,) = [case for case in await queue(world) if (await floods(world).more([case]))]
    one, *_ = await floods(world).behind(lead.id)
    await world.cases.claim(one.id, "ana", NOW)
    await world.cases.release(one.id, "ana", None, NOW)
    assert one.id in [case.id for case in await queue(world)]
    assert len(await floods(world).behind(lead.id)) == 2


async def test_when_the_first_is_over_the_next_takes_its_place_and_calls(world) -> None:
    await flood(world, BUDGET + 3)
    (lead,) = [case for case in await queue(world) if (await floods(world).more([case]))]
    await world.cases.claim(lead.id, "ana", NOW)
    await world.cases.resolve(lead.id, "ana", "not_needed", None, NOW)
    shown = await queue(world)
    assert len(shown) == BUDGET
    assert list((await floods(world).more(shown)).values()) == [2]
    assert await alerts(world) == BUDGET


async def test_a_burst_is_closed_in_one_step(world) -> None:
    await flood(world, 40)
    (lead,) = [case for case in await queue(world) if (await floods(world).more([case]))]
    assert await floods(world).close(lead.id, "ana", "not_needed", "iguales", NOW) == 40 - BUDGET + 1
    assert len(await queue(world)) == BUDGET - 1
    assert len((await world.cases.find(Wanted(status="resolved"), None, 100))[0]) == 40 - BUDGET + 1


async def test_what_another_holds_is_not_closed(world) -> None:
    await flood(world, BUDGET + 3)
    (lead,) = [case for case in await queue(world) if (await floods(world).more([case]))]
    await world.cases.claim(lead.id, "ben", NOW)
    with pytest.raises(HeldByAnotherError):
        await floods(world).close(lead.id, "ana", "not_needed", None, NOW)
    assert len(await floods(world).behind(lead.id)) == 3


@pytest.mark.parametrize("network", [NETWORK, ""])
async def test_who_is_blocked_is_answered_and_opens_nothing(world, network) -> None:
    await visit(world, "p1", network=network)
    (case,) = await queue(world)
    made = await floods(world).block(case.id, "ana", "cien iguales", NOW)
    assert (made.until, (await floods(world).block_of(case, NOW)).reason) == (NOW + BLOCK_LASTS, "cien iguales")
    await world.cases.claim(case.id, "ana", NOW)
    await world.cases.resolve(case.id, "ana", "not_needed", None, NOW)
    who = "p2" if network else "p1"
    await visit(world, who, NOW + MINUTE, network)
    assert await queue(world) == []
    assert (await world.waiting())[-1] == "Llame ya al 911"
    await visit(world, "other", NOW + MINUTE, "192.0.2.1/32")
    assert len(await queue(world)) == 1
    await floods(world).unblock(made.id, "ben", "era un albergue", NOW + MINUTE)
    await visit(world, who, NOW + 2 * MINUTE, network)
    assert len(await queue(world)) == 2
    assert await floods(world).blocks(NOW + 2 * MINUTE) == []
    with pytest.raises(NoSuchBlockError):
        await floods(world).unblock(made.id, "ben", "otra vez", NOW + 2 * MINUTE)


async def test_a_block_ends_by_itself_and_is_forgotten(world) -> None:
    await visit(world, "p1")
    (case,) = await queue(world)
    await floods(world).block(case.id, "ana", "cien iguales", NOW)
    await visit(world, "p2", NOW + BLOCK_LASTS)
    assert len(await queue(world)) == 2
    await world.cases.claim(case.id, "ana", NOW)
    await world.cases.resolve(case.id, "ana", "not_needed", None, NOW)
    await floods(world).forget(NOW + timedelta(days=8))
    with pytest.raises(NoSourceError):
        await floods(world).block(case.id, "ana", "tarde", NOW + timedelta(days=8))


async def test_nobody_stays_behind_a_case_that_is_gone(world) -> None:
    await flood(world, BUDGET + 2)
    (lead,) = [case for case in await queue(world) if (await floods(world).more([case]))]
    async with world.database.write() as connection:
        await connection.exec_driver_sql("DELETE FROM timers")
        gone = "DELETE FROM cases WHERE opened_at = (SELECT max(opened_at) FROM cases c WHERE c.grouped_under IS NULL)"
        await connection.exec_driver_sql(gone)
    assert lead.id not in [case.id for case in await queue(world)]
    await floods(world).forget(NOW + MINUTE)
    assert len(await queue(world)) == BUDGET + 1


async def test_the_network_itself_is_kept_nowhere(world) -> None:
    await visit(world, "p1")
    (case,) = await queue(world)
    assert b"203.0.113" not in case.source
    await world.database.scrub()
    assert b"203.0.113" not in world.path.read_bytes()
