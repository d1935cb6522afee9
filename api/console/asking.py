"""When the guard does not let somebody in: the log-in, a refusal, or the page again with what was typed."""

import re
from collections.abc import Mapping
from uuid import UUID

from fastapi import Request, Response

from api.console import page
from api.console.policy import PATH, inside
from api.console.session import COOKIE

_CASE = re.compile(rf"{PATH}/cases/([0-9a-f-]{{36}})")


async def form_of(request: Request) -> dict[str, str]:
    """Plain fields; the body is limited by the app."""
    async with request.form(max_files=0, max_fields=40) as sent:
        return {name: value for name, value in sent.items() if isinstance(value, str)}


def draft_of(form: Mapping[str, str]) -> str:
    """What somebody typed and must not lose."""
    return form.get("text") or form.get("note") or ""


async def who(request: Request) -> Response:
    """The log-in. What was typed goes with it; a fragment that a page asks for says only that the session ended."""
    if request.headers.get("hx-request") == "true":
        return page.show(request, "console_ended.html", {}, 401)
    if request.method == "GET":
        # SameSite=Strict keeps the cookie back where a link from elsewhere led here: the page asks once more itself.
        unsent = request.headers.get("sec-fetch-site") == "cross-site" and COOKIE not in request.cookies
        if unsent and "again" not in request.query_params:
            return page.show(request, "console_again.html", {"to": inside(request.url.path)})
        return page.log_in(request, to=inside(request.url.path), status=401)
    form = await form_of(request)
    found = _CASE.match(request.url.path)
    to = f"{PATH}/cases/{found[1]}" if found else PATH
    return page.log_in(request, to=to, draft=draft_of(form), notice="console.ended", status=401)


async def again(request: Request, form: Mapping[str, str]) -> Response:
    """The page that a form came from, with what was typed; nothing was done."""
    found = _CASE.match(request.url.path)
    if found is None:
        return refused(request, 403, "console.form_expired")
    return await page.case_again(request, UUID(found[1]), draft_of(form), "console.form_expired", 403)


def refused(request: Request, status: int, key: str) -> Response:
    """A page that says one thing."""
    return page.message(request, status, key)
