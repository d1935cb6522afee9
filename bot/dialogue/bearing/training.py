"""The choice among options as lessons: from the threads of the content."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation import Conversation, Heard
from bot.dialogue.bearing.options import options_of, read
from bot.dialogue.bearing.softmax import Options
from bot.dialogue.bearing.threads import turns, with_earlier
from bot.dialogue.ranking.ranker import Ranker
from bot.dialogue.ranking.section_words import covered, said_in
from knowledge.model import Knowledge
from knowledge.schema.taught import Bearing, Thread, ThreadMessage

STRICT = 1.0
"""How much large weights cost."""
SURELY_RETURNS = 0.5
"""How much more of a message its own topic speaks of than a side question's, so that it comes back to it."""
RETURNING = 6
"""Every so many threads one comes back from a side question: more often, and every second question seems to."""
INSERTED = 2
"""Every so many threads the first message of one is also heard within another: a whole question of another matter."""
LEAVING = 2
"""How often a change of subject counts: people change it more often than those who wrote threads of one topic."""


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
        aside = (*_inserted(number, threads, knowledge), *_returning(number, threads, ranker, knowledge))
        for text, conversation, right in (*heard, *aside):
            options = options_of(read(text, conversation, ranker, knowledge), ranker, knowledge)
            if right in options:
                lesson = Lesson(number, options, right, conversation.topic or "", text)
                leaves = right != lesson.opened and right in ranker.topics
                yield from [lesson] * (LEAVING if leaves else 1)


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


def _returning(
    number: int, threads: Sequence[Thread], ranker: Ranker, knowledge: Knowledge
) -> Iterator[tuple[str, Conversation, str]]:
    """A message that goes on, heard after a side question that speaks of less of it: it comes back to its topic."""
    thread, side = threads[number], threads[(number + len(threads) // 3) % len(threads)]
    if number % RETURNING != 1 or side.opens == thread.opens:
        return
    opened, other = knowledge.topics[thread.opens], knowledge.topics[side.opens]
    for message, conversation in turns(thread, knowledge):
        if message.bearing is not Bearing.GOES_ON or conversation.topic != thread.opens:
            continue
        said = said_in(message.text, ranker, knowledge)
        if covered(said, opened, knowledge) - covered(said, other, knowledge) >= SURELY_RETURNS:
            heard = (*conversation.heard, Heard(text=side.first, at=datetime.min))
            section = other.sections[0].id
            state = conversation.having(
                topic=other.id, section=section, earlier=with_earlier(conversation, side.first, knowledge), heard=heard
            )
            yield message.text, state, thread.opens
            return


def _right(message: ThreadMessage, opened: str) -> str:
    if message.bearing is Bearing.OTHER:
        return str(message.topic)
    # Who lacks what it takes is answered by the section for those.
    stays = message.bearing is Bearing.GOES_ON or (message.bearing is Bearing.OBJECTS and message.section is not None)
    return opened if stays else message.bearing.value
