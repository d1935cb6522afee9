"""What follows a message: the page with what is new, or with an excuse and the words that were not taken."""

import re
from collections.abc import Mapping
from dataclasses import replace

from fastapi import Request, Response
from starlette.responses import RedirectResponse

from api.chat import page
from api.chat.bubbles import of_replies
from api.chat.policy import PATH
from api.chat.session import new_session, session_of
from api.chat.words import chosen, sentence
from api.clock import now
from api.service import service_of
from bot.conversation import DeletionConfirmed, Lang, LeftConversation, Reply, Turn
from bot.conversation.ports import StoreBusyError
from bot.storage import Seen


async def seen_by(request: Request, session: str | None, after: int = 0) -> Seen | None:
    """What a session may see."""
    service = service_of(request)
    seen = await service.own_view.of(service.web.name, session, after) if session else None
    if seen is not None and seen.conversation_id is not None:
        service.looks.note(seen.conversation_id, seen.last, now())
    return seen


def line_number(given: str) -> int:
    """The line behind which a page asks; 0, all of them, where it says nothing useful."""
    return int(given) if re.fullmatch("[0-9]{1,9}", given) else 0


async def answered(request: Request, session: str, form: Mapping[str, str], turn: Turn | None) -> Response:
    """After a turn; None where there was none: nothing said, or sent twice."""
    picked = chosen(form.get("lang"))
    if turn and any(isinstance(event, DeletionConfirmed | LeftConversation) for event in turn.events):
        return _farewell(request, session, turn, picked)
    seen = await seen_by(request, session, line_number(form.get("after", "")))
    chat = page.chat_of(request, session, seen, picked)
    if page.asked_by_script(request):
        return page.part(request, chat)
    # Read from the person's own line on: a long answer would show its end.
    newest = next((bubble.id for bubble in reversed(chat.bubbles) if bubble.who == "person"), "")
    query = f"?lang={picked}" if picked else ""
    return RedirectResponse(f"{PATH}{query}#{newest}", 303)


def _farewell(request: Request, session: str, turn: Turn, picked: Lang | None) -> Response:
    """Erased or left: the page holds these replies and nothing else; who left has a new session."""
    service = service_of(request)
    left = any(isinstance(event, LeftConversation) for event in turn.events)
    bubbles = tuple(of_replies(turn.replies, service.language_of, service.knowledge))
    chat = page.chat_of(request, new_session() if left else session, None, picked)
    return page.whole(request, replace(chat, bubbles=bubbles))


async def told_off(
    request: Request, form: Mapping[str, str], status: int, key: str, *, seconds: int = 0, first: Reply | None = None
) -> Response:
    """The page again, with the excuse and what was typed; `first` is a help text that waits for nothing."""
    session, picked = session_of(request), chosen(form.get("lang"))
    try:
        seen = await seen_by(request, session)
    except StoreBusyError:
        seen = None
    chat = page.chat_of(request, session or new_session(), seen, picked)
    excuse = sentence(request, key, chat.lang, seconds=seconds)
    notice = f"{first.text}\n\n{excuse}" if first else excuse
    headers = {"Retry-After": str(seconds)} if seconds else None
    return page.whole(request, replace(chat, notice=notice, text=form.get("text", "")), status, headers)
