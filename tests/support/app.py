"""The app before a service, in a seventh of the time: its routes are made once a process, a thousand tests want one."""

from collections.abc import Sequence
from copy import copy
from functools import cache
from types import SimpleNamespace
from typing import Any

from fastapi import FastAPI
from starlette.datastructures import State

from api.app import create_app
from api.service import Serving


@cache
def _routed(*, telegram: bool, twilio: bool) -> FastAPI:
    """Routes depend on which webhooks there are; all that an app holds stands in its state."""
    service: Any = SimpleNamespace(
        telegram=object() if telegram else None, telegram_secret="set", twilio=object() if twilio else None
    )
    return create_app(service)


def app_before(service: Any, trusted_proxies: Sequence[str] = ()) -> FastAPI:
    """As `create_app`, with a state and surroundings of its own."""
    app = copy(_routed(telegram=bool(service.telegram and service.telegram_secret), twilio=service.twilio is not None))
    app.state, app.middleware_stack = State(), None
    app.state.serving = Serving(service, trusted_proxies)
    return app
