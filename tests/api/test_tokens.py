"""Tokens of programs, before a real database."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.storage import Audit, Tokens
from bot.storage.desk_tables import api_tokens
from bot.storage.errors import NoSuchTokenError
from tests.api.test_real_storage import NOW, QUEUE, a_queue, real, token, web

__all__ = ["real", "web"]
TOKENS = "/api/v1/tokens"


async def made(web, owner, *scopes: str, **more) -> tuple[int, dict[str, str]]:
    answer = await web.post(TOKENS, json={"label": "tablero", "scopes": list(scopes), **more}, headers=owner)
    assert answer.status_code == 201
    return answer.json()["id"], {"authorization": f"Bearer {answer.json()['token']}"}


async def test_a_token_opens_what_its_scopes_name_and_nothing_else(real, web):
    await a_queue(real)
    ana = await token(real, "ana")
    number, reads = await made(web, ana, "cases:read")
    case = (await web.get(QUEUE, headers=reads)).json()["items"][0]
    assert (await web.post(f"{QUEUE}/{case['id']}/claim", headers=reads)).status_code == 403
    assert (await web.get("/api/v1/audit", headers=reads)).status_code == 403
    assert (await web.post(f"{QUEUE}/{case['id']}/claim", headers=ana)).status_code == 200, "her own has all"
    assert (await web.delete(f"{TOKENS}/{number}", headers=reads)).status_code == 403
    assert (await web.delete(f"{TOKENS}/{number}", headers=ana)).status_code == 204
    assert (await web.get(QUEUE, headers=reads)).status_code == 401, "revoked at once"
    (listed,) = (await web.get(TOKENS, headers=ana)).json()["items"]
    assert listed["revoked_at"]
    assert "token" not in listed


async def test_never_more_than_the_role_or_the_token_that_made_it(real, web):
    aud = await token(real, "aud", "auditor")
    _, writes = await made(web, aud, "cases:write", "cases:read")
    assert (await web.post(f"{QUEUE}/next", headers=writes)).status_code == 403
    _, makes = await made(web, aud, "tokens:write", "cases:read")
    more = await web.post(TOKENS, json={"label": "x", "scopes": ["audit:read"]}, headers=makes)
    assert more.status_code == 403
    _, fewer = await made(web, makes, "cases:read")
    assert (await web.get(QUEUE, headers=fewer)).status_code == 200
    assert (await web.get("/api/v1/audit", headers=fewer)).status_code == 403


async def test_only_a_hash_is_kept_and_the_log_knows(real, web):
    ana = await token(real, "ana")
    number, made_one = await made(web, ana, "cases:read")
    async with real.database.read() as connection:
        (row,) = (await connection.execute(select(api_tokens))).all()
    assert made_one["authorization"].split()[1].encode() not in row.token_hash
    assert [entry.action for entry in await Audit(real.database).of(f"token-{number}")] == ["token made"]


async def test_it_ends_with_its_day_and_with_its_owner(real, web):
    ana = await token(real, "ana")
    _, text = await Tokens(real.database).add("ana", "x", ["cases:read"], NOW, NOW + timedelta(days=1))
    assert await real.operators.authenticate(text, NOW)
    assert await real.operators.authenticate(text, NOW + timedelta(days=2)) is None
    _, made_one = await made(web, ana, "cases:read")
    await real.operators.disable("ana", NOW)
    assert (await web.get(QUEUE, headers=made_one)).status_code == 401


async def test_of_others_nobody_revokes(real, web):
    ana, ben = await token(real, "ana"), await token(real, "ben")
    number, _ = await made(web, ana, "cases:read")
    assert (await web.delete(f"{TOKENS}/{number}", headers=ben)).status_code == 404
    with pytest.raises(NoSuchTokenError):
        await Tokens(real.database).revoke(99, NOW, "x")


@pytest.mark.parametrize("scopes", [[], ["everything"], ["cases:read", "x"]])
async def test_scopes_that_are_none(real, web, scopes):
    ana = await token(real, "ana")
    assert (await web.post(TOKENS, json={"label": "x", "scopes": scopes}, headers=ana)).status_code == 422
