"""What each mechanism is worth: `python -m benchmarks.worth [--most LINES] [--only PART]`, within ten minutes.

Each is switched off from outside in turn and samples of the frozen sets are asked again. Nothing is trained anew: what
a reading or a feature loses is an upper bound. A cell: turns that came out otherwise, and marks -lost/+won. `*`: at
least two sets exercise it (TOUCHED turns), none of them loses; `~`: two do, and all sets together lose less than NOISE.
"""

import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import cache
from inspect import signature
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import click
from threadpoolctl import threadpool_limits

from bot.cli.evaluate import KINDS
from bot.cli.predict import predict
from bot.dialogue import engine
from bot.dialogue.danger.classifiers import Classifier, Group, classifier_of
from bot.dialogue.protocols import walk
from bot.dialogue.signals import ranking
from bot.dialogue.signals.readings import Readings
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge

READINGS = ("alone", "behind", "thread")
"""Of a message (bot/dialogue/signals/readings.py)."""
FROZEN = Path(__file__).parents[1] / "tests" / "evaluation" / "frozen"
TODAY = date(2026, 11, 20)
TOUCHED, NOISE, PROCESSES = 20, 6, 2
INNER = ("topics", "acts")  # of a turn: likelihoods and acts, which are no outcome
SETS: Mapping[str, tuple[int, str]] = {
    "questions": (225, "top-1|answered (right|wrongly)|taken for danger"),
    "followups": (114, "resolved"),
    "talks": (65, "(first|later) right|answered wrongly|calm talk left calm"),
    "danger_talks": (84, ".*"),
    "out_of_domain": (163, "false answers"),
    "calendar": (140, "right events"),
}
"""Lines of each set that are asked, which take a process a quarter of a minute, and the marks that count."""
BAD = ("answered wrongly", "taken for danger", "false answers")
"""Marks that are better false."""
ALL = tuple(SETS)
CALM = tuple(name for name in SETS if name != "danger_talks")
"""Those of which the marks see which section is chosen."""
IN_DANGER = ("talks", "danger_talks")
"""Those in which a danger stays open."""
FEATURES: Mapping[str, Mapping[str, str]] = {
    "sound": {"alone, surely": "alone, surely", "opening": "opening, .*"},
    "words": {"asked": "asked, .*", "denied": "(against|meant), .*"},
    "aspect": {"asked": "(of the|holds the|of another) .*", "unasked": ".*, unasked"},
    "open": {"open": "open", "worded": "open, .*"},
    "before": {"earlier": "earlier", "leads": "next|led from", "offered": "offered.*", "shown": "shown|last.*"},
    "order": {"first": "first"},
    "fits": {"place": "(place|matter|untold).*", "people": "people .*|foreigners unasked", "situation": "only, .*"},
    "none": {"talk": "none, (talk.*|far|near|smalltalk|garbage|unknown|objection|doubt)", "surest": "none, surest.*"},
}
"""Groups of weighed features, and the names of those in each."""
BARE = {"alone, topic": 1.0, "alone, section": 1.0, "none, talk": 1.0}
"""Weights that leave the ranker's own likelihoods as they are."""
EXEMPT = ("channel", "command", "danger", "held", "question", "other_language", "person", "admit")
"""Policies that tests hold, and the last."""
OF_DANGER = (Group.KINDS, Group.WHOSE, Group.ENDS, Group.TURNS, Group.ASKS)
"""Classifiers that are asked of an open danger alone."""
Off = Callable[[Knowledge], Any]
Outcome = tuple[Sequence[Any], Mapping[tuple[int, int, str], bool]]
"""Every turn, and every mark (line, place in it, name) as true where it is well."""


class Switch(NamedTuple):
    """A mechanism: what stands where, and what it becomes."""

    part: str
    name: str
    owner: Any
    attribute: str
    off: Off
    sets: Sequence[str] = ALL


def as_alone(name: str) -> Off:
    """Readings in which this one says what the message says by itself."""
    made = Readings.points.func

    def points(held: Readings) -> Mapping[str, Any]:
        found = made(held)
        return found | {name: found["alone"]} if name in found else found

    return lambda _: property(points)


def weighing(change: Callable[[str, float], float]) -> Off:
    def off(knowledge: Knowledge) -> Any:
        changed = {name: change(name, weight) for name, weight in ranking.weights_of(knowledge).items()}
        return lambda _: changed

    return off


def without(pattern: str) -> Off:
    return weighing(lambda name, weight: 0.0 if re.fullmatch(pattern, name) else weight)


def left(rows: Sequence[Any], out: Any) -> Off:
    return lambda _: tuple(row for row in rows if row is not out)


