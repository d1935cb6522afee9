"""What a browser may ask of the chat."""

import logging
from zlib import crc32

from fastapi import APIRouter, Request, Response
from starlette.background import BackgroundTask
from starlette.responses import JSONResponse, RedirectResponse

from api.chat import page
from api.chat.answers import answered, line_number, seen_by, told_off
from api.chat.policy import PATH
from api.chat.session import csrf_valid, forget, new_session, session_of
from api.chat.words import LANGS, chosen
from api.clock import now
from api.network import network_of
from api.service import CurrentFlood, CurrentService
from bot.conversation.ports import NotStoredError
from bot.storage import Seen
from bot.wiring import Service

log = logging.getLogger(__name__)

router = APIRouter(prefix="/chat", include_in_schema=False)
front = APIRouter(include_in_schema=False)
SIZES = (192, 512)
"""Pixels of our icon."""


@router.get("")
async def show(request: Request) -> Response:
    """The page, with all that was said in this session."""
    session = session_of(request)
    from_elsewhere = request.headers.get("sec-fetch-site") == "cross-site"
    if session is None and from_elsewhere and "again" not in request.query_params:
        return page.again(request)
    seen = await seen_by(request, session)
    picked = chosen(request.query_params.get("lang"))
    return page.whole(request, page.chat_of(request, session or new_session(), seen, picked))


@front.get("/")
async def arrive() -> Response:
    """Whoever types our name alone wants to write to us."""
    return RedirectResponse(PATH, 307)


@router.get("/manifest.webmanifest")
async def manifest(request: Request) -> Response:
    """What a telephone needs to put us among its programs."""
    lang = chosen(request.query_params.get("lang")) or LANGS[0]
    icons = [
        {"src": f"{PATH}/static/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"} for size in SIZES
    ]
    about = {"name": "Ventanilla", "short_name": "Ventanilla", "lang": lang, "start_url": PATH, "scope": PATH}
    looks = {"display": "standalone", "background_color": "#f4f1ec", "theme_color": "#f4f1ec", "icons": icons}
    return JSONResponse({**about, **looks}, media_type="application/manifest+json")


@router.get("/")
async def slashed(request: Request) -> Response:
    """As people type it."""
    return RedirectResponse(PATH, 308)


@router.post("/messages")
async def send(request: Request, service: CurrentService, flood: CurrentFlood) -> Response:
    """One message: 303 back to the page, or what is new where a script asks."""
    async with request.form(max_files=0, max_fields=20) as sent:
        form = {name: value for name, value in sent.items() if isinstance(value, str)}
    session = session_of(request)
    if session is None or not csrf_valid(session, form):
        return await told_off(request, form, 403, "chat.expired")
    network = network_of(request)
    try:
        message = service.web.read(form, session, now(), network)
    except ValueError:
        return await told_off(request, form, 400, "chat.failed")
    seconds = flood.wait(session, network)
    # A frightened person writes in short bursts, and a whole shelter from one address: danger does not wait.
    if seconds and not (message and flood.reads(session, network) and service.first_help(message, message.sent_at)):
        return await told_off(request, form, 429, "chat.slow", seconds=seconds)
    try:
        turn = await service.handle(message) if message else None
    except NotStoredError:
        help_text = service.first_help(message, message.sent_at) if message else None
        return await told_off(request, form, 503, "chat.busy", seconds=2, first=help_text)
    return await answered(request, session, form, turn)


@router.get("/messages")
async def news(request: Request) -> Response:
    """What came since `after`; 304 where nothing did; the whole page where that line is gone: erased, or another's."""
    session = session_of(request)
    after = line_number(request.query_params.get("after", ""))
    seen = await seen_by(request, session, after)
    picked = chosen(request.query_params.get("lang"))
    chat = page.chat_of(request, session or new_session(), seen, picked)
    if after > chat.last:
        return page.whole(request, chat)
    tag = {"ETag": _tag(seen)}
    if tag["ETag"] == request.headers.get("if-none-match"):
        return Response(status_code=304, headers=tag)
    return page.part(request, chat, tag) if chat.bubbles else Response(status_code=204, headers=tag)


@router.api_route("/exit", methods=["GET", "POST"])
async def leave(request: Request, service: CurrentService) -> Response:
    """Away at once, and nothing stays in the browser; then the case is told that nobody reads any more."""
    session, service = session_of(request), service
    response = RedirectResponse(page.NEUTRAL, 303)
    # Another site's link brings no cookie, so it clears nothing.
    if session is not None:
        forget(request, response)
        response.background = BackgroundTask(_left, service, session)
    return response


async def _left(service: Service, session: str) -> None:
    try:
        if await service.own_view.of(service.web.name, session) is not None:
            await service.handle(service.web.goodbye(session, now()))
    except Exception as error:
        log.warning("a quick exit was not noted: %s", type(error).__name__)


def _tag(seen: Seen | None) -> str:
    choices = "".join(choice.payload for choice in seen.choices) if seen else ""
    return f'"{seen.last if seen else 0}-{crc32(choices.encode()):x}"'
