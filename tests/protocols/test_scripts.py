"""The scripts of protocols.md: every turn's kind, what its reply must hold, and what it must not."""

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation import OpenDanger
from knowledge.model import Knowledge
from tests.support.danger_talk import DangerTalk

SCRIPTS = yaml.safe_load((Path(__file__).parent / "scripts.yaml").read_text(encoding="utf-8"))
SILENT, ANYTHING = "^$", "."
NEUTRAL_AGAIN = ("line.reading", "line.alone_again")


def _plain(text: str) -> str:
    """Lower case, without accents, as the patterns are written."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(c))


def _kind(danger: OpenDanger | None, wanted: str) -> str:
    if danger is None:
        return "none"
    if danger.reader == "reading":
        return "reading"
    kind = danger.kind or danger.category
    return f"{kind}:{danger.who}" if wanted.endswith(":other") else kind


def _wrong(reply: str, must: list[str], never: list[str]) -> list[str]:
    missing = [one for one in must if not re.search(one, reply)]
    return missing + [f"not {one}" for one in never if re.search(one, reply)]


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda one: one["id"])
def test_script(script: dict[str, Any], knowledge: Knowledge) -> None:
    talk = DangerTalk(knowledge)
    for number, turn in enumerate(script["turns"]):
        reply = _plain("\n".join(one.text for one in talk.say(turn["says"])))
        assert _kind(talk.state.danger, turn["kind"]) == turn["kind"], f"turn {number}: {turn['says']}\n{reply}"
        assert not _wrong(reply, turn["must"], turn["must_not"]), f"turn {number}: {turn['says']}\n{reply}"
