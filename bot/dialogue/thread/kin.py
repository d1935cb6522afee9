"""Somebody new in a thread, "y mi señora?": the section that speaks of them answers; else that none does is said."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.conversation import Reply, ReplyKind, Turn
from bot.dialogue.bearing.answering import MAYBE
from bot.dialogue.compose import answer
from bot.dialogue.excerpts.nearest import ranked_sections, reached
from bot.dialogue.excerpts.quoting import naming, open_sections
from bot.dialogue.excerpts.replies import choices_of, thread_turn, told
from bot.dialogue.hearing import Hearing
from bot.dialogue.ranking.sections import ASKED_FOR
from bot.dialogue.thread.conditions import answer_condition
from bot.dialogue.words.aspects import aspects_in, held_in
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import spell_out
from knowledge.addresses import contact_names, put
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.base import Lang, Words
from knowledge.schema.follow_ups import Kin
from knowledge.schema.topics import Section, Topic

MOST = 2
"""Of those who know, so many are named."""
THEY = {"es": ("esa persona", "esas personas"), "en": ("that person", "those people")}
"""One and several, where their own word is not ours to say."""
_MINE = re.compile(
    r"\b(mis?|nuestr[oa]s?|my|our)\s+(?:(?:\d+|little|older|younger|big|youngest|oldest)\s+)?([^\W\d_]+)(\s+in\s+law)?",
    re.IGNORECASE,
)
"""Whose they are, and who; "my 3 kids"."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody that the message is about besides who writes, in the message's own word."""

    kin: Kin
    word: str
    several: bool
    coarse: bool = False

    def called(self, lang: Lang) -> str:
        """As we speak of them."""
        if self.coarse:
            return THEY[lang][self.several]
        return f"your {self.word}" if lang == "en" else f"{'sus' if self.several else 'su'} {self.word}"


def of_somebody_new(topic: Topic, section: Section, hearing: Hearing) -> Turn | None:
    """The turn of a question for somebody of whom nobody spoke yet; None where the chosen section speaks of them."""
    person = _new_person(hearing)
    if person is None:
        return None
    if not _asks_for_its_aspect(section, hearing) and (answered := answer_condition(topic, hearing, numbers=False)):
        return answered
    understood, shown = hearing.understood, hearing.conversation.shown
    new = understood.fits and section.id not in shown and not understood.gap
    theirs = _is_about(person, topic)
    if new and (theirs or _speaks(person, section) or _asks_for_its_aspect(section, hearing)):
        return None
    best = topic.sections[0] if theirs else _speaking_most(person, topic, hearing)
    if best is not None and _labelled(person, best) and best.id not in shown:
        return told(topic, best, None, hearing)
    knowledge = hearing.knowledge
    nearest = _with_person(knowledge.texts["thread-person"], person, topic, hearing)
    if best is not None and (text := naming(best, frames_of(person.kin.named), hearing.lang)):
        return told(topic, best, text, hearing, first=nearest)
    if new:
        first = _with_person(knowledge.texts["thread-person-apart"], person, topic, hearing)
        return told(topic, section, None, hearing, first=first)
    return _unsaid(topic, person, hearing)


def of_asked_aspect(hearing: Hearing) -> Turn | None:
    """Where a section for some people is meant and what is asked, as a cost, is not in it: that is said first.

    Then what the topic says of that for everybody; where that was just said, or nothing is, the section itself.
    """
    knowledge, best = hearing.knowledge, hearing.understood.topics[0]
    topic = knowledge.topics[best.topic]
    section = topic.section_or_first(best.section)
    # Of some aspects nothing tells whether a text holds them.
    asked = [one for one in aspects_in(hearing.text, knowledge) if one in ASKED_FOR and knowledge.aspects[one].held]
    of_them = any(_names(kin, section) for kin in knowledge.follow_ups.kin)
    if not (asked and of_them) or {section.aspect, *held_in(topic.id, knowledge)[section.id]} & set(asked):
        return None
    wide = next((one for one in open_sections(topic, hearing) if one.aspect is asked[0]), None)
    if wide is None:
        today = hearing.now.date()
        reply = answer(topic, section, hearing.conversation, knowledge, hearing.lang, today, gap=asked[0])
        return thread_turn(hearing, topic, reply, section=section.id)
    again = f"{topic.id}/{wide.id}" in hearing.conversation.places[-1:]
    first = knowledge.texts["aspect-apart-above" if again else "aspect-apart"].say(hearing.lang)
    label = section.title.say(hearing.lang) if section.title is not None else ""
    return told(topic, section if again else wide, None, hearing, first=put(first, {"section": label}))


