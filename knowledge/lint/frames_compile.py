"""Every frame can be read."""

from collections.abc import Iterator
from datetime import date

from knowledge.frames import FrameError, compile_frame
from knowledge.lint.spots import frames_in
from knowledge.model import Knowledge
from knowledge.problems import Problem

RULE = "frames_compile"


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Rules, suppressors, levels, signals, aspects, small talk, commands and options."""
    for spot, frame in frames_in(knowledge):
        try:
            compile_frame(frame)
        except FrameError as error:
            yield spot.problem(knowledge, RULE, str(error))
