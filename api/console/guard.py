"""The console's door: a route that declares its roles and asks who it is before it reads a form."""

from collections.abc import Callable, Coroutine, Mapping
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.routing import APIRoute

from api.chat.session import csrf_valid
from api.console import asking
from api.console.session import cookie_of, from_elsewhere, operator_of
from api.guard import current_operator, let_in, roles_of
from bot.storage import Operator


class ConsoleRoute(APIRoute):
    """Nobody: the log-in, which carries on what was typed. A forged form: refused, and what was typed shown again."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler behind the guard."""
        roles = roles_of(self)
        handle = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            operator = await operator_of(request)
            if operator is None:
                return await asking.auth_failed(request)
            let_in(request, operator)
            if asking.must_set_totp(request, operator):
                return await asking.to_account(request)
            if operator.role not in roles:
                return asking.refused(request, 403, "console.not_yours")
            if request.method == "POST":
                form = await asking.form_of(request)
                if from_elsewhere(request) or not csrf_valid(cookie_of(request), form):
                    return await asking.again(request, form)
            return await handle(request)

        return guarded


Caller = Annotated[Operator, Depends(current_operator)]
Form = Annotated[Mapping[str, str], Depends(asking.form_of)]
