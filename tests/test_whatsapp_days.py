"""Conversations over days on WhatsApp, through the real store and outbox: outside 24 hours only a template leaves.

As tests/test_conversations.py: each file is played again; `pytest tests/test_whatsapp_days.py --record` writes it anew.
"""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.channels.rendering import numbered
from bot.conversation.ports import OutboxRow
from bot.storage import Database
from bot.wiring.zones import zones
from knowledge.model import Knowledge
from tests.support.days import DESK, World
from tests.support.sqlite import new_sqlite

FILES = sorted((Path(__file__).parent / "conversations" / "whatsapp").glob("*.yaml"))
HOME = ZoneInfo("America/Mexico_City")
KEY = "a secret of more than thirty-two characters"


@pytest.fixture
async def world(tmp_path: Path, knowledge: Knowledge) -> AsyncIterator[World]:
    url = new_sqlite(tmp_path / "bot.db")
    database = await Database.open(url, KEY)
    zones(knowledge.root)
    yield World(database, knowledge, channel="whatsapp")
    await database.close()


def recorded(at: datetime, row: OutboxRow) -> dict[str, str] | str:
    """What reached them: words, or the template in their place and when."""
    if row.reply.template:
        return {"template": row.reply.template, "at": f"{at.astimezone(HOME):%Y-%m-%d %H:%M}"}
    return numbered(row.reply)


def written(path: Path) -> dict[str, Any]:
    script: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return script


def write(path: Path, script: dict[str, Any]) -> None:
    path.write_text(yaml.safe_dump(script, allow_unicode=True, sort_keys=False, width=110), encoding="utf-8")


async def play(world: World, person: Any) -> None:
    """As in tests/test_conversations.py; a `wait` without `text`: nobody writes."""
    step = {"text": person} if isinstance(person, str) else person
    if "wait" in step:
        await world.until(world.now + timedelta(minutes=step["wait"]))
    if "text" in step:
        await world.say(step["text"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
async def test_over_days(path: Path, world: World, request: pytest.FixtureRequest) -> None:
    script = written(path)
    if not script["template"]:  # as the server without TWILIO_REMINDER_TEMPLATE
        world.templates, world.desk = {}, DESK.model_copy(update={"reminds_on": frozenset({"telegram"})})
    world.now = datetime.combine(date.fromisoformat(str(script["today"])), time(18), tzinfo=UTC)
    played = []
    for turn in script["turns"]:
        before = len(world.sent)
        await play(world, turn["person"])
        played.append({"person": turn["person"], "sent": [recorded(at, row) for at, row in world.sent[before:]]})
    if request.config.getoption("--record"):
        write(path, script | {"turns": played})
    assert played == script["turns"]
