"""Conversations that an older version stored: language, country, open danger and open question are kept, and go on."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.conversation import Conversation, Outcome
from knowledge.model import Knowledge
from tests.support.talk import NOON, Talk

STORED = Path(__file__).parents[1] / "data" / "older_conversations.jsonl"
OLDER: list[dict[str, Any]] = [json.loads(line) for line in STORED.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("older", OLDER, ids=lambda older: older["said"][-1])
def test_what_counts_is_kept(older: dict[str, Any]) -> None:
    stored = older["stored"]
    state = Conversation.restored(json.dumps(stored))
    for name in ("lang", "country", "citizen", "flow"):
        assert getattr(state, name) == stored.get(name), name
    for name in ("minor", "fears_government", "lang_chosen"):
        assert getattr(state, name) == stored.get(name, False), name
    told = [one["category"] for one in stored.get("told", ()) if not one.get("over")]
    assert state.in_danger is bool(told)
    assert not told or (state.danger and state.danger.category == told[-1])
    assert Conversation.restored(state.stored()) == state


@pytest.mark.parametrize("older", OLDER, ids=lambda older: older["said"][-1])
@pytest.mark.parametrize("text", ["gracias", "1", "si"])
def test_it_goes_on(older: dict[str, Any], text: str, knowledge: Knowledge, caplog: pytest.LogCaptureFixture) -> None:
    talk = Talk(knowledge, Conversation.restored(json.dumps(older["stored"])))
    talk.now = NOON.replace(hour=13)
    turn = talk.say(text)
    assert turn.replies or turn.reading.outcome is Outcome.SILENT
    assert "failed" not in caplog.text
