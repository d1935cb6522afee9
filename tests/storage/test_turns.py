"""One message's transaction."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import aiosqlite
import pytest
from sqlalchemy import select

from bot import handoff
from bot.conversation import (
    CaseNeeded,
    Choice,
    Conversation,
    DeletionConfirmed,
    Kind,
    LeftConversation,
    LookAgain,
    NotUnderstood,
    Outcome,
    PlaceGiven,
    Reading,
    Reply,
    ReplyKind,
    Turn,
)
from bot.conversation.state import Checklist
from bot.storage import Database, DatabaseStore
from bot.storage.queue import Wanted
from bot.storage.tables import conversations, timers, unanswered
from bot.storage.types import bound
from knowledge.schema.base import Level
from tests.storage.conftest import on_sqlite
from tests.support.outbox import unsent, went_out

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DANGER = CaseNeeded("danger", Level.CRITICAL, "medical", "r", "no respira", "MX")


async def rows(world, table) -> list:
    async with world.database.read() as connection:
        return (await connection.execute(select(table))).mappings().all()


async def lines(world, conversation_id) -> list:
    return (await world.cases.messages(conversation_id, None, 100))[0]


async def test_the_same_delivery_in_the_same_instant_makes_one_turn(world) -> None:
    message = world.message()
    done = await asyncio.gather(*(world.handle(message, ["sí"]) for _ in range(10)))
    assert len([one for one in done if one]) == 1
    assert await world.waiting() == ["sí"]


async def test_the_same_delivery_in_two_processes_makes_one_turn(world) -> None:
    # A second engine on the same file stands for the other process.
    second = await Database.open(world.url, "a secret of more than thirty-two characters")
    other = replace(world, database=second, store=DatabaseStore(second, handoff))
    message = world.message()
    done = await asyncio.gather(*(one.handle(message, ["sí"]) for one in (world, other, world, other)))
    await second.close()
    assert len([one for one in done if one]) == 1
    assert await world.waiting() == ["sí"]


async def test_the_same_delivery_id_on_another_channel_is_another_message(world) -> None:
    message = world.message()
    assert await world.handle(message)
    assert await world.handle(replace(message, channel="terminal"))


async def test_a_turn_that_fails_leaves_nothing_and_can_be_delivered_again(world) -> None:
    message = world.message()

    async def fail() -> None:
        async with world.store.turn() as one:
            assert await one.claim_delivery(message, NOW)
            await one.load(message, NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await rows(world, conversations) == []
    assert await world.handle(message)


async def test_one_message_of_a_person_at_a_time(world) -> None:
    async def add_one() -> None:
        message = world.message()
        async with world.store.turn() as one:
            await one.claim_delivery(message, NOW)
            conversation_id, conversation, _ = await one.load(message, NOW)
            await asyncio.sleep(0)
            after = conversation.having(weak=conversation.weak + 1)
            await one.save(conversation_id, message, Turn(after, (), (), Reading("es", "es", Outcome.ANSWER)), NOW)

    await asyncio.gather(*(add_one() for _ in range(20)))
    async with world.store.turn() as one:
        assert (await one.load(world.message(), NOW))[1].weak == 20


async def test_state_comes_back_without_what_others_fill_in(world) -> None:
    state = Conversation(lang="en", answers={"where": "US"}, offered=(Choice(label="Sí", payload="y"),))
    message = world.message()
    async with world.store.turn() as one:
        conversation_id, fresh, late = await one.load(message, NOW)
        assert (fresh.having(checklist=Checklist()), late) == (Conversation(), False)
        await one.save(conversation_id, message, Turn(state, (), (DANGER,), Reading("en", "en", Outcome.ANSWER)), NOW)
    async with world.store.turn() as one:
        again, loaded, _ = await one.load(world.message(), NOW)
    assert again == conversation_id
    assert loaded.having(case=None, checklist=Checklist()) == state
    assert (loaded.case.claimed, loaded.case.category, loaded.case.level) == (False, "medical", Level.CRITICAL)
    assert (await rows(world, conversations))[0]["lang"] == "en"


async def test_a_state_that_cannot_be_read_strands_nobody(world) -> None:
    conversation_id = await world.say()
    async with world.database.write() as connection:
        state = bound(conversations, {"state": '{"weak": "many"}'}, id=conversation_id)
        await connection.execute(conversations.update().values(state))
    assert await world.say() == conversation_id


async def test_an_older_message_is_late_and_a_fast_clock_makes_nobody_late(world) -> None:
    await world.say(at=NOW)
    async with world.store.turn() as one:
        assert (await one.load(world.message(at=NOW - MINUTE), NOW))[2] is True
        assert (await one.load(world.message(at=NOW), NOW))[2] is False
    await world.handle(world.message(at=NOW + timedelta(days=9000)), now=NOW)
    async with world.store.turn() as one:
        assert (await one.load(world.message(at=NOW + MINUTE), NOW + MINUTE))[2] is False


async def test_the_transcript_keeps_both_clocks_and_the_order(world) -> None:
    message = world.message("hola 🆘", at=NOW - MINUTE)
    conversation_id = await world.handle(message, ["uno", "dos"])
    said = await lines(world, conversation_id)
    assert [(line.direction, line.author, line.text, line.delivery) for line in said] == [
        ("in", "person", "hola 🆘", None), ("out", "bot", "uno", "queued"), ("out", "bot", "dos", "queued"),
    ]  # fmt: skip
    assert (said[0].sent_at, said[0].at, said[1].sent_at) == (NOW - MINUTE, NOW, None)


KEPT = [
    (Kind.TEXT, "hola", "hola"),
    (Kind.PHOTO, "mi golpe", "mi golpe"),
    (Kind.VOICE, "", ""),
    (Kind.EDITED, "hola", "hola"),
    (Kind.CONTACT, "Juan Pérez", ""),
    (Kind.LOCATION, "mi casa", ""),
    (Kind.GROUP, "plática ajena", ""),
]


@pytest.mark.parametrize(("kind", "text", "kept"), KEPT)
async def test_what_is_kept_of_each_kind(world, kind: Kind, text: str, kept: str) -> None:
    conversation_id = await world.say(text, kind=kind)
    assert [(line.kind, line.text) for line in await lines(world, conversation_id)] == [(kind, kept)]


async def test_a_tap_is_shown_as_what_the_button_said(world) -> None:
    first = world.message()
    async with world.store.turn() as one:
        conversation_id, state, _ = await one.load(first, NOW)
        offering = state.having(offered=(Choice(label="Pasaporte", payload="t:1"),))
        await one.save(conversation_id, first, Turn(offering, (), (), Reading("es", "es", Outcome.CLARIFY)), NOW)
    for payload in ("t:1", "t:old"):
        await world.handle(replace(world.message("", kind=Kind.TAP), payload=payload))
    assert [line.text for line in await lines(world, conversation_id)] == ["hola", "Pasaporte", "t:old"]


async def test_buttons_come_back_out_of_the_outbox(world) -> None:
    shown = Reply(ReplyKind.CLARIFY, "¿cuál?", (Choice(label="Sí 🆘", payload="y"),))
    message = world.message(who="+52 1 55")
    async with world.store.turn() as one:
        conversation_id, state, _ = await one.load(message, NOW)
        await one.save(conversation_id, message, Turn(state, (shown,), (), Reading("es", "es", Outcome.CLARIFY)), NOW)
    (row,) = await unsent(world.database)
    assert (row.conversation_id, row.channel, row.address, row.reply, row.attempts, row.queued_at) == (
        conversation_id, "telegram", "+52 1 55", shown, 0, NOW,
    )  # fmt: skip


async def test_a_case_is_opened_raised_and_learns_the_place(world) -> None:
    asked = CaseNeeded("person", Level.PRIORITY)
    conversation_id = await world.say(events=[asked])
    await world.say(events=[DANGER])
    await world.say(kind=Kind.LOCATION, events=[PlaceGiven(31.7, -106.4)])
    (case,), _ = await world.cases.find(Wanted(), None, 10)
    assert (case.conversation_id, case.level, case.category, case.words, case.rule, case.country, case.status) == (
        conversation_id, Level.CRITICAL, "medical", "no respira", "r", "MX", "open",
    )  # fmt: skip
    assert (case.place.latitude, case.place.longitude, case.opened_at) == (31.7, -106.4, NOW)


async def test_a_place_without_a_case_is_not_kept(world) -> None:
    await world.say(kind=Kind.LOCATION, events=[PlaceGiven(31.7, -106.4)])
    assert (await world.cases.find(Wanted(), None, 10))[0] == []


async def test_phrases_are_masked(world) -> None:
    await world.say(events=[NotUnderstood("mi cel 55 1234 5678", "es")])
    assert [(row["text"], row["lang"], row["at"]) for row in await rows(world, unanswered)] == [
        ("mi cel [número]", "es", NOW)
    ]


async def test_a_timer_makes_a_turn_once(world) -> None:
    conversation_id = await world.say(events=[LookAgain(NOW + 10 * MINUTE)])
    (timer,) = await world.outbox.timers_due(NOW + 10 * MINUTE)
    async with world.store.turn() as one:
        resumed, state = await one.resume(timer.id)
        assert resumed == conversation_id
        later = Turn(state, (Reply(ReplyKind.QUESTION, "¿sigue ahí?"),), (), Reading("es", "es", Outcome.QUESTION))
        await one.save(resumed, None, later, NOW)
    async with world.store.turn() as one:
        assert await one.resume(timer.id) is None
    assert await world.waiting() == ["¿sigue ahí?"]
    assert [line.direction for line in await lines(world, conversation_id)] == ["in", "out"]


@pytest.mark.parametrize("gone", [{"events": [LeftConversation()]}, {"kind": Kind.BLOCKED}])
async def test_a_timer_is_moot_where_nothing_may_be_sent(world, gone: dict) -> None:
    await world.say(**gone)
    conversation_id = (await rows(world, conversations))[0]["id"]
    async with world.database.write() as connection:
        row = {"kind": "reminder", "conversation_id": conversation_id, "payload": {}, "due_at": NOW}
        await connection.execute(timers.insert(), row)
    (timer,) = await world.outbox.timers_due(NOW)
    async with world.store.turn() as one:
        assert await one.resume(timer.id) is None


async def test_after_leaving_only_the_one_line_goes_out(world) -> None:
    conversation_id = await world.say(replies=["algo delicado"], events=[DANGER])
    await world.say(replies=["listo"], events=[LeftConversation()], at=NOW + MINUTE)
    assert await world.waiting() == ["listo"]
    assert [line.delivery for line in await lines(world, conversation_id)] == [None, "failed", None, "sent"]
    assert (await world.cases.find(Wanted(), None, 1))[0][0].left is True


async def test_a_late_message_does_not_bring_them_back_and_a_new_one_does(world) -> None:
    await world.say(events=[DANGER])
    await world.say(replies=["listo"], events=[LeftConversation()], at=NOW + 2 * MINUTE)
    await world.handle(world.message(at=NOW + MINUTE), ["tarde"], now=NOW + 3 * MINUTE)
    assert await world.waiting() == ["listo"]
    await world.say(replies=["hola otra vez"], at=NOW + 4 * MINUTE)
    assert await world.waiting() == ["hola otra vez"]
    assert (await world.cases.find(Wanted(), None, 1))[0][0].left is False


async def test_who_blocked_us_gets_nothing_until_they_write(world) -> None:
    await world.say(replies=["uno"])
    await world.say(kind=Kind.BLOCKED, replies=["dos"])
    assert await world.waiting() == []
    assert (await rows(world, conversations))[0]["reachable"] is False
    await world.say(replies=["tres"])
    assert await world.waiting() == ["tres"]


async def test_half_an_emoji_and_a_null_byte_lose_no_message(world) -> None:
    conversation_id = await world.say("a\ud83d\0b", events=[NotUnderstood("a\ud83d\0b", "es")])
    assert [line.text for line in await lines(world, conversation_id)] == ["a?\0b"]


@on_sqlite
async def test_a_turn_costs_eight_statements_with_begin_and_commit(world, count_statements) -> None:
    await world.say()
    seen = count_statements()
    seen.clear()
    await world.say(replies=["uno", "dos", "tres"])
    assert len(seen) + len(["BEGIN", "COMMIT"]) == 8, seen


async def test_save_takes_only_what_was_loaded(world) -> None:
    conversation_id = await world.say()
    message = world.message()
    async with world.store.turn() as one:
        with pytest.raises(ValueError, match="loaded"):
            await one.save(
                conversation_id, message, Turn(Conversation(), (), (), Reading("es", "es", Outcome.ANSWER)), NOW
            )


async def test_ids_are_never_given_twice(world) -> None:
    await world.say(replies=["uno"])
    (first,) = await unsent(world.database)
    await went_out(world.outbox, first, "p")
    await world.say(replies=["dos"])
    (second,) = await unsent(world.database)
    assert second.id > first.id


async def test_lines_are_counted_within_a_conversation_also_after_an_erasure_in_danger(world) -> None:
    conversation_id = await world.say(replies=["uno"])
    assert [line.id for line in await lines(world, await world.say(who="other"))] == [1]
    await world.say(events=[DANGER])
    await world.say(events=[DeletionConfirmed("R")])
    await world.say(replies=["dos"])
    assert [line.id for line in await lines(world, conversation_id)] == [4, 5]


@on_sqlite
async def test_a_turn_waits_for_the_databases_thread_twice_for_the_lock_and_for_the_disk(world, monkeypatch):
    await world.say(replies=["uno"])
    hops: list[object] = []
    in_thread = aiosqlite.Connection._execute

    async def counted(self, fn, *args, **kwargs):
        hops.append(args)
        return await in_thread(self, fn, *args, **kwargs)

    monkeypatch.setattr(aiosqlite.Connection, "_execute", counted)
    await world.say(replies=["dos"])
    assert hops == [("BEGIN IMMEDIATE",), ()], "begin, commit"
    async with world.database.write() as connection:
        await connection.execute(select(conversations.c.id))
    assert len(hops) > 4, "what may be long is never run on the event loop"
