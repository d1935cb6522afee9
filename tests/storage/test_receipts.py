"""What a provider says later of a message, and where an answer leaves from."""

import asyncio
from dataclasses import replace
from itertools import permutations
from types import SimpleNamespace

import pytest
from sqlalchemy import text

from bot.conversation import CaseNeeded, DeletionConfirmed, Kind
from bot.conversation.ports import Delivery, Receipt
from bot.storage import Receipts
from bot.storage.queue import Wanted
from bot.wiring import Service
from knowledge.schema.base import Level
from tests.storage.conftest import NOW, World, on_sqlite
from tests.support.outbox import unsent, went_out

ORDER: tuple[Delivery, ...] = ("queued", "sent", "delivered", "read")


async def sent(world: World, *texts: str) -> None:
    await world.say(replies=texts)
    while rows := await unsent(world.database):
        for row in rows:
            await went_out(world.outbox, row, f"SM-{row.reply.text}")


async def known(world: World) -> list[tuple[str | None, str | None]]:
    items, _ = await world.cases.find(Wanted(), None, 10)
    conversation_id = items[0].conversation_id if items else await world.say()
    lines, _ = await world.cases.messages(conversation_id, None, 10)
    return [(line.delivery, line.why) for line in lines if line.direction == "out"]


async def test_a_receipt_finds_its_message_and_no_other(world: World) -> None:
    await sent(world, "uno", "dos")
    assert await Receipts(world.database).record(Receipt("SM-uno", "delivered"))
    assert await known(world) == [("delivered", None), ("sent", None)]


async def test_a_receipt_of_nothing_that_we_know(world: World) -> None:
    await sent(world, "uno")
    assert not await Receipts(world.database).record(Receipt("SM-otro", "delivered"))
    assert await known(world) == [("sent", None)]


@pytest.mark.parametrize("order", list(permutations(("sent", "delivered", "read"))), ids="-".join)
async def test_a_message_never_goes_backwards(world: World, order: tuple[Delivery, ...]) -> None:
    await sent(world, "uno")
    furthest = "sent"
    for delivery in order:
        assert await Receipts(world.database).record(Receipt("SM-uno", delivery))
        furthest = max(furthest, delivery, key=ORDER.index)
        assert await known(world) == [(furthest, None)]


async def test_a_failure_keeps_its_code_and_is_the_end(world: World) -> None:
    await sent(world, "uno")
    for delivery, why in (("failed", "63016 outside the 24-hour window"), ("sent", None), ("delivered", None)):
        await Receipts(world.database).record(Receipt("SM-uno", delivery, why))
    assert await known(world) == [("failed", "63016 outside the 24-hour window")]


async def test_what_arrived_did_not_fail(world: World) -> None:
    await sent(world, "uno")
    for delivery, why in (("delivered", None), ("failed", "30003")):
        await Receipts(world.database).record(Receipt("SM-uno", delivery, why))
    assert await known(world) == [("delivered", None)]


@on_sqlite
async def test_receipts_use_an_index(world: World) -> None:
    async with world.database.read() as connection:
        plan = await connection.execute(text("EXPLAIN QUERY PLAN SELECT 1 FROM messages WHERE provider_id = 'x'"))
        assert "ix_messages_provider_id" in str(plan.all())


async def test_a_receipt_may_be_faster_than_our_own_mark(world: World) -> None:
    await world.say(replies=["uno"])
    (row,) = await unsent(world.database)
    recording = asyncio.create_task(Service.record(SimpleNamespace(database=world.database), Receipt("SM-1", "read")))
    await asyncio.sleep(0.02)
    await went_out(world.outbox, row, "SM-1")
    await recording
    assert await known(world) == [("read", None)]


# Addresses of two parts


async def test_a_person_is_one_whichever_number_of_ours_they_wrote_to(world: World) -> None:
    first = await world.say(who="+52155>+1500", replies=["uno"])
    assert await world.say(who="+52155>+1501", replies=["dos"]) == first
    assert await world.say(who="+52155") == first
    assert await world.say(who="+52156>+1500") != first


async def test_an_answer_leaves_from_where_they_wrote_to_last(world: World) -> None:
    case = await world.case(who="+52155>+1500")
    await world.say(who="+52155>+1501", replies=["uno"])
    await world.cases.claim(case.id, "ana", NOW)
    await world.cases.reply(case.id, "ana", "soy Ana", NOW)
    rows = {row.id: row.address for row in await unsent(world.database)}
    assert set(rows.values()) == {"+52155>+1501"}


# Answered in the webhook's own answer


async def test_what_is_answered_here_is_not_queued_but_kept(world: World) -> None:
    message = replace(world.message(), answered_here=True)
    await world.handle(message, replies=["uno"], events=[CaseNeeded("person", Level.PRIORITY)])
    assert await world.waiting() == []
    assert await known(world) == [("sent", None)]


async def test_an_erasure_that_is_answered_here_queues_nothing(world: World) -> None:
    await world.say("me llamo Ana")
    message = replace(world.message(), answered_here=True)
    await world.handle(message, replies=["Recibo"], events=[DeletionConfirmed("R-1")])
    assert await world.waiting() == []


async def test_an_operators_reply_is_queued_all_the_same(world: World) -> None:
    message = replace(world.message(kind=Kind.TEXT), answered_here=True)
    await world.handle(message, replies=["uno"], events=[CaseNeeded("person", Level.PRIORITY)])
    case = await world.cases.claim_next("ana", NOW)
    assert case
    await world.cases.reply(case.id, "ana", "soy Ana", NOW)
    assert await world.waiting() == ["soy Ana"]
