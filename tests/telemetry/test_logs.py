"""A log line is one JSON object, says what it is about, and quotes nobody."""

import asyncio
import json
import logging
import sys

from bot.telemetry.logs import JsonLines, about


def line(message: str, *args: object, error: BaseException | None = None) -> dict[str, str]:
    raised = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("bot.x", logging.WARNING, "x.py", 1, message, args, raised)
    text = JsonLines().format(record)
    assert "\n" not in text
    return json.loads(text)


def test_a_line_has_its_time_and_what_it_is_about() -> None:
    with about(request="r1"), about(conversation="c1"):
        inner = line("%d replies\nwait", 3)
    assert inner["message"] == "3 replies\nwait"
    assert (inner["level"], inner["logger"]) == ("warning", "bot.x")
    assert inner["time"].endswith("+00:00")
    assert (inner["request"], inner["conversation"]) == ("r1", "c1")
    assert "request" not in line("after")


def test_what_was_raised_is_named_without_its_words() -> None:
    try:
        raise ValueError("me pega mi esposo")
    except ValueError:
        told = line("failed", error=sys.exc_info()[1])
    assert told["raised"] == "ValueError"
    assert "test_logs.py" in told["at"]
    assert "esposo" not in json.dumps(told)


async def test_tasks_side_by_side_keep_apart() -> None:
    async def speak(number: int) -> dict[str, str]:
        with about(job=f"reply-{number}"):
            await asyncio.sleep(0)
            return line("x")

    assert [one["job"] for one in await asyncio.gather(*map(speak, range(3)))] == ["reply-0", "reply-1", "reply-2"]
