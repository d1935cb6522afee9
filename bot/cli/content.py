"""Content for the commands, or a list of problems and exit code 1."""

import sys
from datetime import date

import click

from knowledge.checked import load_checked
from knowledge.model import Knowledge
from knowledge.problems import ContentError


def checked_knowledge(today: date, read: Knowledge | None = None) -> Knowledge:
    """The knowledge without errors (`read`: as it was just read); a content error stops with every problem listed."""
    try:
        return load_checked(today, read)
    except ContentError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        click.echo(f"{len(error.problems)} problem(s) in knowledge/content; nothing was started.", err=True)
        sys.exit(1)
