"""Questions for a consulate: an engine step before topics, which decides whether the directory answers."""

from dataclasses import replace

from bot.conversation import Kind, NotUnderstood, Outcome, Turn
from bot.dialogue.commands import open_question_aside
from bot.dialogue.danger.meant import ONCE_FOR
from bot.dialogue.directory import replies
from bot.dialogue.directory.lived_in import place_lived_in, town_told
from bot.dialogue.directory.nearest import Where, of_town, where
from bot.dialogue.directory.place_words import ANOTHER, BEFORE_A_PLACE
from bot.dialogue.directory.places import Asked, read
from bot.dialogue.directory.rivals import (
    better_left,
    is_everywhere,
    is_of_another_country,
    is_postal_code,
    is_seat,
    outside_chiapas,
)
from bot.dialogue.directory.turns import (
    around,
    home,
    near_turn,
    no_postal_codes,
    not_found,
    rather_not,
    shown_turn,
    told,
    which_town,
)
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.audience import MAY_BE_MEXICAN
from bot.dialogue.person.gazetteer import Town
from bot.dialogue.person.told import told_by
from bot.dialogue.ranking.known import place_of
from bot.dialogue.understanding import CLARIFY
from bot.dialogue.words.aspects import aspects_in
from knowledge.frames import fold
from knowledge.schema.directory import Ask
from knowledge.schema.topics import Aspect, Everyday

FINDING = frozenset({Ask.WHERE, Ask.NEAR, Ask.MINE, Ask.PHONE, Ask.GUARD, Ask.ADDRESS})
"""What can be asked of "the consulate" without a town: then we ask which."""
LOOKING = FINDING - {Ask.PHONE, Ask.GUARD}
"""What asks for a place."""
FEW_UNKNOWN = 4
"""Words that we cannot place beside a question for the consulate of a place that is named: "wait", "now"."""
LONGEST = 10
"""Words of a question that asks for nothing but a place, or its number."""
SHORT = 8
"""Words of a message that goes on from a consulate, or answers where the person is."""
CENTRAL_AMERICA = "consulados-centroamericanos-chiapas"
"""The topic that holds other countries' consulates in a state of Mexico."""


def answer_directory(hearing: Hearing) -> Turn | None:
    """The turn of a question for a consulate, or of a place that answers ours; None for all else."""
    if hearing.message.kind is Kind.LOCATION or hearing.understood.everyday is Everyday.SMALLTALK:
        return None
    asked = read(hearing.text, hearing.knowledge, likeness=_goes_on(hearing))
    if home(hearing.knowledge) is None:
        return None
    if hearing.conversation.fears_government and _leads_there(hearing, asked):
        return rather_not(hearing)
    if town := _asked_where(hearing, asked):
        return near_turn(hearing, of_town(town))
    if asked is None:
        return None
    if asked.another or (asked.foreigner and _wants_a_door(hearing, asked)):
        return _anothers(hearing, asked)
    if is_postal_code(asked) and not troubled(hearing):
        return no_postal_codes(hearing)
    place = _looked_for(hearing, asked) or _alone(hearing, asked) or _lived_in(hearing, asked)
    if place is not None:
        return told(hearing, asked, place)
    return _explicit(hearing, asked) if asked.consulate else _follow_up(hearing, asked)


def _leads_there(hearing: Hearing, asked: Asked | None) -> bool:
    """Whether the answer would be a consulate, or the topic that holds them."""
    held, likely = home(hearing.knowledge), hearing.understood
    best = likely.topics[0] if likely.topics else None
    if best is not None and held is not None and best.topic == held[0].id and likely.best >= CLARIFY:
        return True
    if asked is None or likely.clear:
        return False
    return asked.consulate and (asked.bare or bool(asked.asks & FINDING) or bool(asked.named))


def never_named(topic: str, hearing: Hearing) -> bool:
    """Whether a topic is the one of the consulates, and the person fears their government."""
    held = home(hearing.knowledge)
    return hearing.conversation.fears_government and held is not None and held[0].id == topic


def _wants_a_door(hearing: Hearing, asked: Asked) -> bool:
    """Whether more than the nationality of who asks is said: an office, or where; alone it answers our question."""
    if asked.asks & FINDING:
        return asked.consulate or _goes_on(hearing)
    return asked.consulate or (_of_directory(hearing) and not asked.unknown)


def _anothers(hearing: Hearing, asked: Asked) -> Turn | None:
    """`el consulado de Honduras en Houston`: the directory is of Mexico's alone; what a topic knows stays its own."""
    known, best = hearing.knowledge, next(iter(hearing.understood.topics), None)
    held = home(known)
    about = best.topic if best else None
    if about == CENTRAL_AMERICA and asked.consulate and not outside_chiapas(asked):
        return None
    ours = about is None or about in known.directory.business or about in (CENTRAL_AMERICA, held and held[0].id)
    if asked.unknown and hearing.understood.clear and not ours:
        return None
    if hearing.conversation.fears_government:
        return rather_not(hearing)
    noticed = NotUnderstood(hearing.text, hearing.message_lang)
    return hearing.turn(Outcome.FALLBACK, replies.anothers(hearing), *open_question_aside(hearing), events=(noticed,))


def _explicit(hearing: Hearing, asked: Asked) -> Turn | None:
    """A message with a word for a consulate, every other word of which is known."""
    if is_of_another_country(asked) or (asked.unknown and not asked.lost):
        return None
    if asked.bare and not troubled(hearing):
        return which_town(hearing)
    place = where(asked, hearing.knowledge, hearing.conversation.asked_place)
    if hearing.understood.clear and better_left(asked, place, hearing.knowledge):
        return None
    if place is not None and not (is_everywhere(place, hearing.knowledge) and not asked.asks & FINDING):
        if asked.embassy and place.region and is_seat(place, hearing.knowledge):
            place = Where(place.towns[:1])
        return told(hearing, asked, place)
    if asked.lost and (asked.asks & FINDING or not hearing.understood.clear):
        return not_found(hearing)
    return which_town(hearing) if asked.asks & FINDING else None


