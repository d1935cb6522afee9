"""`ventanilla predict`: understanding alone, JSON lines in and out. Needs no database."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, TextIO

from bot.channels.rendering import numbered
from bot.cli.explain import explain
from bot.conversation import Choice, Conversation, InboundMessage, Kind, Reply, ReplyKind, TopicScore, Turn
from bot.dialogue.protocols.book import everybody_in
from bot.dialogue.rendering.render import FEEDBACK as RATED
from bot.turn import safe_turn
from knowledge.model import Knowledge
from knowledge.renamed import names_before

NOON = time(12, tzinfo=UTC)
BETWEEN_TURNS = timedelta(minutes=1)
LEFT_OUT = (ReplyKind.NOTICE,)
FEEDBACK = f"{RATED}|"
LONGEST_CONVERSATION = 200


class UnusableLineError(ValueError):
    """A line that is no question to us."""


def predict_lines(
    lines: Iterable[str], knowledge: Knowledge, today: date, *, explaining: bool = False
) -> Iterator[str]:
    """One JSON line for each line, in order; `explaining` adds why the last turn was read as it was."""
    for line in lines:
        try:
            question = read_question(line)
            result = predict(question, knowledge, today)
            if explaining:
                *before, text = question["turns"]
                state = _turns({**question, "turns": before}, knowledge, today)[-1].conversation if before else None
                result["explain"] = explain(text, state or _beginning(question), knowledge, _noon(today))
        except UnusableLineError as error:
            result = {"error": str(error)}
        yield json.dumps(result, ensure_ascii=False)


def read_question(line: str) -> dict[str, Any]:
    """The turns and the language asked for. Raises UnusableLineError."""
    try:
        question = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnusableLineError("not JSON") from error
    if not isinstance(question, dict):
        raise UnusableLineError("not a JSON object")
    turns = question.get("turns", [question.get("text")])
    if not isinstance(turns, list) or not turns or not all(isinstance(t, str) for t in turns):
        raise UnusableLineError('needs "text" (a string) or "turns" (a list of strings)')
    if len(turns) > LONGEST_CONVERSATION:
        raise UnusableLineError(f"more than {LONGEST_CONVERSATION} turns")
    lang = question.get("lang")
    return {"turns": turns, "lang": lang if lang in ("es", "en") else None}


def predict(question: dict[str, Any], knowledge: Knowledge, today: date) -> dict[str, Any]:
    """What the engine makes of the last turn, and of each turn in short."""
    turns = _turns(question, knowledge, today)
    return {**_last(turns[-1], knowledge), "turns": [_short(turn, knowledge) for turn in turns]}


def _turns(question: dict[str, Any], knowledge: Knowledge, today: date) -> list[Turn]:
    now, conversation = _noon(today), _beginning(question)
    turns: list[Turn] = []
    for number, text in enumerate(question["turns"]):
        at = now + number * BETWEEN_TURNS
        message = InboundMessage("predict", str(number), "predict", Kind.TEXT, at, text=text)
        turns.append(safe_turn(conversation, message, knowledge, at))
        conversation = turns[-1].conversation
    return turns


def _noon(today: date) -> datetime:
    return datetime.combine(today, NOON)


def _beginning(question: dict[str, Any]) -> Conversation:
    return Conversation(lang=question["lang"], lang_chosen=question["lang"] is not None)


def _last(turn: Turn, knowledge: Knowledge) -> dict[str, Any]:
    reading = turn.reading
    return {
        "lang": reading.lang,
        "reply_lang": reading.reply_lang,
        **_short(turn, knowledge),
        "events": list(reading.events),
        "choices": [choice.label for choice in _choices(turn)],
    }


def _short(turn: Turn, knowledge: Knowledge) -> dict[str, Any]:
    """What stands in every entry of `turns` too."""
    reading = turn.reading
    urgent = reading.urgent
    return {
        "outcome": reading.outcome.value,
        "urgent": {"category": urgent.category, "level": urgent.level.value, "rule": urgent.rule} if urgent else None,
        "check": reading.check,
        "danger": _danger(turn, knowledge),
        "topics": [_topic(score, knowledge) for score in reading.topics],
        "answered": list(reading.answered),
        "section": reading.section,
        "acts": list(reading.acts),
        "situation": turn.conversation.situation.shown(),
        "policy": reading.policy,
        "reply": _reply(turn),
    }


def _danger(turn: Turn, knowledge: Knowledge) -> dict[str, str | None] | None:
    """The open danger as it stands after the turn; what is over is said on the turn that ended it alone."""
    danger = turn.conversation.danger
    if danger is None or (danger.state == "over" and danger.heard_at != turn.conversation.heard_at):
        return None
    known = knowledge.protocols.get(danger.kind or "")
    kind = (known.counts_as if known else None) or danger.kind
    told = {name: getattr(danger, name) for name in ("category", "state", "reader")}
    return told | {"kind": None if kind == danger.category else kind, "who": everybody_in(danger)}


def _choices(turn: Turn) -> tuple[Choice, ...]:
    offered = (choice for reply in turn.replies for choice in reply.choices)
    return tuple(choice for choice in offered if not choice.payload.startswith(FEEDBACK))


def _reply(turn: Turn) -> str:
    replies = [reply.text for reply in turn.replies if reply.kind not in LEFT_OUT]
    return numbered(Reply(ReplyKind.ANSWER, "\n\n".join(replies), _choices(turn)))


def _topic(score: TopicScore, knowledge: Knowledge) -> dict[str, Any]:
    topic = knowledge.topics[score.topic]
    section = topic.section(score.section)
    covers = list(section.covers) if section else []
    shown = {"id": score.topic, "section": score.section, "covers": covers, "score": score.score}
    before = (*topic.was, *(names_before(topic, section) if section else ()))
    return shown | ({"was": list(before)} if before else {})  # labels may name it by an id of before


def run(
    knowledge: Knowledge,
    today: date,
    source: TextIO = sys.stdin,
    target: TextIO = sys.stdout,
    *,
    explaining: bool = False,
) -> None:
    """Standard input to standard output, a line at a time."""
    for line in predict_lines(source, knowledge, today, explaining=explaining):
        target.write(line + "\n")
        target.flush()
