"""Labelled talks: what is answered, turn by turn. Run: python -m benchmarks.talks FILE... [--engine] [--misses]

Each turn is ranked as if earlier ones had been answered well; with --engine the whole engine talks, mistakes and all.
What a label holds: the README of the sets.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from bot.conversation import Conversation, InboundMessage, Kind, Outcome
from bot.dialogue.engine import take_turn
from bot.dialogue.signals.ranking import rank_sections
from bot.training.talks import in_talk
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from knowledge.schema.taught import Said, Talk

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
SCORED = ("answer", "either", "not_known")
FIGURES = ("first is right", "right", "right or offered", "among three", "answered wrongly", "answered", "offered")
VERDICTS = {Outcome.ANSWER: "answer", Outcome.CLARIFY: "offer"}


class Turn(NamedTuple):
    """What was made of one message: answer, offer or admit, and the likeliest sections."""

    text: str
    verdict: str
    places: list[str]
    label: dict[str, Any]
    first: bool


def talk_of(turns: list[str], labels: list[dict[str, Any]], knowledge: Knowledge) -> Talk:
    """A labelled talk as the content writes one."""
    return Talk(
        turns=tuple(
            Said(
                say=text,
                ok=tuple(one for one in label["ok"] if one.split("/")[0] in knowledge.topics),
                known=label["act"] != "not_known",
                lesson=is_scored(label),
            )
            for text, label in zip(turns, labels, strict=True)
        )
    )


def is_scored(label: dict[str, Any]) -> bool:
    """Whether a turn counts."""
    return label["act"] in SCORED and not label.get("danger")


def ranked(row: dict[str, Any], knowledge: Knowledge) -> Iterator[Turn]:
    """Every scored turn, as if earlier ones had been answered well."""
    scored = [number for number, label in enumerate(row["labels"]) if is_scored(label)]
    lessons = in_talk(talk_of(row["turns"], row["labels"], knowledge), knowledge)
    for number, one in zip(scored, lessons, strict=True):
        found = rank_sections(one.message, one.state, one.situation, one.acts)
        places = [each.id for each in found.candidates[:3]]
        yield Turn(one.message.whole, found.verdict, places, row["labels"][number], number == 0)


def talked(row: dict[str, Any], knowledge: Knowledge) -> Iterator[Turn]:
    """Every scored turn, as the engine answers it."""
    state = Conversation()
    for number, (text, label) in enumerate(zip(row["turns"], row["labels"], strict=True)):
        inbound = InboundMessage("bench", str(number), "1", Kind.TEXT, NOW, text=text)
        turn = take_turn(state, inbound, knowledge, NOW)
        state = turn.conversation
        if is_scored(label):
            places = [f"{one.topic}/{one.section}" for one in turn.reading.topics]
            yield Turn(text, VERDICTS.get(turn.reading.outcome, "admit"), places, label, number == 0)


def marks(turn: Turn) -> dict[str, bool]:
    """What is right of one turn."""
    ok, acts = turn.label["ok"], {turn.label["act"], *turn.label.get("act_also", ())}
    hits = [place in ok or place.split("/")[0] in ok for place in turn.places] or [False]
    answered, offered = turn.verdict == "answer", turn.verdict == "offer"
    admitted = turn.verdict == "admit" and "not_known" in acts
    right = (answered and hits[0]) or admitted or (offered and any(hits) and "either" in acts)
    return {
        "first is right": hits[0] or admitted,
        "right": right,
        "right or offered": right or (offered and any(hits)),
        "among three": any(hits),
        "answered wrongly": answered and not hits[0],
        "answered": answered,
        "offered": offered,
    }


def main() -> None:
    """Print the figures of each file."""
    knowledge, replay = load_knowledge(), talked if "--engine" in sys.argv else ranked
    for name in (one for one in sys.argv[1:] if not one.startswith("-")):
        counts: Counter[tuple[str, str]] = Counter()
        rows = map(json.loads, Path(name).read_text(encoding="utf-8").splitlines())
        for turn in (turn for row in rows for turn in replay(row, knowledge)):
            marked = marks(turn)
            later = ("later turns", "say enough" if turn.label["alone"] else "need what was said")
            for group in ("all", *(("first turns",) if turn.first else later)):
                counts[group, "n"] += 1
                counts.update((group, figure) for figure, holds in marked.items() if holds)
            if "--misses" in sys.argv and not marked["right"]:
                print(f"  {turn.text!r}\n    {turn.verdict} {turn.places}\n    {turn.label['act']} {turn.label['ok']}")
        print(Path(name).name)
        for group in ("first turns", "later turns", "say enough", "need what was said", "all"):
            whole = counts[group, "n"]
            figures = "  ".join(f"{figure} {counts[group, figure] / max(1, whole):.3f}" for figure in FIGURES)
            print(f"  {group:20} {whole:4}  {figures}")


if __name__ == "__main__":
    main()
