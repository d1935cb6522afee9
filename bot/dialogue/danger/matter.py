"""Whether a message after a help text has left the danger: weighed, no one sign decides."""

from dataclasses import replace
from functools import lru_cache
from math import log

from bot.dialogue.danger.another_matter import ANOTHER, FITS, SURELY, is_asked
from bot.dialogue.danger.care import line_framed, makes_move
from bot.dialogue.danger.judging import CHECK, CHECK_RULE, likelihood_of
from bot.dialogue.danger.moves import NONE, SURE, VERY, moves_in
from bot.dialogue.danger.where import puts_right
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.signals import HERE, countries_named, read_signals
from bot.dialogue.understanding import CLARIFY, MARGIN, Understanding, by_itself
from bot.dialogue.words.afterwards import means
from bot.dialogue.words.aspects import aspects_in
from bot.dialogue.words.ends import ends_of
from bot.dialogue.words.odds import likelihood
from bot.dialogue.words.questions import asks
from knowledge.model import Knowledge
from knowledge.schema.urgent import Category

MATTER = 0.63
"""Likelihood from which a message is a matter of its own: over what people write in danger (moves) and what changes the
subject elsewhere (threads), it finds 65 in a hundred of these and takes 0.3 of those for one."""
LEADS = 0.9
"""The same, where the topic is not clear by itself but leads all others, or is one of two."""
PLAINLY = 0.97
"""The same, where the end of a message is a matter of its own though no word of it asks."""
MAYBE = 0.3
"""Likelihood from which a clear question may be answered at all in danger: 4 in a hundred moves are so likely."""
MIDST = 0.5
"""Likelihood of a topic from which a question word in the midst of a message asks: people write `qué` for `que`."""
PLAIN = 0.75
"""Likelihood of a topic from which a question is rather answered than what a word of it says in danger."""
OF_TOPIC, OF_NO_MOVE, OF_DANGER, OF_WORDS, BY_ITSELF = 0.84, 1.59, -0.27, 0.81, 2.71
"""What the log odds of the likeliest topic, of no move and of danger, and the logarithm of the words say of that;
fitted by a logistic regression."""
LEAST = 0.01
"""Below that a likelihood says no more, and above its complement."""
REMEMBERED = 64
"""Texts whose matter is kept."""


def is_own_matter(hearing: Hearing) -> bool:
    """Whether a message by itself is a need of its own, told or asked: no move of the open danger, and a likely topic.

    What is only told needs a likelier topic, and of which country somebody is belongs to the danger.
    """
    text, knowledge = hearing.text, hearing.knowledge
    likely, alone = own_matter(text, knowledge), by_itself(text, knowledge)
    led = leads(alone) or sum(each.score for each in alone.topics[:2]) >= ANOTHER
    if likely < MATTER or not (alone.clear or (likely >= LEADS and led)):
        return False
    if puts_right(text, knowledge):
        return False  # where the danger is
    said_of_people = bool(read_signals(text, knowledge).citizen or countries_named(text, knowledge) - HERE)
    if is_asked(hearing):
        return True
    if likely >= LEADS and asks(text, knowledge) and alone.best >= (SURELY if said_of_people else MIDST):
        return True
    return not said_of_people and bool(alone.best >= ANOTHER or aspects_in(text, knowledge))


def asks_plainly(hearing: Hearing, category: Category) -> bool:
    """Whether a question by itself is so likely of another topic that no word of it is heard as of the danger."""
    alone = by_itself(hearing.text, hearing.knowledge)
    apart = alone.clear and alone.best >= PLAIN and alone.topics[0].topic not in category.topics
    return apart and not makes_move(hearing)


def asked_apart(hearing: Hearing, category: Category) -> tuple[Hearing, Hearing] | None:
    """What a message tells, and its end heard by itself, where that plainly asks for what is none of this danger's.

    Words of both together are likely of neither: `todo tranquilo gracias, y la apostilla dónde la saco`.
    """
    text, knowledge = hearing.text, hearing.knowledge
    for number, (told, asked) in enumerate(ends_of(text)):
        asks = read_signals(asked, knowledge).asks or bool(aspects_in(asked, knowledge))
        if not asks and (number or countries_named(asked, knowledge)):
            continue  # only the longest end may be a need that is told, and where they are is none: `ni en mexico`
        if own_matter(asked, knowledge) < (LEADS if asks else PLAINLY) or own_matter(told, knowledge) >= MAYBE:
            continue  # what is told before may be what is asked about: `nació en denver, cómo la inscribo`
        alone = by_itself(asked, knowledge)
        if not alone.topics:
            continue  # no letters
        ours = alone.topics[0].topic in category.topics
        if ours or likelihood_of(told, knowledge) >= CHECK_RULE or not (alone.clear or leads(alone)):
            continue
        first = replace(alone, topics=(replace(alone.topics[0], score=1.0),))
        heard = alone if alone.clear else first
        return replace(hearing, text=told, understood=Understanding(())), replace(hearing, text=asked, understood=heard)
    return None


def leads_back(hearing: Hearing, category: Category) -> bool:
    """Whether a message after another matter is of the danger again: a sure move, or its words that no topic has."""
    text, knowledge = hearing.text, hearing.knowledge
    if means("what_now", text, knowledge) or _in_its_words(hearing, category):
        return True
    sounds = likelihood_of(text, knowledge) >= CHECK and hearing.understood.best < CLARIFY
    least = VERY if is_asked(hearing) or asks(text, knowledge) else SURE  # a question of places and cars is no sighting
    return not is_own_matter(hearing) and (sounds or makes_move(hearing, least))


def _in_its_words(hearing: Hearing, category: Category) -> bool:
    """Whether a message has the words of a line of the danger, and sounds like no topic of another matter."""
    topics = by_itself(hearing.text, hearing.knowledge).topics[:1]
    ours = all(one.topic in category.topics or one.score < FITS for one in topics)
    return ours and line_framed(hearing, category) is not None


def leads(understood: Understanding) -> bool:
    """Whether one topic alone may be meant, however unlikely a short question leaves it."""
    second = understood.topics[1].score if len(understood.topics) > 1 else 0.0
    return understood.best - second >= MARGIN and understood.everyday is None and not understood.gap


@lru_cache(maxsize=REMEMBERED)
def own_matter(text: str, knowledge: Knowledge) -> float:
    """How likely a message that follows a danger has left it; weighed, as no single sign decides."""
    weighed = (
        BY_ITSELF
        + OF_TOPIC * _log_odds(by_itself(text, knowledge).best)
        + OF_NO_MOVE * _log_odds(moves_in(text, knowledge).get(NONE, 0.0))
        + OF_DANGER * _log_odds(likelihood_of(text, knowledge))
        + OF_WORDS * log(len(text.split()) + 1)
    )
    return likelihood(weighed)


def _log_odds(share: float) -> float:
    return log(max(share, LEAST) / max(1 - share, LEAST))
