"""The app as uvicorn builds it."""

from contextlib import asynccontextmanager

import httpx

from api import app as application


async def test_the_service_is_built_and_closed_with_the_process(service, monkeypatch):
    life = []

    @asynccontextmanager
    async def open_service(*, sends):
        life.append("open")
        yield service
        life.append("closed")

    monkeypatch.setattr(application, "open_service", open_service)
    app = application.app_factory()
    assert life == []
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client,
    ):
        assert life == ["open"]
        assert (await client.get("/readyz")).status_code == 200
        # Its secret is known by now, so the endpoint exists.
        assert (await client.post("/webhooks/telegram")).status_code == 403
    assert life == ["open", "closed"]
