"""`ventanilla keys rotate`, `backup` and `restore`: while no server runs, but for `backup`."""

import asyncio
import os
import secrets
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from sqlalchemy import make_url

from bot import wiring
from bot.cli.starting import start_errors
from bot.settings import Settings
from bot.storage import Database, backup, keys, upgrade
from bot.storage.crypto import Cipher
from bot.storage.errors import WrongSecretKeyError


def _embedded(settings: Settings) -> Path | None:
    """The file of the embedded database; None for PostgreSQL."""
    url = make_url(settings.database_url)
    return Path(url.database) if url.get_backend_name() == "sqlite" and url.database else None


def _file(settings: Settings) -> Path:
    """The embedded database; a clear word where there is none."""
    path = _embedded(settings)
    if path is None:
        raise click.ClickException("This is for the embedded database; for PostgreSQL use pg_dump and pg_restore.")
    return path


@click.group("keys", help="The secret key.")
def keys_group() -> None:
    """Nothing of its own."""


@keys_group.command("rotate", help="Write everything anew with another key. Stop the server first.")
@click.option("--stdin", "from_stdin", is_flag=True, help="Read the new key from stdin: where SECRET_KEY is set.")
@click.option("--stopped", is_flag=True, help="On PostgreSQL, where it cannot be seen: no server runs.")
def rotate(*, from_stdin: bool, stopped: bool) -> None:
    """The file with the key is replaced; a key that is a setting must be set to the new one."""
    with start_errors():
        settings = wiring.read_settings()
        path, is_file = _embedded(settings), settings.secret_key is None
        if is_file == from_stdin:
            raise click.ClickException("--stdin is needed where SECRET_KEY is set, and only there.")
        if path is not None:
            backup.refuse_in_use(path)
        elif not stopped:
            raise click.ClickException("Stop every server and worker, then say --stopped.")
        if path is not None and is_file:
            click.echo(_with_another_file(settings, path))
            return
        wiring.prepare_database(settings)
        count = asyncio.run(_rotated(settings, Cipher(sys.stdin.readline().strip())))
    click.echo(f"{count} texts are written with the new key. Set VENTANILLA_SECRET_KEY to it before the server starts.")


def _with_another_file(settings: Settings, path: Path) -> str:
    """A new key beside the old one, everything written with it, then in its place; broken off, it is finished later."""
    new_file, key_file = path.with_suffix(".key.new"), path.with_suffix(".key")
    if new_file.exists() and _opens(settings, new_file.read_text("ascii").strip()):
        os.replace(new_file, key_file)
        return "The rotation that was broken off is finished."
    wiring.prepare_database(settings)
    new = secrets.token_urlsafe(48)
    _write_private(new_file, new)
    count = asyncio.run(_rotated(settings, Cipher(new)))
    os.replace(new_file, key_file)
    return f"{count} texts are written with the new key."


@click.command("backup", help="Copy the database into FILE, also while the server runs. The key is not in it.")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup_command(file: Path) -> None:
    """Keep the key apart: whoever has both can read everything."""
    with start_errors():
        source = _file(wiring.read_settings())
    if file.exists() or not source.exists():
        raise click.ClickException(f"{file} is there already." if file.exists() else "There is no database yet.")
    try:
        backup.copy(source, file)
    except (sqlite3.Error, OSError) as error:
        raise click.ClickException(f"The copy failed: {type(error).__name__}.") from error
    click.echo(f"{file}: {file.stat().st_size} bytes. Keep the secret key apart from it.")


@click.command("restore", help="Put the copy FILE in the place of the database. Stop the server first.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore_command(file: Path) -> None:
    """The database that was there is kept beside it, until somebody deletes it; who was erased is erased again."""
    with start_errors():
        settings = wiring.read_settings()
        target = _file(settings)
        if target.exists():
            backup.refuse_in_use(target)
        draft = target.with_suffix(".restoring")
        draft.unlink(missing_ok=True)
        backup.copy(file, draft)
        secret, url = wiring.secret_of(settings), f"sqlite:///{draft}"
        upgrade(url, secret)
        count = asyncio.run(_settled(settings, url, secret))
        for suffix in ("", "-wal", "-shm"):
            old = Path(f"{target}{suffix}")
            if old.exists():
                os.replace(old, Path(f"{target}.before{suffix}"))
        os.replace(draft, target)
    click.echo(f"Restored; {count} people who were erased since are erased again.")
    click.echo(f"What was there stands in {target}.before: delete it once you need it no more.", err=True)


async def _rotated(settings: Settings, new: Cipher) -> int:
    async with Database.opened(settings.database_url, wiring.secret_of(settings)) as database:
        return await keys.rotate(database, new)


def _opens(settings: Settings, secret: str) -> bool:
    async def tried() -> bool:
        async with Database.opened(settings.database_url, secret):
            return True

    try:
        return asyncio.run(tried())
    except WrongSecretKeyError:
        return False


async def _settled(settings: Settings, restored: str, secret: str) -> int:
    later = None
    if _file(settings).exists():
        upgrade(settings.database_url, secret)
        async with Database.opened(settings.database_url, secret) as current:
            later = await backup.since(current)
    else:
        click.echo("There is no database to compare with: who was erased since the copy is in it again.", err=True)
    async with Database.opened(restored, secret) as database:
        return await backup.settle(database, later, datetime.now(UTC))


def _write_private(path: Path, text: str) -> None:
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
