"""A thing that the open topic, or its own cost, does not speak of: "y la urna", "y cuánto cuesta lo del juez"."""

import re
from functools import lru_cache
from itertools import chain

from bot.conversation import Turn
from bot.dialogue.compose import gap_line
from bot.dialogue.excerpts.nearest import reached
from bot.dialogue.excerpts.quoting import sentences_of
from bot.dialogue.excerpts.replies import told
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.signals import place_alone
from bot.dialogue.ranking.section_table import Keys, keys_of_word, own_keys
from bot.dialogue.ranking.section_words import said_in, spoken_of
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.words.aspects import aspects_in, empty_words, held_by
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.years import people_in
from knowledge.addresses import put
from knowledge.model import Knowledge
from knowledge.schema.base import Lang
from knowledge.schema.topics import Aspect, Section, Topic

OF_A_THING = frozenset({Aspect.COST, Aspect.DURATION})
"""What another thing has of its own."""
_OBJECT = re.compile(r"\b(?:lo del?|lo de (?:la|los|las)|el|la|los|las|un|una|del|ese|esa|the|that|a|an) ([a-z]{4,})$")
"""The thing at the end of a question."""
_THING = re.compile(
    r"\b(?:el|un|una|unos|unas|del|al|mi|mis|su|sus|sin|(?:de|con|para|por|sobre|sin) (?:la|los|las)"
    r"|the|an|my|our|his|her|their|without|without a) ([a-z]{4,})\b|^(?:y|and) (?:la|los|las) ([a-z]{4,})\b"
)
"""A thing in a message: "la" and "los" alone may belong to a verb."""
SELDOM = 5.0
"""Rarity of a word from which it names a thing."""


def of_another_thing(topic: Topic, section: Section, hearing: Hearing) -> Turn | None:
    """What the text just given says of it for a thing which only that speaks of; else that no source says it."""
    knowledge, shown = hearing.knowledge, topic.section_or_first(hearing.conversation.section or "")
    asked = next((one for one in aspects_in(hearing.text, knowledge) if one in OF_A_THING), None)
    found = _OBJECT.search(spell_out(hearing.text, knowledge.spelling))
    if asked is None or section.aspect is not asked or shown is section or found is None:
        return None
    thing = keys_of_word(found.group(1), knowledge)
    if found.group(1) in people_in(knowledge) | empty_words(knowledge) or thing & (
        _names(topic.id, knowledge) | _says(section, knowledge)
    ):
        return None
    named = [one for one in sentences_of(shown, hearing.lang) if thing & own_keys(one, knowledge)]
    if not named:
        return None
    if answering := next((one for one in named if asked in held_by(one, knowledge)), ""):
        return told(topic, shown, answering, hearing)
    line = gap_line(topic, asked, reached(topic, hearing), knowledge, hearing.lang, hearing.now.date())
    first = put(knowledge.texts["thread-of-thing"].say(hearing.lang), {"thing": found.group(1), "gap": line})
    return told(topic, shown, named[0], hearing, first=first)


def unspoken(topic: Topic, hearing: Hearing) -> str:
    """The first thing that a message names and no section of the topic speaks of, as it was said; empty for none."""
    knowledge, ranker = hearing.knowledge, ranker_of(hearing.knowledge)
    found = (match.group(1) or match.group(2) for match in _THING.finditer(spell_out(hearing.text, knowledge.spelling)))
    told = {key: word for word in said_in(hearing.text, ranker, knowledge) for key in word.keys}
    for name in found:
        word = next((told[key] for key in keys_of_word(name, knowledge) if key in told), None)
        if word is None or name in people_in(knowledge) or place_alone(name, knowledge):
            continue
        if word.rarity >= SELDOM and not spoken_of(word, topic, knowledge):
            return name
    return ""


@lru_cache(maxsize=64)
def _names(name: str, knowledge: Knowledge) -> Keys:
    topic = knowledge.topics[name]
    called = (topic.title.es, topic.title.en, *chain(*topic.names.values()))
    return frozenset[str]().union(*(own_keys(each, knowledge) for each in called))


def _says(section: Section, knowledge: Knowledge) -> Keys:
    languages: tuple[Lang, ...] = ("es", "en")
    return frozenset[str]().union(
        *(own_keys(one, knowledge) for lang in languages for one in sentences_of(section, lang))
    )
