"""Open questions: answers by question id, the position derived, effects by name."""

from collections.abc import Callable
from functools import lru_cache

from bot.conversation import DeletionConfirmed, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.commands import COMMANDS, flow_question, receipt
from bot.dialogue.danger.another_matter import is_another_matter
from bot.dialogue.danger.help_numbers import numbers_for_told
from bot.dialogue.danger.moves import SURE, moves_in
from bot.dialogue.danger.whose import WHERE
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.signals import place_answered
from bot.dialogue.words.phrasing import spell_out
from bot.texts import say
from knowledge.frames import FrameSet
from knowledge.model import Knowledge
from knowledge.schema.flows import Option, Question

PLACE_WORDS = 6
"""Words in an answer that is a place and nothing more."""


@lru_cache(maxsize=4)
def _frames(knowledge: Knowledge) -> dict[tuple[str, str], FrameSet[str]]:
    return {
        (flow.id, question.id): FrameSet((o.id, frame) for o in question.options for frame in o.frames)
        for flow in knowledge.flows.values()
        for question in flow.questions
    }


@lru_cache(maxsize=4)
def _barred(knowledge: Knowledge) -> FrameSet[tuple[str, str]]:
    questions = [question for flow in knowledge.flows.values() for question in flow.questions]
    return FrameSet(((q.id, option.id), frame) for q in questions for option in q.options for frame in option.unless)


def answer_open_question(hearing: Hearing) -> Turn | None:
    """The turn of a message that surely answers the open question."""
    flow = hearing.knowledge.flows.get(hearing.conversation.flow or "")
    question = flow.open_question(hearing.conversation.answers) if flow else None
    if flow is None or question is None:
        return None
    if flow.id == WHERE and (country := _country_said(hearing)):
        return _settled(hearing, country)
    if option := _meant(hearing, question):
        return choose(hearing, flow.id, question.id, option.id)
    found = _frames(hearing.knowledge)[(flow.id, question.id)].first(
        spell_out(hearing.text, hearing.knowledge.spelling)
    )
    return choose(hearing, flow.id, question.id, found.key) if found else None


def _meant(hearing: Hearing, question: Question) -> Option | None:
    """The option whose moves a message surely makes: `no, no voy a hacer nada` is a yes to being safe."""
    words, barred = spell_out(hearing.text, hearing.knowledge.spelling), _barred(hearing.knowledge)
    out = {found.key for found in barred.find(words)}
    asked = [option for option in question.options if option.moves and (question.id, option.id) not in out]
    moves = moves_in(hearing.text, hearing.knowledge) if asked else {}
    return next((each for each in asked if any(moves.get(move, 0.0) >= SURE for move in each.moves)), None)


def _country_said(hearing: Hearing) -> str | None:
    """The country of a town or state with which somebody says where they are."""
    if len(hearing.text.split()) > PLACE_WORDS or is_another_matter(hearing):
        return None
    return place_answered(hearing.text, hearing.knowledge)


def choose(hearing: Hearing, flow_id: str, question_id: str, option_id: str) -> Turn:
    """Keep the answer, say what its option says, do its effect, ask what is open then."""
    flow = hearing.knowledge.flows[flow_id]
    question = {q.id: q for q in flow.questions}[question_id]
    option = {o.id: o for o in question.options}[option_id]
    answers = hearing.conversation.answers | {question_id: option_id}
    if option.effect is not None:
        return EFFECTS[option.effect](hearing)
    replies = _said(hearing, option)
    if flow.open_question(answers) is not None:
        return hearing.turn(
            Outcome.QUESTION, *replies, flow_question(hearing, flow_id, answers), answers=answers, flow=flow_id
        )
    return hearing.turn(Outcome.QUESTION, *replies, answers=answers, flow=None)


def _said(hearing: Hearing, option: Option) -> tuple[Reply, ...]:
    words = (option.say_minor if hearing.conversation.minor else None) or option.say
    if words is None:
        return ()
    text = hearing.fill(words.say(hearing.lang))
    return (Reply(ReplyKind.QUESTION, text),)


def _erase(hearing: Hearing) -> Turn:
    code = receipt(hearing)
    case = hearing.conversation.case
    key = "erased.case_open" if case is not None and case.category else "erased"
    text = say(key, hearing.lang, code=code, date=hearing.now.date().isoformat())
    turn = hearing.turn(Outcome.COMMAND, Reply(ReplyKind.COMMAND, text), events=(DeletionConfirmed(code),))
    return Turn(type(turn.conversation)(), turn.replies, turn.events, turn.reading)


def _country(code: str) -> Callable[[Hearing], Turn]:
    return lambda hearing: _settled(hearing, code)


def _settled(hearing: Hearing, country: str) -> Turn:
    hearing = hearing.with_state(hearing.conversation.having(country=country))
    reply = numbers_for_told(hearing) or Reply(ReplyKind.QUESTION, say("country.noted", hearing.lang))
    return hearing.turn(Outcome.QUESTION, reply, flow=None)


EFFECTS: dict[str, Callable[[Hearing], Turn]] = {
    "erase": _erase,
    "speak-es": COMMANDS["spanish"],
    "speak-en": COMMANDS["english"],
    "country-us": _country("US"),
    "country-mx": _country("MX"),
    "country-other": _country("ZZ"),
}
"""What an option may do; `ZZ` is ISO's code for an unknown country: neither US, CA nor MX."""
