"""Whether the calendar answers or a topic does, where both might."""

from collections.abc import Sequence

from bot.dialogue.calendar.evidence import (
    AGAINST_EDITION,
    AGAINST_NOTHING,
    AGAINST_RIVAL,
    ASKS_OF_EVENTS,
    DATED,
    HOME_GROUND,
    asks_of_place,
    is_bare,
    mentions,
    seeks_event,
)
from bot.dialogue.calendar.found import WHOLE_YEAR, Found
from bot.dialogue.calendar.offers import event_of_topic
from bot.dialogue.calendar.vocabulary import singular
from bot.dialogue.calendar.words import GENERIC, Asked
from bot.dialogue.dates.tokens import tokens
from bot.dialogue.hearing import Hearing
from knowledge.model import Knowledge

RIVAL = 0.6
"""Likelihood from which a topic would answer a weak question about the calendar."""
CERTAIN = 0.9
"""Likelihood from which a topic answers all that asks for no date."""
ALL_OF_A_YEAR = 20
"""Events from which an answer is the whole programme of 2018."""
STRAY = 4
"""Words that we cannot place and that may stand beside the name of a forum that we do not have."""


def stays_with_topic(asked: Asked, hearing: Hearing) -> bool:
    """Whether a topic surely answers, and neither a date, a deadline, a place nor what there is is asked for."""
    understood = hearing.understood
    if _is_of_open_topic(asked, hearing):
        return True
    if not understood.clear or understood.best < RIVAL or understood.from_context or hearing.conversation.event:
        return False
    return not seeks_event(asked) or (mentions(asked) and understood.topics[0].topic not in leads_of(hearing.knowledge))


def is_of_thread(asked: Asked, hearing: Hearing) -> bool:
    """`¿Tienen citas esta semana?`, `ya nos registramos el año pasado`: of what is open; a date in passing.

    Nothing of the calendar's own is named, and there are words that we cannot place, or it tells what the writer did.
    """
    state = hearing.conversation
    if not (state.event or state.topic or state.consulate):
        return False
    named = asked.named or asked.kinds or asked.topics or asked.organisers or asked.strangers or asked.telling
    if named or asked.without or asked.plural or "all" in asked.asks or set(asked.places) - HOME_GROUND:
        return False
    if asked.for_osc and state.event is None:
        return False
    if "own" in asked.asks and not asked.asks & {"when", "until"}:
        return True
    return bool(asked.unknown) and (bool(asked.dates.spans) or "when" not in asked.asks)


def _is_of_open_topic(asked: Asked, hearing: Hearing) -> bool:
    """`¿Cuándo cierra la convocatoria?` where a topic is open that is no forum's, and nothing else is named."""
    state = hearing.conversation
    if state.event is not None or state.topic is None or event_of_topic(state.topic, hearing) is not None:
        return False
    if not (asked.named or asked.kinds or asked.dates.spans or asked.asks & (ASKS_OF_EVENTS)):
        return True  # without a word of the calendar's own
    forums = asked.named or set(asked.kinds) & GENERIC or asked.topics or asked.organisers or asked.for_osc
    return not (forums or set(asked.places) - HOME_GROUND or "all" in asked.asks)


def needed(asked: Asked, hearing: Hearing) -> float:
    """Less evidence where nothing else would answer, more where a topic would to which no event leads."""
    if hearing.conversation.event is not None:
        return AGAINST_NOTHING
    understood = hearing.understood
    if not understood.clear and asked.editions and asked.asks & DATED:
        return AGAINST_EDITION
    if not understood.clear:
        return 0.0 if understood.from_context or hearing.conversation.topic else AGAINST_NOTHING
    if understood.topics[0].topic in leads_of(hearing.knowledge):
        return AGAINST_NOTHING if asked.asks & DATED else 0.0
    if (
        asked.named
        or "all" in asked.asks
        or asks_of_place(asked)
        or (asked.kinds and asked.dates.spans)
        or understood.best < RIVAL
    ):
        return 0.0
    return AGAINST_RIVAL


def is_better_told(found: Found, asked: Asked, hearing: Hearing) -> bool:
    """Whether a topic surely answers, to which no event found leads, and the calendar has less to say."""
    understood = hearing.understood
    if not understood.clear or understood.best < RIVAL or understood.from_context:
        return False
    if asked.named and asked.asks & {"when", "until", "next"}:
        return False
    topic = understood.topics[0].topic
    if not found.events:
        listed = asked.dates.spans and "list" in asked.asks and set(asked.kinds) & GENERIC
        return not (asked.dates.year_said or listed)
    if any(topic in event.leads for event in found.events):
        return False
    whole = len(found.events) > ALL_OF_A_YEAR and all(event.history for event in found.events)
    return whole or not (_seeks_date(asked) or ((asked.named or asked.kinds) and understood.best < CERTAIN))


def _seeks_date(asked: Asked) -> bool:
    """A date is asked for, or said of something that the calendar has."""
    if asked.asks & (DATED | {"past", "list", "all"}) or asked.telling or is_bare(asked):
        return True
    if asked.named and set(asked.places) - HOME_GROUND:
        return True
    said = asked.named or asked.kinds or asked.places
    return any(said or span.days < WHOLE_YEAR for span in asked.dates.spans)


def names_a_stranger(asked: Asked) -> bool:
    """`foro social mundial 2027`: a forum by its noun, with a name that we do not have."""
    if asked.named or not asked.stranger or len(asked.unknown) > STRAY or "how" in asked.asks:
        return False
    return asked.dates.year_said or bool(asked.asks & {"when", "next", "until"})


def seeks_stranger(asked: Asked, hearing: Hearing) -> bool:
    """Whether its date or place is asked for, and no topic speaks of it."""
    understood = hearing.understood
    if hearing.conversation.event is not None and (asked.kinds or "how" not in asked.asks):
        return True  # what is named next is looked for among events
    timed = asked.dates.year_said or bool(asked.asks & (DATED | {"past"}))
    if understood.clear and not asked.no_edition and _speaks_of(understood.topics[0].topic, asked.strangers, hearing):
        return timed and understood.best < (CERTAIN if asked.kinds else RIVAL)
    return timed or bool(asked.kinds) or not asked.unknown


def _speaks_of(topic_id: str, words: Sequence[str], hearing: Hearing) -> bool:
    """Whether people ask that topic in those words: that of the climate COP says nothing of CITES."""
    topic, phrases = hearing.knowledge.topics[topic_id], hearing.knowledge.phrases.get(topic_id)
    said = [name for names in topic.names.values() for name in names]
    said += [text for section in phrases.sections.values() for text in (*section.es, *section.en)] if phrases else []
    known = {singular(word) for text in said for word in tokens(text)}
    return known.issuperset(words)


def sure_topic(hearing: Hearing) -> str | None:
    """The topic that surely answers."""
    understood = hearing.understood
    return understood.topics[0].topic if understood.clear and understood.best >= RIVAL else None


def leads_of(knowledge: Knowledge) -> set[str]:
    """Topics that say how to take part in an event."""
    return {lead for event in knowledge.events.values() for lead in event.leads}
