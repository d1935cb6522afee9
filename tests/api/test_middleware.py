"""What surrounds every request."""

import json
import logging

import pytest

from api.middleware import BODY_LIMIT, HEADERS

SECRET = {"x-telegram-bot-api-secret-token": "the-secret-of-the-webhook"}
WEBHOOK = "/webhooks/telegram"
REPLY = "/api/v1/escalations/0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a/reply"
OPERATOR = {"authorization": "Bearer ana-operator"}


@pytest.mark.parametrize(
    ("path", "headers"), [(WEBHOOK, SECRET), (REPLY, OPERATOR | {"content-type": "application/json"})]
)
async def test_chunks_without_a_length_are_counted_and_no_more_is_read(client, path, headers):
    pulled = []

    async def chunks():
        for _ in range(100):
            pulled.append(BODY_LIMIT // 4)
            yield b" " * (BODY_LIMIT // 4)

    answer = await client.post(path, content=chunks(), headers=headers)
    assert (answer.status_code, answer.json()["status"]) == (413, 413)
    assert answer.headers["content-type"] == "application/problem+json"
    assert len(pulled) == 5


async def test_a_body_at_the_limit_is_read(client):
    update = json.dumps({"update_id": 1}).encode()
    assert (await client.post(WEBHOOK, content=update.ljust(BODY_LIMIT), headers=SECRET)).status_code == 200
    assert (await client.post(WEBHOOK, content=update.ljust(BODY_LIMIT + 1), headers=SECRET)).status_code == 413


@pytest.mark.parametrize("path", [WEBHOOK, REPLY])
async def test_without_a_key_a_long_body_is_no_matter(client, path):
    answer = await client.post(path, content=b"x" * 1_000_000)
    assert answer.status_code in (401, 403)


@pytest.mark.parametrize("path", ["/healthz", "/nothing", "/api/v1/escalations", "/openapi.json", "/docs"])
async def test_every_answer_carries_the_security_headers(client, path):
    answer = await client.get(path)
    assert not HEADERS.keys() - answer.headers.keys()
    assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]


async def test_every_answer_has_its_number(client):
    numbers = {(await client.get(path)).headers["x-request-id"] for path in ("/healthz", "/healthz", "/nothing")}
    assert len(numbers) == 3


async def test_the_access_log_holds_no_query_no_body_and_no_second_line(client, caplog):
    caplog.set_level(logging.INFO, "ventanilla.access")
    await client.post("/nothing%0Aforged?q=secreto", content=b"palabras")
    (line,) = [record.getMessage() for record in caplog.records if record.name == "ventanilla.access"]
    assert line.startswith("POST /nothing%0Aforged 404 ")
    assert "secreto" not in line
    assert "palabras" not in line
