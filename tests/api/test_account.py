"""One's own account, in the console and by the API."""

from types import SimpleNamespace

import pyotp
import pytest

from bot.storage import Audit, Logins, Sessions
from tests.api.test_console import PASSWORD, Browser, app, quick_hash, service
from tests.api.test_real_storage import QUEUE, real, token, web

__all__ = ["app", "quick_hash", "real", "service", "web"]
NEW = "otra clave bastante larga"


async def test_an_operator_changes_her_password_in_the_console(app, service):
    ana, elsewhere = await Browser(app).log_in("ana"), await Browser(app).log_in("ana")
    await ana.get("/console/account")
    for fields in ({"password": "wrong", "new": NEW, "again": NEW}, {"password": PASSWORD, "new": NEW, "again": "x"},
                   {"password": PASSWORD, "new": "corta", "again": "corta"}):  # fmt: skip
        await ana.post("/console/account/password", **fields)
        assert ana.status in (403, 422)
    await ana.post("/console/account/password", password=PASSWORD, new=NEW, again=NEW)
    assert (ana.status, "Mi cuenta" in ana.page) == (200, True)
    await elsewhere.get("/console")
    assert elsewhere.status == 401
    entries, _ = await Audit(service.database).page(None, 3)
    assert ("ana", "password set") in [(one.who, one.action) for one in entries]


async def test_a_coordinator_without_a_second_factor_where_it_is_required(app, service):
    service.settings.totp_required = "coordinators"
    cora = await Browser(app).log_in("cora")
    for path in ("/console", "/console/figures", "/console/search?q=x"):
        await cora.get(path)
        assert cora.answer.headers["location"] == "/console/account"
    await cora.get("/console/account")
    assert "necesita el segundo paso" in cora.page
    await cora.post("/console/next", follow=False)
    assert cora.status == 403
    await cora.get("/console/account")
    secret = cora.page.partition("<code>")[2].partition("</code>")[0]
    await cora.post("/console/account/totp", password=PASSWORD, secret=secret, code="000000", do="on")
    assert (cora.status, secret in cora.page) == (403, True)
    await cora.post("/console/account/totp", password=PASSWORD, secret=secret, code=pyotp.TOTP(secret).now(), do="on")
    assert cora.status == 200
    await cora.get("/console")
    assert (cora.status, "<h1>Cola</h1>" in cora.page) == (200, True)
    ana = await Browser(app).log_in("ana")
    assert ana.status == 200, "of operators it is not asked"


async def test_sessions_are_ended_in_the_console(app, service):
    ana, elsewhere = await Browser(app).log_in("ana"), await Browser(app).log_in("ana")
    await ana.get("/console/account")
    assert ana.page.count('name="session"') == 2
    await ana.post("/console/account/sessions", session="nonsense")
    assert ana.status == 404
    await ana.post("/console/account/sessions", session="others")
    assert ana.status == 200
    await elsewhere.get("/console")
    assert elsewhere.status == 401
    assert len(await Sessions(service.database, "ana").all(_now())) == 1


def _now():
    from datetime import UTC, datetime

    return datetime.now(UTC)


@pytest.fixture
def settings(real) -> None:
    real.settings = SimpleNamespace(token_days=30)


async def test_who_i_am_and_who_works_here(real, web):
    ana = await token(real, "ana")
    assert (await web.get("/api/v1/me", headers=ana)).json() == {
        "name": "ana", "role": "operator", "scopes": None, "token_expires_at": None,
    }  # fmt: skip
    await token(real, "edi", "editor")
    await real.operators.disable("edi", _now())
    assert (await web.get("/api/v1/operators", headers=ana)).json()["items"] == [
        {"name": "ana", "role": "operator", "disabled": False}, {"name": "edi", "role": "editor", "disabled": True},
    ]  # fmt: skip
    editor = await token(real, "eda", "editor")
    assert (await web.get("/api/v1/me", headers=editor)).status_code == 200
    assert (await web.get("/api/v1/operators", headers=editor)).status_code == 403


async def test_my_own_token_is_rotated_and_ends(real, web, settings):
    ana = await token(real, "ana")
    made = (await web.post("/api/v1/me/token", headers=ana)).json()
    assert (await web.get(QUEUE, headers=ana)).status_code == 401
    ana = {"authorization": f"Bearer {made['token']}"}
    assert (await web.get("/api/v1/me", headers=ana)).json()["token_expires_at"] == made["expires_at"]
    program = (await web.post("/api/v1/tokens", headers=ana, json={"label": "x", "scopes": ["tokens:write"]})).json()
    narrow = {"authorization": f"Bearer {program['token']}"}
    assert (await web.post("/api/v1/me/token", headers=narrow)).status_code == 403
    again = (await web.post(f"/api/v1/tokens/{program['id']}/rotate", headers=ana)).json()
    assert (await web.get("/api/v1/me", headers=narrow)).status_code == 401
    assert (await web.get("/api/v1/me", headers={"authorization": f"Bearer {again['token']}"})).status_code == 200


@pytest.mark.parametrize("number", ["99", "9" * 19, "9" * 100, "-1"])
async def test_a_token_that_is_none(real, web, number):
    assert (await web.delete(f"/api/v1/tokens/{number}", headers=await token(real, "ana"))).status_code == 404


async def test_the_log_in_of_a_disabled_account_is_closed_and_opens_again(app, service):
    await service.operators.disable("ana", _now())
    assert (await Browser(app).log_in("ana")).status == 401
    await service.operators.enable("ana", _now())
    assert (await Browser(app).log_in("ana")).status == 200
    assert await Logins(service.database).log_in("ana", PASSWORD, "", _now())
