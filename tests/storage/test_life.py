"""The life of a case in the database: lapsing, opening again, passing on, notes, links, and races."""

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from bot import handoff
from bot.conversation import (
    CaseNeeded,
    DeletionConfirmed,
    LeftConversation,
    Outcome,
    Reading,
    Reply,
    ReplyKind,
    Turn,
)
from bot.conversation.messages import Kind
from bot.storage import Audit
from bot.storage.errors import (
    NoSuchCaseError,
    NoSuchConversationError,
    NoSuchOperatorError,
    OtherCaseOpenError,
    StaleCaseError,
)
from bot.storage.queue import Wanted
from bot.storage.tables import timers
from knowledge.schema.base import Level
from tests.support.outbox import unsent

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def sorry(case, conversation) -> Reply:
    return Reply(ReplyKind.HELP, "todavía nadie")


async def due(world, kind: str, now: datetime = NOW + timedelta(hours=3)):
    query = select(timers).where(timers.c.kind == kind, timers.c.due_at <= now)
    async with world.database.read() as connection:
        return (await connection.execute(query)).all()


async def done(world, case_id: UUID) -> list[str]:
    return [entry.action for entry in await Audit(world.database).of(str(case_id))]


async def test_a_claim_without_an_answer_goes_to_the_top_and_the_person_is_told(world) -> None:
    older = await world.case(who="older", at=NOW - MINUTE)
    case = await world.case()
    held = await world.cases.claim(case.id, "ana", NOW)
    (timer,) = await due(world, handoff.ANSWER)
    assert timer.due_at == NOW + 10 * MINUTE
    await world.cases.lapse(case.id, held.awaited_since, sorry, NOW + 10 * MINUTE)
    assert await world.waiting() == ["todavía nadie"]
    assert (await world.cases.claim_next("ben", NOW + 11 * MINUTE)).id == case.id, (
        "before the one that has waited longer"
    )
    assert (await world.cases.claim_next("ben", NOW + 11 * MINUTE)).id == older.id
    assert await world.cases.lapse(case.id, held.awaited_since, sorry, NOW) is None, "the timer comes twice"
    assert await done(world, case.id) == ["opened", "claimed", "lapsed", "claimed"]


async def test_who_left_is_not_told_but_the_case_goes_back(world) -> None:
    case = await world.case()
    held = await world.cases.claim(case.id, "ana", NOW)
    await world.say(events=[LeftConversation()], at=NOW + MINUTE)
    await world.cases.lapse(case.id, held.awaited_since, sorry, NOW + 10 * MINUTE)
    assert await world.waiting() == []
    assert (await world.cases.get(case.id)).status == "open"


async def test_an_answer_against_the_timer_has_one_winner(world) -> None:
    case = await world.case()
    held = await world.cases.claim(case.id, "ana", NOW)
    answered, lapsed = await asyncio.gather(
        world.cases.reply(case.id, "ana", "hola", NOW), world.cases.lapse(case.id, held.awaited_since, sorry, NOW),
        return_exceptions=True,
    )  # fmt: skip
    assert isinstance(answered, Exception) != (lapsed is None)


async def test_what_the_bot_had_still_to_say_is_dropped_by_a_claim_except_help(world) -> None:
    case = await world.case()
    await world.say(replies=["del bot"])
    (row,) = await unsent(world.database)
    await world.cases.claim(case.id, "ana", NOW)
    assert row not in await unsent(world.database)
    assert await world.waiting() == []
    last = (await world.cases.messages(case.conversation_id, None, 10))[0][-1]
    assert (last.text, last.delivery, last.why) == ("del bot", "failed", "claimed")


async def test_a_claim_against_a_bot_reply(world) -> None:
    """Whichever is first: once the case is held, nothing waits that the bot wrote before."""
    case = await world.case()
    await asyncio.gather(*(world.say(replies=[f"bot {n}"]) for n in range(5)), world.cases.claim(case.id, "ana", NOW))
    async with world.database.read() as connection:
        claimed_at_line = await connection.scalar(text("select max(id) from messages where delivery = 'failed'"))
    waiting = await unsent(world.database)
    lines = (await world.cases.messages(case.conversation_id, None, 100))[0]
    assert all(line.id > (claimed_at_line or 0) for line in lines if line.delivery == "queued")
    assert len(waiting) == sum(line.delivery == "queued" for line in lines)


