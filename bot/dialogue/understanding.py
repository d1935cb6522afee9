"""Which topic and section a message is about, and how sure that is: one function, `understand`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation import Conversation, Heard, TopicScore
from bot.dialogue.ambiguous import meanings
from bot.dialogue.aspects import aspects_in
from bot.dialogue.context import read_in_context, recent
from bot.dialogue.glossary import confused, defined, spoken_of, unheard
from bot.dialogue.known import Place, place_of
from bot.dialogue.lessons import row_of
from bot.dialogue.model_cache import ranker_of
from bot.dialogue.questions import questions_in
from bot.dialogue.ranking import Candidate, rank
from bot.dialogue.talk import smalltalk_in
from knowledge.model import Knowledge
from knowledge.schema.glossary import Term
from knowledge.schema.topics import Aspect, Everyday, Topic

ANSWER = 0.35
"""Likelihood from which a clear winner answers."""
CLARIFY = 0.1
"""Likelihood from which we ask "¿se refiere a…?"."""
MARGIN = 0.1
"""Lead over the second from which a winner is clear."""
SURE = 0.85
"""Share of its row from which a section answers rather than the one of the aspect asked for."""
LIKE = 0.35
"""Share of its row from which a section answers where the topic has none for the aspect asked for."""
ASKED_FOR = frozenset(Aspect) - {Aspect.WHAT, Aspect.HOW, Aspect.WHO, Aspect.BEWARE}
"""Aspects whose absence is said; the others are answered by what the topic is."""
CANDIDATES = 3
KNOWN = 0.99
"""Score of a place at which exactly these words stand."""
NEVER = datetime.min
TWO = 2
EACH = 0.6
"""Likelihood from which one of two questions in a message is answered."""
EITHER = 0.5
"""Score of each topic that a declared wording may mean: enough to be offered, never to answer alone."""
END = 1500
"""Characters that are read of each end of a very long message."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """Candidates, best first; `aspect` is what was asked of the first; `gap`: no section of it answers that aspect.

    `everyday` is the kind of talk that no topic answers, where the message is likelier that than any topic.
    """

    topics: tuple[TopicScore, ...]
    aspect: Aspect | None = None
    gap: bool = False
    from_context: bool = False
    everyday: Everyday | None = None
    also: "Understanding | None" = None
    """The other question of the same message, where both are clear; its topic stands second."""
    term: Term | None = None
    """The word whose sentence answers, before any section of its topic."""

    @property
    def best(self) -> float:
        """The first candidate's score, 0 where there is none."""
        return self.topics[0].score if self.topics else 0.0

    @property
    def clear(self) -> bool:
        """Whether the first may answer alone."""
        if self.also is not None:
            return True
        second = self.topics[1].score if len(self.topics) > 1 else 0.0
        return self.best >= ANSWER and self.best - second >= MARGIN and self.everyday is None


def understand(
    text: str, conversation: Conversation, knowledge: Knowledge, now: datetime | None = None
) -> Understanding:
    """Rank topics for a message read with the conversation so far; what was said long before `now` no longer counts."""
    conversation = conversation if now is None else recent(conversation, now)
    found = _read(text, conversation, knowledge)
    if found.everyday is Everyday.SMALLTALK and not found.topics:
        return found
    if declared := _declared(text, conversation, knowledge, found.topics):
        return declared
    if found.from_context:
        return found
    if place := place_of(text, knowledge):
        return _as_written(place, found, knowledge)
    return _with_other(found, text, knowledge)


def _as_written(place: Place, found: Understanding, knowledge: Knowledge) -> Understanding:
    """The same with the place first at which an editor put exactly these words."""
    topic, section = place
    others = [each for each in found.topics if each.topic != topic]
    aspect = next((each.aspect for each in knowledge.topics[topic].sections if each.id == section), None)
    return Understanding((TopicScore(topic, section, KNOWN), *others)[:CANDIDATES], aspect)


