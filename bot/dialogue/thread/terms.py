"""A word of our own texts that somebody asks about: "control escolar, eso qué es"."""

import re
from collections.abc import Iterator

from bot.dialogue.excerpts.nearest import open_topic
from bot.dialogue.excerpts.quoting import sentences_of
from bot.dialogue.hearing import Hearing
from bot.dialogue.ranking.glossary import asked_about
from bot.dialogue.words.aspects import empty_words
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.topics import Section

LONGEST = 4
"""Words of a name."""
SHORTEST = 5
"""Letters of one of them that is not said all the time."""
POINTS = frozenset({"eso", "esto", "ese", "esa", "that", "this"})
_EXPLAINED = r"(?::| es | son | \(|, (?:el|la|los|las|un|una) | is | are |, (?:the|an?) )"
"""What follows a name that a sentence explains."""


def in_our_words(hearing: Hearing) -> tuple[Section, str] | None:
    """The section and the words that explain what a message asks about, where the open topic says it."""
    knowledge, state = hearing.knowledge, hearing.conversation
    topic = knowledge.topics.get(open_topic(hearing) or "")
    left, asked, _ = asked_about(hearing.text, knowledge)
    words = left.split()
    while words and words[-1] in POINTS:
        words.pop()
    if topic is None or not asked or not words:
        return None
    sections = [topic.section_or_first(name) for name in reversed(state.shown)]
    for name in _names(words, knowledge):
        for section in sections:
            for sentence in sentences_of(section, hearing.lang):
                if found := _explaining(name, sentence):
                    return section, found
    return None


def _names(words: list[str], knowledge: Knowledge) -> Iterator[str]:
    """What the words may name, the last and longest first."""
    empty = empty_words(knowledge)
    for size in range(min(LONGEST, len(words)), 0, -1):
        part = words[-size:]
        if any(len(word) >= SHORTEST and word not in empty for word in part) and part[0] not in empty:
            yield " ".join(part)


def _explaining(name: str, sentence: str) -> str:
    """The part of a sentence from a name on that it explains; empty where it does not."""
    for found in re.finditer(_EXPLAINED, sentence):
        before = sentence[: found.start()].split()[-len(name.split()) :]
        if fold(" ".join(before)) == name:
            start = found.start() - len(" ".join(before))
            return sentence[start].upper() + sentence[start + 1 :].replace(": es ", " es ", 1)
    return ""
