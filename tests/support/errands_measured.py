"""Messages in the middle of errands, with what a careful clerk notes down and shows first: how many are read so.

A line: where somebody stands (`errand`, `step`, `asked`, `done`, `has`, `answers`), the message with what each clause
does in braces (knowledge/training/errands says the same way), and `reply`, what is shown first.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.conversation import Conversation, InboundMessage, Kind, Progress
from bot.dialogue import decision as acts
from bot.dialogue import engine
from bot.dialogue.engine import assess
from bot.dialogue.message import read
from bot.dialogue.remember import remember
from knowledge.marked import parts_named
from knowledge.model import Knowledge
from knowledge.schema.procedures import Procedure

NOW = datetime(2026, 11, 29, 15, tzinfo=UTC)
Line = dict[str, Any]
SHOWS = {
    **dict.fromkeys(("bring", "take"), "papers"),
    **dict.fromkeys(("detail", "doors", "compare"), "answer"),
    **dict.fromkeys(("other", "stuck", "moved"), "trouble"),
    "almost": "list",
    "total": "cost",
}
"""What a view is, where it is called otherwise."""
ALSO = {
    "answer": {"trouble", "papers", "paper", "cost"},
    "cost": {"answer"},
    "trouble": {"answer", "paper"},
    "paper": {"list", "answer"},
    "papers": {"list"},
    "end": {"list"},
    "courtesy": {"say", "step", "question"},
    "elsewhere": {"offer", "admit", "say", "consulates", "nearest", "events", "askplace"},
    "begin": {"offer", "elsewhere"},
}
"""What else is right where this is wanted; `step`, `question` and `section` must be the very ones."""
EXACT = ("step", "question", "section")


@dataclass
class Wanted:
    """What is noted down of a message."""

    done: set[str] = field(default_factory=set)
    undo: set[str] = field(default_factory=set)
    skip: set[str] = field(default_factory=set)
    has: set[str] = field(default_factory=set)
    lacks: set[str] = field(default_factory=set)
    answers: dict[str, str] = field(default_factory=dict)
    all: bool = False


def measured(lines: Iterable[Line], knowledge: Knowledge) -> Iterator[tuple[bool, bool]]:
    """By message, whether what is kept is right, and what is shown first."""
    for line in lines:
        state = _state(line, knowledge)
        text = " ".join(part for part, _ in parts_named(line["said"]))
        message = InboundMessage("web", "1", "x", Kind.TEXT, NOW, text)
        m = read(message, knowledge)
        s = assess(m, state, knowledge, NOW)
        decision, rendered, policy = engine._said(m, s, state)
        after = remember(state, m, s, decision, rendered)
        kept = next((one for one in after.steps if one.procedure == line["errand"]), state.steps[-1])
        own = knowledge.procedures[line["errand"]]
        shown = _section(decision) if line["reply"].startswith("section") else _shown(decision, own, policy)
        yield _is_kept(state.steps[-1], kept, _wanted(line, own), own), _is_shown(shown, line)


def _state(line: Line, knowledge: Knowledge) -> Conversation:
    held = {name: tuple(line.get(name, ())) for name in ("done", "has")}
    known = {"step": line.get("step"), "asked": line.get("asked"), "answers": line.get("answers", {})}
    ours = Progress(procedure=line["errand"], turn=5, at=NOW, **known, **held)
    topic = knowledge.procedures[line["errand"]].topics[0]
    return Conversation(turns=6, lang=line["lang"], greeted=True, topic=topic, steps=(ours,))


def _wanted(line: Line, own: Procedure) -> Wanted:
    """From the marks: `done/open` is the open step, `has/all` its papers; what the sheet does not know is none."""
    here, found = line.get("step"), Wanted()
    bring = next((set(one.bring) for one in own.steps if one.id == here), set())
    for mark in (mark for _, marks in parts_named(line["said"]) for mark in marks):
        act, _, of = mark.partition("/")
        named = {here} if of in ("", "open") else {of}
        if act == "done" and of == "all":
            found.all = True
        elif act in ("done", "undo", "skip"):
            getattr(found, act).update(named)
        elif act in ("has", "lacks", "demand") and of != "other":
            getattr(found, "has" if act == "has" else "lacks").update(bring if of == "all" else {of})
        elif act == "answer" and "=" in of:
            question, _, option = of.partition("=")
            found.answers[question] = option
    return found


def _is_kept(before: Progress, after: Progress, wanted: Wanted, own: Procedure) -> bool:
    """Nothing wanted is missing, nothing else is noted; what stands before a done step, and what it brought, may be."""
    order, bring = [one.id for one in own.steps], {one.id: {*one.bring} for one in own.steps}
    done, undone = {*after.done} - {*before.done}, {*before.done} - {*after.done}
    has, lacks = {*after.has} - {*before.has}, {*after.lacks} - {*before.lacks}
    answered = {
        question: option for question, option in after.answers.items() if before.answers.get(question) != option
    }
    last = max((order.index(one) for one in wanted.done if one in order), default=-1)
    first = min((order.index(one) for one in wanted.undo if one in order), default=len(order))
    beyond = {
        one for one in done - wanted.done if order.index(one) > last and not (bring[one] and bring[one] <= {*after.has})
    }
    brought = set[str]().union(*(bring[one] for one in done))
    if wanted.all and (done or has):
        return True
    return not (
        wanted.all
        or (wanted.done - {*before.done} - done)
        or beyond
        or ((wanted.undo & {*before.done}) - undone)
        or (not wanted.lacks and {one for one in undone - wanted.undo if order.index(one) < first})
        or (wanted.has - {*before.has} - has)
        or (has - wanted.has - brought)
        or (wanted.lacks - {*after.lacks})
        or (lacks - wanted.lacks)
        or any(after.answers.get(question) != option for question, option in wanted.answers.items())
        or ({*answered} - {*wanted.answers})
        or (wanted.skip - {*after.later} - {*after.done})
    )


def _section(decision: acts.Decision) -> str:
    """The section that is shown first, where a section of its own answers."""
    first = next((one for one in decision.acts if isinstance(one, acts.Section)), None)
    return f"section {first.topic}/{first.section}" if first else "none"


def _shown(decision: acts.Decision, own: Procedure, policy: str) -> str:
    """What a decision shows first: danger, a section, a view of the errand, else its act."""
    if policy in ("danger", "check"):
        return policy
    if section := next((one for one in decision.acts if isinstance(one, acts.Section)), None):
        return "answer" if section.topic in own.topics else "elsewhere"
    step = next((one for one in decision.acts if isinstance(one, acts.Step)), None)
    if step is None:
        return type(decision.acts[0]).__name__.lower()
    if step.progress.procedure != own.id:
        return f"begin {step.progress.procedure}"
    if any(map(any, step.beside)):
        return "answer"
    view = SHOWS.get(str(step.view), str(step.view))
    of = {"step": step.about or step.progress.step, "question": step.about or step.progress.asked}.get(view)
    return f"{view} {of}" if of else view


def _is_shown(got: str, line: Line) -> bool:
    wanted, kind = line["reply"], line["reply"].split()[0]
    first = got.split()[0]
    return got == wanted or first in ALSO.get(kind, ()) or (kind not in EXACT and first == kind)


def answered(lines: Iterable[Line], knowledge: Knowledge) -> Iterator[bool]:
    """By question, whether what tells it first is one of `right`: a section, a text of a step (`book/cost`), `total`.

    `topic/` stands for each section of it, `elsewhere` for any of another matter, `unsaid` for that nobody says it.
    """
    for line in lines:
        state, own = _state(line, knowledge), knowledge.procedures[line["errand"]]
        m = read(InboundMessage("web", "1", "x", Kind.TEXT, NOW, line["said"]), knowledge)
        s = assess(m, state, knowledge, NOW)
        decision, _, _ = engine._said(m, s, state)
        got, right = _told(decision), line["right"]
        away = got == "elsewhere" or got.partition("/")[0] in knowledge.topics.keys() - {*own.topics}
        yield (
            got in right
            or (away and "elsewhere" in right)
            or any(one.endswith("/") and got.startswith(one) for one in right)
        )


def _told(decision: acts.Decision) -> str:
    """What a decision tells first."""
    first = next((one for one in decision.acts if isinstance(one, acts.Section | acts.Step)), None)
    if isinstance(first, acts.Section):
        told = f"{first.topic}/{first.section}"
    elif first is None or first.view == "total" or not first.beside:
        views = {"total": "total", "stuck": "stuck", "paper": f"paper/{first.about}"} if first else {}
        told = views.get(str(first.view), f"{first.view} {first.about}") if first else "elsewhere"
    else:
        name, what = first.beside[0]
        told = f"{name}/{what}" if name else "total" if what else "unsaid"
    return told.replace("/pay", "/cost")
