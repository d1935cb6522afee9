"""Something grave is done by who proves again who they are: password, and code where there is a second factor."""

from datetime import timedelta

from fastapi import Request

from api.clock import now
from api.console.device import source_of
from api.console.guard import Form
from api.service import current_log_ins, service_of
from bot.storage import Logins, Operator
from bot.storage.errors import LogInRefusedError, ThrottledError

REFUSED: dict[type[Exception], tuple[str, int]] = {
    LogInRefusedError: ("console.wrong", 403),
    ThrottledError: ("console.throttled", 429),
}
"""What is said where they did not, and the status of the answer."""


async def prove(request: Request, caller: Operator, form: Form) -> None:
    """As the form's `password` and `code` say. LogInRefusedError, ThrottledError."""
    log_ins = await current_log_ins(request)
    if seconds := log_ins.wait(caller.name, caller.name):
        raise ThrottledError(timedelta(seconds=seconds))
    given = form.get("password", ""), form.get("code", "")
    logins = Logins(service_of(request).database)
    await logins.prove(caller, *given, now(), source_of(request, caller.name))
