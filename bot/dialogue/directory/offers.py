"""Where the directory is offered or led to: beside an answer, by a shared place, by buttons."""

from collections.abc import Callable
from dataclasses import replace

from bot.conversation import Choice, Outcome, Reply, Turn
from bot.dialogue.compose import FIND_CONSULATE
from bot.dialogue.directory import replies
from bot.dialogue.directory.answer import SHORT, troubled
from bot.dialogue.directory.lived_in import town_told
from bot.dialogue.directory.nearest import Point, in_region, meant, nearest, of_town, where
from bot.dialogue.directory.places import read
from bot.dialogue.directory.turns import answer_turn, home, is_far, near_turn, of_region, shown_turn, which_town
from bot.dialogue.directory.words import MEXICO
from bot.dialogue.hearing import Hearing
from bot.dialogue.location import just_located, shared_place
from bot.dialogue.person.gazetteer import gazetteer_of
from bot.dialogue.person.told import told_by
from knowledge.addresses import names_others_numbers
from knowledge.schema.topics import Topic

OUT_OF_REACH = 150.0
"""Kilometres to the nearest known town from which a shared place is in another country, or at sea."""


def with_consulate(reply: Reply, topic: Topic, hearing: Hearing) -> Reply:
    """An answer whose business is done at a consulate, with the nearest one offered where a town is named."""
    state, knowledge = hearing.conversation, hearing.knowledge
    if state.fears_government:
        return reply
    if is_far(state):
        return _from_far(reply, topic, hearing)
    if topic.id not in knowledge.directory.business:
        return reply
    if told_by(state, hearing.text, knowledge).home != state.country:
        return reply  # whom it is about is elsewhere
    town = None if troubled(hearing) else town_told(hearing)
    if town is None:
        return reply
    found = nearest(of_town(town), hearing.knowledge)[0]
    others = (choice for choice in reply.choices if choice.payload != FIND_CONSULATE)
    return replace(reply, choices=(replies.offer(found.consulate, hearing.lang), *others))


def _from_far(reply: Reply, topic: Topic, hearing: Hearing) -> Reply:
    """An answer behind what we lack of a country without a directory of ours, where its numbers are not theirs."""
    business = topic.id in hearing.knowledge.directory.business
    if not business and not names_others_numbers(reply.text, hearing.conversation.country, hearing.knowledge):
        return reply
    first = replies.abroad(hearing, hearing.conversation.country).text
    others = tuple(choice for choice in reply.choices if choice.payload != FIND_CONSULATE)
    return replace(reply, text=f"{first}\n\n{reply.text}", choices=others)


def place_told(hearing: Hearing) -> tuple[str, tuple[Choice, ...]] | None:
    """The town that a message only tells, with the consulate nearest to it as a choice where one serves it."""
    asked = None if troubled(hearing) else read(hearing.text, hearing.knowledge)
    if asked is None or asked.unknown or asked.asks or asked.consulate or asked.words > SHORT:
        return None
    towns = [town for named in asked.named for town in named.towns[:1]]
    if len({town.name for town in towns}) != 1:
        return None
    place = where(asked, hearing.knowledge)
    served = meant(place, hearing.knowledge) if place and place.country is None and not place.region else ()
    if len(served) != 1 or hearing.conversation.fears_government:
        return towns[0].name, ()
    found = nearest(of_town(served[0]), hearing.knowledge)[0]
    return served[0].name, (replies.offer(found.consulate, hearing.lang),)


def answer_shared_place(hearing: Hearing) -> Turn | None:
    """A location shared in calm: the nearest consulate; in danger it is for whoever helps."""
    place, state = shared_place(hearing), hearing.conversation
    if place is None or state.told or state.case is not None:
        return None
    moved = just_located(hearing) and state.asked_place is None
    if moved or state.fears_government or state.flow is not None or home(hearing.knowledge) is None:
        return None
    town, away = gazetteer_of(hearing.knowledge).nearest(place.latitude, place.longitude)
    if town.country == MEXICO or away > OUT_OF_REACH:
        in_mexico = town.country == MEXICO and away <= OUT_OF_REACH
        return None if state.asked_place is None else _elsewhere(hearing, in_mexico)
    point = Point(place.latitude, place.longitude, of_town(town).country)
    if state.asked_place is not None:
        turn = near_turn(hearing, point)
        return replace(turn, conversation=turn.conversation.having(located_at=hearing.now))
    found = nearest(point, hearing.knowledge)[0].consulate
    return hearing.turn(Outcome.QUESTION, replies.located(hearing, found), located_at=hearing.now)


def _elsewhere(hearing: Hearing, in_mexico: bool) -> Turn:
    reply = replies.in_mexico(hearing) if in_mexico else replies.abroad(hearing, None)
    return answer_turn(hearing, reply, asked_place="")


def show_consulate(hearing: Hearing, consulate_id: str, what: str = "") -> Turn:
    """A tapped consulate, or its sources."""
    consulate = hearing.knowledge.consulates[consulate_id]
    if what != "o" or hearing.conversation.fears_government:
        return shown_turn(hearing, consulate)
    return answer_turn(hearing, replies.sources(hearing, consulate), consulate=consulate.id)


def show_region(hearing: Hearing, region_id: str, start: str = "0") -> Turn:
    """The consulates of a tapped state. ValueError where there are no more."""
    seats = in_region(hearing.knowledge.regions[region_id], hearing.knowledge)
    if not 0 <= int(start) < max(1, len(seats)):
        raise ValueError("there is no more")
    return of_region(hearing, region_id, int(start))


def show_town(hearing: Hearing, town_id: str) -> Turn:
    """The consulate nearest to a tapped town."""
    return near_turn(hearing, of_town(gazetteer_of(hearing.knowledge).towns[int(town_id)]))


def find_consulate(hearing: Hearing, _where: str) -> Turn:
    """Asks where the person is."""
    return which_town(hearing)


TAPS: dict[str, Callable[..., Turn]] = {"p": show_consulate, "n": show_region, "w": show_town, "y": find_consulate}
"""Kinds of buttons: a consulate, the consulates of a state, a town, one's own consulate."""
