"""All errors are RFC 9457 problems."""

import json

import pytest

CASE = "/api/v1/escalations/0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a"
QUEUE = "/api/v1/escalations"
TRANSCRIPT = "/api/v1/conversations/5c2f6f0e-8f39-4d8e-a6a5-0d6a3f5f9b11/messages"
OPERATOR = {"authorization": "Bearer ana-operator"}


def problem(answer, status):
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    body = answer.json()
    assert body["status"] == status
    assert body["type"]
    assert body["title"]
    return body


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/api/v1/nothing", 404),
        ("GET", QUEUE + "/", 404),
        ("DELETE", QUEUE, 405),
        ("GET", "/webhooks/telegram", 405),
        ("GET", CASE + "/claim", 405),
        ("TRACE", "/healthz", 405),
    ],
)
async def test_unknown_routes_and_methods(client, method, path, status):
    answer = await client.request(method, path)
    problem(answer, status)
    assert ("allow" in answer.headers) == (status == 405)


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("status=asleep", "status"),
        ("status=", "status"),
        ("status=open%00", "status"),
        ("cursor=not-ours", "cursor"),
        ("cursor=" + "1" * 501, "cursor"),
        ("limit=0", "limit"),
        ("limit=201", "limit"),
        ("limit=many", "limit"),
        ("limit=99999999999999999999999", "limit"),
        ("state=open", "state"),
    ],
)
async def test_a_query_that_cannot_be_used(client, query, parameter):
    body = problem(await client.get(f"{QUEUE}?{query}", headers=OPERATOR), 422)
    assert [error["parameter"] for error in body["errors"]] == [parameter]


@pytest.mark.parametrize("path", ["/api/v1/escalations/5/claim", "/api/v1/escalations/%00/claim"])
async def test_an_id_that_is_none(client, path):
    body = problem(await client.post(path, headers=OPERATOR), 422)
    assert body["errors"][0]["parameter"] == "case_id"


@pytest.mark.parametrize("path", [CASE.replace("0b7e", "1b7e") + "/claim"])
async def test_a_case_that_is_not_there(client, path):
    problem(await client.post(path, headers=OPERATOR), 404)


async def test_a_conversation_that_is_not_there(client):
    problem(await client.get(TRANSCRIPT.replace("5c2f", "6c2f"), headers=OPERATOR), 404)


BODIES = [
    ("reply", {}, "#/text"),
    ("reply", [], "#"),
    ("reply", "hola", "#"),
    ("reply", {"text": 5}, "#/text"),
    ("reply", {"text": None}, "#/text"),
    ("reply", {"text": ["hola"]}, "#/text"),
    ("reply", {"text": " \n "}, "#/text"),
    ("reply", {"text": "\u200b\u200d"}, "#/text"),
    ("reply", {"text": "a\x00b"}, "#/text"),
    ("reply", {"text": "a\x1b[31mb"}, "#/text"),
    ("reply", {"text": "\ud800"}, "#/text"),
    ("reply", {"text": "x" * 4001}, "#/text"),
    ("reply", {"text": "hola", "a/b~c": 1}, "#/a~1b~0c"),
    ("reply", {"text": "hola", "\ud800": 1}, "#"),
    ("release", {"note": 5}, "#/note"),
    ("release", {"note": "x" * 2001}, "#/note"),
    ("resolve", {}, "#/outcome"),
    ("resolve", {"outcome": "cured"}, "#/outcome"),
    ("resolve", {"outcome": "helped", "note": "\x07"}, "#/note"),
]


@pytest.mark.parametrize(("action", "body", "pointer"), BODIES)
async def test_a_body_that_cannot_be_used(client, service, action, body, pointer):
    headers = OPERATOR | {"content-type": "application/json"}
    found = problem(await client.post(f"{CASE}/{action}", content=json.dumps(body), headers=headers), 422)
    assert [error["pointer"] for error in found["errors"]] == [pointer]
    assert not service.cases.replies


@pytest.mark.parametrize(("content", "status"), [(b"{", 422), (b"", 422), (b"\xff", 400), (b"[" * 100_000, 400)])
async def test_a_body_that_is_not_json(client, content, status):
    headers = OPERATOR | {"content-type": "application/json"}
    problem(await client.post(f"{CASE}/reply", content=content, headers=headers), status)


async def test_no_value_of_the_request_is_repeated(client):
    answer = await client.post(f"{CASE}/reply", json={"text": "secreto\x00"}, headers=OPERATOR)
    assert "secreto" not in answer.text
