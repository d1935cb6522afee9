"""`ventanilla operators …`: accounts; works while the server runs."""

import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar, get_args

import click

from bot import handoff
from bot.cli.with_database import with_database
from bot.storage import Logins, Operators, Role, Tokens
from bot.storage.tokens import SCOPES

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


@operators.command("token", help="Make a token for a program and print it, once, alone on stdout.")
@click.argument("name")
@click.option("--scopes", required=True, help=f"With commas: {', '.join(SCOPES)}.")
@click.option("--label", required=True, help="What it is for.")
@click.option("--days", type=click.IntRange(1, 3650), help="Until when (default: until it is revoked).")
def make_token(name: str, scopes: str, label: str, days: int | None) -> None:
    """It opens what its scopes name and the account's role allows."""
    now, wanted = datetime.now(UTC), [scope.strip() for scope in scopes.split(",") if scope.strip()]
    expires = now + timedelta(days=days) if days else None
    number, token = with_database(lambda database: Tokens(database).add(name, label[:80], wanted, now, expires))
    click.echo(f"Token {number}; `operators revoke {number}` ends it.", err=True)
    click.echo(token)


@operators.command("tokens", help="The tokens of programs: number, account, what for, scopes, state.")
def list_tokens() -> None:
    """One line each, tab-separated; never the tokens themselves."""
    now = datetime.now(UTC)
    for one in with_database(lambda database: Tokens(database).all()):
        over = one.expires_at is not None and one.expires_at <= now
        state = "revoked" if one.revoked_at else "over" if over else "active"
        click.echo(f"{one.id}\t{one.operator}\t{one.label}\t{','.join(one.scopes)}\t{state}")


@operators.command("revoke", help="End a program's token, by its number.")
@click.argument("number", type=int)
def revoke(number: int) -> None:
    """It opens nothing from now on."""
    with_database(lambda database: Tokens(database).revoke(number, datetime.now(UTC), "command line"))
    click.echo(f"Token {number} is revoked.")
