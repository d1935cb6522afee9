"""Whose reply is claimed first, the order within a conversation, retries, giving up, and too many for one person."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import event, select, text

from bot.conversation import Conversation, Outcome, Reading, Reply, ReplyKind, Turn
from bot.conversation.ports import LONGEST_PAUSE, Priority
from bot.storage import Database
from bot.storage.outbox import LEFT_WAITING, MOST_WAITING
from bot.storage.senders import BURST, CLAIM_LASTS, Senders
from bot.storage.sending import DatabaseOutbox
from bot.storage.tables import conversations, messages, outbox
from bot.storage.types import bound
from tests.storage.conftest import SECRET, on_sqlite
from tests.support import postgres
from tests.support.outbox import claim, unsent, went_out

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


async def due(world, now: datetime = NOW) -> list[str]:
    """What would be claimed now; nothing stays in hand."""
    rows = await claim(world.outbox, now)
    for row in rows:
        world.outbox.let_go(row)
    if world.database.shared:
        async with world.database.write() as connection:
            await connection.execute(outbox.update().values(sending_since=None))
    return [row.reply.text for row in rows]


async def say(world, who: str, *replies: Reply, at: datetime = NOW) -> None:
    """A turn with replies of any kind."""
    message = world.message(who=who, at=at)
    async with world.store.turn() as one:
        conversation_id, state, _ = await one.load(message, at)
        turn = Turn(state, replies, (), Reading("es", "es", Outcome.ANSWER))
        await one.save(conversation_id, message, turn, at)


def answers(*texts: str) -> list[Reply]:
    return [Reply(ReplyKind.ANSWER, text) for text in texts]


async def test_the_first_of_each_conversation_is_due_and_nothing_overtakes(world) -> None:
    await world.say(replies=["a1", "a2"], who="a")
    await world.say(replies=["b1", "b2"], who="b")
    await world.say(replies=["a3"], who="a")
    first, other = await claim(world.outbox, NOW)
    assert (first.reply.text, other.reply.text) == ("a1", "b1")
    assert await claim(world.outbox, NOW) == [], "the next waits until the first is out of the way"
    await world.outbox.retry(first, NOW + MINUTE, "time-out")
    world.outbox.let_go(first)
    await went_out(world.outbox, other)
    assert await due(world) == ["b2"]
    assert await world.waiting(NOW + MINUTE) == ["a1", "b2", "a2", "a3"]


async def test_the_next_is_due_before_the_first_is_marked(world) -> None:
    await world.say(replies=["a1", "a2"], who="a")
    (first,) = await claim(world.outbox, NOW)
    world.outbox.said(first, "p", whole=True)
    world.outbox.let_go(first)
    assert await due(world) == ["a2"]


async def test_the_most_urgent_conversation_first(world) -> None:
    await say(world, "a", *answers("a1"))
    await say(world, "b", Reply(ReplyKind.OPERATOR, "b1"))
    await say(world, "c", *answers("c1"))
    await say(world, "c", Reply(ReplyKind.NOTICE, "c2"), Reply(ReplyKind.HELP, "c3"), *answers("c4"))
    assert await world.waiting() == ["c1", "b1", "a1", "c2", "c3", "c4"]
    for who, text_ in (("a", "a"), ("b", "b")):
        await say(world, who, *answers(text_ + "9"))
    await say(world, "b", Reply(ReplyKind.CHECK, "b0"))
    assert [row.reply.text for row in await claim(world.outbox, NOW, 1)] == ["b9"], "pulled forward by what is behind"


async def test_what_waits_for_a_later_try_goes_with_the_emergency_behind_it(world) -> None:
    await say(world, "a", *answers("a1"))
    (row,) = await claim(world.outbox, NOW)
    await world.outbox.retry(row, NOW + 9 * MINUTE, "x")
    world.outbox.let_go(row)
    assert await due(world) == []
    await say(world, "a", Reply(ReplyKind.HELP, "a2"))
    assert await due(world) == ["a1"]


async def test_the_last_places_are_for_urgent_replies(world) -> None:
    for who in "abcd":
        await say(world, who, *answers(who))
    await say(world, "e", Reply(ReplyKind.HELP, "e"))
    assert [row.reply.text for row in await world.outbox.claim(NOW, {"telegram": 3}, {"telegram": 2})] == ["e", "a"]
    assert await world.outbox.claim(NOW, {"telegram": 1}, {"telegram": 0}) == []


async def test_a_channel_without_room_or_unknown_is_left_alone(world) -> None:
    await world.say(replies=["uno"])
    assert await world.outbox.claim(NOW, {"telegram": 0, "whatsapp": 5}) == []
    assert await world.outbox.claim(NOW, {}) == []
    assert await due(world) == ["uno"]


async def test_the_attempts_are_counted(world) -> None:
    for who in "abc":
        await world.say(replies=[who], who=who)
    (row,) = await claim(world.outbox, NOW, 1)
    await world.outbox.retry(row, NOW, "chat 52155 did not answer")
    world.outbox.let_go(row)
    (again,) = await claim(world.outbox, NOW, 1)
    assert (again.id, again.attempts) == (row.id, 1)


@pytest.mark.parametrize("jump", [timedelta(hours=1), timedelta(days=1)])
@pytest.mark.parametrize("priority", Priority)
async def test_a_clock_that_jumps_strands_nothing(world, jump: timedelta, priority: Priority) -> None:
    kind = {Priority.URGENT: ReplyKind.HELP, Priority.OPERATOR: ReplyKind.OPERATOR}.get(priority, ReplyKind.ANSWER)
    await say(world, "a", Reply(kind, "a"), at=NOW + jump)
    assert await due(world) == ["a"], "queued before the clock went back"
    (row,) = await claim(world.outbox, NOW + jump)
    longest = LONGEST_PAUSE[priority]
    await world.outbox.retry(row, NOW + jump + longest, "x")
    world.outbox.let_go(row)
    assert await due(world, NOW + jump) == []
    assert await due(world) == ["a"], "tried before the clock went back"
    assert await due(world, NOW + 2 * jump) == ["a"]


@on_sqlite
async def test_a_claim_walks_an_index_in_its_order(world) -> None:
    asked = []
    event.listen(world.database.reader.sync_engine, "before_cursor_execute", lambda *a: asked.append(a[2:4]))
    await claim(world.outbox, NOW)
    async with world.database.read() as connection:
        (query, values), *_ = asked
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values)
        told = " ".join(row.detail for row in plan)
    assert "ix_outbox_waiting" in told
    assert "ix_outbox_conversation_id_id" in told
    assert "SCAN outbox" not in told
    assert "TEMP B-TREE" not in told


on_postgres = pytest.mark.parametrize("world", ["postgresql"], indirect=True)
where_it_is = pytest.mark.skipif(not postgres.available(), reason=postgres.MISSING)


@where_it_is
@on_postgres
async def test_two_processes_never_claim_the_same(world) -> None:
    await world.say(replies=["a1"], who="a")
    async with Database.opened(world.url, SECRET) as beside:
        other = sender(beside)
        await world.outbox.settle(NOW)
        (row,) = await claim(world.outbox, NOW)
        assert await claim(other, NOW) == []
        await other.give_back(NOW + CLAIM_LASTS)
        assert await claim(other, NOW) == []
        await other.give_back(NOW + CLAIM_LASTS + MINUTE)
        assert [one.id for one in await claim(other, NOW)] == [row.id], "who claimed it hangs"
        await other.leave()


# Too many for one person


async def texts_of(world) -> list[str]:
    return [row.reply.text for row in await unsent(world.database)]


async def test_many_waiting_replies_of_one_person_become_one_line(world) -> None:
    await say(world, "b", *answers("b1"))
    for number in range(MOST_WAITING):
        await say(world, "a", *answers(f"a{number}"))
    assert len(await texts_of(world)) == MOST_WAITING + 1
    await say(world, "a", *answers("last"))
    b1, first, line, *newest, last = await texts_of(world)
    assert (b1, first, last) == ("b1", "a0", "last")
    assert "Le debíamos varias respuestas" in line
    assert newest == [f"a{number}" for number in range(MOST_WAITING - LEFT_WAITING + 1, MOST_WAITING)]
    async with world.database.read() as connection:
        why = await connection.scalars(select(messages.c.why).where(messages.c.delivery == "failed"))
        assert list(why) == ["merged"] * (MOST_WAITING - LEFT_WAITING - 1)
        said = await connection.scalars(select(messages.c.text).where(messages.c.delivery == "queued"))
        assert line in list(said), "the transcript has what is said"


async def test_help_care_and_operators_words_never_become_a_line(world) -> None:
    kinds = (ReplyKind.HELP, ReplyKind.CARE, ReplyKind.CHECK, ReplyKind.OPERATOR)
    for number in range(MOST_WAITING):
        await say(world, "a", Reply(kinds[number % 4], f"{kinds[number % 4]}{number}"), *answers(f"a{number}"))
    left = await texts_of(world)
    assert [text_ for text_ in left if text_.startswith(kinds)] == [f"{kinds[n % 4]}{n}" for n in range(MOST_WAITING)]
    assert len(left) < MOST_WAITING + 12
    assert left[-1] == f"a{MOST_WAITING - 1}"


async def test_the_line_is_said_in_their_language(world) -> None:
    person = await world.say(replies=[str(number) for number in range(MOST_WAITING)])
    async with world.database.write() as connection:
        english = {"state": Conversation(lang="en", lang_chosen=True).stored()}
        await connection.execute(conversations.update().values(bound(conversations, english, id=person)))
    await world.say(replies=["last"])
    assert any("We owed you" in text_ for text_ in await texts_of(world))


# What became of a reply


async def marks(world) -> list[tuple]:
    async with world.database.read() as connection:
        columns = (messages.c.delivery, messages.c.provider_id, messages.c.why)
        query = select(*columns).where(messages.c.direction == "out").order_by(messages.c.id)
        return [tuple(row) for row in await connection.execute(query)]


async def test_what_became_of_a_reply(world) -> None:
    await world.say(replies=["uno", "dos", "tres"])
    (row,) = await claim(world.outbox, NOW)
    await went_out(world.outbox, row, "tg-7")
    (row,) = await claim(world.outbox, NOW)
    await world.outbox.failed(row, "too long", unreachable=False)
    assert await marks(world) == [("sent", "tg-7", None), ("failed", None, "too long"), ("queued", None, None)]
    assert await due(world) == ["tres"]


async def test_unreachable_drops_all_that_waits_for_this_person_alone(world) -> None:
    await world.say(replies=["a1", "a2"], who="a")
    await world.say(replies=["b1"], who="b")
    first, *_ = await unsent(world.database)
    await world.outbox.failed(first, "blocked", unreachable=True)
    assert await due(world) == ["b1"]
    failed = ("failed", None, "blocked")
    assert sorted(await marks(world), key=str) == [failed, failed, ("queued", None, None)]
    async with world.database.read() as connection:
        rows = await connection.scalars(select(conversations.c.reachable).order_by(conversations.c.created_at))
        assert sorted(rows) == [False, True]


async def test_a_row_that_is_gone_is_no_error(world) -> None:
    await world.say(replies=["uno"])
    (row,) = await unsent(world.database)
    async with world.database.write() as connection:
        await connection.execute(text("DELETE FROM outbox"))
    await went_out(world.outbox, row)
    await world.outbox.retry(row, NOW, "x")
    await world.outbox.failed(row, "x", unreachable=True)
    assert await due(world) == []


@where_it_is
@on_postgres
async def test_what_a_killed_sender_claimed_goes_out_at_once(world) -> None:
    await world.say(replies=["uno"])
    async with Database.opened(world.url, SECRET) as killed:
        dying, living = sender(killed), sender(world.database)
        await dying.settle(NOW)
        assert [row.reply.text for row in await claim(dying, NOW)] == ["uno"]
        await living.settle(NOW)
        assert await claim(living, NOW) == [], "while it lives its claims stand"
        await dying.leave()
    await living.give_back(NOW)
    assert [row.reply.text for row in await claim(living, NOW)] == ["uno"]
    await living.leave()


@where_it_is
@on_postgres
async def test_after_postgresql_started_again_senders_have_time_to_come_back(world) -> None:
    await world.say(replies=["uno"])
    gone, living = sender(world.database), sender(world.database, grace=timedelta(days=365))
    await gone.settle(NOW)
    await claim(gone, NOW)
    await gone.leave()
    await living.settle(NOW)
    assert await claim(living, NOW) == []
    await living.leave()


@where_it_is
@on_postgres
async def test_all_senders_share_a_channels_rate_and_its_pauses_but_never_help(world) -> None:
    for number in range(2 * BURST):
        await say(world, f"a{number}", *answers(f"a{number}"))
    one, other = sender(world.database), sender(world.database)
    first, second = await claim(one, NOW), await claim(other, NOW)
    assert BURST <= len(first) + len(second) < 2 * BURST
    assert other.throttled
    await say(world, "b", Reply(ReplyKind.HELP, "b"))
    assert [row.reply.text for row in await claim(other, NOW)][:1] == ["b"]
    await one.retry(first[0], NOW, "limited", datetime.now(UTC) + MINUTE)
    assert await claim(other, NOW + MINUTE) == []
    await say(world, "c", Reply(ReplyKind.HELP, "c"))
    assert [row.reply.text for row in await claim(other, NOW)] == ["c"]


@where_it_is
@on_postgres
async def test_who_sends_is_told_in_the_transaction_that_queues(world) -> None:
    told = []

    async def defer(connection, drains) -> None:
        told.append([(drain.conversation_id, drain.priority, drain.at) for drain in drains])

    world.database.defer = defer
    person = await world.say(replies=["uno", "dos"])
    await say(world, "52155", Reply(ReplyKind.HELP, "help"))
    (row,) = await claim(world.outbox, NOW)
    await world.outbox.retry(row, NOW + MINUTE, "x")
    await world.say(replies=[])
    assert told == [
        [(person, Priority.ORDINARY, None)], [(person, Priority.URGENT, None)], [(person, row.priority, NOW + MINUTE)]
    ]  # fmt: skip


def sender(database: Database, grace: timedelta = timedelta()) -> DatabaseOutbox:
    return DatabaseOutbox(database, senders=Senders(database, grace))