def _with_other(found: Understanding, text: str, knowledge: Knowledge) -> Understanding:
    """The same, or the two questions of the message, read one after the other, where each is clear by itself."""
    parts = questions_in(text, knowledge)
    if len(parts) < TWO:
        return found
    clear: dict[tuple[str, str], Understanding] = {}
    said = Conversation()
    for part in parts:
        read = _read(part, said, knowledge)
        read = _declared(part, said, knowledge, read.topics) or read
        said = said.having(heard=(Heard(text=part, at=NEVER),), topic=read.topics[0].topic if _sure(read) else None)
        if _sure(read):
            clear.setdefault((read.topics[0].topic, read.topics[0].section), read)
    topics = {topic for topic, _ in clear}
    first = found.topics[0].topic if found.topics else ""
    if len(clear) != TWO or (found.clear and first not in topics):
        return found
    # What the whole message is likeliest about stands first.
    one, other = sorted(clear.values(), key=lambda u: u.topics[0].topic != first)
    rest = [topic for topic in found.topics if topic.topic not in topics]
    both = dict.fromkeys((one.topics[0], other.topics[0]) if len(topics) == TWO else (one.topics[0],))
    return replace(one, topics=(*both, *rest)[:CANDIDATES], also=other)


def _sure(understanding: Understanding) -> bool:
    return understanding.clear and understanding.best >= EACH


def _read(text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    if not any(map(str.isalnum, text)):
        return Understanding(())
    text = text if len(text) <= 2 * END else f"{text[:END]} {text[-END:]}"
    ranker = ranker_of(knowledge)
    aspects = aspects_in(text, knowledge)
    likely, from_context = read_in_context(text, conversation, aspects, ranker, knowledge)
    if smalltalk_in(text, knowledge):
        return Understanding((), everyday=Everyday.SMALLTALK)
    ranking = rank(likely, ranker.model.columns, knowledge, CANDIDATES)
    if not ranking.candidates:
        return Understanding((), everyday=ranking.everyday)
    chosen = [_section(knowledge.topics[c.topic], aspects, c, followed=from_context) for c in ranking.candidates]
    scores = [
        TopicScore(candidate.topic, section, round(candidate.likelihood, 3))
        for candidate, (section, _, _) in zip(ranking.candidates, chosen, strict=True)
    ]
    _, aspect, gap = chosen[0]
    return Understanding(tuple(scores), aspect, gap, from_context, ranking.everyday)


def _declared(
    text: str, conversation: Conversation, knowledge: Knowledge, others: Sequence[TopicScore]
) -> Understanding | None:
    """What the content itself says of a wording: that it is a word to explain, or that it may mean two topics."""
    if may_mean := meanings(text, knowledge) or confused(text, knowledge):
        if others and others[0].topic == conversation.topic and conversation.topic in may_mean:
            return None  # the conversation says which
        either = [TopicScore(topic, knowledge.topics[topic].sections[0].id, EITHER) for topic in may_mean]
        return Understanding(_before(either, others))
    if unheard(text, knowledge):
        return Understanding(())
    if found := defined(text, knowledge):
        section = spoken_of(found.term, knowledge)
        topics = _before([TopicScore(found.term.topic, section.id, 1.0)], others)
        return Understanding(topics, section.aspect, term=found.term if found.leads else None)
    return None


def _before(first: Sequence[TopicScore], others: Sequence[TopicScore]) -> tuple[TopicScore, ...]:
    """These, then the other candidates, too weak to be offered."""
    named = {score.topic for score in first}
    rest = (replace(other, score=min(other.score, CLARIFY / 2)) for other in others if other.topic not in named)
    return (*first, *rest)[:CANDIDATES]


def _section(
    topic: Topic, aspects: Sequence[Aspect], candidate: Candidate, *, followed: bool
) -> tuple[str, Aspect | None, bool]:
    """The section that answers, the aspect asked for, and whether that aspect is a gap.

    After a message that named the subject (`followed`), the aspect alone decides: likeness speaks of the earlier one.
    """
    best_id, share = candidate.sections[0]
    best = topic.section_or_first(best_id)
    if share >= SURE and not (followed and aspects):
        return best.id, best.aspect, False
    for aspect in aspects:
        for section in topic.sections:
            if section.aspect is aspect and candidate.row in (row_of(topic, section), *section.covers):
                return section.id, aspect, False
    asked = next((aspect for aspect in aspects if aspect in ASKED_FOR), None)
    gap = asked is not None and (followed or share < LIKE)
    return best.id, asked if gap else best.aspect, gap
