"""Where channels deliver. A route is added to the app only where its channel has a secret."""

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl

from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask
from starlette.datastructures import ImmutableMultiDict

from api.clock import now
from api.problems import Problem
from api.service import CurrentService

log = logging.getLogger(__name__)

telegram = APIRouter(prefix="/webhooks/telegram", include_in_schema=False)
"""Only where Telegram's token and secret are set."""

twilio = APIRouter(prefix="/webhooks/twilio", include_in_schema=False)
"""Only where Twilio's token and our public address are set."""

SECRET_HEADER = "x-telegram-bot-api-secret-token"  # noqa: S105
SIGNATURE_HEADER = "x-twilio-signature"
TWIML = "application/xml"

Authentic = Callable[[str, str | Mapping[str, str], str], bool]
"""Path with query, body, signature."""


@telegram.post("")
async def receive(request: Request, service: CurrentService) -> Response:
    """One update. 200 once it is stored or known to be none of ours: all else Telegram delivers again."""
    channel = service.telegram
    if channel is None or not channel.authentic(request.headers.get(SECRET_HEADER), service.telegram_secret):
        raise Problem(403, "The secret is missing or wrong.")
    update = await _json(request)
    try:
        message = channel.read(update, now())
    except ValueError:
        raise Problem(400, "The body is not an update of Telegram.") from None
    if message is not None:
        await service.handle(message)
    tapped = channel.callback_id(update)
    # Runs when the answer has gone.
    return Response(background=BackgroundTask(_quietly, channel.acknowledge, tapped) if tapped else None)


@twilio.post("")
async def receive_from_twilio(request: Request, service: CurrentService) -> Response:
    """One message of WhatsApp or SMS. 200 with TwiML once it is stored: empty, as replies are sent on their own."""
    channel = service.twilio
    if channel is None:
        raise Problem(404)
    fields = await _signed(request, channel.authentic)
    try:
        message = channel.read(fields, now())
    except ValueError:
        raise Problem(400, "The body is not a message of Twilio.") from None
    turn = await service.handle(message) if message else None
    replies = turn.replies if turn and message and message.answered_here else ()
    return Response(channel.twiml(replies), media_type=TWIML)


@twilio.post("/status")
async def receive_receipt(request: Request, service: CurrentService) -> Response:
    """What became of a message of ours. 200 once it is stored or known to tell nothing new."""
    channel = service.twilio
    if channel is None:
        raise Problem(404)
    fields = await _signed(request, channel.authentic)
    try:
        receipt = channel.receipt(fields)
    except ValueError:
        raise Problem(400, "The body is not a status of Twilio.") from None
    if receipt is not None:
        await service.record(receipt)
    return Response()


async def _signed(request: Request, authentic: Authentic) -> Any:
    """The fields of a form, or what a JSON body says; 403 where Twilio did not sign it, before it is made sense of."""
    signature = request.headers.get(SIGNATURE_HEADER)
    refused = Problem(403, "The signature is missing or wrong.")
    if not signature:
        raise refused
    is_json = request.headers.get("content-type", "").partition(";")[0].strip().lower() == "application/json"
    path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    try:
        text = (await request.body()).decode()
        form = ImmutableMultiDict(() if is_json else parse_qsl(text, keep_blank_values=True, max_num_fields=1000))
    except ValueError:
        raise refused from None
    if not authentic(path, text if is_json else form, signature):
        raise refused
    return _parsed(text) if is_json else form


async def _json(request: Request) -> object:
    return _parsed(await request.body())


def _parsed(body: str | bytes) -> Any:
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise Problem(400, "The body is not JSON.") from None


async def _quietly(acknowledge: Callable[[str], Awaitable[None]], callback: str) -> None:
    try:
        await acknowledge(callback)
    except Exception as error:
        log.warning("a tap was not acknowledged: %s", type(error).__name__)
