"""The choice among options as lessons: from the threads of the content."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.conversation import Conversation
from bot.dialogue.bearing.options import options_of, read
from bot.dialogue.bearing.softmax import Options
from bot.dialogue.bearing.threads import turns
from bot.dialogue.ranker import Ranker
from knowledge.model import Knowledge
from knowledge.schema.taught import Bearing, Thread, ThreadMessage

STRICT = 1.0
"""How much large weights cost."""
INSERTED = 4
"""Every so many threads the first message of one is also heard within another: a whole question of another matter."""


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
        heard = [
            (message.text, conversation, _right(message, conversation.topic or ""))
            for message, conversation in turns(thread, knowledge)
        ]
        for text, conversation, right in (*heard, *_inserted(number, threads, knowledge)):
            options = options_of(read(text, conversation, ranker, knowledge), ranker, knowledge)
            if right in options:
                yield Lesson(number, options, right, conversation.topic or "", text)


def _inserted(number: int, threads: Sequence[Thread], knowledge: Knowledge) -> Iterator[tuple[str, Conversation, str]]:
    """The first message of a thread within one of another topic, where neither topic leads to the other."""
    if number % INSERTED:
        return
    thread = threads[number]
    *_, (_, conversation) = turns(threads[(number + len(threads) // 2) % len(threads)], knowledge)
    opened = conversation.topic or ""
    near = {opened, *knowledge.topics[opened].next}
    if thread.opens not in near and opened not in knowledge.topics[thread.opens].next:
        yield thread.first, conversation, thread.opens


def _right(message: ThreadMessage, opened: str) -> str:
    if message.bearing is Bearing.OTHER:
        return str(message.topic)
    # Who lacks what it takes is answered by the section for those.
    stays = message.bearing is Bearing.GOES_ON or (message.bearing is Bearing.OBJECTS and message.section is not None)
    return opened if stays else message.bearing.value
