"""The choice among options as lessons: from the threads of the content."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.dialogue.bearing.options import options_of, read
from bot.dialogue.bearing.softmax import Options
from bot.dialogue.bearing.threads import turns
from bot.dialogue.ranker import Ranker
from knowledge.model import Knowledge
from knowledge.schema.taught import Bearing, ThreadMessage

STRICT = 1.0
"""How much large weights cost."""


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
        for message, conversation in turns(thread, knowledge):
            options = options_of(read(message.text, conversation, ranker, knowledge), ranker, knowledge)
            opened = conversation.topic or ""
            right = _right(message, opened)
            if right in options:
                yield Lesson(number, options, right, opened, message.text)


def _right(message: ThreadMessage, opened: str) -> str:
    if message.bearing is Bearing.OTHER:
        return str(message.topic)
    # Who lacks what it takes is answered by the section for those.
    stays = message.bearing is Bearing.GOES_ON or (message.bearing is Bearing.OBJECTS and message.section is not None)
    return opened if stays else message.bearing.value
