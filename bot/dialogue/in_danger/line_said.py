"""How a line of care is said: its words, the numbers or the section that it leads to, and the question that is open."""

from dataclasses import replace

from bot.conversation import CaseNeeded, Event, Outcome, Reply, ReplyKind, TopicScore, Turn
from bot.dialogue.commands import open_question
from bot.dialogue.danger.help_numbers import care_numbers, first_numbers, narrows, with_given
from bot.dialogue.danger.remembered import noted
from bot.dialogue.hearing import Hearing
from bot.dialogue.topics import answer_topic
from bot.dialogue.understanding import Understanding
from knowledge.schema.care import Line
from knowledge.schema.urgent import Category

OFTEN = 2
"""Lines of which one asks the open question again."""


def say_line(hearing: Hearing, category: Category, line: Line, *, with_numbers: bool = False) -> Turn:
    """A line, the numbers or the section that it leads to, and the question that is open."""
    hearing = _settled(noted(hearing, category, line), line)
    words = (hearing.conversation.minor and line.say_minor) or line.say
    said = [Reply(ReplyKind.CARE, hearing.fill(words.say(hearing.lang)))] if words else []
    events: tuple[Event, ...] = ()
    if line.level is not None:
        events = (CaseNeeded("danger", line.level, category.id, line.id, "", hearing.conversation.country),)
    if line.section is not None and (turn := answer_topic(heard_as(hearing, line.section))):
        return replace(turn, replies=(*said, *turn.replies), events=(*turn.events, *events))
    if line.numbers is not None:
        said.append(care_numbers(hearing, hearing.knowledge.categories[line.numbers]))
    elif line.others:
        said.append(first_numbers(hearing, category))
    elif with_numbers:
        said.append(care_numbers(hearing, category))
    elif not line.over and narrows(hearing, category):
        said.append(first_numbers(hearing, category))
    hearing = with_given(hearing, category) if len(said) > 1 else hearing
    return hearing.turn(Outcome.QUESTION, *said, *open_beside(hearing), events=events)


def _settled(hearing: Hearing, line: Line) -> Hearing:
    """The message heard where the open question is answered, if what is told answers it."""
    state = hearing.conversation
    flow = hearing.knowledge.flows.get(state.flow or "")
    question = flow.open_question(state.answers) if flow is not None else None
    if question is None or all(option.id != line.settles for option in question.options):
        return hearing
    return hearing.with_state(state.having(answers=state.answers | {question.id: line.settles}, flow=None))


def heard_as(hearing: Hearing, section: str) -> Hearing:
    """The message heard as a question that this section answers."""
    topic, name = section.split("/")
    return replace(hearing, understood=Understanding((TopicScore(topic, name, 1.0),)))


def open_beside(hearing: Hearing) -> list[Reply]:
    """The open question, with every other line: whoever told much is not asked the same each time."""
    told = hearing.conversation.told[-1:]
    return open_question(hearing) if all(len(one.said) % OFTEN for one in told) else []
