"""What the texts of a topic say of a message: the sentences that speak of it, in whatever section they stand."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.dialogue.aspects import aspects_in, held_by
from bot.dialogue.hearing import Hearing
from bot.dialogue.model_cache import ranker_of
from bot.dialogue.section_words import Said, said_in, share_said
from bot.dialogue.sections import shares
from knowledge.schema.base import Lang, Words
from knowledge.schema.topics import Section, Topic

SPEAKS = 0.5
"""Share of what was said from which a sentence speaks of it."""
HINTS = 0.4
"""The same for a sentence of a section that is likely by what was learned."""
LEANS = 0.5
"""What the share of what was learned counts beside it."""
MEANT = 0.53
"""Share of what was learned of a topic from which a section may be what was meant."""
NEARLY = 0.75
"""Share of the best sentence's from which another is quoted beside it."""
QUOTED = 2
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=[^a-záéíóúñ])")


@dataclass(frozen=True, slots=True)
class Quote:
    """Sentences of one section, in their order."""

    section: Section
    text: str


def quoted(section: Section, hearing: Hearing) -> str:
    """The sentences of one section that speak of what was said; empty where none does."""
    return _best(_scored(section, _said(hearing), hearing), SPEAKS)


def quote_of(topic: Topic, hearing: Hearing) -> Quote | None:
    """The sentences that speak of what was said, of the section that does so best; None where none surely does."""
    said, learned = _said(hearing), _learned(topic, hearing)
    told = {each.id: _scored(each, said, hearing) for each in topic.sections}
    most = {name: max((score for score, _ in parts), default=0.0) for name, parts in told.items()}
    weighed = {name: score + LEANS * learned[name] for name, score in most.items() if score >= HINTS}
    name = max(weighed, key=lambda each: weighed[each], default="")
    if not name or weighed[name] < SPEAKS:
        return None
    section = topic.section_or_first(name)
    return Quote(section, _best(told[name], HINTS))


def likely_section(topic: Topic, hearing: Hearing) -> Section | None:
    """The section that is meant by what was learned, where it was not shown yet."""
    learned = _learned(topic, hearing)
    name = max(learned, key=lambda each: learned[each])
    return topic.section(name) if learned[name] >= MEANT and name not in hearing.conversation.shown else None


def _learned(topic: Topic, hearing: Hearing) -> Mapping[str, float]:
    """The share of each section in the likelihood of its topic, for the message alone."""
    ranker = ranker_of(hearing.knowledge)
    return shares(topic, ranker.likelihoods(ranker.point(hearing.text)), ranker)


def _said(hearing: Hearing) -> Sequence[Said]:
    return said_in(hearing.text, ranker_of(hearing.knowledge), hearing.knowledge)


def _scored(section: Section, said: Sequence[Said], hearing: Hearing) -> list[tuple[float, str]]:
    """The sentences and how much of what was said each speaks of; one more for the aspect asked for."""
    knowledge, lang = hearing.knowledge, hearing.lang
    asked = frozenset(aspects_in(hearing.text, knowledge))
    return [
        (share_said(said, both, knowledge) + bool(asked & held_by(sentence, knowledge)), sentence)
        for sentence, both in _sentences((section.text, *section.steps), lang)
    ]


def _sentences(told: Iterable[Words], lang: Lang) -> Iterator[tuple[str, str]]:
    """Each sentence, and the same in both languages, where they are cut alike: what is said in one is heard in both."""
    for words in told:
        spoken, es, en = (_SENTENCE.split(text) for text in (words.say(lang), words.es, words.en))
        alike = len(es) == len(en)
        yield from zip(spoken, (map(" ".join, zip(es, en, strict=True)) if alike else spoken), strict=True)


def _best(parts: Sequence[tuple[float, str]], least: float) -> str:
    """The best sentences, in their order."""
    enough = max(least, NEARLY * max((score for score, _ in parts), default=0.0))
    return " ".join([sentence for score, sentence in parts if score >= enough][:QUOTED])
