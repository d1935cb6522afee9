"""What is said of the talk itself: not what was asked, leave it, in English, more, who reads this, a person."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support.talk import Talk

ROWS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "of_the_talk.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: " · ".join(row["said"]))
def test_what_is_done(row: dict[str, Any], talk: Talk) -> None:
    for text in row["said"]:
        talk.say(text)
    reading = talk.turns[-1].reading
    assert row.get("why", reading.why) == reading.why
    assert row.get("policy", reading.policy) == reading.policy
    assert row.get("not_policy") != reading.policy
    assert row.get("section", reading.section) == reading.section
    topic = reading.section.partition("/")[0] if reading.section else None
    assert row.get("topic", topic) == topic, reading
    assert "not_topic" not in row or row["not_topic"] != topic
    last = talk.turns[-1].replies[-1].text
    assert row.get("says", "") in last
    assert "never" not in row or row["never"] not in last


def test_a_complaint_offers_nothing_that_was_shown(talk: Talk) -> None:
    talk.say("cuanto cuesta el pasaporte")
    turn = talk.say("esa no es la respuesta a mi pregunta")
    assert turn.reading.why == "not that"
    assert turn.conversation.wants[-1].complained
    payloads = [choice.payload for choice in turn.replies[-1].choices]
    assert len(payloads) > 1
    assert "s|pasaporte|cost" not in payloads


def test_what_was_left_is_not_gone_on_from(talk: Talk) -> None:
    talk.say("cuanto cuesta el pasaporte")
    turn = talk.say("dejelo asi")
    assert turn.conversation.topic is None
    assert not turn.conversation.wants
