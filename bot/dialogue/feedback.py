"""«¿Le sirvió?»: two buttons under an answer, never after danger, at most once in five turns."""

from bot.conversation import AnswerRated, Choice, NotUnderstood, Outcome, Reply, ReplyKind, Turn
from bot.dialogue.hearing import Hearing
from bot.dialogue.words.payload import make
from bot.texts import say

KIND = "f"
"""The letter of these buttons; `predict` leaves them out."""
NOT_AGAIN_FOR = 5
"""Turns until it may be asked again."""
RATINGS = {"yes": "feedback.yes", "no": "feedback.no"}
"""What the buttons carry, and the words on them."""


def ask_feedback(turn: Turn, hearing: Hearing) -> Turn:
    """The turn with the two buttons under its last choices, where they are due; counts the turns until then."""
    state = turn.conversation
    waiting = max(0, state.until_feedback - 1)
    section = state.section
    due = waiting == 0 and turn.reading.outcome is Outcome.ANSWER and turn.reading.answered and not state.told
    if not due or state.case is not None or section is None or not turn.replies[-1].choices:
        return Turn(state.having(until_feedback=waiting), turn.replies, turn.events, turn.reading)
    topic = turn.reading.answered[0]
    rating = tuple(
        Choice(label=say(key, hearing.lang), payload=make(KIND, topic, section, carried))
        for carried, key in RATINGS.items()
    )
    last = turn.replies[-1]
    asked = Reply(last.kind, last.text, (*last.choices, *rating))
    state = state.having(until_feedback=NOT_AGAIN_FOR, offered=asked.choices)
    return Turn(state, (*turn.replies[:-1], asked), turn.events, turn.reading)


def rate(hearing: Hearing, topic_id: str, section_id: str, rating: str) -> Turn:
    """Kept without who said it; a no keeps the question too, for the editors."""
    helped = {"yes": True, "no": False}[rating]
    events: tuple[AnswerRated | NotUnderstood, ...] = (AnswerRated(topic_id, section_id, helped, hearing.lang),)
    heard = hearing.conversation.heard
    if not helped and heard:
        events += (NotUnderstood(heard[-1].text, hearing.lang),)
    said = say("feedback.thanks" if helped else "feedback.sorry", hearing.lang)
    reply = Reply(ReplyKind.SMALLTALK, hearing.fill(said))
    return hearing.turn(Outcome.SMALLTALK, reply, events=events)
