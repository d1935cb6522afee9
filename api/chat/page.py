"""The pages and their parts, from Jinja2 templates."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from starlette.responses import HTMLResponse

from api.chat.bubbles import Bubble, linked, of_lines
from api.chat.policy import HEADERS
from api.chat.session import keep, once, session_of, token
from api.chat.words import LANGS, accepted, chosen, introduction, sentence, words
from api.service import service_of
from api.templating import TEMPLATES
from bot.conversation import Choice, Lang, ReplyKind
from bot.storage import Seen
from knowledge.render import EMERGENCY_CONTACT

NEUTRAL = "https://www.wikipedia.org/"
"""Where a quick exit leads: light, without login or consent, in all languages, and it says nothing of who opens it."""


@dataclass(frozen=True, slots=True)
class Chat:
    """What one page shows. `picked` is the language that its address names, which its forms carry on."""

    session: str
    lang: Lang
    picked: Lang | None
    bubbles: Sequence[Bubble] = ()
    choices: Sequence[Choice] = ()
    last: int = 0
    notice: str = ""
    text: str = ""
    danger: bool = False
    """Help was given in what is shown: then a place can be shared by one big button."""


def chat_of(request: Request, session: str, seen: Seen | None, picked: Lang | None) -> Chat:
    """The page of what was seen, in the language that was picked, spoken or accepted."""
    seen = seen or Seen()
    lang = picked or seen.lang or accepted(request.headers.get("accept-language", ""))
    service = service_of(request)
    place = sentence(request, "chat.location", lang)
    bubbles = tuple(of_lines(seen.lines, service.language_of, service.knowledge, place))
    danger = any(line.kind == ReplyKind.HELP for line in seen.lines)
    return Chat(session, lang, picked, bubbles, seen.choices, seen.last, danger=danger)


def asked_by_script(request: Request) -> bool:
    """Whether htmx asks, for a part of a page."""
    return request.headers.get("hx-request") == "true"


def whole(request: Request, chat: Chat, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """A whole page, or all that stands on it where a script asks; remembers the session where it is new."""
    if asked_by_script(request):
        place = {"HX-Retarget": "#chat", "HX-Reswap": "outerHTML"}
        response = _html(request, "chat_main.html", chat, status, {**(headers or {}), **place})
    else:
        response = _html(request, "chat.html", chat, status, headers)
    if session_of(request) != chat.session:
        keep(request, response, chat.session)
    return response


def part(request: Request, chat: Chat, headers: Mapping[str, str] | None = None) -> Response:
    """The bubbles that are new, and the open choices."""
    return _html(request, "chat_new.html", chat, 200, headers)


def again(request: Request) -> Response:
    """Loads the page once more, from here: only then a browser that comes from elsewhere sends its cookie along."""
    return HTMLResponse(TEMPLATES.get_template("chat_again.html").render(), headers=HEADERS)


def message(request: Request, status: int, text: str, headers: Mapping[str, str] | None = None) -> Response:
    """A page that says one thing, where there is no chat to show."""
    lang = _lang(request)
    values = {"text": text, **_everywhere(request, lang)}
    body = TEMPLATES.get_template("chat_message.html").render(values)
    return HTMLResponse(body, status, {**HEADERS, **(headers or {})})


def said(request: Request, key: str, **values: object) -> str:
    """A text in the language of a request of which nothing else is known."""
    return sentence(request, key, _lang(request), **values)


def _lang(request: Request) -> Lang:
    return chosen(request.query_params.get("lang")) or accepted(request.headers.get("accept-language", ""))


def _everywhere(request: Request, lang: Lang) -> dict[str, Any]:
    knowledge = service_of(request).knowledge
    return {
        "lang": lang,
        "w": words(request, lang),
        "neutral": NEUTRAL,
        "emergency": knowledge.contacts[EMERGENCY_CONTACT].value,
        "linked": lambda text: linked(text, knowledge),
    }


def _html(request: Request, template: str, chat: Chat, status: int, headers: Mapping[str, str] | None) -> Response:
    values: dict[str, Any] = {
        "chat": chat,
        "csrf": token(chat.session),
        "once": once,
        "other": next(lang for lang in LANGS if lang != chat.lang),
    }
    values |= _everywhere(request, chat.lang)
    values["introduction"] = [] if chat.last or chat.bubbles else introduction(request, chat.lang)
    body = TEMPLATES.get_template(template).render(values)
    return HTMLResponse(body, status, {**HEADERS, **(headers or {})})
