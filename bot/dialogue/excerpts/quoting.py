"""What the texts of a topic say of a message: the sentences that speak of it, in whatever section they stand."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.dialogue.bearing.situations import closed_in_thread
from bot.dialogue.hearing import Hearing
from bot.dialogue.ranking.section_table import keys_of, own_keys
from bot.dialogue.ranking.section_words import Said, said_in, share_said
from bot.dialogue.ranking.sections import ASKED_FOR
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.words.aspects import aspects_in, held_by
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import spell_out
from knowledge.frames import FrameSet, fold
from knowledge.model import Knowledge
from knowledge.schema.base import Lang, Words
from knowledge.schema.topics import Section, Topic

SPEAKS = 0.5
"""Share of what was said from which a sentence speaks of it."""
HINTS = 0.4
"""The same for a sentence that speaks to who lacks something."""
STANDS = 0.4
"""The same, of what was said beside the names of the topic."""
FAINTLY = 0.2
"""The same for a sentence of the section that surely answers."""
OF_ASPECT = 1.0
"""The same for one that answers the aspect that is asked for."""
NEARLY = 0.75
"""Share of the best sentence's from which another is quoted beside it."""
QUOTED = 2
_SENTENCE = re.compile(r"(?<=[.!?…])(?<!\bEE\.)(?<!\bA\.)(?<!\bU\.)(?<!\bart\.)(?<!\bno\.)\s+(?=[^a-záéíóúñ])")
_BUT = re.compile(r"(?:si|if|pero|but|excepto|except|salvo|unless)\b", re.IGNORECASE)
"""How a sentence begins that holds for some what the one before it says."""
_VERDICT = re.compile(r"(no|sí|si|yes)[.,;:]?", re.IGNORECASE)
"""A sentence that answers one question alone."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Sentences of one section, in their order."""

    section: Section
    text: str


def quoted(section: Section, hearing: Hearing) -> str:
    """The sentences of one section that speak of what was said; empty where none does."""
    return best_of(_scored(section, _said(hearing), hearing), SPEAKS, hearing.knowledge)


def faintly_quoted(section: Section, hearing: Hearing) -> str:
    """The same of a section that surely is the one: the sentences that speak of anything that was said."""
    return best_of(_scored(section, _said(hearing), hearing), FAINTLY, hearing.knowledge)


def quoted_by_word(topic: Topic, section: Section, hearing: Hearing) -> str:
    """The same, where much of what was said stands in them; of what asks for an aspect, those that answer that.

    A name of the topic is no such word: every sentence speaks of it.
    """
    said, asked = _beside_names(topic, hearing), ASKED_FOR.intersection(aspects_in(hearing.text, hearing.knowledge))
    parts = _scored(section, said, hearing, by_word=bool(said))
    return best_of(parts, OF_ASPECT if asked else STANDS, hearing.knowledge)


def says_more(topic: Topic, one: Section, other: Section, hearing: Hearing) -> bool:
    """Whether a sentence of one section speaks of much that was said, and of more than any of another."""
    said = _beside_names(topic, hearing)
    most, least = (max(share for share, _ in _scored(each, said, hearing, by_word=True)) for each in (one, other))
    return most >= STANDS and most > least


def speaks_of_it(topic: Topic, section: Section, hearing: Hearing) -> bool:
    """Whether much of what a message says beside the names of the topic stands in a section."""
    said, text = _beside_names(topic, hearing), f"{section.text.es} {section.text.en}"
    return not said or share_said(said, text, hearing.knowledge) >= STANDS


def quoted_by_name(section: Section, hearing: Hearing, *, besides: Topic | None = None) -> str:
    """The same, only where one of the words itself stands there, not just one that means the like.

    `besides`: the topic whose names are no such words.
    """
    said = _said(hearing) if besides is None else _beside_names(besides, hearing)
    text = best_of(_scored(section, said, hearing), FAINTLY, hearing.knowledge)
    stands = own_keys(text, hearing.knowledge)
    return text if any(word.keys & stands for word in said) else ""


def _beside_names(topic: Topic, hearing: Hearing) -> list[Said]:
    """What was said, without the names of the topic."""
    names = (topic.title.es, topic.title.en, *(name for each in topic.names.values() for name in each))
    its_own = frozenset[str]().union(*(keys_of(name, hearing.knowledge) for name in names))
    return [word for word in _said(hearing) if word.keys.isdisjoint(its_own)]


def naming(section: Section, names: FrameSet[bool], lang: Lang) -> str:
    """The sentences of one section in which any of these names stands; empty where none does."""
    parts = ((float(names.first(fold(both)) is not None), one) for one, both in _sentences((section.text,), lang))
    return " ".join(one for named, one in parts if named)