@pytest.mark.parametrize("first", ["resolve", "message"])
async def test_a_resolve_against_a_new_message_leaves_nobody_unread(world, first: str) -> None:
    case = await world.case()
    seen = await world.cases.claim(case.id, "ana", NOW)

    async def resolve() -> None:
        await world.cases.resolve(case.id, "ana", "helped", None, NOW, version=seen.version)

    async def write() -> None:
        await world.say("sigue aquí afuera", at=NOW + MINUTE)

    order = [resolve(), write()] if first == "resolve" else [write(), resolve()]
    results = await asyncio.gather(*order, return_exceptions=True)
    after = await world.cases.get(case.id)
    refused = [result for result in results if isinstance(result, StaleCaseError)]
    assert (after.status, len(refused)) in {("open", 0), ("claimed", 1)}, "opened again, or never closed"


async def test_a_release_against_a_reply(world) -> None:
    case = await world.case()
    await world.cases.claim(case.id, "ana", NOW)
    results = await asyncio.gather(
        world.cases.reply(case.id, "ana", "hola", NOW), world.cases.release(case.id, "ana", None, NOW),
        return_exceptions=True,
    )  # fmt: skip
    after = await world.cases.get(case.id)
    assert after.status == "open"
    sent = await world.waiting()
    assert (sent == ["hola"]) == (not isinstance(results[0], Exception)) == bool(after.answered_at)


async def test_who_writes_after_the_end_opens_it_again(world) -> None:
    case = await world.case()
    await world.cases.claim(case.id, "ana", NOW)
    await world.cases.resolve(case.id, "ana", "helped", None, NOW, follow_up=True)
    await world.say("volvió", at=NOW + timedelta(days=1))
    again = await world.cases.get(case.id)
    assert (again.status, again.claimed_by, again.opened_at) == ("open", None, NOW + timedelta(days=1))
    assert await done(world, case.id) == ["opened", "claimed", "resolved", "reopened"]
    await world.case(level=Level.CRITICAL, at=NOW + timedelta(days=1))
    assert (await world.cases.get(case.id)).level is Level.CRITICAL, "and danger raises it"


@pytest.mark.parametrize("how", [{"kind": Kind.BLOCKED}, {"events": [DeletionConfirmed("R-1")]}])
async def test_these_do_not_open_it_again(world, how) -> None:
    case = await world.case()
    await world.cases.claim(case.id, "ana", NOW)
    await world.cases.resolve(case.id, "ana", "helped", None, NOW)
    await world.say(at=NOW + MINUTE, **how)
    try:
        assert (await world.cases.get(case.id)).status == "resolved"
    except NoSuchCaseError:
        assert "events" in how


@pytest.mark.parametrize(("outcome", "status"), [
    (Outcome.QUESTION, "resolved"), (Outcome.SMALLTALK, "resolved"), (Outcome.CLARIFY, "resolved"),
    (Outcome.CHECK, "open"), (Outcome.URGENT, "open"), (Outcome.FALLBACK, "open"),
])  # fmt: skip
async def test_what_is_said_while_we_ask_whether_to_erase_raises_no_alarm(world, outcome, status) -> None:
    """«/borrar», «no» after the end of a case wakes nobody; danger still does."""
    case = await world.case()
    await world.cases.claim(case.id, "ana", NOW)
    await world.cases.resolve(case.id, "ana", "helped", None, NOW)
    for number, (read, flow) in enumerate([(Outcome.COMMAND, "delete"), (outcome, None)], 1):
        message = world.message("no", at=NOW + number * MINUTE)
        async with world.store.turn() as one:
            conversation_id, conversation, _ = await one.load(message, message.sent_at)
            after = Turn(conversation.having(flow=flow), (), (), Reading("es", "es", read))
            await one.save(conversation_id, message, after, message.sent_at)
    assert (await world.cases.get(case.id)).status == status
    await world.say("sí", events=[DeletionConfirmed("R-1")], at=NOW + 3 * MINUTE)
    if status == "open":
        assert (await world.cases.get(case.id)).category == "violence", "an open case is never dropped"
    else:
        with pytest.raises(NoSuchCaseError):
            await world.cases.get(case.id)


