"""What the thread has said of a country: no twin of a programme in another one, and who said that they go is there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from babel import Locale

from bot.conversation import Conversation, Outcome, Reply, ReplyKind, TopicScore, Turn
from bot.dialogue.bearing.answering import choose_next
from bot.dialogue.compose import topic_button
from bot.dialogue.danger.where import puts_right, stood_in
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.audience import WHERE
from bot.dialogue.person.signal_index import index_of
from bot.dialogue.person.signals import goes_back, places_acted, places_named, speaks_of_here
from bot.dialogue.person.told import MEXICO, told_by
from bot.dialogue.ranking.offering import category_of
from bot.dialogue.ranking.section_words import covered, said_in
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.refuge import is_closed
from bot.dialogue.thread.stays import going_on
from bot.dialogue.understanding import CLARIFY, Understanding, understand
from bot.dialogue.whereabouts import country_had, only_puts_right, place_only
from bot.dialogue.words.aspects import aspects_in
from bot.dialogue.words.payload import topic_of
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.sounds import sound_text
from bot.texts import say
from knowledge.frames import FrameSet, fold
from knowledge.model import Knowledge
from knowledge.schema.topics import Section, Topic, Where

NOT_THERE = {"US": "elsewhere.not_us", MEXICO: "elsewhere.not_mexico"}
"""By where somebody says that it is, what is said where we know it only for the other country."""
ONLY_KNOWN = {"US": "elsewhere.known_mexico", MEXICO: "elsewhere.known_us"}
"""The same of what is asked there, of which nothing was answered yet."""
ONLY_THERE: Mapping[Where | None, str] = {Where.US: "elsewhere.only_us", Where.MEXICO: "elsewhere.only_mexico"}

BESIDE = 2
"""Topics that are offered for the told country."""

AS_MUCH = 0.9
"""Share of what is said beside a town that a topic bearing its name has to speak of, beside the one that needs none."""


def without_twins(found: Understanding, text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    """The same without the programmes of another country; the open topic goes on where such a one stood first."""
    found = _towards_mexico(found, text, conversation, knowledge)
    left = tuple(one for one in found.topics if not _is_twin(one.topic, text, conversation, knowledge))
    if left == found.topics:
        return found
    opened = knowledge.topics.get(conversation.topic or "")
    if opened is None or left[:1] == found.topics[:1]:
        return replace(found, topics=left)
    gone = going_on(opened, replace(found, topics=(found.topics[0], *left)), text, conversation, knowledge)
    return replace(gone, topics=tuple(one for one in gone.topics if one == gone.topics[0] or one in left))


def without_town(found: Understanding, text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    """The same, or what is wanted without the town that is named, where a likely topic bears it: no place is a want."""
    if found.goes_on or found.from_context:
        return found
    towns = frozenset[str]().union(*(_towns_of(one.topic, knowledge) for one in found.topics[:BESIDE]))
    left = [word for word in text.split() if sound_text(fold(word)) not in towns]
    if len(left) == len(text.split()):
        return found
    wanted = understand(" ".join(left), conversation, knowledge)
    if not wanted.clear or wanted.best <= found.best:
        return found
    said = said_in(" ".join(left), ranker_of(knowledge), knowledge)
    own, other = (covered(said, knowledge.topics[one.topics[0].topic], knowledge) for one in (found, wanted))
    # "A shelter in Tapachula": of what both speak of as much, the town says which.
    return wanted if own < AS_MUCH * other else found


@lru_cache(maxsize=512)
def _towns_of(topic: str, knowledge: Knowledge) -> frozenset[str]:
    """The towns in the title of a topic, as they sound."""
    words = {sound_text(word) for word in fold(knowledge.topics[topic].title.es).split()}
    index, countries = index_of(knowledge), {sound_text(fold(name)) for name in Locale("es").territories.values()}
    return frozenset(word for word in words if index.places.get(word) and word not in index.states | countries)


def _towards_mexico(found: Understanding, text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    """The same with no section for who moves to the United States first, where somebody goes back to Mexico."""
    best = next(iter(found.topics), None)
    if best is None or not goes_back(text, knowledge):
        return found
    topic = knowledge.topics[best.topic]
    without = frozenset(one.id for one in topic.sections if one.where is Where.US)
    if best.section not in without or topic.where is Where.US or len(without) == len(topic.sections):
        return found
    asked = aspects_in(text, knowledge)
    chosen = choose_next(topic, text, asked, conversation.section, knowledge, without)
    return replace(found, topics=(replace(best, section=chosen.section), *found.topics[1:]))


def _is_twin(topic: str, text: str, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Whether a topic is of a programme in another country than what was told, and nobody named it."""
    if _is_abroad(topic, text, conversation, knowledge):
        return True
    own = _countries(knowledge).get(topic)
    opened = (conversation.topic, *conversation.earlier)
    told = {_countries(knowledge)[name] for name in opened if name in _countries(knowledge)}
    if own is None or own in told | {conversation.country}:
        return False
    said = (text, *(heard.text for heard in conversation.heard))
    if any(own in places_named(one, knowledge) or own in _named(one, knowledge) for one in said):
        return False
    others = set(_countries(knowledge).values()) - {own}
    return bool(told) or any(others & (places_named(one, knowledge) | _named(one, knowledge)) for one in said)


