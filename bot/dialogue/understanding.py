"""Which topic and section a message is about, and how sure that is. First version: one function, `understand`."""

from dataclasses import dataclass

from bot.conversation import Conversation, TopicScore
from bot.dialogue.aspects import aspects_in
from bot.dialogue.index import Index, index_of
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect, Topic

ANSWER = 0.42
"""Score from which a clear winner answers."""
CLARIFY = 0.27
"""Score from which we ask "¿se refiere a…?"."""
MARGIN = 0.06
"""Lead over the second from which a winner is clear."""
SECTION = 0.72
"""Likeness of a phrase from which its section answers rather than the aspect's."""
LIKE = 0.4
"""Likeness of a phrase from which its section answers where no aspect was asked for, or none that the topic has."""
FEW_WORDS = 2
ASKED_FOR = frozenset(Aspect) - {Aspect.WHAT, Aspect.HOW, Aspect.WHO, Aspect.BEWARE}
"""Aspects whose absence is said; the others are answered by what the topic is."""
NAME_BONUS = 0.15


@dataclass(frozen=True, slots=True)
class Understanding:
    """Candidates, best first; `aspect` is what was asked of the first; `gap`: no section of it answers that aspect."""

    topics: tuple[TopicScore, ...]
    aspect: Aspect | None = None
    gap: bool = False
    from_context: bool = False

    @property
    def best(self) -> float:
        """The first candidate's score, 0 where there is none."""
        return self.topics[0].score if self.topics else 0.0

    @property
    def clear(self) -> bool:
        """Whether the first may answer alone."""
        second = self.topics[1].score if len(self.topics) > 1 else 0.0
        return self.best >= ANSWER and self.best - second >= MARGIN


@dataclass(slots=True)
class _Evidence:
    """What speaks for a topic: its score, and its likest phrase of any section (names choose no section)."""

    score: float = 0.0
    section: str = ""
    likeness: float = 0.0


def understand(text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    """Rank topics for a message read with the conversation so far."""
    index = index_of(knowledge)
    words = index.content_words(text)
    found = _evidence(index, words)
    aspects = aspects_in(text, knowledge)
    current = knowledge.topics.get(conversation.topic or "")
    follow = current is not None and aspects != () and _is_follow_up(words, found, current.id, index)
    if current and follow:
        others = max((e.score for e in found.values()), default=0.0)
        found.setdefault(current.id, _Evidence()).score = max(ANSWER, others) + MARGIN
    ranked = sorted(found.items(), key=lambda item: (-item[1].score, item[0]))[:3]
    if not ranked:
        return Understanding(())
    section, aspect, gap = _section(knowledge.topics[ranked[0][0]], aspects, ranked[0][1], followed=follow)
    sections = [section, *(_section(knowledge.topics[t], aspects, e, followed=False)[0] for t, e in ranked[1:])]
    scores = tuple(TopicScore(t, s, round(min(e.score, 1.0), 3)) for (t, e), s in zip(ranked, sections, strict=True))
    return Understanding(scores, aspect, gap, follow)


def _evidence(index: Index, words: tuple[str, ...]) -> dict[str, _Evidence]:
    """By topic. A name that stands whole in the message counts more."""
    found: dict[str, _Evidence] = {}
    for entry, cosine, whole in index.search(words):
        evidence = found.setdefault(entry.topic, _Evidence())
        evidence.score = max(evidence.score, cosine + NAME_BONUS if entry.is_name and whole else cosine)
        if not entry.is_name and cosine > evidence.likeness:
            evidence.section, evidence.likeness = entry.section, cosine
    return found


def _is_follow_up(subject: tuple[str, ...], found: dict[str, _Evidence], current: str, index: Index) -> bool:
    """A question by aspect that names no other subject: it is about what we were speaking of."""
    others = max((evidence.score for topic, evidence in found.items() if topic != current), default=0.0)
    known = [w for w in subject if index.knows(w)]
    return len(known) <= FEW_WORDS and (not subject or others < ANSWER)


def _section(
    topic: Topic, aspects: tuple[Aspect, ...], evidence: _Evidence, *, followed: bool
) -> tuple[str, Aspect | None, bool]:
    """The section that answers, the aspect asked for, and whether that aspect is a gap."""
    own = topic.section(evidence.section)
    if own and evidence.likeness >= SECTION and not followed:
        return own.id, own.aspect, False
    for aspect in aspects:
        for section in topic.sections:
            if section.aspect is aspect:
                return section.id, aspect, False
    if own and evidence.likeness >= LIKE and not followed:
        return own.id, own.aspect, False
    asked = next((a for a in aspects if a in ASKED_FOR), None)
    return topic.sections[0].id, asked, asked is not None
