"""`ventanilla eval FILE`: how well a file of labelled messages is understood, as figures and the worst misses.

A line is marked by what it holds (see ../shared/evaluation/README.md); a mark is true, false, or absent where it does
not apply, and a figure is the share of true among the lines that have the mark; a conversation has marks for each turn.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import click

from bot.cli.content import checked_knowledge
from bot.cli.options import TODAY
from bot.cli.predict import UnusableLineError, predict, read_question
from knowledge.model import Knowledge

Marks = dict[str, bool]
Line = dict[str, Any]
WORST = 20


@dataclass(frozen=True, slots=True)
class Figure:
    """A share, and of how many lines."""

    share: float
    of: int


@dataclass(frozen=True, slots=True)
class Miss:
    """A line that was understood wrongly, and how sure we were."""

    text: str
    wanted: str
    got: str
    score: float


@dataclass(frozen=True, slots=True)
class Report:
    """Figures by name; a name with `: ` speaks of a part of the lines."""

    lines: int
    figures: dict[str, Figure]
    misses: tuple[Miss, ...]


def _right(line: Line, covers: Iterable[str], key: str = "expect") -> bool:
    return bool({*line[key], *line.get("also_ok", ())} & set(covers))


def mark_question(line: Line, got: Line) -> Marks:
    """A question of ours: the right topic, and what the person got."""
    ranked = [_right(line, topic["covers"]) for topic in got["topics"]]
    first, outcome = ranked[:1] == [True], got["outcome"]
    return {
        "top-1": first,
        "top-3": any(ranked),
        "answered right": outcome == "answer" and first,
        "answered wrongly": outcome == "answer" and not first,
        "clarified": outcome == "clarify",
        "unanswered": outcome not in ("answer", "clarify", "urgent", "check"),
        "taken for danger": got["urgent"] is not None,
        "checked for danger": got["check"] is not None,
    }


def mark_not_ours(line: Line, got: Line) -> Marks:
    """What no topic answers."""
    return {"false answers": got["outcome"] in ("answer", "urgent"), "clarified": got["outcome"] == "clarify"}


def mark_talk(line: Line, got: Line) -> Marks:
    """Small talk, or (null) what only sounds like it."""
    heard = got["outcome"] == "smalltalk"
    return {"small talk heard": heard} if line["talk"] else {"taken for small talk": heard}


def mark_follow_up(line: Line, got: Line) -> Marks:
    """The last turn of a conversation."""
    ranked = [_right(line, topic["covers"], "expect_last") for topic in got["topics"]]
    return {"resolved": ranked[:1] == [True], "among three": any(ranked), "answered": got["outcome"] == "answer"}


def _same_danger(line: Line, category: str | None) -> bool:
    key = "urgent" if "urgent" in line else "category"
    return category in {line[key], *line.get("ok_categories", ())}


def mark_danger(line: Line, got: Line) -> Marks:
    """A message that reports danger, or one that only looks like it."""
    urgent, check = got["urgent"], got["check"]
    if line["urgent"] is None:
        return {"specificity": urgent is None, "checks of look-alikes": check is not None}
    marks = {
        "recall": urgent is not None or (check is not None and _same_danger(line, check)),
        "checks": check is not None,
    }
    if urgent is not None:
        marks["right category"] = _same_danger(line, urgent["category"])
    if urgent is not None and "level" in line:
        marks["right level"] = urgent["level"] == line["level"]
    return marks


def mark_danger_dialogue(line: Line, got: Line) -> Marks:
    """Danger that shows over several turns: found by the turn named; a harmless dialogue stays calm."""
    fired = [turn["urgent"] for turn in got["turns"]]
    if line["urgent_at"] is None:
        return {"left calm": not any(fired)}
    first = next((danger for danger in fired[: line["urgent_at"] + 1] if danger), None)
    marks = {"in time": first is not None}
    return marks | ({"right category": _same_danger(line, first["category"])} if first else {})


def mark_events(line: Line, got: Line) -> Marks:
    """A question about the calendar."""
    wanted, found = line["expect_events"], got["events"]
    right = set(found) == set(wanted) if line["mode"] == "all" else bool(found) and found[0] in wanted
    return {"right events": right}


def _is(topic: Line, ok: Iterable[str]) -> bool:
    """A label names a section, or a topic of which any section will do."""
    return not {topic["id"], f"{topic['id']}/{topic['section']}", *topic.get("was", ())}.isdisjoint(ok)


def mark_asked(label: Line, got: Line, *, first: bool) -> Marks:
    """One turn of a conversation, where it asks something."""
    act, ok, topics = label["act"], label["ok"], got["topics"]
    if act not in ASKING or label["danger"]:
        return {}
    answered = got["outcome"] in ("answer", "urgent")
    offered = got["outcome"] == "clarify" and any(_is(topic, ok) for topic in topics)
    right = answered and bool(topics) and _is(topics[0], ok)
    right = right or (act == "either" and offered) or (act == "not_known" and not answered)
    marks = {"answered wrongly": answered and not right, "first right" if first else "later right": right}
    if first:
        return marks
    said = "alone" if label["alone"] else "need"
    return marks | {"later right or offered": right or offered, f"later right: {said}": right}


def mark_in_danger(label: Line, got: Line, *, open_by: tuple[bool, bool]) -> Marks:
    """One turn of a conversation in which somebody is in danger; `open_by`: before it, by the labels and by us."""
    told, found = open_by
    danger = got["danger"] or {"state": None}
    state, kind, who = (danger.get(key) for key in ("state", "kind", "who"))
    if label.get("over"):
        ended = state in (None, "over")
        return {"ended": ended, "ended or handed": ended or state == "handed"} if found else {}
    marks = {} if told else {"first helped": state not in (None, "asked")}
    if found and label.get("state") != "handed":
        marks["kept"] = state in ("open", "handed", "asked")
    if state in (None, "over"):
        return marks
    if "state" not in label:  # a talk in ordinary matters, whose labels name dangers by words of their own
        return marks
    also = label.get("kind_also") or ()
    wanted = (label["kind"], *((also,) if isinstance(also, str) else also))
    if label["kind"]:
        marks["kind"] = kind in wanted or (kind is None and danger["category"] == label["kind"])
    if label["who"] in WHO:
        marks["who"] = who in WHO[label["who"]]
    return marks | {"reader": danger["reader"] == label["reader"]}


def mark_conversation(line: Line, got: Line) -> Iterator[Marks]:
    """Every turn that asks or is in danger, and whether a conversation without any was left calm."""
    labels, turns = line["labels"], got["turns"]
    if not any(label["danger"] for label in labels):
        yield {"calm talk left calm": not any(turn["urgent"] for turn in turns)}
    told = found = False
    for number, (label, turn) in enumerate(zip(labels, turns, strict=True)):
        if "ok" in label:
            yield mark_asked(label, turn, first=number == 0)
        if label["danger"] or label.get("over"):
            yield mark_in_danger(label, turn, open_by=(told, found))
        told = told or bool(label["danger"] and not label.get("over"))
        found = found or turn["danger"] is not None


ASKING = ("answer", "either", "not_known")
"""Acts of the desk after which a turn counts as a question."""
WHO = {"own": ("own",), "other": ("other",), "both": ("own", "both")}
"""Who is in danger, and who may be named for them."""
KINDS: tuple[tuple[str, Callable[[Line, Line], Marks | Iterator[Marks]], tuple[str, ...]], ...] = (
    ("labels", mark_conversation, ()),
    ("expect_events", mark_events, ("right events",)),
    ("expect_last", mark_follow_up, ("resolved",)),
    ("urgent_at", mark_danger_dialogue, ("in time", "left calm")),
    ("urgent", mark_danger, ("recall", "specificity")),
    ("expect", mark_question, ("top-1",)),
    ("talk", mark_talk, ("small talk heard", "taken for small talk")),
    ("kind", mark_not_ours, ("false answers",)),
)
"""The key that shows what a line is, how it is marked, and the marks that make a miss."""
WRONG_WHEN_TRUE = frozenset({"false answers", "taken for small talk"})


def evaluate(lines: Iterable[str], knowledge: Knowledge, today: date) -> Report:
    """Ask for every line. Raises ValueError, with the number of the line, for one that cannot be marked."""
    marks: dict[str, list[bool]] = defaultdict(list)
    misses: list[Miss] = []
    count = 0
    for number, text in enumerate(lines, start=1):
        if not text.strip():
            continue
        line, count = _read(text, number), count + 1
        _, marker, decisive = next(kind for kind in KINDS if kind[0] in line)
        got = predict({"turns": line.get("turns") or [line["text"]], "lang": None}, knowledge, today)
        part = line.get("category") or line.get("urgent") or line.get("kind")
        marked = marker(line, got)
        each = [marked] if isinstance(marked, dict) else marked
        for name, mark in chain.from_iterable(one.items() for one in each):
            marks[name].append(mark)
            if part and name in decisive:
                marks[f"{name}: {part}"].append(mark)
            if name in decisive and mark == (name in WRONG_WHEN_TRUE):
                misses.append(_miss(line, got))
    figures = {name: Figure(round(sum(found) / len(found), 3), len(found)) for name, found in marks.items()}
    misses.sort(key=lambda miss: -miss.score)
    return Report(count, figures, tuple(misses[:WORST]))


def _read(text: str, number: int) -> Line:
    try:
        line = json.loads(text)
        if not isinstance(line, dict) or not any(key in line for key, _, _ in KINDS):
            raise ValueError(f"line {number}: holds none of {', '.join(key for key, _, _ in KINDS)}")
        read_question(text)
    except json.JSONDecodeError as error:
        raise ValueError(f"line {number}: not JSON") from error
    except UnusableLineError as error:
        raise ValueError(f"line {number}: {error}") from error
    return line


def _miss(line: Line, got: Line) -> Miss:
    wanted = next((line[key] for key, _, _ in KINDS if line.get(key) is not None and key != "kind"), "no topic")
    danger = (got["urgent"] or {}).get("category") or got["check"]
    first = next((f"{topic['id']} {topic['score']}" for topic in got["topics"]), "no topic")
    said = f"{got['outcome']}{f' {danger}' if danger else ''}, {first}"
    score = float(got["topics"][0]["score"]) if got["topics"] else 0.0
    return Miss(" / ".join(line.get("turns") or [line["text"]]), str(wanted), said, score)


def as_text(report: Report) -> str:
    """The report for people: whole figures, then parts, then the worst misses."""
    ordered = sorted(report.figures.items(), key=lambda item: ": " in item[0])
    lines = [f"{report.lines} lines"]
    lines += [f"  {name:<32} {figure.share:>6.1%}  of {figure.of}" for name, figure in ordered]
    lines += [f"worst misses ({len(report.misses)} shown)"] if report.misses else []
    lines += [f"  {miss.text[:150]}\n      wanted {miss.wanted}; got {miss.got}" for miss in report.misses]
    return "\n".join(lines)


@click.command("eval", help="Score a file of labelled messages: questions, danger, dialogues, follow-ups, calendar.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON object, alone on stdout.")
@TODAY
def evaluate_file(file: Path, today: date, *, as_json: bool) -> None:
    """Figures and the worst misses."""
    try:
        report = evaluate(file.read_text(encoding="utf-8").splitlines(), checked_knowledge(today), today)
    except ValueError as error:
        raise click.ClickException(f"{file}: {error}") from error
    click.echo(json.dumps(asdict(report), ensure_ascii=False) if as_json else as_text(report))
