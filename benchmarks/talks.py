"""Labelled talks: which section is ranked first, turn by turn. Run: python -m benchmarks.talks FILE... [--misses]

Each turn is read as if earlier ones had been answered well. What a label holds: the README of the sets.
"""

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.dialogue.signals.ranking import Ranking, rank_sections
from bot.training.talks import Lesson, in_talk
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from knowledge.schema.taught import Said, Talk

SCORED = ("answer", "either", "not_known")
FIGURES = (
    "first is right",
    "right",
    "right or offered",
    "among three",
    "answered wrongly",
    "answered",
    "offered",
    "admitted",
)


def talk_of(turns: list[str], labels: list[dict[str, Any]], knowledge: Knowledge) -> Talk:
    """A labelled talk as the content writes one."""
    return Talk(
        turns=tuple(
            Said(
                say=text,
                ok=tuple(one for one in label["ok"] if one.split("/")[0] in knowledge.topics),
                known=label["act"] != "not_known",
                lesson=label["act"] in SCORED and not label.get("danger"),
            )
            for text, label in zip(turns, labels, strict=True)
        )
    )


def is_right(place: str, ok: list[str]) -> bool:
    """Whether a section is one of these, or of one of these topics."""
    return place in ok or place.split("/")[0] in ok


def marks(found: Ranking, label: dict[str, Any]) -> dict[str, bool]:
    """What is right of one turn."""
    acts = {label["act"], *label.get("act_also", ())}
    places = [one.id for one in found.candidates[:3]]
    hits = [is_right(place, label["ok"]) for place in places] or [False]
    offered = found.verdict == "offer" and any(hits)
    admitted = found.verdict == "admit" and "not_known" in acts
    right = (found.verdict == "answer" and hits[0]) or admitted or (offered and "either" in acts)
    return {
        "first is right": hits[0] or (found.verdict == "admit" and "not_known" in acts),
        "right": right,
        "right or offered": right or offered,
        "among three": any(hits),
        "answered wrongly": found.verdict == "answer" and not hits[0],
        "answered": found.verdict == "answer",
        "offered": found.verdict == "offer",
        "admitted": found.verdict == "admit",
    }


def replayed(path: Path, knowledge: Knowledge) -> Iterator[tuple[Lesson, dict[str, Any], Ranking, bool]]:
    """Every scored turn with its label, its ranking, and whether it is the first of its talk."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        scored = [n for n, one in enumerate(row["labels"]) if one["act"] in SCORED and not one.get("danger")]
        lessons = in_talk(talk_of(row["turns"], row["labels"], knowledge), knowledge)
        for number, lesson in zip(scored, lessons, strict=True):
            found = rank_sections(lesson.message, lesson.state, lesson.situation, lesson.acts)
            yield lesson, row["labels"][number], found, number == 0


def _print_miss(lesson: Lesson, label: dict[str, Any], found: Ranking) -> None:
    told = [(one.id, round(one.score, 2)) for one in found.candidates[:3]]
    print(f"  {lesson.message.whole!r}\n    {found.verdict} {told} none {found.none:.2f}")
    print(f"    {label['act']} {label['ok']}")


def main() -> None:
    """Print the figures of each file."""
    knowledge, verbose = load_knowledge(), "--misses" in sys.argv
    for name in (one for one in sys.argv[1:] if not one.startswith("-")):
        counts: Counter[tuple[str, str]] = Counter()
        for lesson, label, found, first in replayed(Path(name), knowledge):
            marked = marks(found, label)
            groups = (
                ["all", "first turns"]
                if first
                else ["all", "later turns", "say enough" if label["alone"] else "need what was said"]
            )
            for group in groups:
                counts[group, "n"] += 1
                counts.update((group, figure) for figure, holds in marked.items() if holds)
            if verbose and not marked["right"]:
                _print_miss(lesson, label, found)
        print(Path(name).name)
        for group in ("first turns", "later turns", "say enough", "need what was said", "all"):
            whole = counts[group, "n"]
            figures = "  ".join(f"{figure} {counts[group, figure] / max(1, whole):.3f}" for figure in FIGURES)
            print(f"  {group:20} {whole:4}  {figures}")


if __name__ == "__main__":
    main()
