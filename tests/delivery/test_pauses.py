from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.conversation import Reply, ReplyKind
from bot.conversation.ports import OutboxRow, RateLimitedError
from bot.delivery import Pauses, Retries

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
ANA, LUIS = UUID(int=1), UUID(int=2)


def row(conversation: UUID = ANA, channel: str = "telegram", attempts: int = 0) -> OutboxRow:
    return OutboxRow(1, conversation, channel, "987", Reply(ReplyKind.ANSWER, "hola"), attempts, NOW)


@pytest.mark.parametrize(("attempts", "seconds"), [(0, 2), (1, 4), (5, 64), (8, 512), (9, 600), (250, 600)])
def test_pauses_grow_up_to_a_limit(attempts: int, seconds: int) -> None:
    assert Retries().pause(attempts, lambda: 1.0) == timedelta(seconds=seconds)
    assert Retries().pause(attempts, lambda: 0.25) == timedelta(seconds=seconds / 4)


@pytest.mark.parametrize(
    ("attempts", "hours", "last"),
    [(0, 0, False), (10, 23.9, False), (10, 24, True), (299, 1, True)],
)
def test_it_gives_up_after_a_day_or_many_attempts(attempts: int, hours: float, last: bool) -> None:
    assert Retries().exhausted(row(attempts=attempts), NOW + timedelta(hours=hours)) is last


def test_without_the_age_attempts_count() -> None:
    assert not Retries().exhausted(replace(row(), queued_at=None), NOW + timedelta(days=9))


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
    assert pauses.any(NOW + timedelta(seconds=40))
    assert not pauses.any(NOW + timedelta(seconds=41))


def test_two_limits_far_apart_are_two_persons() -> None:
    pauses = Pauses()
    pauses.limited(row(), RateLimitedError("", 3), NOW)
    pauses.limited(row(LUIS), RateLimitedError("", 3), NOW + timedelta(seconds=10))
    assert not pauses.paused("telegram", NOW + timedelta(seconds=11))
