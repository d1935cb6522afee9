"""What is made of a danger after the alarm, on labelled conversations: `python -m benchmarks.after_alarm FILE`.

Each line: `turns`, and for each a label `danger` (category, kind, kind_also, who, state, reader; null: there is none).
Kind and who: over the turns in which a danger is open by both. Kept: of a danger that was open before and is by the
label, that it still is. Ended: over where it is. Calm: conversations without any danger in which none was opened.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.conversation import Conversation, InboundMessage, Kind, OpenDanger
from bot.dialogue.engine import take_turn
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge

BEGINS = datetime(2026, 11, 22, 18, tzinfo=UTC)
Label = Mapping[str, Any]
OPEN = ("open", "handed")
FIGURES = {
    "kind": "kind right",
    "who": "who right",
    "kept": "kept open",
    "ended": "ended when it ended",
    "reader": "reader right",
    "found": "found at the first turn of it",
    "calm": "calm ones left calm",
}


def dangers_of(texts: Iterable[str], knowledge: Knowledge) -> Iterator[OpenDanger | None]:
    """The danger after each message of a conversation, one minute apart."""
    state, now = Conversation(), BEGINS
    for number, text in enumerate(texts):
        now += timedelta(minutes=1)
        message = InboundMessage("bench", str(number), "a", Kind.TEXT, now, text=text)
        state = take_turn(state, message, knowledge, now).conversation
        yield state.danger


def mark(told: Label | None, got: OpenDanger | None, *, opened: bool) -> Iterator[tuple[str, bool]]:
    """Figures that one turn counts for, and whether it is right; `opened`: a danger was open before it."""
    is_open = got is not None and got.state in OPEN
    if told is None:
        return
    if told["state"] == "over":
        yield "ended", not is_open
        return
    if told["state"] not in OPEN:
        return
    if opened:
        yield "kept", is_open
    if is_open and got is not None:
        yield "reader", got.reader == told["reader"]
        yield "kind", got.kind in (told["kind"], *told.get("kind_also", ()))
        yield "who", got.who == told["who"] or (told["who"] == "both" and got.who == "own")


def measure(
    lines: Iterable[Label], dangers: Callable[[Iterable[str]], Iterable[OpenDanger | None]]
) -> Mapping[str, tuple[int, int]]:
    """Right ones and all, by figure."""
    right, of = Counter[str](), Counter[str]()
    for line in lines:
        labels = [one["danger"] for one in line["labels"]]
        got = list(dangers(line["turns"]))
        before = [danger is not None and danger.state in OPEN for danger in (None, *got)]
        turns = zip(labels, got, before, strict=False)
        marks = [one for told, danger, opened in turns for one in mark(told, danger, opened=opened)]
        if not any(labels):
            marks.append(("calm", not any(danger is not None and danger.state in OPEN for danger in got)))
        elif labels[0] is not None:
            marks.append(("found", got[0] is not None and got[0].state in OPEN))
        for name, holds in marks:
            of[name] += 1
            right[name] += holds
    return {name: (right[name], of[name]) for name in FIGURES}


def main() -> None:
    """Print the figures of a file."""
    knowledge = load_knowledge()
    lines = [json.loads(line) for line in Path(sys.argv[1]).read_text(encoding="utf-8").splitlines()]
    for name, (right, of) in measure(lines, lambda texts: dangers_of(texts, knowledge)).items():
        print(f"{FIGURES[name]:32} {right / max(of, 1):.3f}  {right} of {of}")


if __name__ == "__main__":
    main()
