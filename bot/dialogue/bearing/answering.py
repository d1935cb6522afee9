"""Which section of the open topic answers a message, or that none does: learned from the threads of the content."""

from collections.abc import Sequence
from functools import lru_cache

from bot.dialogue.bearing import threads
from bot.dialogue.bearing.section_options import NONE, options_of
from bot.dialogue.bearing.softmax import Weights, likelihoods, read_weights
from bot.dialogue.ranking.denied import apart
from bot.dialogue.ranking.model_files import fingerprint, kept, made
from bot.dialogue.ranking.sections import ASKED_FOR, Chosen, answers, barred_by
from bot.dialogue.ranking.trained import ranker_name, ranker_of
from bot.dialogue.words.aspects import asked_of, aspects_in
from bot.dialogue.words.questions import asks, questions_in
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect, Topic

CODE = ("bot.training.answering",)
"""What a change of makes another model of the same threads, with all that these import."""
REMEMBERED = 16
"""Messages whose choice is kept."""
FITS = 0.5
"""Likelihood from which a section answers: of threads' messages held out that have an answer, nine in ten are right."""
NEAR = 0.3
"""Likelihood from which a section may: held out, of those between half are right, of the others a quarter."""
MAYBE = 0.2
"""Likelihood from which the three nearest are offered to choose from: held out, one is right six times in ten."""
SURELY = 0.9
"""Likelihood from which a section of one aspect answers what asks for another one."""
TWO = 2
TOLD = 0.7
"""The same for what was only told, or objected: read by hand, most are then taken up rightly."""


def choose_each(
    topic: Topic, text: str, last: str | None, knowledge: Knowledge, without: frozenset[str] = frozenset()
) -> Sequence[Chosen]:
    """The two sections that answer the two questions of one message; empty where it asks one."""
    parts = questions_in(text, knowledge)
    if len(parts) != TWO:
        return ()
    chosen = [choose_next(topic, part, aspects_in(part, knowledge), last, knowledge, without) for part in parts]
    apart = len({one.section for one in chosen}) == TWO
    return chosen if apart and all(one.fits and not one.gap and one.section != last for one in chosen) else ()


def choose_next(
    topic: Topic,
    text: str,
    aspects: Sequence[Aspect],
    last: str | None,
    knowledge: Knowledge,
    without: frozenset[str] = frozenset(),
) -> Chosen:
    """Among the sections of the open topic; `last`: the one shown, `without`: sections that are for others."""
    return _chosen(topic.id, text, tuple(asked_of(aspects)), last, without, knowledge)


@lru_cache(maxsize=REMEMBERED)
def _chosen(
    topic_id: str, text: str, aspects: Sequence[Aspect], last: str | None, without: frozenset[str], knowledge: Knowledge
) -> Chosen:
    """Kept, as the reply to a message asks for it again."""
    ranker, topic = ranker_of(knowledge), knowledge.topics[topic_id]
    options = options_of(topic, text, aspects, last, ranker, knowledge)
    likely = likelihoods(options, weights_of(knowledge))
    asked = next((aspect for aspect in aspects if aspect in ASKED_FOR), None)
    answered = {one.id for one in topic.sections if answers(topic, one, aspects, knowledge)}
    # What asks for one aspect in plain words is not answered by a section of another.
    others = {one.id for one in topic.sections if asked and answered and one.aspect in ASKED_FOR} - answered
    found = [name for name in likely if name != NONE]
    for out in (others, without, barred_by(apart(text, knowledge)[1], topic, knowledge)):
        found = [name for name in found if name not in out] or found
    best = topic.section_or_first(found[0])
    another = asked is not None and not answered and best.aspect in ASKED_FOR and asks(text, knowledge)
    fits = (
        likely[best.id] >= (SURELY if another else FITS)
        or best.aspect in aspects
        or (best.id == last and last in answered)
    )
    # Where a section is of that aspect, or the text just given answers it, nobody is told that none does.
    said = last in answered or any(one.aspect in aspects for one in topic.sections)
    gap = asked is not None and not fits and not said
    alike, learned = options[best.id]["alike"], options[best.id]["learned"]
    ranked = tuple((name, likely[name]) for name in found)
    return Chosen(best.id, asked if gap else best.aspect, gap, fits, alike, learned, ranked, likely[NONE])


@lru_cache(maxsize=4)
def weights_of(knowledge: Knowledge) -> Weights:
    """The weights of this Knowledge; the first call for new threads, or for a new ranker, trains them (seconds)."""
    name = f"answering-{fingerprint(CODE, (ranker_name(knowledge), *threads.taught(knowledge)))}"
    return kept(knowledge.root, name, lambda: made("answering", knowledge), read_weights)
