import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from bot.channels.rendering import fit
from bot.channels.telegram import TelegramChannel
from bot.conversation import Choice, Reply, ReplyKind
from bot.conversation.ports import (
    PRIORITIES,
    Capabilities,
    OutboxRow,
    PermanentError,
    Priority,
    RateLimitedError,
    RetryableError,
    StoreBusyError,
    Timer,
    UnreachableError,
)
from bot.delivery import Delivery
from bot.delivery.loop import APART
from bot.telemetry.figures import REGISTRY
from bot.telemetry.logs import JsonLines
from tests.support.bot_api import Answer, BotApi
from tests.support.outbox import MemoryOutbox

START = datetime(2027, 3, 1, 12, tzinfo=UTC)
ANA, LUIS = 1, 2


@dataclass
class Clock:
    now: datetime = START

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class FakeChannel:
    """Sends into a list; `script` has what the next sends do."""

    name: str = "telegram"
    capabilities: Capabilities = field(default_factory=lambda: Capabilities(20, 3, 20))
    script: list[Exception | asyncio.Event | None] = field(default_factory=list)
    sent: list[tuple[str, str]] = field(default_factory=list)
    under_way: int = 0
    most_at_once: int = 0

    async def send(self, address: str, reply: Reply) -> str:
        self.under_way += 1
        self.most_at_once = max(self.most_at_once, self.under_way)
        try:
            step = self.script.pop(0) if self.script else None
            if isinstance(step, asyncio.Event):
                await step.wait()
            await asyncio.sleep(0)
            if isinstance(step, Exception):
                raise step
        finally:
            self.under_way -= 1
        self.sent.append((address, reply.text))
        return f"m{len(self.sent)}"


@dataclass
class Bench:
    """A delivery with everything around it in our hands."""

    outbox: MemoryOutbox = field(default_factory=MemoryOutbox)
    channel: FakeChannel = field(default_factory=FakeChannel)
    clock: Clock = field(default_factory=Clock)
    timers: list[int] = field(default_factory=list)
    timer_errors: list[Exception] = field(default_factory=list)

    def put(
        self, number: int, person: int, text: str = "", channel: str = "telegram", *choices: Choice,
        kind: ReplyKind = ReplyKind.ANSWER, attempts: int = 0,
    ) -> None:  # fmt: skip
        reply = Reply(kind, text or f"r{number}", choices)
        priority = PRIORITIES.get(kind, Priority.ORDINARY)
        row = OutboxRow(number, UUID(int=person), channel, f"chat{person}", reply, attempts, self.clock(), priority)
        self.outbox.add(row, self.clock())

    def put_timer(self, number: int, seconds: float = 0) -> None:
        at = self.clock() + timedelta(seconds=seconds)
        self.outbox.timers[number] = Timer(number, "remind", UUID(int=ANA), {"flow": "f"}, at)

    async def on_timer(self, timer: Timer) -> None:
        if self.timer_errors:
            raise self.timer_errors.pop(0)
        self.timers.append(timer.id)

    @asynccontextmanager
    async def running(self, **more: Any) -> AsyncIterator[Delivery]:
        settings = {"clock": self.clock, "random": lambda: 1.0, "sweep": 0.005, **more}
        channels = more.pop("channels", None) or {"telegram": self.channel}
        settings.pop("channels", None)
        delivery = Delivery(self.outbox, channels, fit=fit, on_timer=self.on_timer, **settings)
        task = asyncio.create_task(delivery.run())
        try:
            yield delivery
        finally:
            await delivery.stop(0.1)
            await task


async def until(done: Callable[[], object]) -> None:
    async with asyncio.timeout(3):
        while not done():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.001)


@pytest.fixture
def bench() -> Bench:
    return Bench()


async def test_what_is_due_at_the_start_is_sent_and_marked(bench: Bench) -> None:
    bench.put(1, ANA)
    async with bench.running():
        await until(lambda: not bench.outbox.rows)
    assert bench.channel.sent == [("chat1", "r1")]
    assert bench.outbox.log == [("sent", 1, "m1")]


async def test_neither_waking_nor_stopping_waits_for_the_sweep(bench: Bench) -> None:
    async with asyncio.timeout(20), bench.running(sweep=60) as delivery:
        await until(lambda: delivery.alive)
        for number in range(1, 6):
            bench.put(number, ANA)
        delivery.wake()
        await until(lambda: not bench.outbox.rows)
    assert [text for _, text in bench.channel.sent] == ["r1", "r2", "r3", "r4", "r5"]


