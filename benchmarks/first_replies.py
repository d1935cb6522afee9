"""Sixty first replies as they are said: `python -m benchmarks.first_replies [--today DAY]`, a minute.

Writes tests/evaluation/first_replies.md anew; its messages stand there. A test holds how old it may become.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from pathlib import Path
from statistics import median

import click

from bot.cli.options import TODAY
from bot.conversation import Conversation, InboundMessage, Kind, Turn
from bot.dialogue.engine import take_turn
from knowledge.brevity import words
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge

FILE = Path(__file__).parents[1] / "tests" / "evaluation" / "first_replies.md"
HEADING = """# Sixty first replies, as said on {today}

The first messages of thirty sample talks and thirty sample questions of the shared folder, drawn by chance; each reply
whole, its choices in italics. Written by `python -m benchmarks.first_replies`.
Words of a reply with its choices: median {median}, longest {longest}.
"""
_SAID_ON = re.compile(r"as said on (\d{4}-\d\d-\d\d)$", re.MULTILINE)
_ENTRY = re.compile(r"^\d+\. \*\*(.+)\*\* \((.+)\)$", re.MULTILINE)


def said_on(written: str) -> date:
    """The day of the file."""
    found = _SAID_ON.search(written)
    return date.fromisoformat(found.group(1)) if found else date.min


def entries(written: str) -> list[tuple[str, str]]:
    """Each message, and where its reply came from: `answer, pasaporte/cost`."""
    return _ENTRY.findall(written)


def first_turn(message: str, knowledge: Knowledge, today: date) -> Turn:
    """What is made of a message that nothing came before."""
    now = datetime.combine(today, time(12, tzinfo=UTC))
    said = InboundMessage("web", "0", "first-replies", Kind.TEXT, now, text=message)
    return take_turn(Conversation(), said, knowledge, now)


def origin(turn: Turn) -> str:
    """Policy and section, as an entry has them."""
    return f"{turn.reading.policy}, {turn.reading.section or '-'}"


def _shown(turn: Turn) -> Iterator[str]:
    for reply in turn.replies:
        yield from (line for line in reply.text.splitlines() if line)
        if reply.choices:
            yield f"_{' · '.join(choice.label for choice in reply.choices)}_"


def _written(messages: list[str], knowledge: Knowledge, today: date) -> str:
    turns = [(message, first_turn(message, knowledge, today)) for message in messages]
    lengths = [words(" ".join(_shown(turn))) for _, turn in turns]
    head = HEADING.format(today=today, median=round(median(lengths)), longest=max(lengths))
    blocks = (
        f"{number}. **{message}** ({origin(turn)})\n" + "".join(f"   > {line}  \n" for line in _shown(turn))
        for number, (message, turn) in enumerate(turns, 1)
    )
    return "\n".join((head, *blocks))


@click.command(help=__doc__)
@TODAY
def main(today: date) -> None:
    messages = [message for message, _ in entries(FILE.read_text(encoding="utf-8"))]
    FILE.write_text(_written(messages, load_knowledge(), today), encoding="utf-8")
    click.echo(f"{len(messages)} replies in {FILE}")


if __name__ == "__main__":
    main()
