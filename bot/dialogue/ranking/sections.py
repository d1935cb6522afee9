"""Which section of a topic answers: by the aspect asked for, by its own words, and by what was learned of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.dialogue.ranking.candidates import Candidate
from bot.dialogue.ranking.denied import apart
from bot.dialogue.ranking.lessons import row_of
from bot.dialogue.ranking.ranker import Ranker
from bot.dialogue.ranking.section_words import likeness, said_in
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.words.aspects import asked_of, held_in
from bot.dialogue.words.features import Floats
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect, Section, Topic

ASKED_FOR = frozenset(Aspect) - {Aspect.WHAT, Aspect.HOW, Aspect.WHO, Aspect.BEWARE}
"""Aspects whose absence is said; the others are answered by what the topic is."""
OF_ASPECT, HOLDS = 0.8, 0.4
"""What it counts that a section is of the aspect asked for, or that its text answers it all the same."""
LATER = 0.05
"""Less for each aspect that was found after another."""
OF_ROW = 0.1
"""What it counts that a section speaks of the row that the message is about."""
MOST_LIKE = 1.5
"""Likeness beyond this counts no more."""
LIKE = 0.4
"""Likeness from which a section speaks of what was said."""
LEARNED, LEARNED_ALONE = 0.85, 0.6
"""Share of what was learned of the topic from which a section fits; the same where no word can tell."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The section that fits best; `fits`: it answers what was said; `gap`: no section answers the aspect asked for.

    `alike`: how much of what was said it speaks of; `learned`: its share of what was learned of the topic.
    """

    section: str
    aspect: Aspect | None
    gap: bool
    fits: bool
    alike: float
    learned: float
    ranked: tuple[tuple[str, float], ...] = ()
    """In a thread, the sections that may answer and how likely each does, the likeliest first."""
    none: float = 0.0
    """How likely none does."""

    @property
    def likely(self) -> float:
        """How likely it answers."""
        return self.ranked[0][1] if self.ranked else 0.0


def choose(
    candidate: Candidate,
    text: str,
    likely: Floats,
    aspects: Sequence[Aspect],
    knowledge: Knowledge,
    without: frozenset[str] = frozenset(),
) -> Chosen:
    """Among the sections of the candidate's topic; `likely`: the likelihood of each column.

    `without`: sections that are for others, unless all are.
    """
    ranker, topic = ranker_of(knowledge), knowledge.topics[candidate.topic]
    aspects = asked_of(aspects)
    meant, denied = apart(text, knowledge)
    said = said_in(meant, ranker, knowledge)
    if denied and said:
        likely = ranker.likelihoods(ranker.point(meant))
    alike = likeness(said, topic, knowledge)
    barred = barred_by(denied, topic, knowledge)
    learned = shares(topic, likely, ranker)
    answered = {section.id: answers(topic, section, aspects, knowledge) for section in topic.sections}
    scores = {
        section.id: learned[section.id]
        + min(alike[section.id], MOST_LIKE)
        + answered[section.id]
        + OF_ROW * (candidate.row in (row_of(topic, section), *section.covers))
        for section in topic.sections
    }
    for out in (without, barred):
        scores = {name: score for name, score in scores.items() if name not in out} or scores
    telling = {name: score for name, score in scores.items() if answered[name]} if not said else {}
    best = topic.section_or_first(max(telling or scores, key=lambda name: scores[name]))
    asked = next((aspect for aspect in aspects if aspect in ASKED_FOR), None)
    gap = asked is not None and not any(answered.values())
    enough = LEARNED if said else LEARNED_ALONE
    fits = answered[best.id] > 0 or alike[best.id] >= LIKE or learned[best.id] >= enough
    return Chosen(best.id, asked if gap else best.aspect, gap, fits, alike[best.id], learned[best.id])


def barred_by(denied: str, topic: Topic, knowledge: Knowledge) -> frozenset[str]:
    """The section that speaks most of what a message says not to mean; empty where none does."""
    if not denied:
        return frozenset()
    alike = likeness(said_in(denied, ranker_of(knowledge), knowledge), topic, knowledge)
    best = max(alike, key=lambda name: alike[name])
    return frozenset({best} if alike[best] >= LIKE else ())


def shares(topic: Topic, likely: Floats, ranker: Ranker) -> Mapping[str, float]:
    """The likelihood of each section among those of its topic."""
    columns = ranker.model.columns
    mine = {columns[n].section: float(likely[n]) for n in ranker.of_topic(topic.id).tolist()}
    whole = sum(mine.values()) or 1.0
    return {section.id: mine.get(section.id, 0.0) / whole for section in topic.sections}


def answers(topic: Topic, section: Section, aspects: Sequence[Aspect], knowledge: Knowledge) -> float:
    """How well a section answers what is asked about its subject; the aspect that was surest counts most."""
    if not aspects:
        return 0.0
    if section.aspect in aspects:
        return OF_ASPECT - LATER * aspects.index(section.aspect)
    return HOLDS if not held_in(topic.id, knowledge)[section.id].isdisjoint(aspects) else 0.0
