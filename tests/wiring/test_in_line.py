"""Whoever sends many messages delays nobody else."""

import asyncio

import pytest

from bot.conversation.ports import StoreBusyError
from bot.wiring.in_line import Line


async def test_one_after_the_other_in_order_and_nobody_else_waits():
    line, done = Line(), []

    async def message(person: str, number: int) -> None:
        async with line.of(person):
            await asyncio.sleep(0.005)
            done.append((person, number))

    await asyncio.gather(*(message("flooder", n) for n in range(20)), *(message(f"p{n}", n) for n in range(5)))
    assert [n for person, n in done if person == "flooder"] == list(range(20))
    assert all(person != "flooder" for person, _ in done[1:6])
    assert not line._locks, "nobody is kept who does not wait"


async def test_who_waits_too_long_is_told_so():
    line = Line(wait=0.01)
    async with line.of("a"):
        with pytest.raises(StoreBusyError):
            async with line.of("a"):
                raise AssertionError
    async with line.of("a"):
        pass
    assert not line._locks
