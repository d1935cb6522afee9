from datetime import UTC, datetime

import pytest

from bot.channels.terminal import Terminal
from bot.conversation import Choice, Kind, Reply, ReplyKind

NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)
QUESTION = Reply(
    ReplyKind.CLARIFY,
    "¿Qué necesita?",
    (Choice(label="Pasaporte", payload="t:pasaporte"), Choice(label="Matrícula consular", payload="t:matricula")),
)


async def shown() -> tuple[Terminal, list[str]]:
    lines: list[str] = []
    terminal = Terminal(lines.append)
    await terminal.send("terminal", QUESTION)
    return terminal, lines


async def test_it_prints_choices_as_numbered_lines() -> None:
    _, lines = await shown()
    assert lines == ["¿Qué necesita?\n\n1. Pasaporte\n2. Matrícula consular"]


@pytest.mark.parametrize("line", ["2", " 2. ", "2)", "matrícula CONSULAR", "Matrícula consular."])
async def test_a_choice_is_taken_by_number_or_words(line: str) -> None:
    terminal, _ = await shown()
    message = terminal.read(line, NOW)
    assert (message.kind, message.payload, message.text) == (Kind.TAP, "t:matricula", "")


@pytest.mark.parametrize("line", ["3", "0", "quiero otra cosa", ""])
async def test_all_else_is_text(line: str) -> None:
    terminal, _ = await shown()
    message = terminal.read(line, NOW)
    assert (message.kind, message.text, message.payload) == (Kind.TEXT, line, "")


async def test_every_line_is_a_delivery_of_its_own() -> None:
    terminal, _ = await shown()
    assert terminal.read("hola", NOW).delivery_id != terminal.read("hola", NOW).delivery_id


async def test_a_number_never_answers_an_older_question() -> None:
    terminal, _ = await shown()
    terminal.read("otra cosa", NOW)
    await terminal.send("terminal", Reply(ReplyKind.QUESTION, "¿Cuántos hijos tiene?"))
    assert terminal.read("2", NOW).text == "2"
