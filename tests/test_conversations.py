"""Conversations as data: each file in tests/conversations is played again and compared reply by reply.

Re-recorded on purpose only: `pytest tests/test_conversations.py --record`, and look at the difference.
"""

from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.channels.rendering import fit, numbered, units
from bot.channels.telegram import TelegramChannel
from bot.channels.terminal import Terminal
from bot.channels.web import WebChannel
from bot.conversation import Conversation, Desk, Kind, Location, Turn
from bot.conversation.ports import Capabilities
from bot.conversation.state import Checklist
from knowledge.model import Knowledge
from tests.support.talk import Talk

CODE = Checklist(code="BCDFGH")
"""Given where a checklist is asked for."""
FOLDER = Path(__file__).parent / "conversations"
FILES = sorted(FOLDER.glob("*.yaml"))


def play(talk: Talk, person: Any) -> Turn:
    """A line of text, or `{tap: label}`, `{location: [lat, lon]}`, `{kind: photo}`, `{wait: minutes}` before text."""
    if isinstance(person, str):
        return talk.say(person)
    if "wait" in person:
        talk.wait(int(person["wait"]))
        return talk.say(person.get("text", "hola"))
    if "tap" in person:
        return talk.tap(person["tap"])
    if "location" in person:
        return talk.send(Kind.LOCATION, location=Location(*map(float, person["location"])))
    return talk.send(Kind(person["kind"]), text=person.get("text", ""))


def recorded(turn: Turn) -> dict[str, Any]:
    urgent = turn.reading.urgent
    danger = {"danger": f"{urgent.category} {urgent.level}"} if urgent else {}
    return {"outcome": str(turn.reading.outcome), **danger, "replies": [numbered(reply) for reply in turn.replies]}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_conversation(path: Path, knowledge: Knowledge, request: pytest.FixtureRequest) -> None:
    script = yaml.safe_load(path.read_text(encoding="utf-8"))
    reminds = frozenset({"test"}) if script.get("reminds") else frozenset()
    desk = Desk(
        on_duty=script.get("on_duty", False), operated_by=script.get("operated_by", ""), reminds_on=reminds,
        public_url=script.get("public_url", ""),
    )  # fmt: skip
    talk = Talk(knowledge, Conversation(desk=desk, checklist=CODE))
    talk.now = datetime.combine(date.fromisoformat(str(script["today"])), time(12), tzinfo=UTC)
    played = []
    for turn in script["turns"]:
        played.append({"person": turn["person"], **recorded(play(talk, turn["person"]))})
        talk.remember(desk=desk, checklist=CODE)
    if request.config.getoption("--record"):
        script["turns"] = played
        path.write_text(yaml.safe_dump(script, allow_unicode=True, sort_keys=False, width=110), encoding="utf-8")
    assert played == script["turns"]


def test_twelve_are_over_days_four_of_them_on_whatsapp() -> None:
    """The four, with the window that closes, are played in tests/test_whatsapp_days.py."""
    over_days = [path for path in FOLDER.rglob("*.yaml") if "wait: " in path.read_text(encoding="utf-8")]
    assert len(over_days) >= 12
    assert sum(path.parent.name == "whatsapp" for path in over_days) >= 4


def test_there_are_enough_conversations() -> None:
    scripts = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in FILES]
    turns = [turn for script in scripts for turn in script["turns"]]
    dangers = {turn["danger"].split()[0] for turn in turns if "danger" in turn}
    assert len(FILES) >= 40
    assert {script["lang"] for script in scripts} == {"es", "en", "mixed"}
    assert len(dangers) == 12, dangers


CHANNELS = {
    "telegram": TelegramChannel.capabilities,
    "whatsapp": Capabilities(1600, 3, 20, fewest_buttons=1, button_text_limit=1024),
    "sms": Capabilities(1600, 0, 20),
    "web": WebChannel.capabilities,
    "terminal": Terminal.capabilities,
}


@pytest.mark.parametrize("channel", CHANNELS)
def test_conversations_fit_every_channel(channel: str, knowledge: Knowledge) -> None:
    limits = CHANNELS[channel]
    for path in (*FILES, *(FOLDER / "whatsapp").glob("*.yaml")):
        talk = Talk(knowledge, Conversation())
        for turn in yaml.safe_load(path.read_text(encoding="utf-8"))["turns"]:
            for reply in play(talk, turn["person"]).replies:
                parts = fit(reply, limits)
                assert parts
                assert all(0 < units(part.text) <= limits.text_limit for part in parts)
                assert all(len(part.choices) <= max(limits.buttons, 0) for part in parts)
                words = " ".join(" ".join(part.text for part in parts).split())
                assert all(word in words for word in reply.text.split()[:40])
