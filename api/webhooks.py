"""Where channels deliver. A route is added to the app only where its channel has a secret."""

import json
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask

from api.problems import Problem
from api.service import service_of

log = logging.getLogger(__name__)

telegram = APIRouter(prefix="/webhooks/telegram", include_in_schema=False)
"""Only where Telegram's token and secret are set."""

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105


@telegram.post("")
async def receive(request: Request) -> Response:
    """One update. 200 once it is stored or known to be none of ours: all else Telegram delivers again."""
    service = service_of(request)
    channel = service.telegram
    if channel is None or not channel.authentic(request.headers.get(SECRET_HEADER), service.telegram_secret):
        raise Problem(403, "The secret is missing or wrong.")
    update = await _json(request)
    try:
        message = channel.read(update, datetime.now(UTC))
    except ValueError:
        raise Problem(400, "The body is not an update of Telegram.") from None
    if message is not None:
        await service.handle(message)
    tapped = channel.callback_id(update)
    # Runs when the answer has gone.
    return Response(background=BackgroundTask(_quietly, channel.acknowledge, tapped) if tapped else None)


async def _json(request: Request) -> object:
    try:
        return json.loads(await request.body())
    except (ValueError, RecursionError):
        raise Problem(400, "The body is not JSON.") from None


async def _quietly(acknowledge: Callable[[str], Awaitable[None]], callback: str) -> None:
    try:
        await acknowledge(callback)
    except Exception as error:
        log.warning("a tap was not acknowledged: %s", type(error).__name__)