async def test_one_persons_order_holds_across_retries(bench: Bench) -> None:
    bench.channel.script = [RetryableError("down"), RetryableError("down")]
    for number in (1, 2, 3):
        bench.put(number, ANA)
    async with bench.running() as delivery:
        for seconds in (2, 4):
            await until(
                lambda: (
                    bench.outbox.log and bench.outbox.log[-1][0] == "retry" and bench.outbox.due_at[1] > bench.clock()
                )
            )
            assert bench.channel.sent == []
            bench.clock.pass_by(seconds)
            delivery.wake()
        await until(lambda: not bench.outbox.rows)
    assert [text for _, text in bench.channel.sent] == ["r1", "r2", "r3"]
    assert bench.outbox.log[0] == ("retry", 1, "RetryableError: down")


async def test_one_slow_person_does_not_hold_up_another(bench: Bench) -> None:
    slow = asyncio.Event()
    bench.channel.script = [slow]
    bench.put(1, ANA)
    bench.put(2, ANA)
    for number in (3, 4, 5):
        bench.put(number, LUIS)
    async with bench.running():
        await until(lambda: len(bench.channel.sent) == 3)
        assert {address for address, _ in bench.channel.sent} == {"chat2"}
        slow.set()
        await until(lambda: not bench.outbox.rows)
    assert [text for address, text in bench.channel.sent if address == "chat1"] == ["r1", "r2"]


async def test_so_many_are_sent_at_once_and_no_more(bench: Bench) -> None:
    for person in range(1, 41):
        bench.put(person, person, kind=ReplyKind.HELP)
    async with bench.running(at_once=4):
        await until(lambda: not bench.outbox.rows)
    assert bench.channel.most_at_once == 4
    assert len(bench.channel.sent) == 40


async def test_the_last_place_is_for_who_is_in_danger(bench: Bench) -> None:
    bench.channel.script = [asyncio.Event()] * 9
    for person in range(1, 10):
        bench.put(person, person)
    async with bench.running(at_once=4) as delivery:
        await until(lambda: bench.channel.under_way == 3)
        await asyncio.sleep(0.02)
        assert bench.channel.under_way == 3
        bench.channel.script = []
        bench.put(20, 20, kind=ReplyKind.HELP)
        delivery.wake()
        await until(lambda: bench.channel.sent == [("chat20", "r20")])


async def test_the_next_of_a_person_waits_for_no_mark(bench: Bench) -> None:
    bench.outbox.mark_errors = [StoreBusyError("busy")] * 50
    for number in (1, 2, 3):
        bench.put(number, ANA)
    async with bench.running():
        await until(lambda: len(bench.channel.sent) == 3)
        assert not bench.outbox.log


async def test_a_permanent_error_gives_up_and_goes_on_with_the_next(bench: Bench) -> None:
    bench.channel.script = [PermanentError("message is too long")]
    bench.put(1, ANA)
    bench.put(2, ANA)
    async with bench.running():
        await until(lambda: not bench.outbox.rows)
    assert bench.outbox.log == [("failed", 1, "PermanentError: message is too long"), ("sent", 2, "m1")]


async def test_an_unreachable_person_gets_nothing_more(bench: Bench) -> None:
    bench.channel.script = [UnreachableError("blocked")]
    bench.put(1, ANA)
    bench.put(2, ANA)
    async with bench.running():
        await until(lambda: not bench.outbox.rows)
    assert bench.channel.sent == []
    assert bench.outbox.log == [("unreachable", 1, "UnreachableError: blocked")]


async def test_after_a_day_of_tries_it_is_given_up(bench: Bench) -> None:
    bench.put(1, ANA, attempts=299)
    bench.clock.pass_by(24 * 3600)
    bench.channel.script = [RetryableError("down")]
    async with bench.running():
        await until(lambda: not bench.outbox.rows)
    assert bench.outbox.log == [("failed", 1, "RetryableError: down")]


@pytest.mark.parametrize("days", [-1, 1, 400])
async def test_age_alone_gives_nothing_up(bench: Bench, days: int) -> None:
    bench.put(1, ANA)
    bench.outbox.due_at[1] = START - timedelta(days=500)
    bench.clock.pass_by(days * 24 * 3600)
    bench.channel.script = [RetryableError("down")]
    async with bench.running() as delivery:
        await until(lambda: bench.outbox.log)
        bench.clock.pass_by(600)
        delivery.wake()
        await until(lambda: not bench.outbox.rows)
    assert [what for what, *_ in bench.outbox.log] == ["retry", "sent"]


