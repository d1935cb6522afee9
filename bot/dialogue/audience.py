"""For whom an answer is, by what the content declares and what the person said of citizenship and country."""

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from bot.conversation import Conversation
from bot.dialogue.gazetteer import gazetteer_of
from bot.dialogue.phrasing import heard_in
from bot.dialogue.ranker import Floats, Ranker
from bot.dialogue.signals import LONGEST_PLACE, of_mexicans, places_named, read_signals, speaks_of_kin
from bot.dialogue.sounds import sound_text
from bot.dialogue.towns import countries_by_town
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.topics import People, Section, Topic, Where

MEXICO, UNITED_STATES = "MX", "US"
MAY_BE_MEXICAN = frozenset({None, MEXICO, UNITED_STATES})
"""Citizenships beside which somebody may be Mexican: nobody said, or of the United States, whose children often are."""
NEAR = frozenset({MEXICO, UNITED_STATES})
"""Countries that no section for elsewhere speaks of."""
OTHERS = 0.3
"""What the likelihood of an answer for who is elsewhere, or for foreigners, counts: it may be asked for somebody."""
UNNAMED = 0.1
"""What the likelihood of a state's own page counts where nobody named that state: the national one goes before it."""
NOT_IN_MEXICO = frozenset({Where.US, Where.ABROAD})
WHERE = {MEXICO: Where.MEXICO, UNITED_STATES: Where.US, "PR": Where.US}


def people_of(state: Conversation, text: str, knowledge: Knowledge) -> frozenset[People] | None:
    """The groups that a person is of; None where they did not say, or may ask for somebody of another."""
    said = (text, *(heard.text for heard in state.heard))
    if state.citizen is None:
        return None
    if state.citizen == MEXICO:
        return None if any(speaks_of_kin(one, knowledge) for one in said) else frozenset({People.MEXICANS})
    if any(of_mexicans(one, knowledge, state.citizen) for one in said):
        return None
    own = {People.AMERICANS} if state.citizen == UNITED_STATES else set()
    return frozenset({People.FOREIGNERS, *own})


def is_for(topic: Topic, people: frozenset[People] | None) -> bool:
    """Whether a topic, or a section of it, may be for somebody of these groups."""
    return any(_may_be_for(topic, section, people) for section in topic.sections)


def _may_be_for(topic: Topic, section: Section, people: frozenset[People] | None) -> bool:
    declared = topic.people if section.people is None else section.people
    return people is None or not declared or not people.isdisjoint(declared)


def weights(ranker: Ranker, state: Conversation, text: str, knowledge: Knowledge) -> Floats:
    """What the likelihood of each column counts: nothing where the answer is for others."""
    people, places = people_of(state, text, knowledge), _places(state, text, knowledge)
    return _weights(ranker, people, places, regions_named(state, text, knowledge), knowledge)


def closed(topic: Topic, state: Conversation, text: str, knowledge: Knowledge) -> frozenset[str]:
    """The sections that are surely for others."""
    people, places = people_of(state, text, knowledge), _places(state, text, knowledge)
    away = _is_in_mexico(state, text, knowledge) and any(one.where is Where.MEXICO for one in topic.sections)
    return frozenset(
        one.id
        for one in topic.sections
        if _weight(topic, one, people, places) == 0 or (away and one.where in NOT_IN_MEXICO)
    )


def _is_in_mexico(state: Conversation, text: str, knowledge: Knowledge) -> bool:
    """Whether somebody is in Mexico and no matter of the United States was told: then its offices are no help."""
    said = (text, *(heard.text for heard in state.heard))
    # "Me regresaron de Chicago hace un mes" names the past.
    told = (one for one in said if read_signals(one, knowledge).country != MEXICO)
    return state.country == MEXICO and not any(UNITED_STATES in places_named(one, knowledge) for one in told)


def regions_named(state: Conversation, text: str, knowledge: Knowledge) -> frozenset[str]:
    """The states with pages of their own that a person named lately, by their names or by a town of theirs."""
    return frozenset().union(*(_regions_in(one, knowledge) for one in (text, *(heard.text for heard in state.heard))))


@lru_cache(maxsize=64)
def _regions_in(text: str, knowledge: Knowledge) -> frozenset[str]:
    names, parts = _names_of_regions(knowledge), (part.split() for part in heard_in(text, knowledge.spelling))
    starts = (words[at:] for words in parts for at in range(len(words)))
    spans = (" ".join(words[:count]) for words in starts for count in range(1, LONGEST_PLACE + 1))
    return frozenset(names[span] for span in spans if span in names)


@lru_cache(maxsize=4)
def _names_of_regions(knowledge: Knowledge) -> Mapping[str, str]:
    """Name as it sounds -> the state with pages of its own that is, or has a town, called so and nothing else is."""
    own = {topic.region for topic in knowledge.topics.values() if topic.region}
    regions = (knowledge.regions[one] for one in own)
    found = {sound_text(fold(name)): one.id for one in regions for name in (*one.said, one.name.es, one.name.en)}
    known = countries_by_town(knowledge)
    for name, towns in gazetteer_of(knowledge).named.items():
        if towns[0].region in own and known.get(sound_text(name)):
            found.setdefault(sound_text(name), towns[0].region)
    return found


def _places(state: Conversation, text: str, knowledge: Knowledge) -> frozenset[str]:
    """The countries of the matter: where the person is, and what they named last."""
    last = state.heard[-1].text if state.heard else ""
    named = places_named(text, knowledge) or places_named(last, knowledge)
    return frozenset(named | ({state.country} if state.country else set()))


def _weight(topic: Topic, section: Section, people: frozenset[People] | None, places: frozenset[str]) -> float:
    if not _may_be_for(topic, section, people):
        # A topic that is for others as a whole keeps its place: that it is for others is what must be said.
        return 0.0 if is_for(topic, people) else OTHERS if people == frozenset({People.MEXICANS}) else 1.0
    where = section.where or topic.where
    if where is None or not places:
        return 1.0
    if where is Where.ELSEWHERE:
        return 0.0 if places <= NEAR else 1.0
    if where is Where.ABROAD:
        return OTHERS if places == {MEXICO} else 1.0
    return 1.0 if where in {WHERE.get(place) for place in places} else OTHERS


@lru_cache(maxsize=64)
def _weights(
    ranker: Ranker,
    people: frozenset[People] | None,
    places: frozenset[str],
    regions: frozenset[str],
    knowledge: Knowledge,
) -> Floats:
    topics = knowledge.topics
    found = [
        _weight(topics[one.topic], topics[one.topic].section_or_first(one.section), people, places)
        * (1.0 if topics[one.topic].region in {None, *regions} else UNNAMED)
        if one.topic
        else 1.0
        for one in ranker.model.columns
    ]
    result: Floats = np.array(found, dtype=np.float32)
    result.flags.writeable = False
    return result