def silent(group: Group) -> Off:
    """Scores of classifiers, of which this one knows nothing."""
    scores = Classifier.scores

    def off(knowledge: Knowledge) -> Any:
        quiet = classifier_of(knowledge, group)
        return lambda held, text: {} if held is quiet else scores(held, text)

    return off


def switches() -> Iterator[Switch]:
    for name in READINGS[1:]:
        yield Switch("reading", name, Readings, "points", as_alone(name), CALM)
    for group, one in ((group, one) for group, held in FEATURES.items() for one in held.items()):
        yield Switch("features", f"{group}: {one[0]}", ranking, "weights_of", without(one[1]), CALM)
    for row in (row for row in engine.POLICIES if row[0] not in EXEMPT):
        yield Switch("policy", row[0], engine, "POLICIES", left(engine.POLICIES, row))
    yield Switch("model", "weighing", ranking, "weights_of", weighing(lambda name, _: BARE.get(name, 0.0)), CALM)
    for group in Group:
        yield Switch("model", group, Classifier, "scores", silent(group), IN_DANGER if group in OF_DANGER else ALL)
    for step in walk.STEPS:
        yield Switch("step", step.__name__, walk, "STEPS", left(walk.STEPS, step), IN_DANGER)


@cache
def content() -> Knowledge:
    return load_knowledge()


@cache
def sample(name: str, most: int) -> Sequence[Any]:
    lines = [json.loads(one) for one in (FROZEN / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return lines[:: -(-len(lines) // min(most, SETS[name][0]))]


def ask(name: str, most: int) -> Outcome:
    turns, marks = [], {}
    for number, line in enumerate(sample(name, most)):
        got = predict({"turns": line.get("turns") or [line["text"]], "lang": None}, content(), TODAY)
        turns += [{key: said for key, said in turn.items() if key not in INNER} for turn in got["turns"]]
        marked = next(marker for key, marker, _ in KINDS if key in line)(line, got)
        for place, one in enumerate([marked] if isinstance(marked, dict) else marked):
            counted = {mark: value for mark, value in one.items() if re.fullmatch(SETS[name][1], mark)}
            marks |= {(number, place, mark): value != (mark in BAD) for mark, value in counted.items()}
    return turns, marks


before = cache(ask)


def forget() -> None:
    """What was read of texts is read again: what is off would else still be remembered."""
    for module in [held for name, held in sys.modules.items() if name.startswith("bot.dialogue")]:
        for one in vars(module).values():
            if hasattr(one, "cache_clear") and "text" in signature(one).parameters:
                one.cache_clear()


def measured(place: int, most: int) -> Mapping[str, tuple[int, int, int]]:
    """By set: turns changed, marks lost and won with a switch off."""
    switch, found = list(switches())[place], {}
    for name in switch.sets:
        turns, marks = before(name, most)
        with patch.object(switch.owner, switch.attribute, switch.off(content())):
            forget()
            now, then = ask(name, most)
        forget()
        changed = sum(one != other for one, other in zip(turns, now, strict=True))
        well, well_then = ({key for key, good in held.items() if good} for held in (marks, then))
        found[name] = changed, len(well - well_then), len(well_then - well)
    return found


def verdict(found: Mapping[str, tuple[int, int, int]]) -> str:
    used = [lost - won for touched, lost, won in found.values() if touched >= TOUCHED]
    if len(used) < 2:
        return ""
    return "*" if max(used) <= 0 else "~" if sum(lost - won for _, lost, won in found.values()) < NOISE else ""


def row(part: str, name: str, free: str, cells: Iterable[str]) -> str:
    return f"| {part:8} | {name:20} | {free:1} | {' | '.join(f'{cell:14}' for cell in cells)} |"


@click.command()
@click.option("--most", type=int, default=1000, help="Lines of each set, at most.")
@click.option("--only", default="", help="Mechanisms whose part and name hold this.")
def main(most: int, only: str) -> None:
    wanted = [(place, one) for place, one in enumerate(switches()) if only in f"{one.part} {one.name}"]
    for name in SETS:
        before(name, most)  # once, before the processes part
    click.echo(row("part", "off", "", SETS))
    click.echo("|---" * (3 + len(SETS)) + "|")
    with ProcessPoolExecutor(PROCESSES, get_context("fork")) as pool:
        results = pool.map(measured, [place for place, _ in wanted], [most] * len(wanted))
        for (_, one), found in zip(wanted, results, strict=True):
            cells = (f"{found[name][0]}: -{found[name][1]}/+{found[name][2]}" if name in found else "" for name in SETS)
            click.echo(row(one.part, one.name, verdict(found), cells))


if __name__ == "__main__":
    with threadpool_limits(limits=1):
        main()
