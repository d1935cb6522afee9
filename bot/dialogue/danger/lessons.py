"""What the danger scorer is taught: sentences of danger and look-alikes, ordinary phrases, talk, conversations."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from bot.dialogue.danger.rules import read_rules
from bot.dialogue.danger.taught_turns import turns_of
from knowledge.frames import fold
from knowledge.model import Knowledge

SENTENCE, PHRASE, EVERYDAY = 1.0, 0.3, 0.6
"""Weights of sentences, ordinary phrases, and everyday talk."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text, the category of the danger that it reports (None: it reports none), and how much it counts."""

    text: str
    category: str | None
    weight: float
    conversation: int | None = None
    """The number of the conversation that it is part of."""


def lessons_of(knowledge: Knowledge) -> tuple[Lesson, ...]:
    """In a fixed order. A phrase or talk that stands among the sentences is taught as the sentence that it is.

    Of conversations all that was said up to a turn, where as a whole it is danger, or harmless.
    """
    sentences = [Lesson(text, c, SENTENCE) for c, one in knowledge.sentences.items() for text, _ in one.reports()]
    sentences += [Lesson(text, None, SENTENCE) for one in knowledge.sentences.values() for text in one.calm]
    known = {fold(lesson.text) for lesson in sentences}
    phrases = (
        text
        for topic in knowledge.phrases.values()
        for section in topic.sections.values()
        for text in (*section.es, *section.en, *section.mix)
    )
    talk = (text for texts in knowledge.everyday.values() for text in texts)
    # What people tell inside a topic: fragments that no first message has. What opens one may be danger, too.
    threads = (thread for field in knowledge.threads.values() for thread in field.threads)
    within = (message.text for thread in threads for message in thread.then)
    asked = dict.fromkeys((*phrases, *within))
    ordinary = [Lesson(text, None, PHRASE) for text in asked if fold(text) not in known]
    spoken = dict.fromkeys((*talk, *_in_talks(knowledge)))
    ordinary += [Lesson(text, None, EVERYDAY) for text in spoken if fold(text) not in known]
    wholes = {(turn.number, turn.texts[1]): turn for turn in turns_of(knowledge) if turn.taught}
    told = (Lesson(text, turn.category, turn.taught, number) for (number, text), turn in wholes.items())
    return (*sentences, *ordinary, *told)


def _in_talks(knowledge: Knowledge) -> Iterator[str]:
    """The messages of every talk up to the first that is no ordinary question, or in which a rule hears danger."""
    for talk in (one for hand in knowledge.talks.values() for one in hand.talks):
        for said in takewhile(lambda said: said.lesson and not read_rules(said.say, knowledge).found, talk.turns):
            yield said.say
