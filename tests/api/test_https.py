"""HSTS and cookies that belong to one host, where PUBLIC_URL is https; nothing of it on a machine of one's own."""

from tests.api.test_console import Browser, app, quick_hash, service

__all__ = ["app", "quick_hash", "service"]
HSTS = "strict-transport-security"


async def test_https_alone_and_cookies_of_this_host(app, service):
    service.settings.public_url = "https://ventanilla.example"
    ana = await Browser(app).log_in("ana")
    assert "<h1>Cola</h1>" in ana.page
    assert ana.answer.headers[HSTS].startswith("max-age=")
    for path in ("/healthz", "/chat", "/console", "/nothing", "/api/v1/escalations", "/docs"):
        assert HSTS in (await ana.client.get(path)).headers
    (cookie,) = [one for one in ana.client.cookies.jar if "console" in one.name]
    assert (cookie.name, cookie.path, cookie.secure) == ("__Host-console", "/", True)
    assert not cookie.domain_specified
    await ana.post("/console/logout", follow=False)
    assert "clear-site-data" in ana.answer.headers
    assert '__Host-console=""' in ana.answer.headers["set-cookie"]
    forged = Browser(app)
    forged.client.cookies.set("console", "x" * 43, path="/console")
    await forged.get("/console/login")
    assert forged.answer.headers["set-cookie"].startswith("__Host-console="), (
        "a cookie without the prefix is no session"
    )


async def test_nothing_of_it_without_https(app):
    ana = Browser(app)
    await ana.get("/console/login")
    assert HSTS not in ana.answer.headers
    assert ana.client.cookies["console"]