def _is_abroad(topic: str, text: str, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Whether a topic is of what is done outside Mexico, for a matter that was told to be in Mexico."""
    opened = knowledge.topics.get(conversation.topic or "")
    if knowledge.topics[topic].where is not Where.ABROAD or opened is None or opened.id == topic:
        return False
    shown = (opened.section_or_first(name).where or opened.where for name in conversation.shown)
    return Where.MEXICO in shown and told_by(conversation, text, knowledge).settled


def asked_there(text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding | None:
    """What was asked last, read for the country that a message only names, where what is open is of another."""
    opened = _opened(conversation, knowledge)
    if not opened or any(not told.over for told in conversation.told):
        return None  # in danger a place is where that is
    country = place_only(text, knowledge)
    if country is None or all(_is_there(*one, country) for one in opened):
        held = conversation.topic is not None and country is not None and only_puts_right(text, knowledge)
        topic, section = opened[0]
        return Understanding((TopicScore(topic.id, section or "", 1.0),), there=True) if held else None
    asked = [one.text for one in reversed(conversation.heard) if place_only(one.text, knowledge) is None]
    if not asked:
        return None
    found = understand(asked[0], conversation.person().having(country=country), knowledge)
    first = [one for one in found.topics[: found.clear] if _is_there(knowledge.topics[one.topic], one.section, country)]
    twin = _counterpart(TopicScore(opened[0][0].id, opened[0][1] or "", 1.0), country, knowledge)
    there = first or ([twin] if twin else _of_country(found, country, knowledge))
    if not there:
        return None
    return Understanding((replace(there[0], score=1.0), *there[1:]), found.aspect, there=True)


def _opened(conversation: Conversation, knowledge: Knowledge) -> Sequence[tuple[Topic, str | None]]:
    """The answer that is open, else those between which the last turn asked to choose."""
    if opened := knowledge.topics.get(conversation.topic or ""):
        return ((opened, conversation.section),)
    names = (topic_of(choice.payload) or "" for choice in conversation.offered)
    return tuple((knowledge.topics[name], None) for name in names if name in knowledge.topics)


def told_there(text: str, conversation: Conversation, knowledge: Knowledge) -> str | None:
    """The country where a matter is said to be done, named or "here", by the newest message that says so of either."""
    home = told_by(conversation, text, knowledge).home
    if home not in NOT_THERE or home != (conversation.country or home):
        return None  # whom it is about may be anywhere
    for said in (text, *(heard.text for heard in reversed(conversation.heard))):
        if named := stood_in(said, knowledge):
            return home if named == {home} else None
        if speaks_of_here(said, knowledge) or country_had(said, knowledge) == home:
            return home
        if goes_back(said, knowledge):
            return None
    return None


def _is_for_later(text: str, conversation: Conversation, knowledge: Knowledge) -> bool:
    """Whether the matter may be for when they are in Mexico, where somebody outside it said lately that they go."""
    for said in (text, *(heard.text for heard in reversed(conversation.heard))):
        if puts_right(said, knowledge) or place_only(said, knowledge) is not None:
            return False
        if goes_back(said, knowledge) or MEXICO in places_acted(said, knowledge):
            return conversation.country != MEXICO
    return False


def held_there(found: Understanding, text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    """The same with what holds in the country that was told first, where the likeliest answer holds in another."""
    best, country = next(iter(found.topics), None), told_there(text, conversation, knowledge)
    if said := _said_again(found, text, conversation, knowledge):
        return said
    if best is None or country is None or _is_there(knowledge.topics[best.topic], best.section, country):
        return found
    topic = knowledge.topics[best.topic]
    held = {one.id: one.where for one in topic.sections if _is_there(topic, one.id, country)}
    # What is said of that country in so many words answers what was found of the other one.
    twins = {name for name, where in held.items() if where is not None and name not in conversation.shown}
    without = frozenset(one.id for one in topic.sections).difference(twins or held)
    if len(without) < len(topic.sections):
        chosen = choose_next(topic, text, aspects_in(text, knowledge), conversation.section, knowledge, without)
        topics = (replace(best, section=chosen.section), *found.topics[1:])
        return replace(found, topics=topics, aspect=chosen.aspect, fits=True, there=True)
    # Whatever a bare place sounds like: "no, es en Houston".
    later = _is_for_later(text, conversation, knowledge) or place_only(text, knowledge) is not None
    twin = None if later else _counterpart(best, country, knowledge)
    if twin is not None:
        return Understanding((twin, *found.topics[1:]), there=True)
    own = [] if later else _of_country(found, country, knowledge)
    return Understanding((replace(own[0], score=1.0), *own[1:]), there=True) if own else found


def _counterpart(best: TopicScore, country: str, knowledge: Knowledge) -> TopicScore | None:
    """What editors name as the answer of this country to what was found of another."""
    named = knowledge.introductions.counterparts.get(country, {})
    place = named.get(f"{best.topic}/{best.section}") or named.get(best.topic)
    topic, _, section = (place or "").partition("/")
    return TopicScore(topic, section, 1.0) if topic else None


def _said_again(
    found: Understanding, text: str, conversation: Conversation, knowledge: Knowledge
) -> Understanding | None:
    """Heard as the same once more, where the open answer is of the country that is put right."""
    opened = knowledge.topics.get(conversation.topic or "")
    if opened is None or not only_puts_right(text, knowledge):
        return None
    if _where(opened, conversation.section) is not WHERE.get(place_only(text, knowledge) or ""):
        return None
    stays = going_on(opened, found, text, conversation, knowledge)
    topics = (replace(stays.topics[0], section=conversation.section or ""), *stays.topics[1:])
    return replace(stays, topics=topics, gap=False, fits=True, again=True)


def _of_country(found: Understanding, country: str, knowledge: Knowledge) -> list[TopicScore]:
    """The likely ones that are of this country and of no other."""
    here = [one for one in found.topics if _where(knowledge.topics[one.topic], one.section) is WHERE.get(country)]
    return [one for one in here if one.score >= CLARIFY]


def answer_not_there(hearing: Hearing) -> Turn | None:
    """That an answer is of another country than the one told, where nothing of ours answers it there."""
    state, knowledge, best = hearing.conversation, hearing.knowledge, next(iter(hearing.understood.topics), None)
    if hearing.understood.there:
        return None
    opened = _opened(state, knowledge)
    country = place_only(hearing.text, knowledge) if opened else None
    if country is not None:
        keys = NOT_THERE if state.topic else ONLY_KNOWN
        there = any(_is_there(*one, country) for one in opened)
        return None if there else _not_there(*opened[0], country, keys, hearing)
    country = told_there(hearing.text, state, knowledge) if hearing.understood.clear else None
    if best is None or country is None or _is_for_later(hearing.text, state, knowledge):
        return None
    return _not_there(knowledge.topics[best.topic], best.section, country, ONLY_KNOWN, hearing)


def _not_there(
    topic: Topic, section: str | None, country: str, keys: Mapping[str, str], hearing: Hearing
) -> Turn | None:
    """What we have beside it for that country, and who helps anybody there."""
    if country not in keys or _is_there(topic, section, country):
        return None
    if any(one.where is WHERE.get(country) for one in topic.sections):
        return None
    knowledge, said = hearing.knowledge, hearing.fill(say(keys[country], hearing.lang))
    names = [name for name in _beside(topic, country, knowledge) if not is_closed(name, hearing)][:BESIDE]
    choices = tuple(topic_button(knowledge.topics[name], knowledge, hearing.lang) for name in names)
    return hearing.turn(Outcome.CLARIFY, Reply(ReplyKind.CLARIFY, said, choices))


def _beside(topic: Topic, country: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The topics of one kind with it that are of this country alone."""
    own = (one.id for one in knowledge.topics.values() if one.where is WHERE.get(country))
    return tuple(name for name in own if category_of(name, knowledge) == category_of(topic.id, knowledge))


def asks_country(topic: Topic, section: Section, hearing: Hearing) -> Sequence[Reply]:
    """Where an answer holds, and how to be told of the other country: for foreigners who may be in either."""
    told = told_by(hearing.conversation, hearing.text, hearing.knowledge)
    key = ONLY_THERE.get(section.where or topic.where)
    open_now = hearing.conversation.topic == topic.id or any(not one.over for one in hearing.conversation.told)
    if key is None or open_now or not told.foreign or told.places:
        return ()
    return (Reply(ReplyKind.QUESTION, say(key, hearing.lang)),)


def _where(topic: Topic, section: str | None) -> Where | None:
    return topic.section_or_first(section or "").where or topic.where


def _is_there(topic: Topic, section: str | None, country: str) -> bool:
    where = _where(topic, section)
    return where is None or (where in (WHERE.get(country), Where.ABROAD) and (where, country) != (Where.ABROAD, MEXICO))


def _named(text: str, knowledge: Knowledge) -> set[str]:
    return {found.key for found in _names(knowledge).find(spell_out(text, knowledge.spelling))}


@lru_cache(maxsize=4)
def _countries(knowledge: Knowledge) -> dict[str, str]:
    """By topic, the country of its programme."""
    return {topic: land.country for land in knowledge.follow_ups.lands for topic in land.topics}


@lru_cache(maxsize=4)
def _names(knowledge: Knowledge) -> FrameSet[str]:
    return FrameSet((land.country, frame) for land in knowledge.follow_ups.lands for frame in land.named)
