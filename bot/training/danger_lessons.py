"""What the danger scorer is taught: sentences of danger and look-alikes, ordinary phrases, talk, conversations."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, takewhile
from random import Random
from zlib import crc32

from bot.dialogue.danger.rules import BEFORE, read_rules, together
from knowledge.frames import fold
from knowledge.model import Knowledge

SENTENCE, EVERYDAY = 1.0, 0.6
"""Weights of sentences, and of everyday talk."""
ORDINARY = 24_000.0
"""What all ordinary phrases weigh together, however many there are: more of them must make nobody deaf to danger."""
BRIEF, PAIRS, SHARE, BESIDE, JOINED = 15, 4096, (0.25, 0.8), 0.5, (", ", ", y ", ". ", " y ", "\n", " ")
"""Words of a sentence taught beside a question, too; questions; shares of danger and of none; their weight; joints."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text, the category of the danger that it reports (None: it reports none), and how much it counts."""

    text: str
    category: str | None
    weight: float
    conversation: int | None = None
    """The number of the conversation that it is part of."""
    phrase: bool = False
    """An ordinary phrase of a topic."""


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
    ordinary = [text for text in asked if fold(text) not in known]
    calm = [Lesson(text, None, ORDINARY / len(ordinary), phrase=True) for text in ordinary]
    spoken = dict.fromkeys((*talk, *_in_talks(knowledge)))
    calm += [Lesson(text, None, EVERYDAY) for text in spoken if fold(text) not in known]
    beside = _beside(sentences, ordinary)
    wholes = {(turn.number, turn.texts[1]): turn for turn in turns_of(knowledge) if turn.taught}
    told = (Lesson(text, turn.category, turn.taught, number) for (number, text), turn in wholes.items())
    return (*sentences, *calm, *beside, *told)


def _beside(sentences: Sequence[Lesson], phrases: Sequence[str]) -> Iterator[Lesson]:
    """Some of the brief sentences, of danger and of none, with an ordinary question before or behind them.

    Which question hangs on the sentence: one phrase more changes hardly any other pair.
    """
    asked = dict(sorted((crc32(one.encode()) % PAIRS, one) for one in phrases))
    for one in sentences:
        chance = Random(one.text)  # noqa: S311 (needs no secret)
        if len(one.text.split()) <= BRIEF and chance.random() < SHARE[one.category is None]:
            both = [one.text, asked.get(chance.randrange(PAIRS), one.text)]
            chance.shuffle(both)
            yield Lesson(chance.choice(JOINED).join(both), one.category, BESIDE)


def _in_talks(knowledge: Knowledge) -> Iterator[str]:
    """The messages of every talk up to the first that is no ordinary question, or in which a rule hears danger."""
    for talk in (one for hand in knowledge.talks.values() if hand.calm for one in hand.talks):
        for said in takewhile(lambda said: said.lesson and not read_rules(said.say, knowledge).found, talk.turns):
            yield said.say


URGENT, CALM, UNSURE = 1.0, 0.9, 0.5
"""Weights: of a text that is danger, of one that is none, and of the turn before the one that tells of danger."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A message after others; `category` None: nothing of it is danger yet. `number`: of its conversation."""

    number: int
    text: str
    before: tuple[str, ...]
    category: str | None
    weight: float
    taught: float
    """How much all its words together count as a lesson."""

    @property
    def texts(self) -> Sequence[str]:
        """All that is scored of it: alone, together, those before it together and one by one."""
        return (self.text, together((*self.before, self.text)), together(self.before), *self.before)


def turns_of(knowledge: Knowledge) -> tuple[Turn, ...]:
    """Every message that has one before it."""
    told = [
        (None if category not in knowledge.categories else category, texts)
        for category, one in knowledge.conversations.items()
        for texts in one.told
    ]
    return tuple(chain.from_iterable(_turns(n, category, texts) for n, (category, texts) in enumerate(told)))


def _turns(number: int, category: str | None, texts: Sequence[str]) -> Iterator[Turn]:
    last = len(texts) - 1
    for at in range(1, len(texts)):
        before = tuple(texts[max(0, at - BEFORE) : at])
        if category is None:
            yield Turn(number, texts[at], before, None, 1.0, CALM)
        elif at == last:
            yield Turn(number, texts[at], before, category, 1.0, URGENT)
        else:
            # What leads to it is not yet danger, and no lesson in what is harmless.
            yield Turn(number, texts[at], before, None, UNSURE if at == last - 1 else 1.0, 0.0)
