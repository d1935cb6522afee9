"""Alerts as rows: made by a rung, taken by one process, tried again, forgotten when they arrived or nobody waits."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot import handoff
from bot.handoff import ALERT
from bot.storage import Alerts
from bot.storage.alerts import CALLS, CLAIM_LASTS
from knowledge.schema.base import Level

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
BOTH = ["group", "hook"]


def following(case, number, begun):
    return handoff.rung(case, number, begun)


async def ring(world, now: datetime = NOW, targets=("group", "hook")) -> Alerts:
    alerts = Alerts(world.database)
    await alerts.ring(targets, following, now + SECOND, now)
    return alerts


def test_the_timers_of_alerts_are_those_of_the_ladder() -> None:
    assert CALLS == ALERT


async def test_a_rung_makes_one_row_for_each_place_and_sets_the_next(world) -> None:
    case = await world.case(level=Level.CRITICAL)
    alerts = await ring(world)
    for target in BOTH:
        (one,) = await alerts.take(target, NOW)
        assert (one.case.id, one.channel, one.rung, one.fresh, one.kind) == (case.id, "telegram", 0, True, "waiting")
        await alerts.done([one])
    assert await alerts.waiting() == 0
    await ring(world, NOW + MINUTE)
    assert await alerts.waiting() == 0, "the second rung comes after two minutes"
    await ring(world, NOW + 2 * MINUTE)
    (one,) = await alerts.take("hook", NOW + 2 * MINUTE)
    assert (one.rung, one.fresh) == (1, False)
    assert await world.outbox.timers_due(NOW + timedelta(days=1)) == [], "none of the delivery's"


async def test_what_one_process_took_no_other_sends_until_it_is_lost(world) -> None:
    await world.case()
    alerts = await ring(world)
    taken = await asyncio.gather(*(alerts.take("hook", NOW) for _ in range(5)))
    assert sum(map(len, taken)) == 1
    assert len(await alerts.take("hook", NOW + CLAIM_LASTS + SECOND)) == 1


async def test_new_cases_come_before_what_is_said_again(world) -> None:
    old = await world.case("old", Level.CRITICAL)
    alerts = await ring(world)
    (one,) = await alerts.take("hook", NOW)
    await alerts.retry([one], [SECOND], NOW)
    assert await alerts.take("hook", NOW) == []
    later = NOW + SECOND
    new = await world.case("new", Level.URGENT, later)
    await ring(world, later)
    due = await alerts.take("hook", later)
    assert [(each.case.id, each.fresh) for each in due] == [(new.id, True), (old.id, False)]
    await alerts.retry(due, [None, SECOND], later)
    assert await alerts.waiting() == 3, "one was given up; the group was not asked"


async def test_an_alert_that_nobody_needs_is_not_sent(world) -> None:
    held, gone = await world.case("held"), await world.case("gone")
    alerts = await ring(world)
    await world.cases.claim(held.id, "ana", NOW)
    await world.cases.claim(gone.id, "ana", NOW)
    await world.cases.resolve(gone.id, "ana", "helped", None, NOW)
    assert await alerts.take("hook", NOW) == []
    await alerts.post(BOTH, held.id, "window", NOW)
    (one,) = await alerts.take("hook", NOW)
    assert (one.kind, one.case.claimed_by) == ("window", "ana")


async def test_a_rung_that_did_not_arrive_is_followed_by_the_next_not_joined(world) -> None:
    await world.case(level=Level.CRITICAL)
    alerts = await ring(world)
    (one,) = await alerts.take("hook", NOW)
    await ring(world, NOW + 2 * MINUTE)
    await alerts.done([one])  # the first one arrived late
    (again,) = await alerts.take("hook", NOW + 2 * MINUTE)
    assert again.rung == 1
    assert await alerts.waiting() == 2


async def test_who_was_claimed_is_called_no_more(world) -> None:
    case = await world.case()
    await world.cases.claim(case.id, "ana", NOW)
    alerts = await ring(world, NOW + 60 * MINUTE)
    assert await alerts.waiting() == 0
