"""`ventanilla chat`: talk in the terminal; nothing is stored."""

import asyncio
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import click
import yaml

from bot.channels.rendering import numbered
from bot.channels.terminal import Terminal
from bot.cli.content import checked_knowledge
from bot.cli.options import TODAY
from bot.conversation import Conversation, Turn
from bot.turn import safe_turn
from knowledge.model import Knowledge

PROMPT = "» "


@click.command("chat", help="Talk in the terminal. An empty line or Ctrl-D ends it; nothing is stored.")
@click.option(
    "--record", type=click.Path(path_type=Path, dir_okay=False), help="Write the talk as a conversation test."
)
@TODAY
def chat(record: Path | None, today: date) -> None:
    """The engine alone: no database, no network."""
    knowledge = checked_knowledge(today)
    turns = asyncio.run(_talk(knowledge, today))
    if record is not None and turns:
        record.write_text(transcript(turns, today), encoding="utf-8")


async def _talk(knowledge: Knowledge, today: date) -> list[tuple[str, Turn]]:
    # An operator's desk is not here: nobody reads along.
    terminal, conversation = Terminal(write=click.echo), Conversation()
    turns: list[tuple[str, Turn]] = []
    while line := _line():
        now = datetime.combine(today, datetime.now(UTC).time(), tzinfo=UTC)
        turn = safe_turn(conversation, terminal.read(line, now), knowledge, now)
        for reply in turn.replies:
            await terminal.send("", reply)
        conversation = turn.conversation
        turns.append((line, turn))
    return turns


def _line() -> str:
    if sys.stdin.isatty():
        click.echo(PROMPT, nl=False)
    return sys.stdin.readline().strip()


def transcript(turns: list[tuple[str, Turn]], today: date) -> str:
    """A conversation test: what was said, and every reply with its choices."""
    recorded = [
        {
            "person": line,
            "outcome": turn.reading.outcome.value,
            "replies": [numbered(reply) for reply in turn.replies],
        }
        for line, turn in turns
    ]
    document = {"today": today.isoformat(), "turns": recorded}
    return yaml.safe_dump(document, allow_unicode=True, sort_keys=False, width=120)