def sentences_where(section: Section, lang: Lang, holds: Callable[[str], bool]) -> str:
    """The sentences of one section of which this holds."""
    return " ".join(one for one, _ in _sentences((section.text,), lang) if holds(one))


def first_sentence(section: Section, lang: Lang) -> str:
    """The first of a section that says something by itself."""
    sentences = [one for one, _ in _sentences((section.text,), lang)]
    return next((one for one in sentences if not _VERDICT.fullmatch(one)), section.text.say(lang))


def quote_for_lack(topic: Topic, hearing: Hearing) -> Quote | None:
    """The sentences for who lacks what the message says that they lack; None where no section has any."""
    said, frames = _said(hearing), frames_of(hearing.knowledge.follow_ups.without)
    told = {each.id: _scored(each, said, hearing, also_do=True) for each in open_sections(topic, hearing)}
    meant = {name: [one for one in parts if frames.first(fold(one[1]))] for name, parts in told.items()}
    name = max(meant, key=lambda each: max((score for score, _ in meant[each]), default=0.0))
    section = topic.section_or_first(name)
    text = best_of(meant[name], HINTS, hearing.knowledge)
    return Quote(section, text) if text else None


def quote_speaks(quote: Quote, hearing: Hearing) -> bool:
    """Whether a quote speaks of half of what was said."""
    return share_said(_said(hearing), quote.text, hearing.knowledge) >= SPEAKS


def open_sections(topic: Topic, hearing: Hearing) -> Sequence[Section]:
    """The sections that are not surely for others, unless all are."""
    shut = closed_in_thread(topic, hearing.conversation, hearing.text, hearing.knowledge)
    return [each for each in topic.sections if each.id not in shut] or topic.sections


def lacks(text: str, knowledge: Knowledge) -> bool:
    """Whether somebody says that they have not what it takes."""
    return frames_of(knowledge.follow_ups.lacks).first(spell_out(text, knowledge.spelling)) is not None


def has_it(text: str, knowledge: Knowledge) -> bool:
    """Whether somebody says that a part of it is done, or that they have it."""
    return frames_of(knowledge.follow_ups.has).first(spell_out(text, knowledge.spelling)) is not None


def _said(hearing: Hearing) -> Sequence[Said]:
    return said_in(hearing.text, ranker_of(hearing.knowledge), hearing.knowledge)


def _scored(
    section: Section, said: Sequence[Said], hearing: Hearing, *, also_do: bool = False, by_word: bool = False
) -> list[tuple[float, str]]:
    """The sentences (also of what to do), how much of what was said each speaks of; one more for the aspect asked.

    `by_word`: not where none of the words stands there.
    """
    knowledge, lang = hearing.knowledge, hearing.lang
    asked = frozenset(aspects_in(hearing.text, knowledge))
    do = (section.do,) if also_do and section.do else ()
    shares = (
        (share_said(said, both, knowledge), sentence)
        for sentence, both in _sentences((section.text, *section.steps, *do), lang)
    )
    return [
        (share + bool((share or not by_word) and asked & held_by(sentence, knowledge)), sentence)
        for share, sentence in shares
    ]


def sentences_of(section: Section, lang: Lang) -> list[str]:
    """The sentences of a section and of its steps."""
    return [one for one, _ in _sentences((section.text, *section.steps), lang)]


def _sentences(told: Iterable[Words], lang: Lang) -> Iterator[tuple[str, str]]:
    """Each sentence, and the same in both languages, where they are cut alike: what is said in one is heard in both."""
    for words in told:
        spoken, es, en = (_SENTENCE.split(text) for text in (words.say(lang), words.es, words.en))
        alike = len(es) == len(en)
        yield from zip(spoken, (map(" ".join, zip(es, en, strict=True)) if alike else spoken), strict=True)


def best_of(parts: Sequence[tuple[float, str]], least: float, knowledge: Knowledge) -> str:
    """The best of sentences with their scores, in their order, each with the one before it where it leans on that."""
    enough = max(least, NEARLY * max((score for score, _ in parts), default=0.0))
    best = [n for n, (score, sentence) in enumerate(parts) if score >= enough and not _VERDICT.fullmatch(sentence)]
    told: dict[int, str] = {}
    for n in best[:QUOTED]:
        if n and _leans(parts[n][1], knowledge) and not _VERDICT.fullmatch(parts[n - 1][1]):
            told[n - 1] = parts[n - 1][1]
        told[n] = parts[n][1]
        if n + 1 < len(parts) and parts[n + 1][0] and _BUT.match(parts[n + 1][1]):
            told[n + 1] = parts[n + 1][1]
    return " ".join(told[n] for n in sorted(told))


def _leans(sentence: str, knowledge: Knowledge) -> bool:
    """Whether a sentence says nothing without the one before it: "Las que …", "Ahí …", "If not, …"."""
    return frames_of(knowledge.follow_ups.leaning).first(fold(sentence)) is not None
