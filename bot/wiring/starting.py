"""Before anything runs: settings, key, content, tables; what is wrong is said in words."""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import SettingsError
from sqlalchemy import make_url

from bot.settings import Settings
from bot.storage import Database, load_or_make_secret, upgrade
from bot.storage.engine import refuse_older
from knowledge.checked import load_checked
from knowledge.model import Knowledge

log = logging.getLogger(__name__)


class StartError(Exception):
    """Why nothing was started, in words for the person who started it."""


def read_settings() -> Settings:
    """From the environment. StartError names every setting that is wrong, never its value."""
    try:
        return Settings()
    except ValidationError as error:
        lines = [f"VENTANILLA_{'.'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors()]
        raise StartError("\n".join(lines).replace("VENTANILLA_: Value error, ", "")) from None
    except SettingsError as error:
        raise StartError(str(error)) from None


def secret_of(settings: Settings) -> str:
    """The configured key, or the private file beside the SQLite database, made on the first start."""
    if settings.secret_key is not None:
        return settings.secret_key.get_secret_value()
    url = make_url(settings.database_url)
    if url.get_backend_name() != "sqlite" or not url.database:
        raise StartError(
            "VENTANILLA_SECRET_KEY is needed: a text of 32 characters or more, the same for every process."
        )
    return load_or_make_secret(Path(url.database).with_suffix(".key"))


def token_ends(settings: Settings, now: datetime) -> datetime:
    """When an API token that is made now ends."""
    return now + timedelta(days=settings.token_days)


def warn_of(settings: Settings) -> None:
    """Say what a service that the world reaches should not be without."""
    if (settings.public_url or "").startswith("https:") and settings.totp_required == "none":
        log.warning("no coordinator must have a second factor: VENTANILLA_TOTP_REQUIRED=coordinators asks for it")


def knowledge_for(now: datetime) -> Knowledge:
    """The checked content. ContentError lists what is wrong."""
    return load_checked(now.date())


async def _check(settings: Settings) -> None:
    async with Database.opened(settings.database_url, secret_of(settings)):
        pass


def prepare_database(settings: Settings) -> None:
    """Tables up to date, key right. StorageError, StartError."""
    upgrade(settings.database_url, secret_of(settings))
    asyncio.run(_check(settings))


def prepare(settings: Settings) -> None:
    """Before the server: content checked, database ready. ContentError, StorageError, StartError."""
    warn_of(settings)
    knowledge_for(datetime.now(UTC))
    prepare_database(settings)


def must_be_shared(settings: Settings) -> None:
    """StartError where the database is one process's own."""
    if make_url(settings.database_url).get_backend_name() == "sqlite":
        raise StartError("A SQLite file has one process: `ventanilla run`. `serve` and `worker` need PostgreSQL.")


def prepare_to_serve(settings: Settings) -> None:
    """Before a web process among others: as `prepare`, but whoever upgrades has done so before."""
    must_be_shared(settings)
    if settings.telegram_token and not settings.telegram_secret:
        raise StartError("VENTANILLA_TELEGRAM_SECRET is needed: of several processes none may poll Telegram.")
    warn_of(settings)
    knowledge_for(datetime.now(UTC))
    refuse_older(settings.database_url)
    asyncio.run(_check(settings))