async def test_a_rate_limit_is_waited_for(bench: Bench) -> None:
    bench.channel.script = [RateLimitedError("rate limited", 30)]
    bench.put(1, ANA)
    async with bench.running() as delivery:
        await until(lambda: bench.outbox.log)
        assert bench.outbox.due_at[1] == START + timedelta(seconds=30)
        bench.clock.pass_by(29)
        delivery.wake()
        await asyncio.sleep(0.02)
        assert bench.channel.sent == []
        bench.clock.pass_by(1)
        delivery.wake()
        await until(lambda: bench.channel.sent)


async def test_a_limited_channel_waits_and_the_others_go_on(bench: Bench) -> None:
    other = FakeChannel("whatsapp")
    limit = RateLimitedError("rate limited", 30)
    bench.channel.script = [limit, limit]
    bench.put(1, ANA)
    bench.put(2, LUIS)
    async with bench.running(channels={"telegram": bench.channel, "whatsapp": other}) as delivery:
        await until(lambda: len(bench.outbox.log) == 2)
        bench.put(3, 3)
        bench.put(4, 4, "", "whatsapp")
        delivery.wake()
        await until(lambda: other.sent)
        await asyncio.sleep(0.02)
        assert bench.channel.sent == []
        bench.clock.pass_by(30)
        delivery.wake()
        await until(lambda: not bench.outbox.rows)
    assert len(bench.channel.sent) == 3


async def test_in_danger_it_is_tried_also_where_the_channel_waits(bench: Bench) -> None:
    bench.channel.script = [RateLimitedError("slow down", 30), RateLimitedError("slow down", 30)]
    bench.put(1, ANA)
    bench.put(2, LUIS)
    async with bench.running() as delivery:
        await until(lambda: len(bench.outbox.log) == 2)
        bench.put(3, 3)
        bench.put(4, 4, kind=ReplyKind.HELP)
        delivery.wake()
        await until(lambda: bench.channel.sent == [("chat4", "r4")])


async def test_while_a_channel_waits_the_others_are_still_bounded(bench: Bench) -> None:
    other = FakeChannel("whatsapp")
    limit = RateLimitedError("rate limited", 30)
    bench.channel.script = [limit, limit]
    bench.put(1, ANA)
    bench.put(2, LUIS)
    async with bench.running(channels={"telegram": bench.channel, "whatsapp": other}, at_once=3) as delivery:
        await until(lambda: len(bench.outbox.log) == 2)
        answered = asyncio.Event()
        other.script = [answered] * 7
        for person in range(3, 10):
            bench.put(person, person, "", "whatsapp")
        delivery.wake()
        await until(lambda: other.under_way == 2)
        await asyncio.sleep(3 * APART)
        answered.set()
        await until(lambda: len(other.sent) == 7)
    assert other.most_at_once == 2, "and the last place stays free"


async def test_replies_leave_one_after_the_other_and_help_first(bench: Bench) -> None:
    slow = asyncio.Event()
    bench.channel.script = [slow] * 4
    for number in range(1, 4):
        bench.put(number, number)
    bench.put(4, 4, kind=ReplyKind.HELP)
    async with bench.running(at_once=5):
        seen = set[int]()
        await until(lambda: seen.add(bench.channel.under_way) or 4 in seen)
        assert seen >= {1, 2, 3}, "never two in one step"
        slow.set()
        await until(lambda: not bench.outbox.rows)
    assert bench.channel.sent[0] == ("chat4", "r4")


async def test_what_had_to_let_another_go_first_is_not_left_to_the_sweep(bench: Bench) -> None:
    bench.channel.script = [asyncio.Event()]
    for number in range(1, 20):
        bench.put(number, number)
    async with bench.running(sweep=60) as delivery:
        await until(lambda: len(bench.channel.sent) == 18)
        bench.put(20, 20)
        bench.put(21, 21)
        await delivery.drain(UUID(int=20))
        await delivery.drain(UUID(int=21))
        await until(lambda: len(bench.channel.sent) == 20)


