"""Turns what keeps a command from starting into a clear word and exit code 1."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click
from sqlalchemy.exc import SQLAlchemyError

from bot.conversation.ports import StoreBusyError
from bot.storage.errors import StorageError
from bot.wiring import StartError
from knowledge.problems import ContentError


@contextmanager
def start_errors() -> Iterator[None]:
    """Within: StartError, ContentError and StorageError end the command; so does a driver that is not installed."""
    try:
        yield
    except (StartError, StorageError, ContentError) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except ModuleNotFoundError as error:
        if error.name != "psycopg":
            raise
        click.echo("PostgreSQL needs its driver: .venv/bin/pip install 'psycopg[binary]'", err=True)
        sys.exit(1)
    except (SQLAlchemyError, StoreBusyError, OSError) as error:
        click.echo(f"The database cannot be opened: {type(error).__name__}. Look at VENTANILLA_DATABASE_URL.", err=True)
        sys.exit(1)
