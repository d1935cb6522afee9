"""`ventanilla operators …`: accounts; works while the server runs."""

import sys
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar, get_args

import click

from bot import desk, handoff, wiring
from bot.cli.starting import start_errors
from bot.cli.with_database import with_database
from bot.storage import Logins, Operators, Role, Sessions, Tokens
from bot.storage.operators import CLI_NAME
from bot.storage.tokens import SCOPES

Result = TypeVar("Result")


def _with_operators(work: Callable[[Operators], Awaitable[Result]]) -> Result:
    return with_database(lambda database: work(Operators(database, handoff)))


def _now_and_end() -> tuple[datetime, datetime]:
    """The time, and when a token that is made now ends."""
    now = datetime.now(UTC)
    with start_errors():
        return now, wiring.token_ends(wiring.read_settings(), now)


@click.group(help="Accounts of the people who take over conversations.")
def operators() -> None:
    """Nothing of its own."""


@operators.command("add", help="Make an account and print its API token, once, alone on stdout.")
@click.argument("name")
@click.option("--role", type=click.Choice(get_args(Role)), required=True)
def add(name: str, role: Role) -> None:
    """The token is not kept; only its hash."""
    now, ends = _now_and_end()
    click.echo(_with_operators(lambda accounts: accounts.add(name, role, now, expires_at=ends)))


@operators.command("list", help="Name, role and state of every account, and until when its token is good.")
def list_accounts() -> None:
    """One line an account, tab-separated."""
    for account in _with_operators(lambda accounts: accounts.list_operators()):
        state = "disabled" if account.disabled_at else "active"
        ends = f"{account.token_expires_at:%Y-%m-%d}" if account.token_expires_at else "no end"
        click.echo(f"{account.name}\t{account.role}\t{state}\t{ends}")


@operators.command("disable", help="Close an account; the cases that it holds go back to the queue.")
@click.argument("name")
def disable(name: str) -> None:
    """Its tokens and sessions end at once."""
    _with_operators(lambda accounts: accounts.disable(name, datetime.now(UTC)))
    click.echo(f"{name} is disabled.")


@operators.command("role", help="Give an account another role, also where it is logged in.")
@click.argument("name")
@click.argument("role", type=click.Choice(get_args(Role)))
def change_role(name: str, role: Role) -> None:
    """At once; a role that takes no cases keeps none."""
    now = datetime.now(UTC)
    _with_operators(lambda accounts: desk.change_role(accounts, desk.CLI, name, role, now))
    click.echo(f"{name} is {role}.")


@operators.command("enable", help="Open a closed account again and print its new API token, once, alone on stdout.")
@click.argument("name")
def enable(name: str) -> None:
    """No old token opens anything; the console's password is the one that it had."""
    now, ends = _now_and_end()
    click.echo(_with_operators(lambda accounts: accounts.enable(name, now, expires_at=ends)))


@operators.command("rotate", help="Print a new API token, once, alone on stdout; the old one ends.")
@click.argument("name")
@click.option("--number", type=int, help="A program's token of this number instead of the account's own.")
def rotate(name: str, number: int | None) -> None:
    """At once: there is no moment in which both are good."""
    now, ends = _now_and_end()
    if number is None:
        click.echo(_with_operators(lambda accounts: accounts.rotate(name, now, expires_at=ends)))
    else:
        click.echo(with_database(lambda database: Tokens(database).rotate(number, now, CLI_NAME, ends, of=name)))


@operators.command("sessions", help="Where an account is logged in to the console; --end logs it out everywhere.")
@click.argument("name")
@click.option("--end", is_flag=True, help="End them all.")
def list_sessions(name: str, *, end: bool) -> None:
    """One line each, tab-separated: since when, last used."""
    now = datetime.now(UTC)
    if end:
        count = with_database(lambda database: Sessions(database, name).end_all(now, CLI_NAME))
        click.echo(f"{count} sessions of {name} ended.")
        return
    for one in with_database(lambda database: Sessions(database, name).all(now)):
        click.echo(f"{one.started_at:%Y-%m-%d %H:%M}\t{one.used_at:%H:%M}")


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
@click.option("--days", type=click.IntRange(1, 3650), help="Until when (default: TOKEN_DAYS).")
def make_token(name: str, scopes: str, label: str, days: int | None) -> None:
    """It opens what its scopes name and the account's role allows."""
    (now, ends), wanted = _now_and_end(), [scope.strip() for scope in scopes.split(",") if scope.strip()]
    expires = now + timedelta(days=days) if days else ends
    number, token = with_database(
        lambda database: Tokens(database).add(name, label[:80], wanted, now, expires, by=CLI_NAME)
    )
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
    with_database(lambda database: Tokens(database).revoke(number, datetime.now(UTC), CLI_NAME))
    click.echo(f"Token {number} is revoked.")
