"""The one place that builds what a process needs, and the only reader of the settings."""

from bot.wiring.desk import keeps_of
from bot.wiring.running import open_service
from bot.wiring.service import Service
from bot.wiring.starting import (
    StartError,
    must_be_shared,
    prepare,
    prepare_database,
    prepare_to_serve,
    read_settings,
    secret_of,
    token_ends,
)
from bot.wiring.working import open_worker

__all__ = [
    "Service",
    "StartError",
    "keeps_of",
    "must_be_shared",
    "open_service",
    "open_worker",
    "prepare",
    "prepare_database",
    "prepare_to_serve",
    "read_settings",
    "secret_of",
    "token_ends",
]
