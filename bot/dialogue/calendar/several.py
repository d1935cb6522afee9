"""What is asked next where several events were shown, or two things at once: which event is meant, and both answers."""

from dataclasses import replace

from bot.conversation import Turn
from bot.dialogue.calendar.thread import asks_of_open, go_on
from bot.dialogue.calendar.words import Asked
from bot.dialogue.hearing import Hearing
from bot.dialogue.words.payload import make
from bot.texts import say
from knowledge.schema.calendar import Event

TWO = 2
OWN_FIELDS = frozenset({"fee", "expenses", "attendance", "visa", "language", "people", "until", "where"})
"""What may stand beside another question: each is a line or a section of its own."""


def answer_open(asked: Asked, event: Event, hearing: Hearing) -> Turn | None:
    """What the open event says of what is asked of it; None where nothing is, or its topic tells that."""
    asks = asks_of_open(asked)
    turn = go_on(asks[0], event, hearing) if asks else None
    if turn is None:
        return None
    second = next((ask for ask in asks[1:] if {ask, asks[0]} <= OWN_FIELDS), None)
    other = go_on(second, event, hearing) if second else None
    if other is not None:
        silent = tuple(replace(reply, choices=()) for reply in turn.replies)
        turn = replace(other, replies=(*silent, *other.replies))
    return _saying_which(turn, event, hearing)


def _saying_which(turn: Turn, event: Event, hearing: Hearing) -> Turn:
    """The same, where several were shown, with a word that this is one of them; the others stay a tap away."""
    begins = make("e", "")
    shown = tuple(choice for choice in hearing.conversation.offered if choice.payload.startswith(begins))
    several = {choice.payload.split("|")[1] for choice in shown}
    if len(several) < TWO or event.id not in several:
        return turn
    first, *rest = turn.replies
    which = say("calendar.of_several", hearing.lang)
    first = replace(first, text=f"{which}\n\n{first.text}")
    *before, last = (first, *rest)
    others = tuple(choice for choice in shown if choice.payload.split("|")[1] != event.id)
    last = replace(last, choices=(*last.choices, *(one for one in others if one not in last.choices)))
    state = turn.conversation.having(offered=last.choices)
    return replace(turn, conversation=state, replies=(*before, last))
