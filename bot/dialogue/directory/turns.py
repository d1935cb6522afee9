"""What the directory says, as turns: the nearest consulate, those of a state, a question which is meant."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.conversation import Conversation, Outcome, Reply, TopicScore, Turn
from bot.dialogue.commands import open_question_aside
from bot.dialogue.compose import CONSULATES_IN
from bot.dialogue.directory import replies
from bot.dialogue.directory.nearest import (
    Point,
    Where,
    also,
    in_region,
    meant,
    nearest,
    of_town,
    point_of,
    served_towns,
)
from bot.dialogue.directory.places import Asked
from bot.dialogue.directory.rivals import MANY
from bot.dialogue.directory.words import MEXICO
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.gazetteer import Town, gazetteer_of
from knowledge.model import Knowledge
from knowledge.schema.directory import Consulate
from knowledge.schema.topics import Section, Topic

SCORE = 0.9
"""Of an answer that was not ranked but read."""


def home(knowledge: Knowledge) -> tuple[Topic, Section] | None:
    """The topic that holds the consulates: the one of that name, else the first with a section for them."""
    covers = knowledge.directory.covers
    own = knowledge.topics.get(covers)
    for topic in (*((own,) if own else ()), *knowledge.topics.values()):
        for section in topic.sections:
            if covers in section.covers:
                return None if topic.withdrawn else (topic, section)
    return None


def _business(hearing: Hearing) -> tuple[Topic, Section] | None:
    """What is done at a consulate, was asked about before, and is asked about still: `¿y en Houston?`."""
    best = next(iter(hearing.understood.topics), None)
    known, last = hearing.knowledge, hearing.conversation.topic
    if best is None or best.topic != last or last not in known.directory.business:
        return None
    section = known.topics[last].section(best.section)
    return (known.topics[last], section) if section else None


def _credited(hearing: Hearing) -> tuple[Hearing, Topic]:
    """The same message understood as the topic whose place is asked for, else the one that holds the consulates."""
    topic, section = _business(hearing) or home(hearing.knowledge) or (None, None)
    if topic is None or section is None:
        raise KeyError("no topic holds the consulates")
    others = tuple(score for score in hearing.understood.topics if score.topic != topic.id)
    ranked = (TopicScore(topic.id, section.id, SCORE), *others[:2])
    return replace(hearing, understood=replace(hearing.understood, topics=ranked)), topic


def answer_turn(
    hearing: Hearing, reply: Reply, *, answers: bool = True, outcome: Outcome = Outcome.ANSWER, **state: Any
) -> Turn:
    """The turn of a reply of the directory."""
    credited, topic = _credited(hearing)
    answered = (topic.id,) if answers else ()
    said = (reply, *open_question_aside(hearing))
    turn = credited.turn(outcome, *said, answered=answered, topic=None, section=None, **state)
    before = hearing.conversation
    if before.topic not in hearing.knowledge.directory.business:
        return turn  # what is said next does not go on from the topic's own text
    kept = turn.conversation.having(topic=before.topic, section=before.section)
    return replace(turn, conversation=kept)


def told(hearing: Hearing, asked: Asked, place: Where) -> Turn:
    """What is known of the place: its consulate, a list of them, a question which is meant, or why there is none."""
    if hearing.conversation.fears_government:
        return rather_not(hearing)
    if place.country is not None:
        reply = (
            replies.in_mexico(hearing, served_towns(asked))
            if place.country == MEXICO
            else replies.abroad(hearing, place.country)
        )
        return answer_turn(hearing, reply, asked_place="")
    choices = meant(place, hearing.knowledge)
    if len(choices) > 1 or (choices and place.region):
        name = place.name
        reply = replies.which(hearing, choices, place.region)
        return answer_turn(hearing, reply, answers=False, outcome=Outcome.CLARIFY, asked_place=name)
    if choices:
        others = also(place, choices[0], hearing.knowledge)
        return near_turn(hearing, of_town(choices[0]), asked, others)
    if place.region is None:
        return which_town(hearing)
    return of_region(hearing, place.region.id, 0)


def near_turn(hearing: Hearing, point: Point, asked: Asked | None = None, others: Sequence[Town] = ()) -> Turn:
    """The consulate nearest to a point."""
    if hearing.conversation.fears_government:
        return rather_not(hearing)
    found = nearest(point, hearing.knowledge)
    reply = replies.card(hearing, found, point, asked.asks if asked else frozenset(), others)
    return answer_turn(hearing, reply, consulate=found[0].consulate.id)


def shown_turn(hearing: Hearing, consulate: Consulate, asked: Asked | None = None) -> Turn:
    """One consulate."""
    seat = gazetteer_of(hearing.knowledge).towns[consulate.geonames]
    return near_turn(hearing, of_town(seat), asked)


def around(hearing: Hearing, consulate: Consulate) -> Turn:
    """`¿hay otro más cerca?`: those nearest to the one just shown; only the person's town says which is nearer."""
    seat = of_town(gazetteer_of(hearing.knowledge).towns[consulate.geonames])
    found = [near for near in nearest(seat, hearing.knowledge) if near.consulate.id != consulate.id]
    return answer_turn(hearing, replies.around(hearing, consulate, found), consulate=consulate.id, asked_place="")


def no_postal_codes(hearing: Hearing) -> Turn:
    """Asks for the town: no source says which consulate a postal code belongs to."""
    if hearing.conversation.fears_government:
        return rather_not(hearing)
    reply = replies.no_postal_codes(hearing)
    return answer_turn(hearing, reply, answers=False, outcome=Outcome.QUESTION, asked_place="")


def of_region(hearing: Hearing, region_id: str, start: int) -> Turn:
    """The consulates of a state, three at a time."""
    if hearing.conversation.fears_government:
        return rather_not(hearing)
    region = hearing.knowledge.regions[region_id]
    seats = in_region(region, hearing.knowledge)
    if len(seats) > MANY:
        return which_town(hearing)
    if len(seats) == 1:
        return shown_turn(hearing, seats[0])
    if not seats:
        around = nearest(point_of(region, hearing.knowledge), hearing.knowledge)
        return answer_turn(hearing, replies.none_there(hearing, region, around), asked_place="")
    return answer_turn(hearing, replies.listed(hearing, region, seats, start), asked_place="")


def which_town(hearing: Hearing) -> Turn:
    """Asks for the town and the state."""
    state = hearing.conversation
    if state.fears_government:
        return rather_not(hearing)
    if is_far(state):
        return answer_turn(hearing, replies.abroad(hearing, state.country), asked_place="")
    return answer_turn(hearing, replies.which_town(hearing), asked_place="")


def is_far(state: Conversation) -> bool:
    """Whether somebody said that they are in a country of which the directory has no consulate, nor Mexico's own."""
    return state.country not in (*CONSULATES_IN, MEXICO)


def not_found(hearing: Hearing) -> Turn:
    """A place that we do not know."""
    if hearing.conversation.fears_government:
        return rather_not(hearing)
    return answer_turn(hearing, replies.not_found(hearing), answers=False, outcome=Outcome.QUESTION, asked_place="")


def rather_not(hearing: Hearing) -> Turn:
    """Nobody who fears their government is sent to a consulate, nor offered one."""
    return answer_turn(hearing, replies.rather_not(hearing), answers=False, outcome=Outcome.CLARIFY)
