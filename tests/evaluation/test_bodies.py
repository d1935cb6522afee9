"""Of messages about a body in danger, by an unseen hand, how many get another body's first aid."""

import json
from collections import Counter
from pathlib import Path

from knowledge.model import Knowledge
from tests.support.talk import Talk

FROZEN = Path(__file__).parent / "frozen" / "bodies.jsonl"
HEARD, RIGHT, ANOTHERS, WHO = 0.95, 0.64, 0.16, 0.94
"""Shares of the messages: answered as danger or asked about, of the right kind, of another kind, and who it is."""


def test_no_body_gets_the_first_aid_of_another(knowledge: Knowledge) -> None:
    rows = [json.loads(line) for line in FROZEN.read_text(encoding="utf-8").splitlines()]
    marks = Counter[str]()
    for row in rows:
        talk = Talk(knowledge)
        talk.say(row["text"])
        danger = talk.conversation.danger
        kind = (danger.kind or danger.category) if danger else None
        opened = danger is not None and danger.state == "open"
        marks["heard"] += danger is not None
        marks["right"] += opened and kind == row["kind"]
        marks["another's"] += opened and kind not in (row["kind"], "medical")
        marks["who"] += danger is not None and danger.who in (row["who"], "both")
    shares = {mark: count / len(rows) for mark, count in marks.items()}
    print(shares)
    assert shares["heard"] >= HEARD
    assert shares["right"] >= RIGHT
    assert shares["another's"] <= ANOTHERS
    assert shares["who"] >= WHO
