"""What is asked of how a thing must be, in which language, still valid: only what speaks of it answers."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from knowledge.frames import FrameSet, fold
from knowledge.hearing_papers import papers_named
from knowledge.model import Knowledge
from knowledge.procedures import paper_key
from knowledge.schema.procedures import Procedure, Step
from knowledge.schema.topics import Aspect

UNTOLD, SECTION = ("", ""), "section/"
"""No text speaks of it; how a section's key begins."""


@lru_cache(maxsize=4)
def _asks(knowledge: Knowledge) -> FrameSet[str]:
    return FrameSet((name, frame) for name, frames in knowledge.step_words.particulars.items() for frame in frames)


@lru_cache(maxsize=4)
def _tells(knowledge: Knowledge) -> FrameSet[str]:
    return FrameSet((name, frame) for name, frames in knowledge.step_words.particular.items() for frame in frames)


def asked_particularly(letters: str, knowledge: Knowledge) -> str | None:
    """The particular that words ask of."""
    found = _asks(knowledge).first(letters)
    return found.key if found else None


def tells_particular(particular: str, words: Iterable[str], knowledge: Knowledge) -> bool:
    """Whether words of ours speak of it."""
    return any(one.key == particular for said in words for one in _tells(knowledge).find(fold(said)))


def told_particularly(
    letters: str, ahead: Sequence[Step], procedure: Procedure, knowledge: Knowledge
) -> tuple[str, str] | None:
    """The paper that is named, else the step that brings it or any that is ahead, else a section, that speaks of it.

    None where nothing particular is asked; UNTOLD where none speaks of it.
    """
    particular = asked_particularly(letters, knowledge)
    if particular is None:
        return None
    named = papers_named(letters, procedure.id, knowledge)
    bringing = [one for one in ahead if not named.isdisjoint(one.bring)] if named else ahead
    texts = (*_papers(procedure, named), *_steps(bringing), *_papers(procedure, {p for s in bringing for p in s.bring}))
    told = (*texts, *_sections(procedure, knowledge))
    return next((key for key, said in told if tells_particular(particular, said, knowledge)), UNTOLD)


def _papers(procedure: Procedure, names: Iterable[str]) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """Papers by their keys, and what is told of them."""
    for one in procedure.papers:
        if one.id in names:
            told = [words.es for words in (one.name, one.holds, one.given_by) if words]
            yield (paper_key(one.id), Aspect.REQUIREMENTS.value), told


def _steps(steps: Iterable[Step]) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """Steps, and what each tells."""
    for one in steps:
        yield (one.id, Aspect.HOW.value), [one.text.es]
        if one.if_not:
            yield (one.id, "if-not"), [one.if_not.es]


def _sections(procedure: Procedure, knowledge: Knowledge) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """The sections of its topic that tell what is required, and how it is done."""
    topic = knowledge.topics[procedure.topics[0]]
    theirs = [one for one in topic.sections if not procedure.sections or one.id in procedure.sections]
    for aspect in (Aspect.REQUIREMENTS, Aspect.HOW):
        for one in theirs:
            if one.aspect is aspect:
                yield (f"{SECTION}{topic.id}/{one.id}", aspect.value), [one.text.es]


def answers_particular(letters: str, topic: str, section: str, procedure: Procedure, knowledge: Knowledge) -> bool:
    """Whether a section may answer a question: it speaks of the particular that is asked, if any is.

    Of a paper of a procedure only what is of its own topics may: "¿sirve el pasaporte vencido para la INE?"
    """
    particular = asked_particularly(letters, knowledge)
    if particular and topic not in procedure.topics and papers_named(letters, procedure.id, knowledge):
        return False
    text = knowledge.topics[topic].section_or_first(section).text.es
    return particular is None or tells_particular(particular, [text], knowledge)
