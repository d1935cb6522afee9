"""Who works here, and when: shifts and holidays, and accounts."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import get_args

from fastapi import APIRouter, Request, Response
from starlette.responses import RedirectResponse

from api.clock import now
from api.console import page
from api.console.guard import Caller, ConsoleRoute, Form
from api.console.policy import PATH
from api.console.proving import REFUSED as UNPROVED
from api.console.proving import prove
from api.console.words import say_in
from api.guard import allow
from api.service import CurrentService, service_of
from bot import desk
from bot.desk import RIGHTS, NotAllowedError
from bot.storage import Operator, Role
from bot.storage.errors import NoSuchOperatorError, OperatorExistsError
from bot.wiring import token_ends

router = APIRouter(prefix=PATH, route_class=ConsoleRoute)
DAYS = 7
A_DAY = 24 * 60
"""Minutes."""
LONGEST_NAME = 80
ROTA, STAFF = f"{PATH}/shifts", f"{PATH}/staff"
REFUSED: dict[type[Exception], tuple[str, int]] = {
    **UNPROVED,
    NoSuchOperatorError: ("console.no_operator", 404),
    OperatorExistsError: ("console.name_taken", 409),
    NotAllowedError: ("console.not_oneself", 403),
    ValueError: ("console.unusable", 422),
}


@router.get("/shifts", openapi_extra=allow(RIGHTS["accounts"]))
async def shifts(request: Request, caller: Caller) -> Response:
    """The week, and the days on which nobody comes."""
    return await _rota(request, caller)


@router.post("/shifts", openapi_extra=allow(RIGHTS["staff"]))
async def add_shift(request: Request, service: CurrentService, caller: Caller, form: Form) -> Response:
    """Every week, on each day that was ticked."""
    try:
        begins, ends = _minutes(form.get("begins", "")), _minutes(form.get("ends", "")) or A_DAY
        days = [day for day in range(DAYS) if form.get(f"day{day}")]
        langs = ",".join(lang for lang in ("es", "en") if form.get(lang))
        if not days or not langs or begins == ends:
            raise ValueError("no day, no language, or no time")
        for day in days:
            await desk.add_shift(
                service, service.operators, caller, form.get("operator", ""), day, begins, ends, langs, now()
            )
    except (ValueError, NoSuchOperatorError) as error:
        return await _rota(request, caller, *REFUSED[type(error)])
    return RedirectResponse(ROTA, 303)


@router.post("/shifts/{number}/remove", openapi_extra=allow(RIGHTS["staff"]))
async def remove_shift(request: Request, service: CurrentService, caller: Caller, number: int) -> Response:
    """One less."""
    if not await desk.remove_shift(service, caller, number, now()):
        return page.message(request, 404, "console.not_found")
    return RedirectResponse(ROTA, 303)


@router.post("/holidays", openapi_extra=allow(RIGHTS["staff"]))
async def holiday(request: Request, service: CurrentService, caller: Caller, form: Form) -> Response:
    """No shift begins on it; `do=off`: they do again."""
    try:
        day = date.fromisoformat(form.get("day", ""))
    except ValueError:
        return await _rota(request, caller, "console.unusable", 422)
    await desk.set_holiday(service, caller, day, now(), off=form.get("do") == "off")
    return RedirectResponse(ROTA, 303)


@router.get("/staff", openapi_extra=allow(RIGHTS["staff"]))
async def staff(request: Request, caller: Caller) -> Response:
    """Accounts."""
    return await _staff(request, caller)


@router.post("/staff", openapi_extra=allow(RIGHTS["staff"]))
async def change_staff(request: Request, service: CurrentService, caller: Caller, form: Form) -> Response:
    """Make, change, close or open an account, or renew its password, by a coordinator who proves who they are."""
    name, operators = form.get("name", "").strip(), service.operators
    role: Role | None = next((one for one in get_args(Role) if one == form.get("role")), None)
    ends = token_ends(service.settings, now())

    async def add() -> str:
        if role is None or not name.isprintable() or not 0 < len(name) <= LONGEST_NAME:
            raise ValueError("no name or no role")
        return await desk.add_account(service, operators, caller, name, role, now(), ends)

    async def change() -> str:
        if role is None:
            raise ValueError("no role")
        await desk.change_role(operators, caller, name, role, now())
        return ""

    async def close() -> str:
        await desk.close_account(operators, caller, name, now())
        return ""

    work: dict[str, Callable[[], Awaitable[str]]] = {
        "add": add,
        "role": change,
        "close": close,
        "open": lambda: desk.open_account(service, operators, caller, name, now(), ends),
        "password": lambda: desk.renew_password(service, caller, name, now()),
    }
    try:
        await prove(request, caller, form)
        password = await work.get(form.get("do", ""), add)()
    except tuple(REFUSED) as error:
        return await _staff(request, caller, *REFUSED[type(error)])
    if not password:
        return RedirectResponse(STAFF, 303)
    return await _staff(request, caller, made=(name, password))


async def _rota(request: Request, caller: Operator, notice: str = "", status: int = 200) -> Response:
    service = service_of(request)
    week = await desk.week(service, caller)
    able = [one.name for one in await service.operators.list_operators() if one.disabled_at is None]
    values = {
        "days": [
            (
                f"console.day{day}",
                [(_clock(one.begins), _clock(one.ends), one) for one in week.shifts if one.weekday == day],
            )
            for day in range(DAYS)
        ],
        "holidays": week.holidays,
        "names": able,
        "changes": desk.may(caller, "staff"),
        "zone": service.settings.timezone,
        "notice": say_in(request, notice) if notice else "",
    }
    return page.show(request, "console_shifts.html", values, status)


async def _staff(
    request: Request, caller: Operator, notice: str = "", status: int = 200, made: tuple[str, str] | None = None
) -> Response:
    service = service_of(request)
    values = {
        "accounts": await desk.accounts(service.operators, caller),
        "roles": get_args(Role),
        "made": made,
        "notice": say_in(request, notice) if notice else "",
    }
    return page.show(request, "console_staff.html", values, status)


def _minutes(given: str) -> int:
    """From midnight. ValueError."""
    hour, minute = (int(part) for part in given.split(":"))
    if not (0 <= hour < 24 and 0 <= minute < 60):
        raise ValueError("no time of a day")
    return hour * 60 + minute


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