async def test_silence_timers_go_with_a_message_and_those_of_the_case_stay(world) -> None:
    case = await world.case()
    await world.cases.claim(case.id, "ana", NOW)
    await world.say("sigo aquí", at=NOW + MINUTE)
    assert len(await due(world, handoff.ANSWER)) == 1
    await world.cases.reply(case.id, "ana", "hola", NOW + 2 * MINUTE)
    assert await due(world, handoff.ANSWER) == []
    await world.say("gracias", at=NOW + 3 * MINUTE)
    (timer,) = await due(world, handoff.ANSWER)
    assert timer.due_at == NOW + 13 * MINUTE


async def test_transfer(world) -> None:
    for name, role in (("ana", "operator"), ("ben", "operator"), ("aud", "auditor")):
        await world.operators.add(name, role, NOW)
    case = await world.case()
    await world.cases.claim(case.id, "ana", NOW)
    for nobody in ("zoe", "aud"):
        with pytest.raises(NoSuchOperatorError):
            await world.cases.transfer(case.id, "ana", nobody, NOW)
    assert (await world.cases.transfer(case.id, "ana", "ben", NOW)).claimed_by == "ben"
    assert (await done(world, case.id))[-1] == "transferred"
    await world.operators.disable("ben", NOW)
    assert (await world.cases.get(case.id)).status == "open"


async def test_a_stale_version_is_refused(world) -> None:
    case = await world.case()
    held = await world.cases.claim(case.id, "ana", NOW)
    assert held.version == case.version + 1
    with pytest.raises(StaleCaseError) as caught:
        await world.cases.release(case.id, "ana", None, NOW, version=case.version)
    assert caught.value.claimed_by == "ana"
    assert (await world.cases.release(case.id, "ana", None, NOW, version=held.version)).status == "open"


async def test_an_operator_opens_a_resolved_one_again_to_follow_up(world) -> None:
    case = await world.case()
    await world.cases.claim(case.id, "ana", NOW)
    await world.cases.resolve(case.id, "ana", "helped", None, NOW, follow_up=True)
    again = await world.cases.take_up(case.id, "ben", NOW + timedelta(days=9))
    assert (again.status, again.claimed_by, again.follow_up, again.awaited_since) == ("claimed", "ben", False, None)
    assert await due(world, handoff.ANSWER, NOW + timedelta(days=99)) == [], "nobody waits yet"
    await world.cases.reply(case.id, "ben", "¿cómo sigue?", NOW + timedelta(days=9))
    assert await done(world, case.id) == ["opened", "claimed", "resolved", "reopened", "answered"]


async def test_not_where_the_person_has_another_case(world) -> None:
    case = await world.case()
    await world.cases.claim(case.id, "ana", NOW)
    at = NOW + timedelta(days=5)
    await world.cases.call_back(case.id, "ana", at, NOW)
    await world.cases.resolve(case.id, "ana", "helped", None, NOW, follow_up=True)
    other = await world.case(at=NOW + timedelta(days=4))
    assert other.id != case.id
    with pytest.raises(OtherCaseOpenError):
        await world.cases.take_up(case.id, "ana", at)
    assert await world.cases.bring_back(case.id, at, at) is None, "somebody has the newer one"
    assert (await world.cases.get(case.id)).status == "resolved"


