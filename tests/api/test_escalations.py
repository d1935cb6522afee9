"""What operators see and do."""

from dataclasses import replace
from uuid import UUID

import pytest

QUEUE = "/api/v1/escalations"
CASE = f"{QUEUE}/0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a"
TRANSCRIPT = "/api/v1/conversations/5c2f6f0e-8f39-4d8e-a6a5-0d6a3f5f9b11/messages"
ANA, BEA = {"authorization": "Bearer ana-operator"}, {"authorization": "Bearer bea-coordinator"}


async def test_a_case_holds_all_of_the_contract(client):
    (case,) = (await client.get(QUEUE, headers=BEA)).json()["items"]
    assert case == {
        "id": "0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a",
        "conversation_id": "5c2f6f0e-8f39-4d8e-a6a5-0d6a3f5f9b11",
        "category": "lost",
        "level": "critical",
        "status": "open",
        "claimed_by": None,
        "opened_at": "2026-11-20T09:30:00Z",
        "reason": "danger",
        "answered_at": None,
        "outcome": None,
        "country": None,
        "left": False,
        "rule": "lost-desert",
        "words": "perdidos",
        "place": None,
        "note": None,
        "resolved_at": None,
        "follow_up": False,
        "labels": [],
        "call_back_at": None,
        "in_time": True,
        "awaited_since": None,
        "heard_at": None,
        "more": 0,
        "version": 1,
    }


async def test_pages_follow_one_another(client, service):
    (case,) = service.cases.cases.values()
    ids = [UUID(int=number) for number in range(5)]
    service.cases.cases = {id_: replace(case, id=id_) for id_ in ids}
    seen, cursor = [], None
    for _ in range(3):
        query = {"limit": "2"} | ({"cursor": cursor} if cursor else {})
        page = (await client.get(QUEUE, params=query, headers=ANA)).json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next"]
    assert (seen, cursor) == ([str(id_) for id_ in ids], None)


@pytest.mark.parametrize(("query", "asked"), [("", (None, None, 50)), ("?status=open&limit=200", ("open", None, 200))])
async def test_what_is_asked_reaches_the_queue(client, service, query, asked):
    assert (await client.get(QUEUE + query, headers=ANA)).status_code == 200
    assert service.cases.asked == [asked]


async def test_a_transcript(client):
    body = (await client.get(TRANSCRIPT, headers=ANA)).json()
    line = {"direction": "in", "author": "person", "text": "ayuda", "at": "2026-11-20T09:30:00Z", "delivery": None}
    assert body == {"items": [{"id": 1} | line], "next": None}


async def test_the_life_of_a_case(client, service):
    claimed = await client.post(f"{QUEUE}/next", headers=ANA)
    assert (claimed.status_code, claimed.json()["claimed_by"], claimed.json()["status"]) == (200, "ana", "claimed")
    said = await client.post(f"{CASE}/reply", json={"text": "  ¿Está a salvo?\r\nSoy Ana. "}, headers=ANA)
    assert (said.status_code, service.woken) == (200, 1)
    assert said.json()["answered_at"]
    assert [text for _, _, text in service.cases.replies] == ["¿Está a salvo?\nSoy Ana."]
    body = {"outcome": "helped", "note": "La atendió el consulado."}
    closed = (await client.post(f"{CASE}/resolve", json=body, headers=ANA)).json()
    assert (closed["status"], closed["outcome"], closed["note"]) == ("resolved", "helped", "La atendió el consulado.")


async def test_an_empty_queue_has_no_content(client, service):
    service.cases.cases = {}
    answer = await client.post(f"{QUEUE}/next", headers=ANA)
    assert (answer.status_code, answer.content) == (204, b"")


@pytest.mark.parametrize("send", [{}, {"json": None}, {"json": {}}, {"json": {"note": None}}, {"json": {"note": "x"}}])
async def test_a_note_is_optional(client, send):
    await client.post(f"{CASE}/claim", headers=ANA)
    answer = await client.post(f"{CASE}/release", headers=ANA, **send)
    assert (answer.status_code, answer.json()["status"]) == (200, "open")


@pytest.mark.parametrize(
    ("action", "body"),
    [("claim", None), ("release", {}), ("reply", {"text": "hola"}), ("resolve", {"outcome": "helped"})],
)
async def test_held_by_somebody_else(client, service, action, body):
    await client.post(f"{CASE}/claim", headers=BEA)
    answer = await client.post(f"{CASE}/{action}", json=body, headers=ANA)
    assert (answer.status_code, answer.headers["content-type"]) == (409, "application/problem+json")
    assert answer.json() == {
        "type": "urn:ventanilla:problem:held",
        "title": "Conflict",
        "status": 409,
        "detail": "Somebody else holds this case.",
        "claimed_by": "bea",
    }
    assert service.woken == 0


async def test_a_claim_by_its_holder_changes_nothing(client):
    answers = [await client.post(f"{CASE}/claim", headers=ANA) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]


async def test_an_answer_wants_a_claim(client, service):
    answer = await client.post(f"{CASE}/reply", json={"text": "hola"}, headers=ANA)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:ventanilla:problem:not-claimed")
    assert answer.json()["claimed_by"] is None
    assert not service.cases.replies


async def test_a_closed_case_stays_closed(client):
    await client.post(f"{CASE}/claim", headers=BEA)
    await client.post(f"{CASE}/resolve", json={"outcome": "other"}, headers=BEA)
    answer = await client.post(f"{CASE}/claim", headers=ANA)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:ventanilla:problem:closed")


async def test_nobody_writes_to_a_person_who_left(client, service):
    (case,) = service.cases.cases.values()
    service.cases.cases[case.id] = replace(case, left=True)
    await client.post(f"{CASE}/claim", headers=ANA)
    answer = await client.post(f"{CASE}/reply", json={"text": "hola"}, headers=ANA)
    assert (answer.status_code, answer.json()["type"]) == (409, "urn:ventanilla:problem:left")
    assert "left" in answer.json()["detail"]
    assert service.woken == 0
