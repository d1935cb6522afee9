"""`ventanilla COMMAND`: a thin layer over the packages. It starts the web process by its import string."""

import logging
import sys
from datetime import date

import click

from bot.cli import demo, evaluate, knowledge_base, operators, predict, server, shifts
from bot.cli.chat import chat
from bot.cli.content import checked_knowledge
from bot.cli.options import TODAY


@click.group(help="Ventanilla: answers for migrants and organisations, and hands emergencies to people.")
def main() -> None:
    """Log to stderr: stdout belongs to the commands' results."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(levelname)s %(name)s: %(message)s")


@main.command("predict", help="Understanding alone: JSON lines in, JSON lines out. Needs no database.")
@click.option("--explain", "explaining", is_flag=True, help="Add why: normal form, concepts, evidence, thresholds.")
@TODAY
def predict_stdin(today: date, *, explaining: bool) -> None:
    """One line out for each line in, and nothing else on stdout."""
    predict.run(checked_knowledge(today), today, explaining=explaining)


main.add_command(chat)
main.add_command(demo.demo)
main.add_command(evaluate.evaluate_file)
main.add_command(knowledge_base.kb)
main.add_command(operators.operators)
main.add_command(server.run)
main.add_command(shifts.shifts)
main.add_command(server.db)