async def test_who_is_removed_gives_all_their_cases_back(world) -> None:
    await world.operators.add("ana", "operator", NOW)
    mine = [await world.case(who=f"p{number}") for number in range(3)]
    for case in mine:
        await world.cases.claim(case.id, "ana", NOW)
    await world.cases.call_back(mine[0].id, "ana", NOW + timedelta(hours=6), NOW)
    await world.cases.resolve(mine[2].id, "ana", "helped", None, NOW)
    await world.operators.disable("ana", NOW + MINUTE)
    after = [await world.cases.get(case.id) for case in mine]
    assert [(case.status, case.claimed_by) for case in after] == [("open", None), ("open", None), ("resolved", "ana")]
    assert after[0].call_back_at == NOW + timedelta(hours=6), "a promise stays"
    assert await due(world, handoff.ANSWER) == [], "nobody lets them lapse"
    assert len(await due(world, handoff.ALERT)) == 2, "somebody is called"
    assert (await done(world, mine[0].id))[-1] == "released"


async def test_notes_labels_and_links(world) -> None:
    case, other = await world.case(), await world.case(who="other")
    await world.cases.note(case.id, "ana", "habla mixteco", NOW)
    await world.cases.label(case.id, "ana", ("niños",), NOW)
    for _ in range(2):
        await world.cases.link(case.id, other.id, "ana", NOW)
    full = await world.cases.whole(case.id)
    assert [(note.by, note.text) for note in full.notes] == [("ana", "habla mixteco")]
    assert (full.case.labels, full.linked) == (("niños",), [other.id])
    assert (await world.cases.whole(other.id)).linked == [case.id]
    await world.say("sí", events=[DeletionConfirmed("R-1")])
    bare = await world.cases.whole(case.id)
    assert (bare.notes, bare.linked, bare.case.labels) == ([], [], ())


async def test_the_audit_log_cannot_be_changed(world) -> None:
    await world.case()
    before = await Audit(world.database).page(None, 10)
    for statement in ("update audit set who = 'x'", "delete from audit"):
        # SQLite refuses; the rules of PostgreSQL do nothing instead.
        with suppress(IntegrityError, OperationalError):
            async with world.database.write() as connection:
                await connection.execute(text(statement))
    assert await Audit(world.database).page(None, 10) == before


async def test_a_case_of_no_danger_counts_what_is_heard(world) -> None:
    await world.say(events=[CaseNeeded("person", Level.PRIORITY)])
    await world.say("hola", at=NOW + MINUTE)
    (case,), _ = await world.cases.find(Wanted(status="open"), None, 10)
    assert (case.heard_at, case.awaited_since) == (NOW + MINUTE, None)


async def test_an_operator_opens_a_case_and_raises_it(world) -> None:
    conversation_id = await world.say("gracias")
    case = await world.cases.open(conversation_id, "ana", Level.PRIORITY, None, NOW)
    assert (case.status, case.reason, case.level) == ("open", "operator", Level.PRIORITY)
    raised = await world.cases.open(conversation_id, "ben", Level.CRITICAL, "violence", NOW)
    assert (raised.id, raised.level, raised.category, raised.version) == (case.id, Level.CRITICAL, "violence", 2)
    assert await world.cases.open(conversation_id, "ben", Level.URGENT, None, NOW) == raised, "nothing is lowered"
    log = [(one.who, one.action, one.detail) for one in await Audit(world.database).of(str(case.id))]
    assert log == [("ana", "opened", "priority"), ("ben", "raised", "critical violence")]
    (timer,) = await due(world, handoff.ALERT, NOW)
    assert timer.payload["rung"] == 0, "the ladder begins again at its level"
    with pytest.raises(NoSuchConversationError):
        await world.cases.open(uuid4(), "ana", Level.URGENT, None, NOW)


async def test_labels_by_a_stale_look_are_refused(world) -> None:
    case = await world.case()
    labelled = await world.cases.label(case.id, "ana", ("visa",), NOW, case.version)
    with pytest.raises(StaleCaseError):
        await world.cases.label(case.id, "ben", ("niños",), NOW, case.version)
    assert (await world.cases.get(case.id)).labels == labelled.labels == ("visa",)
