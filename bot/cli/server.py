"""`ventanilla run`, `serve`, `worker` and `db upgrade`."""

import asyncio
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from ctypes import CDLL
from pathlib import Path

import click
import uvicorn

from bot import storage, wiring
from bot.cli.patience import Impatient
from bot.cli.starting import start_errors
from bot.settings import Settings
from bot.storage.moving import move
from bot.telemetry import logs

SIGN_OF_LIFE = 2.0
"""Seconds between two of a worker."""
MALLOPT = {-1: 1 << 16, -3: 1 << 17}
"""glibc's trim and mmap thresholds, bytes: fixed, what was freed goes back; else both grow with what was asked for."""


@click.command("run", help="Migrate, start everything in one process, print the addresses.")
def run() -> None:
    """A failure to start is a clear word and exit code 1."""
    _start_web("api.app:app_factory", wiring.prepare)


@click.command("serve", help="At scale, on PostgreSQL: the web process. Workers send; `db upgrade` migrates, before.")
def serve() -> None:
    """As many as wanted; the tables must be up to date."""
    _start_web("api.app:web_factory", wiring.prepare_to_serve)


@click.command("worker", help="At scale, on PostgreSQL: sends what web processes wrote, and keeps house.")
@click.option(
    "--alive",
    metavar="FILE",
    type=click.Path(dir_okay=False, writable=True, path_type=Path),
    help="Touch this file every two seconds while it looks for what is due: for a health check.",
)
def worker(alive: Path | None) -> None:
    """As many as wanted, at least one; until SIGTERM."""
    logs.as_json()
    with start_errors():
        asyncio.run(_work(alive))


async def _work(alive: Path | None) -> None:
    ended = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    async with wiring.open_worker() as delivery:
        click.echo("Worker: sends what is due.")
        sys.stdout.flush()
        while not ended.is_set():
            if alive and delivery.alive:
                await asyncio.to_thread(alive.touch)
            with suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), SIGN_OF_LIFE)


def _start_web(factory: str, prepare: Callable[[Settings], None]) -> None:
    logs.as_json()
    with suppress(OSError, AttributeError):  # another C library than glibc
        for option, value in MALLOPT.items():
            CDLL(None).mallopt(option, value)
    with start_errors():
        settings = wiring.read_settings()
        prepare(settings)
    for line in addresses(settings):
        click.echo(line)
    sys.stdout.flush()
    uvicorn.run(
        factory,
        factory=True,
        http=Impatient,
        host=settings.host,
        port=settings.port,
        access_log=False,
        log_config=None,  # its lines are ours too
        proxy_headers=False,  # api.network does it, with the networks of the settings
        server_header=False,
        timeout_graceful_shutdown=10,
    )


def addresses(settings: Settings) -> Iterator[str]:
    """What to open, and how to attach Telegram."""
    base = f"http://{settings.host}:{settings.port}"
    yield f"Ventanilla: {base}/chat  (operators: {base}/console, calendar: {base}/calendar)"
    yield f"            API: {base}/docs, health: {base}/readyz"
    if (settings.public_url or "").startswith("https:") and "trusted_proxies" not in settings.model_fields_set:
        yield "Proxy: VENTANILLA_TRUSTED_PROXIES is not set. A proxy that does not run on this machine must be named"
        yield "       there, or everybody behind it counts as one network and shares its limits."
    if settings.telegram_token is None:
        yield "Telegram: not attached. Ask @BotFather for a token and start again with VENTANILLA_TELEGRAM_TOKEN=…"
        yield "          With VENTANILLA_TELEGRAM_SECRET=… and VENTANILLA_PUBLIC_URL=https://… it uses the webhook."
    elif settings.telegram_secret is None:
        yield "Telegram: attached by long polling (a token and no secret)."
    else:
        where = settings.public_url or base
        yield f"Telegram: webhook at {where}/webhooks/telegram"
        if settings.public_url is None:
            yield "          VENTANILLA_PUBLIC_URL is not set: tell Telegram the address yourself (setWebhook)."
    if settings.on_duty:
        yield "On duty: people in danger are told that somebody reads their case."
    else:
        yield "On duty: nobody (VENTANILLA_ON_DUTY=true once somebody reads cases)."
    yield "Operators: ventanilla operators add NAME --role operator  ·  Talk here: ventanilla chat"
    yield "The help texts for emergencies are not yet reviewed by a professional."


@click.group("db", help="The database.")
def db() -> None:
    """Nothing of its own."""


@db.command("upgrade", help="Bring the tables up to date.")
def upgrade() -> None:
    """Safe when two processes start at once."""
    with start_errors():
        wiring.prepare_database(wiring.read_settings())
    click.echo("The database is up to date.")


@db.command("fill", help="Move all that stands in a SQLite file into this PostgreSQL, which is empty; with its key.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def fill(file: Path) -> None:
    """All or nothing; the file stays as it is, but for its tables, which are brought up to date."""
    with start_errors():
        settings = wiring.read_settings()
        wiring.must_be_shared(settings)
        wiring.prepare_database(settings)
        storage.upgrade(f"sqlite:///{file.resolve()}", wiring.secret_of(settings))
        moved = move(file.resolve(), settings.database_url)
    click.echo(", ".join(f"{count} {name}" for name, count in moved.items() if count) or "There was nothing.")