async def test_only_the_rest_of_a_long_reply_is_sent_again(bench: Bench) -> None:
    choice = Choice(label="Sí", payload="a:1")
    bench.channel.script = [None, RetryableError("down")]
    bench.put(1, ANA, "Primera parte larga. Segunda parte larga. Tercera.", "telegram", choice)
    async with bench.running() as delivery:
        await until(lambda: bench.outbox.log)
        bench.clock.pass_by(2)
        delivery.wake()
        await until(lambda: not bench.outbox.rows)
    texts = [text for _, text in bench.channel.sent]
    assert " ".join(texts) == "Primera parte larga. Segunda parte larga. Tercera."
    assert bench.outbox.log[-1] == ("sent", 1, f"m{len(texts)}")


async def test_what_is_sent_but_not_marked_is_not_sent_twice(bench: Bench) -> None:
    bench.outbox.mark_errors = [StoreBusyError("busy"), StoreBusyError("busy")]
    bench.put(1, ANA)
    async with bench.running():
        await until(lambda: not bench.outbox.rows)
    assert bench.channel.sent == [("chat1", "r1")]


async def test_an_empty_reply_is_done(bench: Bench) -> None:
    bench.put(1, ANA, "  ")
    async with bench.running():
        await until(lambda: not bench.outbox.rows)
    assert bench.outbox.log == [("sent", 1, "")]


async def test_a_channel_that_is_not_configured_is_waited_for(bench: Bench) -> None:
    bench.put(1, ANA, "hola", "whatsapp")
    async with bench.running():
        await asyncio.sleep(0.02)
    assert (bench.outbox.log, list(bench.outbox.rows)) == ([], [1])


async def test_a_channel_that_hangs_is_cut_off(bench: Bench) -> None:
    bench.channel.script = [asyncio.Event()]
    bench.put(1, ANA)
    async with bench.running(send_timeout=0.01):
        await until(lambda: bench.outbox.log)
    assert bench.outbox.log[0] == ("retry", 1, "TimeoutError")


