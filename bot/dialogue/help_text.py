"""The help text of a danger: first of all, once per danger, always with a number."""

from dataclasses import replace
from datetime import timedelta

from bot.conversation import (
    CaseNeeded,
    Conversation,
    Danger,
    Event,
    Outcome,
    RemindLater,
    Reply,
    ReplyKind,
    ToldDanger,
    Turn,
)
from bot.dialogue.commands import afresh, flow_question, open_question, person_line
from bot.dialogue.hearing import Hearing
from bot.dialogue.help_numbers import help_numbers
from knowledge.schema.urgent import Category

ONCE_FOR = timedelta(minutes=30)
"""How long a help text is not given again for the same danger."""
SILENCE_MINUTES = 10
"""After so long without a word, the line that a flow has for silence."""


def answer_danger(hearing: Hearing) -> Turn | None:
    """The turn of a message that speaks of danger, None where it does not."""
    danger = hearing.danger
    if danger is None:
        return None
    if _is_new(danger, hearing):
        return give_help(hearing, danger)
    if hearing.conversation.claimed:
        return hearing.turn(Outcome.SILENT)
    said = again(hearing, hearing.knowledge.categories[danger.category])
    return hearing.turn(Outcome.URGENT, said, *open_question(hearing), events=(_case(danger, hearing.conversation),))


def _is_new(danger: Danger, hearing: Hearing) -> bool:
    """Whether the help text is owed: another category, a higher level, or half an hour later."""
    told = [t for t in hearing.conversation.told if t.category == danger.category and hearing.now - t.at < ONCE_FOR]
    return not told or danger.level.rank < min(t.level.rank for t in told)


def give_help(hearing: Hearing, danger: Danger) -> Turn:
    """Help text, numbers, who reads this, the one question; a case for a person."""
    knowledge, state = hearing.knowledge, hearing.conversation
    category = knowledge.categories[danger.category]
    told = tuple(t for t in state.told if t.category != danger.category)
    told += (ToldDanger(category=danger.category, level=danger.level, at=hearing.now),)
    state = state.having(told=told)
    hearing = replace(hearing, conversation=state, danger=danger)
    flow = _flow_after(category, state)
    replies = [_now(hearing, category), help_numbers(hearing, category), _who_reads(hearing, category)]
    answers = state.answers
    events: list[Event] = [_case(danger, state)]
    if flow is not None:
        answers = afresh(knowledge.flows[flow], answers)
        replies.append(flow_question(hearing, flow, answers))
        if knowledge.flows[flow].silence is not None:
            events.append(RemindLater(flow, SILENCE_MINUTES))
    return hearing.turn(
        Outcome.URGENT,
        *replies,
        events=tuple(events),
        flow=flow,
        answers=answers,
        checking=None,
        told=told,
        located_at=None,
    )


def _flow_after(category: Category, state: Conversation) -> str | None:
    if category.help.flow == "where" and state.country is not None:
        return None
    return category.help.flow


def _now(hearing: Hearing, category: Category) -> Reply:
    words = category.help.now_minor if hearing.conversation.minor else category.help.now
    own = f"{hearing.knowledge.foreign[hearing.foreign]}\n\n" if hearing.foreign is not None else ""
    return Reply(ReplyKind.HELP, hearing.fill(own + words.say(hearing.lang)))


def _who_reads(hearing: Hearing, category: Category) -> Reply:
    nobody = category.help.nobody
    if nobody is None or hearing.conversation.desk.on_duty:
        return Reply(ReplyKind.HELP, person_line(hearing))
    return Reply(ReplyKind.HELP, hearing.fill(nobody.say(hearing.lang)))


def again(hearing: Hearing, category: Category) -> Reply:
    """After the help text: one line with the number, which says that we are still there."""
    return Reply(ReplyKind.HELP, hearing.fill(category.help.again.say(hearing.lang)))


def _case(danger: Danger, state: Conversation) -> CaseNeeded:
    return CaseNeeded("danger", danger.level, danger.category, danger.rule, danger.words, state.country)
