"""The web process: `create_app(service)` for a service that stands, `app_factory` for uvicorn."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.telemetry import TelemetryConfig
from starlette.middleware import Middleware
from starlette.types import Lifespan

from api import (
    calendar,
    chat,
    checklist,
    console,
    content,
    desk,
    escalations,
    figures,
    floods,
    health,
    metrics,
    reference,
    staff,
    tokens,
    webhooks,
)
from api.https import OnlyHttps
from api.middleware import AccessLog, BodyLimit, LastResort, SecurityHeaders
from api.network import BehindProxy
from api.problems import READERS, Problem, handler
from api.service import Serving
from api.timeouts import BodyTimeout
from bot.wiring import Service, open_service

DESCRIPTION = """For the people who take over conversations. Every route under `/api` wants a bearer token
(`ventanilla operators add NAME --role ROLE` prints one); `x-roles` says whose, `x-scope` what a token of a
program needs. Every POST takes an `Idempotency-Key`: sent twice it is done once. Errors are RFC 9457 problem JSON."""

# What people write must not leave through somebody's environment variables.
NO_TELEMETRY = TelemetryConfig(tracing=False, metrics=False, logs=False, auto_configure=False)


def _excuse(request: Request, problem: Problem) -> Response:
    """A page below /chat and /console, problem JSON everywhere else."""
    return (console.excuse if console.is_ours(request.url.path) else chat.excuse)(request, problem)


SURROUNDINGS = (
    Middleware(AccessLog),
    Middleware(BehindProxy),
    Middleware(SecurityHeaders),
    Middleware(OnlyHttps),
    Middleware(chat.Compressed),
    Middleware(LastResort, show=_excuse),
    Middleware(BodyTimeout),
    Middleware(BodyLimit),
)
"""The first is the outermost."""


def create_app(service: Service, trusted_proxies: Sequence[str] = ()) -> FastAPI:
    """The app before a service that stands already."""
    app = _bare()
    _serve(app, service, trusted_proxies)
    return app


def app_factory(*, sends: bool = True) -> FastAPI:
    """For uvicorn: `uvicorn --factory api.app:app_factory`; the service is built and closed in the lifespan."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with open_service(sends=sends) as service:
            _serve(app, service, service.trusted_proxies)
            yield

    return _bare(lifespan)


def web_factory() -> FastAPI:
    """The same where workers send."""
    return app_factory(sends=False)


def _bare(lifespan: Lifespan[FastAPI] | None = None) -> FastAPI:
    app = FastAPI(
        title="Ventanilla",
        version="1",
        description=DESCRIPTION,
        lifespan=lifespan,
        middleware=SURROUNDINGS,
        exception_handlers={error: handler(reader, _excuse) for error, reader in READERS.items()},
        telemetry=NO_TELEMETRY,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=lambda route: route.name,
    )
    app.include_router(reference.router)
    app.include_router(health.router)
    app.include_router(metrics.router)
    app.include_router(desk.router)
    app.include_router(escalations.router)
    app.include_router(floods.router)
    app.include_router(content.router)
    app.include_router(figures.router)
    app.include_router(staff.router)
    app.include_router(tokens.router)
    app.include_router(calendar.router)
    app.include_router(checklist.router)
    app.include_router(chat.front)
    app.include_router(chat.router)
    app.include_router(console.router)
    app.mount(chat.STATIC_PATH, chat.static())
    app.mount(console.STATIC_PATH, chat.static())
    return app


def _serve(app: FastAPI, service: Service, trusted_proxies: Sequence[str]) -> None:
    app.state.serving = Serving(service, trusted_proxies)
    if service.telegram is not None and service.telegram_secret:
        _first(app, webhooks.telegram)
    if service.twilio is not None:
        _first(app, webhooks.twilio)


def _first(app: FastAPI, router: APIRouter) -> None:
    """Where most requests go is looked for before a hundred other routes."""
    before = len(app.router.routes)
    app.include_router(router)
    routes = app.router.routes
    routes[:] = routes[before:] + routes[:before]
