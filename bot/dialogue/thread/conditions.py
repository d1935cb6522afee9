"""What is told of a case, an age, some years, who somebody is: the sentences of the open topic that decide it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.conversation import Conversation, Turn
from bot.dialogue.excerpts.nearest import ranked_sections
from bot.dialogue.excerpts.quoting import best_of, open_sections, sentences_of
from bot.dialogue.excerpts.replies import told
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.signals import places_named
from bot.dialogue.understanding import Understanding
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.years import Of, Years, years_in
from knowledge.addresses import put
from knowledge.frames import FrameSet, fold
from knowledge.model import Knowledge
from knowledge.schema.follow_ups import Circumstance
from knowledge.schema.topics import Section, Told, Topic

DECIDES = 0.4
"""How near a sentence has to speak to an age or years."""
SAYS = 1.0
"""The same of one that speaks to a circumstance."""
MORE, ON_BUTTON = 0.05, 0.5
"""What each sentence counts that speaks to it, and that the button of the section does."""
SHOWN = 0.01
"""What it counts that a section was shown last: of two that say it, the one they are reading."""

BEHIND = 5
"""Words behind which the place is named where somebody was born."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The sentences of one section that speak to what was told, and what that was."""

    section: Section
    text: str
    about: str


def answer_condition(topic: Topic, hearing: Hearing, *, numbers: bool = True) -> Turn | None:
    """The turn of the sentences that decide what a message tells; None where it tells nothing that any speaks to.

    `numbers`: ages and years, too.
    """
    decision = decision_on(hearing.text, topic, open_sections(topic, hearing), hearing, numbers=numbers)
    if decision is None:
        return None
    first = put(hearing.knowledge.texts["thread-decides"].say(hearing.lang), {"about": decision.about})
    return told(topic, decision.section, decision.text, hearing, first=first)


def answer_asked_condition(topic: Topic, hearing: Hearing) -> Turn | None:
    """The same where what is told is what is asked."""
    asked = any(one.first for one in circumstances_in(hearing.text, hearing.knowledge))
    return answer_condition(topic, hearing, numbers=False) if asked else None


def decision_on(
    text: str, topic: Topic, sections: Sequence[Section], hearing: Hearing, *, numbers: bool = True
) -> Decision | None:
    """Of these sections the one that speaks most to what a text tells."""
    circumstances = circumstances_in(text, hearing.knowledge)
    years = years_in(text, hearing.knowledge) if numbers else None
    if not circumstances and years is None:
        return None
    likely = dict(ranked_sections(topic, hearing))
    best, found = 0.0, None
    for section in sections:
        sentences = sentences_of(section, hearing.lang)
        scored = [(_score(one, circumstances, years, hearing), one) for one in sentences]
        score = max((score for score, _ in scored), default=0.0)
        rank = score + sum(MORE for score, _ in scored if score >= DECIDES)
        rank += ON_BUTTON * any(frames_of(one.named).first(_button(section)) for one in circumstances)
        rank += SHOWN * (section.id == hearing.conversation.section) + SHOWN * likely.get(section.id, 0.0)
        if score >= DECIDES and rank > best:
            best, found = rank, Decision(section, best_of(scored, DECIDES, hearing.knowledge), "")
    if found is None or not found.text:
        return None
    spoken = [one for one in circumstances if frames_of(one.named).first(fold(found.text))]
    return Decision(found.section, found.text, about(spoken, None if spoken else years, hearing))


def untold(hearing: Hearing) -> str:
    """What a message tells, as we say it; empty where it tells nothing that we know by name."""
    return about(circumstances_in(hearing.text, hearing.knowledge), years_in(hearing.text, hearing.knowledge), hearing)


def about(circumstances: Iterable[Circumstance], years: Years | None, hearing: Hearing) -> str:
    """The first of them, behind "sobre"."""
    for one in circumstances:
        return one.about.say(hearing.lang)
    if years is None:
        return ""
    said = hearing.knowledge.texts["thread-age" if years.of is Of.AGE else "thread-length"].say(hearing.lang)
    return put(said, {"years": str(years.number)})


def circumstances_in(text: str, knowledge: Knowledge) -> tuple[Circumstance, ...]:
    """What a text tells of somebody, each once."""
    found = _circumstances(knowledge).find(spell_out(text, knowledge.spelling))
    return tuple(dict.fromkeys(match.key for match in found))


def _button(section: Section) -> str:
    return fold(f"{section.title.es} {section.title.en}") if section.title else ""


def _score(sentence: str, circumstances: Sequence[Circumstance], years: Years | None, hearing: Hearing) -> float:
    """How much a sentence speaks to what was told: a circumstance says more than a number."""
    said = fold(sentence)
    spoken = sum(SAYS for one in circumstances if frames_of(one.named).first(said))
    return spoken + (years.nearness(hearing.fill(sentence)) if years is not None and not circumstances else 0.0)


def for_who_tells(found: Understanding, text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    """The same with the answer for who says of themselves what the topic declares; once it was shown, no more."""
    best = next(iter(found.topics), None)
    if best is None:
        return found
    said = (text, *(heard.text for heard in conversation.heard))
    for one in knowledge.topics[best.topic].told:
        name, section = one.answer.split("/")
        fits = not one.of or best.section in one.of
        if fits and one.answer not in conversation.places and any(_tells(one, each, knowledge) for each in said):
            others = tuple(other for other in found.topics[1:] if other.topic != name)
            found = replace(found, topics=(replace(best, topic=name, section=section), *others), gap=False)
            return found if name == best.topic else replace(found, goes_on=False, bearing=None)
    return found


def _tells(told: Told, text: str, knowledge: Knowledge) -> bool:
    spelled = spell_out(text, knowledge.spelling)
    match = frames_of(told.any).first(spelled)
    if match is None or told.country is None:
        return match is not None
    behind = f" {spelled} "[match.end :].split()[:BEHIND]
    # "Murió en Puebla y vivo en Chicago": the first place is where it was.
    named = (places_named(" ".join(behind[:count]), knowledge) for count in range(1, len(behind) + 1))
    return next(filter(None, named), frozenset()) == {told.country}


@lru_cache(maxsize=4)
def _circumstances(knowledge: Knowledge) -> FrameSet[Circumstance]:
    return FrameSet((one, frame) for one in knowledge.follow_ups.circumstances for frame in one.said)
