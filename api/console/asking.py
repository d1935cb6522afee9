"""When the guard does not let somebody in: the log-in, a refusal, or the page again with what was typed."""

from collections.abc import Mapping
from uuid import UUID

from fastapi import Request, Response
from starlette.responses import RedirectResponse

from api.console import editors_page, page
from api.console.policy import PATH, inside
from api.console.session import cookie_name
from api.console.typed import CASE, EDITORS_PAGE, page_of, typed_in
from api.console.words import say_in
from api.guard import EDITORS, READERS, current_operator
from api.service import service_of
from bot.storage import Operator

ACCOUNT = f"{PATH}/account"
WITHOUT_TOTP = (ACCOUNT, f"{ACCOUNT}/totp", f"{PATH}/logout", f"{PATH}/language")


async def form_of(request: Request) -> dict[str, str]:
    """Plain fields; the body is limited by the app."""
    async with request.form(max_files=0, max_fields=40) as sent:
        return {name: value for name, value in sent.items() if isinstance(value, str)}


async def auth_failed(request: Request) -> Response:
    """The log-in. What was typed goes with it; a fragment that a page asks for says only that the session ended."""
    if request.headers.get("hx-request") == "true":
        return page.show(request, "console_ended.html", {}, 401)
    if request.method == "GET":
        # SameSite=Strict keeps the cookie back where a link from elsewhere led here: the page asks once more itself.
        unsent = request.headers.get("sec-fetch-site") == "cross-site" and cookie_name(request) not in request.cookies
        if unsent and "again" not in request.query_params:
            return page.show(request, "console_again.html", {"to": inside(request.url.path)})
        return page.log_in(request, to=inside(request.url.path), status=401)
    typed = typed_in(request.url.path, await form_of(request))
    return page.log_in(request, to=page_of(request.url.path), typed=typed, notice="console.ended", status=401)


def totp_is_due(request: Request, operator: Operator) -> bool:
    """Whether their console opens only with a second factor, and they have none yet."""
    wanted = service_of(request).settings.totp_required == "coordinators" and operator.role == "coordinator"
    return wanted and not operator.has_totp


def must_set_totp(request: Request, operator: Operator) -> bool:
    """Whether this page is closed to them until they have one."""
    return request.url.path not in WITHOUT_TOTP and totp_is_due(request, operator)


async def to_account(request: Request) -> Response:
    """Where the second factor is set; a form that was sent meanwhile did nothing."""
    if request.method == "GET" and request.headers.get("hx-request") != "true":
        return RedirectResponse(ACCOUNT, 303)
    return refused(request, 403, "console.totp_must")


async def again(request: Request, form: Mapping[str, str]) -> Response:
    """The page that a form came from, with what was typed; nothing was done."""
    path = request.url.path
    shown = await once_more(request, path, typed_in(path, form), "console.form_expired", 403)
    return shown or refused(request, 403, "console.form_expired")


def refused(request: Request, status: int, key: str) -> Response:
    """A page that says one thing."""
    return page.message(request, status, key)


async def once_more(request: Request, path: str, typed: Mapping[str, str], notice: str, status: int) -> Response | None:
    """The page that a form was on, with what was typed; None where it has none, or is not for whoever asks."""
    operator = await current_operator(request)
    found = CASE.match(path)
    if found and operator.role in READERS:
        case_id = UUID(found[1])
        return await page.case_again(request, case_id, typed, notice, status)
    if path.startswith(EDITORS_PAGE) and operator.role in EDITORS:
        return await editors_page.show(request, typed, say_in(request, notice), status)
    return None
