"""The queue of the operators."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.conversation import CaseNeeded, Kind, LeftConversation
from bot.handoff import ClosedError, HeldByAnotherError, NotClaimedError
from bot.storage.errors import (
    BadCursorError,
    NoSuchCaseError,
    NoSuchConversationError,
    PersonLeftError,
    PersonUnreachableError,
)
from bot.storage.queue import Wanted
from bot.storage.transcript import encoded
from knowledge.schema.base import Level

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
NOBODY = UUID(int=7)


async def test_fifty_claims_of_one_case_have_one_winner(world) -> None:
    case = await world.case()
    tries = (world.cases.claim(case.id, f"op-{number}", NOW) for number in range(50))
    results = await asyncio.gather(*tries, return_exceptions=True)
    winners = [result for result in results if not isinstance(result, Exception)]
    losers = [result for result in results if isinstance(result, HeldByAnotherError)]
    assert (len(winners), len(losers)) == (1, 49)
    assert {loser.claimed_by for loser in losers} == {winners[0].claimed_by}
    assert (await world.cases.get(case.id)).claimed_by == winners[0].claimed_by


async def test_fifty_who_ask_for_the_next_get_a_case_each(world) -> None:
    for number in range(5):
        await world.case(who=f"w{number}")
    results = await asyncio.gather(*(world.cases.claim_next(f"op-{number}", NOW) for number in range(50)))
    got = [result for result in results if result]
    assert len(got) == len({case.id for case in got}) == 5


async def queue(world) -> list[str]:
    """Cases named after who waits, most urgent first."""
    await world.case(who="old-priority", level=Level.PRIORITY, at=NOW)
    await world.case(who="new-critical", level=Level.CRITICAL, at=NOW + 3 * MINUTE)
    await world.case(who="urgent", level=Level.URGENT, at=NOW + MINUTE)
    await world.case(who="old-critical", level=Level.CRITICAL, at=NOW + 2 * MINUTE)
    return ["old-critical", "new-critical", "urgent", "old-priority"]


async def names(world, items) -> list[str]:
    return [(await address(world, item)) for item in items]


async def address(world, case) -> str:
    from bot.storage.rows import hold_by_id

    async with world.database.write() as connection:
        return (await hold_by_id(connection, case.conversation_id)).address


async def test_most_urgent_first_then_longest_waiting(world) -> None:
    expected = await queue(world)
    items, cursor = await world.cases.find(Wanted(), None, 10)
    assert (await names(world, items), cursor) == (expected, None)
    assert [await address(world, await world.cases.claim_next("ana", NOW)) for _ in expected] == expected
    assert await world.cases.claim_next("ana", NOW) is None


@pytest.mark.parametrize("limit", [1, 2, 3, 4])
async def test_pages_hold_each_case_once(world, limit: int) -> None:
    expected = await queue(world)
    seen, cursor = [], None
    while True:
        items, cursor = await world.cases.find(Wanted(status="open"), cursor, limit)
        seen += await names(world, items)
        if cursor is None:
            break
        assert len(items) == limit
    assert seen == expected


async def test_cases_opened_in_the_same_instant_are_not_lost_between_pages(world) -> None:
    for number in range(7):
        await world.case(who=f"w{number}")
    seen, cursor = set(), None
    for _ in range(4):
        items, cursor = await world.cases.find(Wanted(), cursor, 2)
        seen |= {item.id for item in items}
    assert (len(seen), cursor) == (7, None)


async def test_a_status_filters(world) -> None:
    case = await world.case()
    other = await world.case(who="other")
    await world.cases.claim(case.id, "ana", NOW)
    for status, expected in (("open", [other.id]), ("claimed", [case.id]), ("resolved", [])):
        assert [item.id for item in (await world.cases.find(Wanted(status=status), None, 10))[0]] == expected


TOO_EARLY = encoded("critical|1|0001-01-01T00:00:00+23:00|0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a")
NO_ZONE = encoded("critical|1|2026-05-01T12:00:00|0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a")
NUMBERS = [encoded(number) for number in ("9" * 30, "9" * 5000, str(2**31), "-1")]
BAD = [
    *NUMBERS,
    TOO_EARLY,
    NO_ZONE,
    "",
    "x",
    "ñ",
    "AAAA",
    "MQ",
    "fHx8",
    "Y3JpdGljYWx8MjAyNi0wNS0wMVQxMjowMDowMHww",
    "=" * 9,
    "9" * 300,
]


@pytest.mark.parametrize("cursor", BAD)
async def test_a_cursor_that_is_not_ours_is_refused(world, cursor: str) -> None:
    conversation_id = await world.say()
    with pytest.raises(BadCursorError):
        await world.cases.find(Wanted(), cursor, 10)
    if cursor != "MQ":  # that is a 1
        with pytest.raises(BadCursorError):
            await world.cases.messages(conversation_id, cursor, 10)


async def test_a_transcript_in_pages(world) -> None:
    conversation_id = await world.say("hola", replies=["uno", "dos"])
    await world.say("adiós", replies=["tres"])
    seen, cursor = [], None
    for _ in range(3):
        items, cursor = await world.cases.messages(conversation_id, cursor, 2)
        seen += [line.text for line in items]
    assert (seen, cursor) == (["hola", "uno", "dos", "adiós", "tres"], None)
    with pytest.raises(NoSuchConversationError):
        await world.cases.messages(NOBODY, None, 10)


async def test_the_life_of_a_case(world) -> None:
    case = await world.case()
    claimed = await world.cases.claim(case.id, "ana", NOW + MINUTE)
    assert (claimed.status, claimed.claimed_by, claimed.claimed_at) == ("claimed", "ana", NOW + MINUTE)
    assert await world.cases.claim(case.id, "ana", NOW + 2 * MINUTE) == claimed
    answered = await world.cases.reply(case.id, "ana", "Hola, soy Ana.", NOW + 2 * MINUTE)
    assert answered.answered_at == NOW + 2 * MINUTE
    done = await world.cases.resolve(case.id, "ana", "referred", "al consulado", NOW + 3 * MINUTE)
    assert await world.cases.get(case.id) == done
    assert (done.outcome, done.note, done.resolved_at) == ("referred", "al consulado", NOW + 3 * MINUTE)
    assert await world.waiting() == ["Hola, soy Ana."]
    last = (await world.cases.messages(case.conversation_id, None, 10))[0][-1]
    assert (last.author, last.direction, last.text, last.delivery) == ("operator", "out", "Hola, soy Ana.", "sent")


async def test_a_new_danger_long_after_the_end_opens_a_new_case(world) -> None:
    case = await world.case()
    await world.cases.claim(case.id, "ana", NOW)
    await world.cases.resolve(case.id, "ana", "helped", None, NOW)
    with pytest.raises(ClosedError):
        await world.cases.claim(case.id, "ana", NOW)
    again = await world.case(at=NOW + timedelta(days=4))
    assert again.id != case.id
    assert len((await world.cases.find(Wanted(), None, 10))[0]) == 2


async def test_a_claimed_case_that_is_raised_stays_claimed(world) -> None:
    case = await world.case()
    await world.cases.claim(case.id, "ana", NOW)
    await world.say(events=[CaseNeeded("danger", Level.CRITICAL, "medical")])
    after = await world.cases.get(case.id)
    assert (after.claimed_by, after.level, after.category) == ("ana", Level.CRITICAL, "medical")


async def test_an_operators_reply_goes_behind_what_waits(world) -> None:
    case = await world.case()
    await world.say(replies=["del bot"])
    await world.cases.claim(case.id, "ana", NOW)
    await world.say(replies=["otra vez el bot"])
    await world.cases.reply(case.id, "ana", "de Ana", NOW)
    await world.say(replies=["y otra vez"])
    assert await world.waiting() == ["otra vez el bot", "de Ana", "y otra vez"], "what waited at the claim is dropped"


async def test_a_reply_needs_a_claim_and_leaves_nothing_without(world) -> None:
    case = await world.case()
    with pytest.raises(NotClaimedError):
        await world.cases.reply(case.id, "ana", "hola", NOW)
    await world.cases.claim(case.id, "ben", NOW)
    with pytest.raises(HeldByAnotherError) as caught:
        await world.cases.reply(case.id, "ana", "hola", NOW)
    assert caught.value.claimed_by == "ben"
    assert await world.waiting() == []


GONE = [({"events": [LeftConversation()]}, PersonLeftError), ({"kind": Kind.BLOCKED}, PersonUnreachableError)]


@pytest.mark.parametrize(("how", "error"), GONE)
async def test_who_is_gone_is_sent_nothing(world, how: dict, error: type[Exception]) -> None:
    case = await world.case()
    await world.cases.claim(case.id, "ana", NOW)
    await world.say(at=NOW + MINUTE, **how)
    with pytest.raises(error):
        await world.cases.reply(case.id, "ana", "hola", NOW)
    assert await world.waiting() == []
    assert (await world.cases.get(case.id)).answered_at is None
    await world.say(at=NOW + 2 * MINUTE)
    assert (await world.cases.reply(case.id, "ana", "hola", NOW)).answered_at == NOW


async def test_an_unknown_case(world) -> None:
    for act in (
        world.cases.get(NOBODY),
        world.cases.claim(NOBODY, "ana", NOW),
        world.cases.release(NOBODY, "ana", None, NOW),
        world.cases.reply(NOBODY, "ana", "hola", NOW),
        world.cases.resolve(NOBODY, "ana", "helped", None, NOW),
    ):
        with pytest.raises(NoSuchCaseError):
            await act


async def test_a_turn_and_an_operator_never_overwrite_each_other(world) -> None:
    case = await world.case(level=Level.PRIORITY)
    await asyncio.gather(
        world.cases.claim(case.id, "ana", NOW),
        world.say(events=[CaseNeeded("danger", Level.CRITICAL, "medical")]),
        world.say(replies=["hola"]),
    )
    after = await world.cases.get(case.id)
    assert (after.claimed_by, after.level) == ("ana", Level.CRITICAL)
