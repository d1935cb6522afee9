"""The directory: which messages ask for a consulate, and what is said then."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.conversation import CaseView, Conversation, Desk, Kind, Known, Location, Outcome, Situation, Turn
from bot.dialogue.person.gazetteer import gazetteer_of
from bot.dialogue.signals.places import home
from bot.dialogue.words.payload import LIMIT
from bot.texts import say
from knowledge.calendar import hours_ahead, when
from knowledge.lint.digits import blocked_in
from knowledge.model import Knowledge
from knowledge.schema.base import Confidence, Level
from knowledge.schema.calendar import Status
from knowledge.withdrawing import without
from tests.content.test_content import addresses, numbers, registered
from tests.support.talk import Talk

ROWS: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "directory.yaml").read_text(encoding="utf-8"))
ENOUGH = 0.97
BOISE, MADRID, LEON = Location(43.61, -116.2), Location(40.4, -3.7), Location(21.12, -101.68)
FIND = {"es": "Hallar mi consulado", "en": "Find my consulate"}
SAID = {
    "refuge": "directory.fears",
    "another": "directory.anothers",
    "which": "directory.which",
    "lost": "directory.not_found",
    "code": "directory.no_postal_codes",
    "mexico": "directory.in_mexico",
    "abroad": "directory.abroad",
    "ask": "directory.which_town",
    "state": "directory.tell_town",
}
"""Of what came, the line by whose beginning it is known."""
BEGINNING = 70
"""Characters of it, up to its first value."""


def knowing(**facts: Any) -> Conversation:
    """Somebody of whom this is known."""
    return Conversation(
        greeted=True,
        situation=Situation(**{k: v if isinstance(v, bool) else Known(value=v) for k, v in facts.items()}),
    )


def got(talk: Talk, turn: Turn) -> tuple[str, Any]:
    """What the directory made of it, in the words of the table."""
    begins = {k: [say(key, lang).partition("{")[0][:BEGINNING] for lang in ("es", "en")] for k, key in SAID.items()}
    kind = next((k for k, lines in begins.items() if any(line in talk.said for line in lines)), "")
    if kind == "state" and (lists := [c.payload for c in turn.conversation.offered if c.payload.startswith("n|")]):
        return kind, lists[0].split("|")[1]
    if not kind and turn.reading.policy == "directory" and turn.conversation.consulate:
        return "near", turn.conversation.consulate.removeprefix("consulmex-")
    return (kind, True) if kind else ("else", True)


def right(row: dict[str, Any], kind: str, what: Any) -> bool:
    return kind in row and (kind == "state" or row[kind] == what)


@pytest.mark.parametrize("part", range(4))
def test_most_questions_are_answered_right(part: int, knowledge: Knowledge) -> None:
    wrong = []
    for row in ROWS[part::4]:
        talk = Talk(knowledge, knowing(**row.get("know", {})))
        *_, last = [talk.say(text) for text in row["say"]]
        if not right(row, *(found := got(talk, last))):
            wrong.append(f"{row}: {found} by {last.reading.policy} ({last.reading.why}, {last.reading.section})")
    assert len(wrong) <= (1 - ENOUGH) * len(ROWS[part::4]), "\n".join(wrong)