async def test_it_survives_everything_and_logs_no_words(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    bench.outbox.errors = [RuntimeError("me detuvo la migra"), StoreBusyError("chat1")]
    bench.channel.script = [ValueError("me detuvo la migra chat1")]
    bench.put(1, ANA, "me detuvo la migra")
    async with bench.running() as delivery:
        await until(lambda: bench.outbox.log)
        assert delivery.alive
        bench.clock.pass_by(2)
        await until(lambda: not bench.outbox.rows)
    assert bench.outbox.log == [("retry", 1, "ValueError"), ("sent", 1, "m1")]
    said = caplog.text
    assert "RuntimeError at" in said
    assert "ValueError at" in said
    assert not any(word in said for word in ("migra", "chat1"))


async def test_how_attempts_ended_is_counted(bench: Bench) -> None:
    bench.channel.script = [RetryableError("down"), RateLimitedError("slow", 1), PermanentError("no"), None]
    for person in range(1, 5):
        bench.put(person, person)

    def counted() -> list[float]:
        results = ("retried", "limited", "given_up", "sent")
        labels = [{"channel": "telegram", "result": result} for result in results]
        return [REGISTRY.get_sample_value("ventanilla_send_seconds_count", each) or 0 for each in labels]

    before = counted()
    async with bench.running():
        await until(lambda: len(bench.outbox.rows) == 2)
        await until(lambda: counted() == [number + 1 for number in before])


async def test_a_line_of_the_log_says_which_reply_it_is_about_and_of_whom(bench: Bench) -> None:
    said: list[dict[str, str]] = []

    class Heard(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.append(json.loads(JsonLines().format(record)))

    bench.channel.script = [PermanentError("no"), PermanentError("no")]
    bench.put(1, ANA)
    bench.put(2, LUIS)
    heard = Heard()
    logging.getLogger("bot.delivery").addHandler(heard)
    try:
        async with bench.running(known_as=lambda channel, address: f"{channel}-{len(address)}"):
            await until(lambda: not bench.outbox.rows)
    finally:
        logging.getLogger("bot.delivery").removeHandler(heard)
    assert sorted(line["job"] for line in said) == ["reply-1", "reply-2"]
    assert {line["conversation"] for line in said} == {"telegram-5"}


async def test_stopping_lets_the_sends_under_way_finish(bench: Bench) -> None:
    slow = asyncio.Event()
    bench.channel.script = [slow]
    bench.put(1, ANA)
    bench.put(2, ANA)
    async with bench.running() as delivery:
        await until(lambda: bench.channel.under_way)
        stopping = asyncio.create_task(delivery.stop(2))
        await asyncio.sleep(0.005)
        slow.set()
        await stopping
        assert not delivery.alive
    assert bench.outbox.log == [("sent", 1, "m1")]
    assert list(bench.outbox.rows) == [2]


async def test_stopping_does_not_wait_for_ever(bench: Bench) -> None:
    bench.channel.script = [asyncio.Event()]
    bench.put(1, ANA)
    async with bench.running() as delivery:
        await until(lambda: bench.channel.under_way)
        async with asyncio.timeout(1):
            await delivery.stop(0.01)
    assert bench.channel.under_way == 0
    assert list(bench.outbox.rows) == [1]


async def test_a_cancelled_loop_leaves_nothing_running(bench: Bench) -> None:
    bench.channel.script = [asyncio.Event()]
    bench.put(1, ANA)
    delivery = Delivery(bench.outbox, {"telegram": bench.channel}, fit=fit, on_timer=bench.on_timer, clock=bench.clock)
    task = asyncio.create_task(delivery.run())
    await until(lambda: bench.channel.under_way)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert bench.channel.under_way == 0
    assert not delivery.alive
    await delivery.stop()


async def test_stopping_what_never_ran_is_no_error(bench: Bench) -> None:
    await Delivery(bench.outbox, {}, fit=fit, on_timer=bench.on_timer).stop()


async def test_it_is_not_alive_when_it_has_not_looked_for_long(bench: Bench) -> None:
    async with bench.running(sweep=60) as delivery:
        await until(lambda: delivery.alive)
        bench.clock.pass_by(31)
        assert not delivery.alive
        delivery.wake()
        await until(lambda: delivery.alive)


# Timers


async def test_a_due_timer_runs_once(bench: Bench) -> None:
    bench.put_timer(1)
    bench.put_timer(2, seconds=60)
    async with bench.running() as delivery:
        await until(lambda: bench.timers)
        await asyncio.sleep(0.02)
        assert bench.timers == [1]
        bench.clock.pass_by(60)
        delivery.wake()
        await until(lambda: not bench.outbox.timers)
    assert bench.timers == [1, 2]


async def test_a_failing_timer_does_not_hold_up_the_next_and_is_tried_again(bench: Bench) -> None:
    bench.timer_errors = [KeyError("x")]
    bench.put_timer(1)
    bench.put_timer(2)
    async with bench.running():
        await until(lambda: not bench.outbox.timers)
    assert bench.timers == [2, 1]


async def test_a_timer_that_always_fails_is_given_up(bench: Bench) -> None:
    bench.timer_errors = [KeyError("x")] * 5
    bench.put_timer(1)
    async with bench.running():
        await until(lambda: not bench.outbox.timers)
    assert bench.timers == []
    assert bench.timer_errors == []


async def test_a_busy_database_is_not_the_timers_fault(bench: Bench) -> None:
    bench.timer_errors = [StoreBusyError("x")] * 9
    bench.put_timer(1)
    async with bench.running():
        await until(lambda: not bench.outbox.timers)
    assert bench.timers == [1]


# Through the real telegram.Bot


async def test_end_to_end_with_telegram(bench: Bench) -> None:
    with BotApi() as api:
        channel = TelegramChannel(api.token, api.url, timeout=2)
        api.answer("sendMessage", Answer(500), Answer.too_many(5), Answer.blocked())
        reply = Reply(ReplyKind.ANSWER, "palabra " * 800, (Choice(label="Sí", payload="a:1"),))
        for number, person in ((1, ANA), (2, LUIS)):
            row = OutboxRow(number, UUID(int=person), "telegram", str(person), reply, 0, START)
            bench.outbox.add(row, START + timedelta(seconds=100 * (number - 1)))
        async with bench.running(channels={"telegram": channel}) as delivery:
            for seconds in (2, 5):
                await until(lambda: bench.outbox.due_at[1] > bench.clock())
                bench.clock.pass_by(seconds)
                delivery.wake()
            await until(lambda: 1 not in bench.outbox.rows)
            bench.clock.pass_by(100)
            delivery.wake()
            await until(lambda: not bench.outbox.rows)
        await channel.close()
    assert [what for what, _, _ in bench.outbox.log] == ["retry", "retry", "unreachable", "sent"]
    delivered = [call.params for call in api.of("sendMessage") if call.params["chat_id"] == str(LUIS)]
    assert ["reply_markup" in params for params in delivered] == [False, True]