def _speaking_most(person: Person, topic: Topic, hearing: Hearing) -> Section | None:
    """The section whose button names them, else one whose text does: the one shown last, or one that may answer."""
    likely = dict(ranked_sections(topic, hearing)) | {hearing.conversation.section: 1.0}
    open_to = open_sections(topic, hearing)
    labelled = [one for one in open_to if _labelled(person, one)]
    speaking = [one for one in open_to if _speaks(person, one) and likely.get(one.id, 0.0) >= MAYBE]
    return max(labelled or speaking, key=lambda one: likely.get(one.id, 0.0), default=None)


def _unsaid(topic: Topic, person: Person, hearing: Hearing) -> Turn:
    """That no source says it for them, for whom it is, and who knows."""
    lang = hearing.lang
    head = "\n".join(words.say(lang) for words in (topic.title, topic.who) if words is not None)
    said = _with_person(hearing.knowledge.texts["thread-person-unsaid"], person, topic, hearing)
    reply = Reply(ReplyKind.ANSWER, f"{head}\n\n{said}", choices_of(topic, hearing))
    return thread_turn(hearing, topic, reply)


def _with_person(said: Words, person: Person, topic: Topic, hearing: Hearing) -> str:
    knowledge, lang = hearing.knowledge, hearing.lang
    contacts = contact_names(reached(topic, hearing)[:MOST], knowledge, lang, hearing.now.date())
    return put(said.say(lang), {"person": person.called(lang), "contacts": contacts})


def _new_person(hearing: Hearing) -> Person | None:
    """For whom something is asked now, and who was not named before."""
    knowledge = hearing.knowledge
    if frames_of(knowledge.follow_ups.besides).first(spell_out(hearing.text, knowledge.spelling)) is None:
        return None
    person = person_in(hearing.text, knowledge)
    before = {found.kin.said for one in hearing.conversation.heard[:-1] if (found := person_in(one.text, knowledge))}
    return None if person is None or person.kin.said in before else person


def _is_about(person: Person, topic: Topic) -> bool:
    """Whether the whole topic is about such people."""
    return any(frames_of(person.kin.named).first(fold(title)) for title in (topic.title.es, topic.title.en))


def person_in(text: str, knowledge: Knowledge) -> Person | None:
    """The first of their people that a message names."""
    for found in _MINE.finditer(text):
        word, in_law = found.group(2), found.group(3) or ""
        kin = _kin_by_word(knowledge).get(fold(word))
        if kin is not None:
            several = fold(found.group(1)).endswith("s") and word.endswith("s")
            coarse = fold(word) in knowledge.follow_ups.coarse
            return Person(kin, f"{word}{in_law}".lower(), several, coarse)
    return None


def _asks_for_its_aspect(section: Section, hearing: Hearing) -> bool:
    """Whether a cost, a place, a paper … is asked for, which is the same for everybody."""
    asked = set(aspects_in(hearing.text, hearing.knowledge)) & ASKED_FOR
    return section.aspect in asked


def _labelled(person: Person, section: Section) -> bool:
    """Whether the button of a section names them."""
    return _names(person.kin, section)


def _names(kin: Kin, section: Section) -> bool:
    titles: Sequence[str] = (section.title.es, section.title.en) if section.title else ()
    return any(frames_of(kin.named).first(fold(title)) for title in titles)


def _speaks(person: Person, section: Section) -> bool:
    texts = (text for words in (section.text, *section.steps) for text in (words.es, words.en))
    return any(frames_of(person.kin.named).first(fold(text)) for text in texts)


@lru_cache(maxsize=4)
def _kin_by_word(knowledge: Knowledge) -> dict[str, Kin]:
    return {word: kin for kin in knowledge.follow_ups.kin for word in kin.said}
