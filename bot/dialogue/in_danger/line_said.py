"""How a line of care is said: its words, the numbers or the section that it leads to, and the question that is open."""

from dataclasses import replace
from itertools import chain

from bot.conversation import CaseNeeded, Event, Outcome, Reply, ReplyKind, ToldDanger, TopicScore, Turn
from bot.dialogue.commands import open_question
from bot.dialogue.danger.help_numbers import care_numbers, first_numbers, narrows, with_given
from bot.dialogue.danger.remembered import noted, told_of, with_told
from bot.dialogue.hearing import Hearing
from bot.dialogue.topics import answer_topic
from bot.dialogue.understanding import Understanding
from bot.dialogue.words.framed import frames_of
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.base import Level
from knowledge.schema.care import ANY, Line
from knowledge.schema.urgent import Category

OFTEN = 2
"""Lines of which one asks the open question again."""
FAR_ABOVE = 2
"""Turns after which nobody is sent back to a number: it is said again."""


def say_line(hearing: Hearing, category: Category, line: Line, *, with_numbers: bool = False) -> Turn:
    """A line, the numbers or the section that it leads to, and the question that is open."""
    hearing = _settled(noted(hearing, category, line), line)
    if line.flees:
        hearing = hearing.with_state(hearing.conversation.having(fears_government=True))
    words = (hearing.conversation.minor and line.say_minor) or line.say
    said = [Reply(ReplyKind.CARE, hearing.fill(words.say(hearing.lang)))] if words else []
    events: tuple[Event, ...] = ()
    if line.level is not None:
        events = (CaseNeeded("danger", line.level, category.id, line.id, "", hearing.conversation.country),)
    for_adults = line.calm and hearing.conversation.minor
    if line.section is not None and not for_adults and (turn := answer_topic(heard_as(hearing, line.section))):
        return replace(turn, replies=(*said, *turn.replies), events=(*turn.events, *events))
    if line.numbers is not None:
        said.append(care_numbers(hearing, hearing.knowledge.categories[line.numbers]))
    elif line.others:
        said.append(first_numbers(hearing, category, door=not _names_consulate(line, hearing)))
    elif with_numbers:
        said.append(care_numbers(hearing, category))
    elif not line.over and narrows(hearing, category):
        said.append(first_numbers(hearing, category))
    hearing = with_given(hearing, category) if len(said) > 1 else hearing
    asked = [] if line.parting else open_beside(hearing)
    return hearing.turn(Outcome.QUESTION, *said, *asked, events=events)


def _names_consulate(line: Line, hearing: Hearing) -> bool:
    """Whether a line says itself whose consulate helps, or that none should be called."""
    directory = hearing.knowledge.directory
    words = set(fold(line.say.es).split()) if line.say is not None else set[str]()
    return not words.isdisjoint({*directory.consulate, *directory.embassy})


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


def behind_number(turn: Turn, hearing: Hearing, category: Category) -> Turn:
    """An answer behind the number, where a life is at risk: a question does not end that."""
    levels = {told_of(hearing, category).level, *([hearing.danger.level] if hearing.danger else ())}
    if Level.CRITICAL not in levels or category.check_no is not None:
        return turn
    still = Reply(ReplyKind.CARE, hearing.in_danger("danger.still"))
    return turn if still in turn.replies else replace(turn, replies=(still, *turn.replies))


def with_line_again(turn: Turn, hearing: Hearing) -> Turn:
    """The turn with the first numbers of the open danger, where it sends back to numbers that stand too far above.

    Who wants to die is never sent back: the line stands in what is said to them.
    """
    told = next((one for one in reversed(turn.conversation.told) if not one.over), None)
    if told is None or turn.reading.outcome is Outcome.SILENT:
        return turn
    knowledge = hearing.knowledge
    category, after = knowledge.categories[told.category], hearing.with_state(turn.conversation)
    said = " ".join(reply.text for reply in turn.replies)
    numbered = any(after.fill(f"{{{one.contact}}}") in said for one in category.help.contacts)
    if numbered or not _is_sent_back(turn, told, said, knowledge):
        since = 0 if numbered else told.since + 1
        return replace(turn, conversation=with_told(after, told.model_copy(update={"since": since})).conversation)
    numbers = first_numbers(after, category, door=False)
    after = with_told(after, told.model_copy(update={"since": 0}))
    last = len(turn.replies) - bool(turn.replies and turn.replies[-1].choices)  # a question stays the last word
    return replace(turn, replies=(*turn.replies[:last], numbers, *turn.replies[last:]), conversation=after.conversation)


def _is_sent_back(turn: Turn, told: ToldDanger, said: str, knowledge: Knowledge) -> bool:
    """Whether what is said leans on numbers that were given before."""
    lines = chain(knowledge.care[told.category].lines, knowledge.care[ANY].lines)
    if any(line.parting for line in lines if line.id in told.said[-1:]):
        return False  # somebody may read the screen
    back = frames_of(knowledge.care[ANY].above).first(fold(said)) is not None
    if knowledge.categories[told.category].check_no is not None:
        return back or not told.aside or turn.reading.outcome is not Outcome.ANSWER
    return back and told.since >= FAR_ABOVE