def _looked_for(hearing: Hearing, asked: Asked) -> Where | None:
    """Where somebody is who asks where to go, for what is done at a consulate: "where do I go, I live in Boise"."""
    state, knowledge, held = hearing.conversation, hearing.knowledge, home(hearing.knowledge)
    first = next(iter(hearing.understood.topics), None)
    if troubled(hearing) or held is None or first is None or asked.lost or len(asked.unknown) > FEW_UNKNOWN:
        return None
    stays = first.topic == state.topic or (hearing.understood.goes_on and first.topic in knowledge.directory.business)
    inside = stays and _done_there(hearing) and not hearing.understood.there
    plain = asked.consulate and not asked.unknown  # every word is known: read as a whole below
    only_goes = asked.asks & LOOKING == {Ask.WHERE} and Aspect.WHERE not in aspects_in(hearing.text, knowledge)
    if plain or only_goes or not asked.asks & LOOKING or not (inside or first.topic == held[0].id):
        return None
    there = tuple(one for one in asked.named if not asked.unknown or one.region or one.before in BEFORE_A_PLACE)
    place = where(replace(asked, named=there), knowledge)
    return place if place and place.served and not is_everywhere(place, knowledge) else None


def _alone(hearing: Hearing, asked: Asked) -> Where | None:
    """A town of ours with nothing beside it, and nothing open that it may answer: the consulate there."""
    state, understood = hearing.conversation, hearing.understood
    if not asked.only or state.topic is not None or troubled(hearing):
        return None
    if understood.clear or state.citizen not in MAY_BE_MEXICAN or place_of(hearing.text, hearing.knowledge):
        return None
    place = where(asked, hearing.knowledge)
    return place if place is not None and place.served and place.towns else None


def _lived_in(hearing: Hearing, asked: Asked) -> Where | None:
    """Where they said that they live, for who asks which consulate is theirs and names no place."""
    first = next(iter(hearing.understood.topics), None)
    held, state = home(hearing.knowledge), hearing.conversation
    theirs = Ask.MINE in asked.asks or (Ask.WHERE in asked.asks and not state.consulate)
    if not (asked.consulate and theirs) or asked.named or asked.lost or asked.embassy or troubled(hearing):
        return None
    if len(asked.unknown) > 1 or (asked.unknown and (first is None or held is None or first.topic != held[0].id)):
        return None
    return place_lived_in(hearing)


def _asked_where(hearing: Hearing, asked: Asked | None) -> Town | None:
    """The town told before, for who asks nothing but where the open business of a consulate is done, or its number."""
    first = next(iter(hearing.understood.topics), None)
    if first is None or first.topic != hearing.conversation.topic or troubled(hearing) or not _done_there(hearing):
        return None
    section = hearing.knowledge.topics[first.topic].section_or_first(first.section)
    if section.aspect not in (Aspect.WHERE, Aspect.PHONE) or len(hearing.text.split()) > LONGEST:
        return None
    abroad = told_by(hearing.conversation, hearing.text, hearing.knowledge).home != hearing.conversation.country
    if abroad or hearing.conversation.citizen not in MAY_BE_MEXICAN or (asked is not None and asked.named):
        return None
    return town_told(hearing)


def _of_directory(hearing: Hearing) -> bool:
    """Whether the last answer was the directory's."""
    state, held = hearing.conversation, home(hearing.knowledge)
    shown = held is not None and (state.topic, state.section) == (held[0].id, held[1].id)
    return state.asked_place is not None or state.consulate is not None or shown


def _goes_on(hearing: Hearing) -> bool:
    """Whether a place alone may be meant for us: after a consulate, or what is done at one; never in trouble."""
    return not troubled(hearing) and (_done_there(hearing) or _of_directory(hearing))


def _done_there(hearing: Hearing) -> bool:
    """Whether the open topic is business of a consulate, and done at its own address."""
    directory, topic = hearing.knowledge.directory, hearing.conversation.topic
    return topic in directory.business and topic not in directory.comes


def _follow_up(hearing: Hearing, asked: Asked) -> Turn | None:
    """A place that answers ours or goes on from an answer; a question about the consulate just shown."""
    state, here = hearing.conversation, _of_directory(hearing)
    if asked.words > SHORT or not _goes_on(hearing):
        return None
    if asked.unknown:
        open_still = state.asked_place is not None and not hearing.understood.clear and not state.fears_government
        return not_found(hearing) if open_still else None
    place = where(asked, hearing.knowledge, state.asked_place)
    if place is not None:
        # In Mexico the business of the topic is done elsewhere; the topic says where.
        return told(hearing, asked, place) if here or place.served else None
    consulate = hearing.knowledge.consulates.get(state.consulate or "")
    if consulate and Ask.NEAR in asked.asks and not ANOTHER.isdisjoint(fold(hearing.text).split()):
        return around(hearing, consulate)
    return shown_turn(hearing, consulate, asked) if consulate and asked.asks and not asked.named else None


def troubled(hearing: Hearing) -> bool:
    """Danger was spoken of a moment ago, or a question is open: a place is said for that."""
    state = hearing.conversation
    told = any(hearing.now - each.at < ONCE_FOR for each in state.told)
    return told or state.flow is not None or state.checking is not None
