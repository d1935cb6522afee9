from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.conversation import Reply, ReplyKind
from bot.conversation.ports import OutboxRow, Priority, RateLimitedError
from bot.delivery import Pauses, Retries

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
ANA, LUIS = UUID(int=1), UUID(int=2)


def row(conversation: UUID = ANA, channel: str = "telegram", attempts: int = 0) -> OutboxRow:
    return OutboxRow(1, conversation, channel, "987", Reply(ReplyKind.ANSWER, "hola"), attempts, NOW)


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 2), (1, 4), (5, 64), (8, 512), (9, 600), (250, 600)])
def test_pauses_grow_up_to_a_limit(attempts: int, seconds: int) -> None:
    assert Retries().pause(row(attempts=attempts), lambda: 1.0) == timedelta(seconds=seconds)
    assert Retries().pause(row(attempts=attempts), lambda: 0.25) == timedelta(seconds=seconds / 4)


def test_in_danger_the_next_try_is_soon() -> None:
    urgent = replace(row(attempts=250), priority=Priority.URGENT)
    assert Retries().pause(urgent, lambda: 1.0) == timedelta(seconds=15)


@pytest.mark.parametrize(
    ("attempts", "hours", "last"), [(0, 9000, False), (298, 9000, False), (299, 23.9, False), (299, 24, True)]
)
def test_it_gives_up_after_many_attempts_and_a_day(attempts: int, hours: float, last: bool) -> None:
    assert Retries().exhausted(row(attempts=attempts), NOW + timedelta(hours=hours)) is last


def test_one_limited_person_waits_alone() -> None:
    pauses = Pauses()
    assert pauses.limited(row(), RateLimitedError("", 30), NOW) == NOW + timedelta(seconds=30)
    pauses.limited(row(), RateLimitedError("", 30), NOW + timedelta(seconds=5))
    assert not pauses.paused("telegram", NOW + timedelta(seconds=6))


def test_a_second_limited_person_stops_the_channel_and_no_other() -> None:
    pauses = Pauses()
    pauses.limited(row(), RateLimitedError("", 30), NOW)
    pauses.limited(row(LUIS), RateLimitedError("", 40), NOW + timedelta(seconds=1))
    assert pauses.paused("telegram", NOW + timedelta(seconds=40))
    assert not pauses.paused("telegram", NOW + timedelta(seconds=41))
    assert not pauses.paused("whatsapp", NOW + timedelta(seconds=2))


def test_a_clock_that_jumps_back_leaves_no_channel_waiting() -> None:
    pauses = Pauses()
    for person in (ANA, LUIS):
        pauses.limited(row(person), RateLimitedError("", 9999), NOW)
    assert pauses.paused("telegram", NOW + timedelta(minutes=10, seconds=-1))
    assert not pauses.paused("telegram", NOW + timedelta(minutes=10))
    assert not pauses.paused("telegram", NOW - timedelta(hours=1))


def test_two_limits_far_apart_are_two_persons() -> None:
    pauses = Pauses()
    pauses.limited(row(), RateLimitedError("", 3), NOW)
    pauses.limited(row(LUIS), RateLimitedError("", 3), NOW + timedelta(seconds=10))
    assert not pauses.paused("telegram", NOW + timedelta(seconds=11))
