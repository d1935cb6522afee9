"""Pages of the console, from Jinja2 templates, and fragments that are sent only where they changed."""

from collections.abc import Mapping
from hashlib import blake2s
from typing import Any
from uuid import UUID

from fastapi import Request, Response
from starlette.responses import HTMLResponse

from api.chat.session import new_session, token
from api.clock import now
from api.console import views
from api.console.policy import HEADERS
from api.console.session import cookie_of, keep
from api.console.typed import NOTHING, packed, words_of
from api.console.words import lang_of, other_lang, say_in, words
from api.guard import current_operator, operator_in
from api.service import service_of
from api.templating import TEMPLATES


def show(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> Response:
    """One page or fragment; who asks, their language and the form's token are there for all."""
    body = TEMPLATES.get_template(template).render({**_everywhere(request), **values})
    return HTMLResponse(body, status, HEADERS)


def fragment(
    request: Request, template: str, values: Mapping[str, Any], beside: Mapping[str, str] = NOTHING
) -> Response:
    """304 where the page has it already: then focus and what is typed stay as they are. `beside`: headers for both."""
    response = show(request, template, values)
    tag = f'"{blake2s(bytes(response.body), digest_size=12).hexdigest()}"'
    if request.headers.get("if-none-match") == tag:
        return Response(status_code=304, headers={**HEADERS, **beside, "etag": tag})
    response.headers.update({**beside, "etag": tag})
    return response


def log_in(
    request: Request, *, to: str, typed: Mapping[str, str] = NOTHING, notice: str = "", name: str = "",
    status: int = 200,
) -> Response:  # fmt: skip
    """The log-in; its form is bound to a cookie too."""
    before = cookie_of(request) or new_session()
    kept = {"typed": packed(typed) if words_of(typed) else "", "draft": words_of(typed)}
    values = {"to": to, **kept, "notice": notice, "given": name, "csrf": token(before)}
    response = show(request, "console_login.html", values, status)
    if cookie_of(request) is None:
        keep(request, response, before)
    return response


def message(request: Request, status: int, key: str, headers: Mapping[str, str] | None = None) -> Response:
    """A page that says one thing."""
    response = show(request, "console_message.html", {"text": say_in(request, key)}, status)
    response.headers.update(headers or {})
    return response


async def case_again(request: Request, case_id: UUID, typed: Mapping[str, str], notice: str, status: int) -> Response:
    """The case as it is now, with what was typed and why it was not done."""
    seen = await views.at_case(request, await current_operator(request), case_id)
    return show(
        request,
        "console_case.html",
        {**seen, "typed": typed, "notice": say_in(request, notice) if notice else ""},
        status,
    )


def _everywhere(request: Request) -> dict[str, Any]:
    session = cookie_of(request)
    return {
        "lang": lang_of(request),
        "other": other_lang(request),
        "w": words(request),
        "me": operator_in(request),
        "csrf": token(session) if session else "",
        "path": request.url.path,
        "now": now(),
        "reviewed": all(one.reviewed_by for one in service_of(request).knowledge.categories.values()),
    }
