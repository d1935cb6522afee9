"""What people once asked in vain is answered now: `tests/unanswered.yaml`, written by `kb unanswered --place`."""

from pathlib import Path

import pytest
import yaml

from bot.dialogue.engine import assess_alone
from knowledge.model import Knowledge
from tests.conftest import NOON

PLACED = yaml.safe_load((Path(__file__).parent / "unanswered.yaml").read_text(encoding="utf-8")) or []


@pytest.mark.parametrize("placed", PLACED, ids=lambda placed: placed["text"])
def test_what_was_placed_is_answered(placed: dict[str, str], knowledge: Knowledge) -> None:
    best = assess_alone(placed["text"], knowledge, NOON).ranking.topics[0]
    assert f"{best.topic}/{best.section}" == placed["answer"]
