"""Conversations that an older version stored: language, country, open danger and open question are kept, and go on."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.conversation import Conversation, Kind, Outcome, Said, Want
from bot.conversation.payload import make
from knowledge.model import Knowledge
from tests.support.content import renamed_content
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


@pytest.fixture(scope="module")
def moved() -> Knowledge:
    """As if the passport and its price had been called otherwise before."""
    return renamed_content("pasaporte", ("passport",), "cost", ("price",))


def test_a_talk_goes_on_in_a_topic_that_was_renamed(moved: Knowledge) -> None:
    said = Said(shown=("line.coming", "passport/price"))
    wants = (Want(text="cuánto cuesta el pasaporte", turn=0, answer="passport/price"),)
    before = Conversation(greeted=True, topic="passport", section="price", earlier=("passport",), wants=wants)
    state = before.having(said_before=said).called_now(moved)
    assert (state.topic, state.section, state.earlier) == ("pasaporte", "cost", ("pasaporte",))
    assert state.said_before.shown == ("line.coming", "pasaporte/cost")
    assert state.wants[0].answer == "pasaporte/cost"
    talk = Talk(moved, before)
    assert talk.say("me lo repite por favor").reading.section == "pasaporte/cost"


@pytest.mark.parametrize("carried", [("t", "passport"), ("s", "passport", "price"), ("s", "pasaporte", "price")])
def test_a_button_of_before_opens_what_it_became(carried: tuple[str, ...], moved: Knowledge) -> None:
    turn = Talk(moved).send(Kind.TAP, payload=make(*carried))
    wanted = "cost" if carried[-1] == "price" else moved.topics["pasaporte"].sections[0].id
    assert turn.reading.section == f"pasaporte/{wanted}"


def test_nothing_changes_where_nothing_was_renamed(knowledge: Knowledge) -> None:
    state = Conversation(topic="pasaporte", section="cost")
    assert state.called_now(knowledge) is state
