"""What is asked about a thing: cost, place, requirements …"""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.stems import STOP_WORDS
from knowledge.addresses import PLACEHOLDER, in_language
from knowledge.frames import FrameSet, Match, fold
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect


@lru_cache(maxsize=4)
def _frames(knowledge: Knowledge) -> FrameSet[Aspect]:
    # `what` stands first in the file but is the weakest sign ("qué papeles"), so it is tried last.
    ordered = sorted(knowledge.aspects.values(), key=lambda words: words.id is Aspect.WHAT)
    return FrameSet((words.id, frame) for words in ordered for frame in words.frames)


@lru_cache(maxsize=4)
def aspect_words(knowledge: Knowledge) -> frozenset[str]:
    """Words that belong to a question by aspect and so name no subject."""
    return frozenset(word for a in knowledge.aspects.values() for f in a.frames for word in fold(_letters(f)).split())


@lru_cache(maxsize=4)
def empty_words(knowledge: Knowledge) -> frozenset[str]:
    """Words that name no subject: the stop words, and those of questions by aspect."""
    return (STOP_WORDS | aspect_words(knowledge)) - frozenset(knowledge.follow_ups.subject)


def _letters(frame: str) -> str:
    # A beginning with `*` stands for many words; taken as the word itself.
    return "".join(c if c.isalnum() else " " for c in frame)


def aspects_in(text: str, knowledge: Knowledge) -> tuple[Aspect, ...]:
    """The aspects asked for, each once, the surest first; what is part of a longer wording asks nothing of its own.

    "Por dónde empiezo" asks how, and not where.
    """
    found = tuple(_frames(knowledge).find(spell_out(text, knowledge.spelling)))
    return tuple(dict.fromkeys(match.key for match in found if not any(_covers(other, match) for other in found)))


def _covers(other: Match[Aspect], match: Match[Aspect]) -> bool:
    longer = other.end - other.start > match.end - match.start
    return longer and other.key is not match.key and other.start <= match.start and match.end <= other.end


def asked_of(aspects: Sequence[Aspect]) -> Sequence[Aspect]:
    """The aspects that tell sections apart: what a thing is only where nothing else is asked ("what is the number")."""
    return tuple(aspect for aspect in aspects if aspect is not Aspect.WHAT) or aspects


@lru_cache(maxsize=4)
def _held(knowledge: Knowledge) -> FrameSet[Aspect]:
    return FrameSet((words.id, frame) for words in knowledge.aspects.values() for frame in words.held)


def held_by(text: str, knowledge: Knowledge) -> frozenset[Aspect]:
    """The aspects that a text of ours answers, whatever section it stands in: "es gratis" tells a cost."""
    valued = PLACEHOLDER.sub(lambda found: _value(found.group(1), knowledge), text)
    return frozenset(match.key for match in _held(knowledge).find(fold(valued)))


def _value(item: str, knowledge: Knowledge) -> str:
    """What stands in a text for a fact or contact, for reading only."""
    found = knowledge.facts.get(item) or knowledge.contacts.get(item)
    return in_language(found.value, "es") if found and found.value else ""


@lru_cache(maxsize=512)
def held_in(topic_id: str, knowledge: Knowledge) -> Mapping[str, frozenset[Aspect]]:
    """By section of a topic, the aspects that its text answers."""
    sections = knowledge.topics[topic_id].sections
    told = {each.id: " ".join(words.es for words in (each.text, *each.steps)) for each in sections}
    return {name: held_by(text, knowledge) for name, text in told.items()}
