"""A step that names a paper which the person said not to have: it is answered for who lacks it."""

from collections.abc import Sequence
from functools import lru_cache

from bot.conversation import Heard
from bot.dialogue.words.phrasing import spell_out
from knowledge.frames import FrameSet, fold
from knowledge.model import Knowledge
from knowledge.schema.base import Words
from knowledge.schema.follow_ups import Paper

PAPER = "PAPER"
"""Where the words for a paper stand in the frames."""


def paper_lacked(step: Words, heard: Sequence[Heard], knowledge: Knowledge) -> Words | None:
    """The name of the first paper of a step that was said to be lacked; None where the step speaks to that itself."""
    said, lacks = fold(step.es), _lacked(knowledge)
    if not heard or _speaks_to_it(knowledge).first(said) is not None:
        return None
    named = [paper for paper in knowledge.follow_ups.papers if set(paper.said) & set(said.split())]
    if not named:
        return None
    told = {match.key for one in heard for match in lacks.find(spell_out(one.text, knowledge.spelling))}
    return next((paper.name for paper in named if paper in told), None)


@lru_cache(maxsize=4)
def _lacked(knowledge: Knowledge) -> FrameSet[Paper]:
    frames = knowledge.follow_ups
    return FrameSet(
        (paper, frame.replace(PAPER, f"({'|'.join(paper.said)})")) for paper in frames.papers for frame in frames.lacked
    )


@lru_cache(maxsize=4)
def _speaks_to_it(knowledge: Knowledge) -> FrameSet[bool]:
    return FrameSet((True, frame) for frame in (*knowledge.follow_ups.without, "si (ya|la|lo)? tiene"))
