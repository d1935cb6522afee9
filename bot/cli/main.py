"""`ventanilla COMMAND`: a thin layer over the packages. It starts the web process by its import string."""

import gc
import logging
import sys
from datetime import date
from importlib import import_module

import click

from bot.cli import predict
from bot.cli.content import checked_knowledge
from bot.cli.options import TODAY

COMMANDS = {
    "backup": "bot.cli.keeping:backup_command",
    "chat": "bot.cli.chat:chat",
    "db": "bot.cli.server:db",
    "demo": "bot.cli.demo:demo",
    "erase": "bot.cli.erase:erase",
    "eval": "bot.cli.evaluate:evaluate_file",
    "kb": "bot.cli.knowledge_base:kb",
    "keys": "bot.cli.keeping:keys_group",
    "operators": "bot.cli.operators:operators",
    "restore": "bot.cli.keeping:restore_command",
    "retention": "bot.cli.retention:retention",
    "run": "bot.cli.server:run",
    "serve": "bot.cli.server:serve",
    "shifts": "bot.cli.shifts:shifts",
    "worker": "bot.cli.server:worker",
}
"""Command -> where it stands; imported when it is asked for, as understanding alone needs no server and no database."""
GARBAGE = (50_000, 20, 50)
"""A start makes millions of objects that stay; with Python's own thresholds a tenth of it is spent counting them."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*super().list_commands(ctx), *COMMANDS})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return super().get_command(ctx, cmd_name)
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=_Commands, help="Ventanilla: answers for migrants and organisations, and hands emergencies to people.")
def main() -> None:
    """Log to stderr: stdout belongs to the commands' results."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")
    gc.set_threshold(*GARBAGE)


@main.command("predict", help="Understanding alone: JSON lines in, JSON lines out. Needs no database.")
@click.option("--explain", "explaining", is_flag=True, help="Add why: normal form, concepts, evidence, thresholds.")
@TODAY
def predict_stdin(today: date, *, explaining: bool) -> None:
    """One line out for each line in, and nothing else on stdout."""
    predict.run(checked_knowledge(today), today, explaining=explaining)
