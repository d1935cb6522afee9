"""Whether a message in danger asks a question of its own, which is then answered."""

from dataclasses import replace

from bot.conversation import TopicScore
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.signals import read_signals
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.understanding import Understanding, by_itself
from bot.dialogue.words.afterwards import means
from bot.dialogue.words.aspects import aspects_in
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect
from knowledge.schema.urgent import Category

ANOTHER, ASKED = 0.6, 0.3
"""Likelihood from which a message after a help text is another matter; the same where it asks by an aspect."""
SURELY = 0.8
"""Likelihood from which a question is another matter whatever else the message tells."""
FITS_ALONE, FITS = 0.3, 0.2
"""Likelihood from which a topic of the danger answers what is asked: by the question alone, and with the report."""
NEAREST = 0.1
"""Likelihood from which one section does, among all that the danger's topics have."""
FOR_NUMBERS = frozenset({Aspect.PHONE, Aspect.WHERE})
"""What the numbers answer."""
LONGEST_ASKING = 5
"""Words at the end of a message that may ask what to do: `y ahora qué puedo hacer`."""
NO_MATTER = 3
"""Words that have no matter of their own: "no sé dónde" would ask for the place of what the report sounds like."""


def is_another_matter(hearing: Hearing) -> bool:
    """Less is needed where it asks for a cost, a paper …; nothing that only the report before it makes a question."""
    understood = hearing.understood
    if understood.from_context and hearing.conversation.topic is None and len(hearing.text.split()) <= NO_MATTER:
        return False
    if understood.from_context and means("unknowing", hearing.text, hearing.knowledge):
        return False  # "no sé dónde está" tells more of the report, it asks nothing
    if asked := aspects_in(hearing.text, hearing.knowledge):
        if Aspect.PHONE in asked and understood.aspect is Aspect.PHONE and understood.best < ANOTHER:
            return False  # "what number do I call": the danger's own numbers, which serve everybody
        return understood.best >= ASKED
    return understood.clear and understood.best >= ANOTHER and not understood.from_context


def surely_another(hearing: Hearing, category: Category) -> bool:
    """Whether a message by itself is surely about a topic that is none of this danger's."""
    understood = hearing.understood
    if not understood.clear or understood.from_context or understood.best < SURELY:
        return False
    return understood.topics[0].topic not in category.topics


def is_asked(hearing: Hearing) -> bool:
    """Whether a message asks, or wonders what if."""
    text, knowledge = hearing.text, hearing.knowledge
    return read_signals(text, knowledge).asks or means("wonders", text, knowledge)


def told_before_asking(hearing: Hearing) -> Hearing | None:
    """What a message tells before it asks what to do: `ya marqué y se cortó, qué hago`; None where it does not."""
    words = hearing.text.split()
    for last in range(min(LONGEST_ASKING, len(words) - 1), 1, -1):  # a word alone, `ayuda`, `ahora`, may be any part
        if means("what_now", " ".join(words[-last:]), hearing.knowledge):
            told = " ".join(words[:-last])
            return replace(hearing, text=told, understood=by_itself(told, hearing.knowledge))
    return None


def only_fears(hearing: Hearing) -> bool:
    """Whether a message that tells of danger wonders and asks nothing: `y si me encuentra me mata`."""
    return hearing.danger is not None and not read_signals(hearing.text, hearing.knowledge).asks


def asks_besides(hearing: Hearing) -> bool:
    """Whether a message asks about another matter, also where only its aspect says that it asks: `qué se necesita`."""
    asks = is_asked(hearing) or aspects_in(hearing.text, hearing.knowledge)
    return bool(asks) and is_another_matter(hearing)


def asks_unknown(hearing: Hearing) -> bool:
    """Whether a message asks for something else than numbers, or what to do."""
    asked = set(aspects_in(hearing.text, hearing.knowledge))
    asks = (is_asked(hearing) or asked) and not means("what_now", hearing.text, hearing.knowledge)
    asks = asks and not only_fears(hearing)
    return bool(asks) and not asked & FOR_NUMBERS


def within(hearing: Hearing, category: Category, *, told: bool = False) -> Hearing | None:
    """The message heard as a question that a topic of this danger answers; None where it asks nothing of the kind.

    The report before it makes such a question clear, and so do the few topics that it may be about. `told`: a need is
    told, which is as good as asked.
    """
    if not (told or is_asked(hearing)):
        return None
    alone = by_itself(hearing.text, hearing.knowledge)
    if alone.clear and alone.best >= ANOTHER and alone.topics[0].topic not in category.topics:
        return None
    sections = {each.topic: each.section for each in alone.topics}
    for understood, needed in ((alone, FITS_ALONE), (hearing.understood, FITS)):
        best = next((t for t in understood.topics if t.topic in category.topics and t.score >= needed), None)
        if best is not None and not (understood.gap and best == understood.topics[0]):
            sure = replace(best, score=1.0, section=sections.get(best.topic, best.section))
            kept = understood if best == understood.topics[0] else Understanding(())
            return replace(hearing, understood=replace(kept, topics=(sure,), everyday=None, also=None))
    if Aspect.PHONE in aspects_in(hearing.text, hearing.knowledge):
        return None  # the danger's own numbers, rather than a section that is only near
    nearest = _nearest(hearing.text, category, hearing.knowledge)
    return replace(hearing, understood=Understanding((nearest,))) if nearest else None


def _nearest(text: str, category: Category, knowledge: Knowledge) -> TopicScore | None:
    """The section that is likeliest among those of the danger's topics."""
    ranker = ranker_of(knowledge)
    likely = ranker.likelihoods(ranker.point(text))
    columns = ((float(likely[n]), one) for n, one in enumerate(ranker.model.columns) if one.topic in category.topics)
    value, best = max(columns, key=lambda each: each[0], default=(0.0, None))
    return TopicScore(best.topic, best.section, 1.0) if best is not None and value >= NEAREST else None
