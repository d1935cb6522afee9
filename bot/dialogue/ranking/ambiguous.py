"""Wordings that the content declares to mean more than one topic."""

from collections.abc import Mapping
from functools import lru_cache

from bot.dialogue.ranking.glossary import asked_about, is_name, normal
from bot.dialogue.words.phrasing import spell_out
from knowledge.model import Knowledge


@lru_cache(maxsize=4)
def _index(knowledge: Knowledge) -> Mapping[str, tuple[str, ...]]:
    return {normal(phrase, knowledge): one.means for one in knowledge.ambiguous.values() for phrase in one.phrases}


def meanings(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The topics that the whole message, or what it asks to explain, may mean; none where it is not declared."""
    name, _, _ = asked_about(text, knowledge)
    if name != spell_out(text, knowledge.spelling) and is_name(text, knowledge):
        return ()  # "UN jobs" is no "jobs" with an article
    return _index(knowledge).get(name, ())
