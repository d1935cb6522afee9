"""The admin API before a real database, with real tokens."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import httpx
import pytest

from bot import handoff, texts
from bot.channels.telegram import TelegramChannel
from bot.conversation import CaseNeeded, Conversation, InboundMessage, Kind, LeftConversation, Outcome, Reading, Turn
from bot.storage import Audit, Cases, Database, DatabaseOutbox, DatabaseStore, Floods, Operators
from bot.storage.transcript import encoded
from bot.wiring.clocks import Clocks
from knowledge.schema.base import Level
from tests.support.outbox import unsent
from tests.support.sqlite import new_sqlite

QUEUE = "/api/v1/escalations"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
READ = Reading("es", "es", Outcome.FALLBACK)


ZONES = {"GT": (ZoneInfo("America/Guatemala"),)}
"""Where content would say it."""


@pytest.fixture
async def real(tmp_path) -> AsyncIterator[SimpleNamespace]:
    url = new_sqlite(tmp_path / "ventanilla.sqlite3")
    database = await Database.open(url, "k" * 32)
    yield SimpleNamespace(
        secure=False,
        database=database,
        database_path=tmp_path / "ventanilla.sqlite3",
        store=DatabaseStore(database, handoff),
        cases=Cases(database, handoff),
        operators=Operators(database, handoff),
        outbox=DatabaseOutbox(database),
        audit=Audit(database),
        floods=Floods(database, Cases(database, handoff)),
        delivery=SimpleNamespace(wake=lambda: None),
        clocks=lambda case, person, said: Clocks(ZONES.get(case.country, ())),
        countries=lambda case, person: [one for one in (case.country or person.country,) if one],
        telegram=None,
        telegram_secret=None,
        twilio=None,
        knowledge=SimpleNamespace(categories={}, protocols={}),
        say=texts.say,
        settings=SimpleNamespace(timezone="America/Mexico_City", token_days=365),
    )
    await database.close()


@pytest.fixture
async def web(real, browsing) -> AsyncIterator[httpx.AsyncClient]:
    async with browsing(real) as client:
        yield client


async def token(real, name: str, role: str = "operator") -> dict[str, str]:
    return {"authorization": f"Bearer {await real.operators.add(name, role, NOW)}"}


async def say(
    real, person: str, minute: int, *events, kind: Kind = Kind.TEXT, channel: str = "telegram",
    conversation: Conversation | None = None,
) -> None:  # fmt: skip
    """One turn of a person that has these events."""
    at = NOW + timedelta(minutes=minute)
    message = InboundMessage(channel, f"{person}-{minute}", person, kind, at, "ayuda")
    async with real.store.turn() as turn:
        await turn.claim_delivery(message, at)
        conversation_id, *_ = await turn.load(message, at)
        await turn.save(conversation_id, message, Turn(conversation or Conversation(), (), events, READ), at)


async def a_queue(real) -> None:
    """In the order in which it should be worked off: c, a, d, b."""
    await say(real, "a", 1, CaseNeeded("danger", Level.URGENT, "detention"))
    await say(real, "b", 2, CaseNeeded("person", Level.PRIORITY))
    await say(real, "c", 3, CaseNeeded("danger", Level.CRITICAL, "lost", words="perdidos", country="US"))
    await say(real, "d", 4, CaseNeeded("danger", Level.URGENT, "missing"))


async def test_pages_come_in_the_order_of_the_queue(real, web):
    await a_queue(real)
    auditor = await token(real, "eva", "auditor")
    seen, cursor = [], None
    for _ in range(4):
        query = {"limit": "1", "status": "open"} | ({"cursor": cursor} if cursor else {})
        page = (await web.get(QUEUE, params=query, headers=auditor)).json()
        seen += [item["category"] for item in page["items"]]
        cursor = page["next"]
    assert (seen, cursor) == (["lost", "detention", "missing", None], None)


async def test_an_emergency_from_the_queue_to_its_end(real, web):
    await a_queue(real)
    ana = await token(real, "ana")
    case = (await web.post(f"{QUEUE}/next", headers=ana)).json()
    assert (case["category"], case["claimed_by"], case["words"], case["country"]) == ("lost", "ana", "perdidos", "US")
    path = f"{QUEUE}/{case['id']}"
    assert (await web.post(f"{path}/reply", json={"text": "Soy Ana."}, headers=ana)).status_code == 200
    (waiting,) = await unsent(real.database)
    assert (waiting.address, waiting.reply.text) == ("c", "Soy Ana.")
    lines = (await web.get(f"/api/v1/conversations/{case['conversation_id']}/messages", headers=ana)).json()["items"]
    assert [(line["direction"], line["author"], line["delivery"]) for line in lines] == [
        ("in", "person", None),
        ("out", "operator", "queued"),
    ]
    closed = await web.post(f"{path}/resolve", json={"outcome": "helped"}, headers=ana)
    assert (closed.json()["status"], closed.json()["claimed_by"]) == ("resolved", "ana")
    (resolved,) = (await web.get(f"{QUEUE}?status=resolved", headers=ana)).json()["items"]
    assert resolved["outcome"] == "helped"
    assert resolved["answered_at"]


async def test_of_many_who_claim_at_once_one_has_it(real, web):
    await a_queue(real)
    names = [f"op{number}" for number in range(8)]
    tokens = [await token(real, name) for name in names]
    first = (await web.get(QUEUE, headers=tokens[0])).json()["items"][0]["id"]
    answers = await asyncio.gather(*(web.post(f"{QUEUE}/{first}/claim", headers=headers) for headers in tokens))
    assert sorted(answer.status_code for answer in answers) == [200] + [409] * 7
    winner = next(answer.json()["claimed_by"] for answer in answers if answer.status_code == 200)
    assert {answer.json()["claimed_by"] for answer in answers} == {winner}


async def test_many_who_take_the_next_one_get_different_ones(real, web):
    await a_queue(real)
    tokens = [await token(real, f"op{number}") for number in range(6)]
    answers = await asyncio.gather(*(web.post(f"{QUEUE}/next", headers=headers) for headers in tokens))
    assert sorted(answer.status_code for answer in answers) == [200] * 4 + [204] * 2
    assert len({answer.json()["id"] for answer in answers if answer.content}) == 4


@pytest.mark.parametrize(
    ("turn", "kind"),
    [({"events": [LeftConversation()]}, "left"), ({"kind": Kind.BLOCKED}, "unreachable")],
)
async def test_nobody_writes_to_a_person_who_is_gone(real, web, turn, kind):
    await say(real, "a", 1, CaseNeeded("person", Level.PRIORITY))
    await say(real, "a", 2, *turn.get("events", ()), kind=turn.get("kind", Kind.TEXT))
    ana = await token(real, "ana")
    case = (await web.post(f"{QUEUE}/next", headers=ana)).json()
    answer = await web.post(f"{QUEUE}/{case['id']}/reply", json={"text": "hola"}, headers=ana)
    assert (answer.status_code, answer.json()["type"]) == (409, f"urn:ventanilla:problem:{kind}")
    assert case["left"] == (kind == "left")


async def test_a_disabled_operator_is_out(real, web):
    ana = await token(real, "ana")
    await real.operators.disable("ana", NOW)
    assert (await web.get(QUEUE, headers=ana)).status_code == 401


LAST = f"|{NOW.isoformat()}|0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a"
CURSORS = [
    "x",
    "é",
    "%00",
    encoded("critical" + LAST)[:-3],
    encoded("asleep" + LAST),
    encoded("critical|2026-11-20|0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a"),
    encoded("critical|0001-01-01T00:00:00+23:00|0b7e9a52-4f0c-4c38-9d34-4c1f0e8f3f7a"),
    encoded("9" * 30),
]


@pytest.mark.parametrize("cursor", CURSORS)
@pytest.mark.parametrize("of", ["cases", "messages"])
async def test_a_cursor_that_is_not_ours(real, web, of, cursor):
    await a_queue(real)
    ana = await token(real, "ana")
    case = (await web.get(QUEUE, headers=ana)).json()["items"][0]
    path = {"cases": QUEUE, "messages": f"/api/v1/conversations/{case['conversation_id']}/messages"}[of]
    answer = await web.get(path, params={"cursor": cursor}, headers=ana)
    assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json")


async def test_the_real_channel_fits_the_webhook(real, browsing):
    handled = []
    real.telegram, real.telegram_secret = TelegramChannel("1:token", "http://127.0.0.1:1", timeout=0.2), "secret"

    async def handle(message: InboundMessage) -> None:
        handled.append(message.kind)

    real.handle = handle
    sender = {"id": 7, "is_bot": False, "first_name": "Luz"}
    tap = {"id": "1", "from": sender, "chat_instance": "1", "data": "t:ciam"}
    async with browsing(real) as client:
        headers = {"x-telegram-bot-api-secret-token": "secret"}
        answer = await client.post("/webhooks/telegram", json={"update_id": 1, "callback_query": tap}, headers=headers)
    await real.telegram.close()
    assert (answer.status_code, handled) == (200, [Kind.TAP])
