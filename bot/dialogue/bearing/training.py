"""Trains the choice among options from the threads of the content: one weight a number, a softmax over the options."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.conversation import Conversation, Heard
from bot.dialogue.bearing.options import Options, options_of, read
from bot.dialogue.ranker import Ranker
from knowledge.model import Knowledge
from knowledge.schema.taught import Bearing, Thread, ThreadMessage

Doubles = NDArray[np.float64]

STRICT = 1.0
"""How much large weights cost."""
MOST_STEPS = 500
REMEMBERED = 4
"""Messages of a thread that are heard with the next one, as in a conversation."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A message of a thread, what it may be, and which of these is right; `thread`: its number."""

    thread: int
    options: Options
    right: str
    opened: str
    text: str


def lessons_of(knowledge: Knowledge, ranker: Ranker) -> Iterator[Lesson]:
    """Of every message after a first one; none where the right topic is so unlikely that it is no option."""
    threads = [thread for field in knowledge.threads.values() for thread in field.threads]
    for number, thread in enumerate(threads):
        for message, conversation in _turns(thread, knowledge):
            options = options_of(read(message.text, conversation, ranker, knowledge), ranker, knowledge)
            opened = conversation.topic or ""
            right = _right(message, opened)
            if right in options:
                yield Lesson(number, options, right, opened, message.text)


def _turns(thread: Thread, knowledge: Knowledge) -> Iterator[tuple[ThreadMessage, Conversation]]:
    """Each message and the conversation in which it is said."""
    heard, topic, section = [Heard(text=thread.first, at=datetime.min)], thread.opens, ""
    for message in thread.then:
        shown = knowledge.topics[topic].section_or_first(section).id
        yield message, Conversation(heard=tuple(heard[-REMEMBERED:]), topic=topic, section=shown)
        heard.append(Heard(text=message.text, at=datetime.min))
        topic, section = message.topic or topic, message.section or ("" if message.topic else section)


def _right(message: ThreadMessage, opened: str) -> str:
    if message.bearing is Bearing.OTHER:
        return str(message.topic)
    # Who lacks what it takes is answered by the section for those.
    stays = message.bearing is Bearing.GOES_ON or (message.bearing is Bearing.OBJECTS and message.section is not None)
    return opened if stays else message.bearing.value


def train(lessons: Sequence[Lesson]) -> dict[str, float]:
    """Number -> weight. The same lessons give the same weights."""
    names = sorted({name for lesson in lessons for numbers in lesson.options.values() for name in numbers})
    if not names:
        return {}
    inputs = np.array([_row(numbers, names) for lesson in lessons for numbers in lesson.options.values()])
    counts = np.array([len(lesson.options) for lesson in lessons])
    starts = np.cumsum(counts) - counts
    right = starts + np.array([list(lesson.options).index(lesson.right) for lesson in lessons])

    def loss(weights: Doubles) -> tuple[float, Doubles]:
        scores = inputs @ weights
        most = np.maximum.reduceat(scores, starts)
        likely = np.exp(scores - np.repeat(most, counts))
        whole = np.add.reduceat(likely, starts)
        likely /= np.repeat(whole, counts)
        missed = float((most + np.log(whole) - scores[right]).sum() + STRICT * (weights @ weights) / 2)
        slope: Doubles = inputs.T @ likely - inputs[right].sum(axis=0) + STRICT * weights
        return missed, slope

    found = minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B", options={"maxiter": MOST_STEPS})
    return dict(zip(names, found.x.tolist(), strict=True))


def _row(numbers: Mapping[str, float], names: Sequence[str]) -> list[float]:
    return [numbers.get(name, 0.0) for name in names]
