"""Where somebody is, told beside what they ask ("vivo en Dallas y …"), costs little of what is found without it."""

import json
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from bot.cli.predict import predict
from knowledge.frames import fold
from knowledge.model import Knowledge
from tests.conftest import TODAY

TALKS = Path(__file__).parent / "tune" / "testers_talks.jsonl"
TOLD = {
    "es": ("vivo en Dallas, {}", "estoy en Fresno y {}", "{}. yo radico en Chicago", "le hablo desde Tampa. {}"),
    "en": ("i live in Dallas, {}", "we are near Boise. {}", "{}. im in Chicago", "i stay in Tampa and {}"),
}
LOST = 0.07
"""What may be lost of messages whose first section is right; it was .08 and .10 (478 messages of several sets)."""
ELSEWHERE = ("mexic", "canad", "hondur", "guatem", "texas", "california", "tijuana", "ontario", "toronto")


def asked_alone() -> Iterator[tuple[str, str, list[str]]]:
    for line in TALKS.read_text(encoding="utf-8").splitlines():
        talk = json.loads(line)
        for text, label in zip(talk["turns"], talk["labels"], strict=True):
            said = fold(text)
            if label.get("alone") and label["act"] == "answer" and not any(one in said for one in ELSEWHERE):
                english = {"the", "my", "is", "how", "do"} & {*said.split()} and not {"que", "de"} & {*said.split()}
                yield text, "en" if english else "es", label["ok"]


def test_a_place_beside_costs_little(knowledge: Knowledge) -> None:
    def right(text: str, ok: list[str]) -> bool:
        shown = predict({"turns": [text], "lang": None}, knowledge, TODAY)
        first = next(iter(shown["topics"]), None)
        return shown["outcome"] == "answer" and first is not None and f"{first['id']}/{first['section']}" in ok

    rows = [(text, lang, ok, next(told)) for told in (cycle(range(4)),) for text, lang, ok in asked_alone()]
    plain = sum(right(text, ok) for text, _, ok, _ in rows) / len(rows)
    placed = sum(right(TOLD[lang][n].format(text), ok) for text, lang, ok, n in rows) / len(rows)
    print(f"\n{len(rows)} messages: {plain:.3f} right first, {placed:.3f} with a place beside")
    assert placed >= plain - LOST
