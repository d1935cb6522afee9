"""What a stranger, a careless operator or a program got a 500 from, once."""

import pytest

from tests.api.test_console import PASSWORD, Browser, app, quick_hash, service
from tests.api.test_real_storage import QUEUE, real, token, web

__all__ = ["app", "quick_hash", "real", "service", "web"]


@pytest.mark.parametrize("query", [
    f"{QUEUE}?updated_since=9999-12-31T23:59:59-23:59",
    f"{QUEUE}?updated_since=0001-01-01T00:00:00%2B23:59",
    "/api/v1/audit?since=0001-01-01T00:00:00%2B23:59",
    "/api/v1/audit?until=9999-12-31T23:59:59-23:59",
    f"{QUEUE}/export?since=0001-01-01T00:00:00%2B14:00&format=jsonl",
])  # fmt: skip
async def test_a_time_that_no_calendar_has_in_utc_is_refused(real, web, query):
    answer = await web.get(query, headers=await token(real, "cora", "coordinator"))
    assert (answer.status_code, answer.json()["type"]) == (422, "urn:ventanilla:problem:invalid")


async def test_a_number_of_a_block_that_no_database_keeps(app):
    cora = await Browser(app).log_in("cora")
    for number in ("9" * 30, "-1", "0"):
        await cora.post(f"/console/blocks/{number}/unblock", why="x")
        assert 400 <= cora.status < 500, number
        await cora.get("/console")


@pytest.mark.parametrize("secret", ["\0", "not base32!", "A", "ñ" * 32, "A" * 33])
async def test_a_second_factor_that_is_none_is_refused(app, secret):
    cora = await Browser(app).log_in("cora")
    await cora.get("/console/account")
    await cora.post("/console/account/totp", password=PASSWORD, secret=secret, code="000000", do="on")
    assert (cora.status, "<code>" in cora.page) == (403, True)


async def test_what_was_typed_before_a_log_in_may_be_nonsense(app):
    for typed in ("[" * 20_000, "{", "null", "[1]", '{"a": 1}'):
        ana = Browser(app)
        await ana.get("/console/login")
        await ana.post("/console/login", name="ana", password=PASSWORD, typed=typed)
        assert ana.status == 200, typed[:5]
