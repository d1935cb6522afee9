"""`ventanilla operators …`: accounts; works while the server runs."""

import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import TypeVar, get_args

import click

from bot import handoff
from bot.cli.with_database import with_database
from bot.storage import Logins, Operators, Role

Result = TypeVar("Result")


def _with_operators(work: Callable[[Operators], Awaitable[Result]]) -> Result:
    return with_database(lambda database: work(Operators(database, handoff)))


@click.group(help="Accounts of the people who take over conversations.")
def operators() -> None:
    """Nothing of its own."""


@operators.command("add", help="Make an account and print its API token, once, alone on stdout.")
@click.argument("name")
@click.option("--role", type=click.Choice(get_args(Role)), required=True)
def add(name: str, role: Role) -> None:
    """The token is not kept; only its hash."""
    click.echo(_with_operators(lambda accounts: accounts.add(name, role, datetime.now(UTC))))


@operators.command("list", help="Name, role and state of every account.")
def list_accounts() -> None:
    """One line an account, tab-separated."""
    for account in _with_operators(lambda accounts: accounts.list_operators()):
        state = "disabled" if account.disabled_at else "active"
        click.echo(f"{account.name}\t{account.role}\t{state}")


@operators.command("disable", help="Close an account; the cases that it holds go back to the queue.")
@click.argument("name")
def disable(name: str) -> None:
    """The token stops working at once."""
    _with_operators(lambda accounts: accounts.disable(name, datetime.now(UTC)))
    click.echo(f"{name} is disabled.")


@operators.command("password", help="Set the console's password: asked for, or the first line of stdin.")
@click.argument("name")
@click.option("--stdin", "from_stdin", is_flag=True, help="Read it from stdin instead of asking.")
def password(name: str, *, from_stdin: bool) -> None:
    """Twelve characters or more; ends the sessions of this account."""
    if from_stdin:
        given = sys.stdin.readline().rstrip("\r\n")
    else:
        given = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    with_database(lambda database: Logins(database).set_password(name, given, datetime.now(UTC)))
    click.echo(f"{name} can log in at /console.")


@operators.command("totp", help="Ask for a code at log-in too; prints, once, the address for an authenticator app.")
@click.argument("name")
@click.option("--off", is_flag=True, help="The password alone again.")
def second_factor(name: str, *, off: bool) -> None:
    """The address is a secret: whoever has it can make the codes."""
    address = with_database(lambda database: Logins(database).set_second_factor(name, datetime.now(UTC), off=off))
    click.echo(address or f"{name} logs in with the password alone.")
