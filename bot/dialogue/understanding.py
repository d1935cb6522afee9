"""Which topic and section a message is about, and how sure that is: one function, `understand`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.conversation import Conversation, Heard, TopicScore
from bot.dialogue.ambiguous import meanings
from bot.dialogue.aspects import aspects_in
from bot.dialogue.audience import closed, weights
from bot.dialogue.context import read_in_context, recent, turns_round
from bot.dialogue.glossary import confused, defined, spoken_of, unheard
from bot.dialogue.known import Place, place_of
from bot.dialogue.leaving import may_leave, surely_leaves
from bot.dialogue.model_cache import ranker_of
from bot.dialogue.phrasing import spell_out
from bot.dialogue.questions import questions_in
from bot.dialogue.ranker import Floats
from bot.dialogue.ranking import Candidate, Ranking, rank
from bot.dialogue.sections import choose
from bot.dialogue.talk import smalltalk_in
from knowledge.model import Knowledge
from knowledge.schema.glossary import Term
from knowledge.schema.topics import Aspect, Everyday

ANSWER = 0.35
"""Likelihood from which a clear winner answers."""
CLARIFY = 0.1
"""Likelihood from which we ask "¿se refiere a…?"."""
MARGIN = 0.1
"""Lead over the second from which a winner is clear."""
CANDIDATES = 3
KNOWN = 0.99
"""Score of a place at which exactly these words stand."""
NEVER = datetime.min
TWO = 2
EACH = 0.6
"""Likelihood from which one of two questions in a message is answered."""
EITHER = 0.5
"""Score of each topic that a declared wording may mean: enough to be offered, never to answer alone."""
STAYS = 1.0
"""How much the open topic's section must speak of what was said to hold it against a likelier topic."""
LEAVES = 0.75
"""Likelihood of another topic from which a message leaves the open one."""
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
    goes_on: bool = False
    """The message goes on with the open topic, which stands first."""
    fits: bool = True
    """A section of the first speaks of what was said."""
    again: bool = False
    """That section was shown, and something else was asked then."""
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
        if self.goes_on:
            return (self.fits or self.best >= CLARIFY) and self.everyday is not Everyday.SMALLTALK
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
    person = Conversation(country=conversation.country, citizen=conversation.citizen)
    return _with_other(found, text, person, knowledge)


def _as_written(place: Place, found: Understanding, knowledge: Knowledge) -> Understanding:
    """The same with the place first at which an editor put exactly these words."""
    topic, section = place
    others = [each for each in found.topics if each.topic != topic]
    aspect = next((each.aspect for each in knowledge.topics[topic].sections if each.id == section), None)
    return Understanding((TopicScore(topic, section, KNOWN), *others)[:CANDIDATES], aspect)


def _with_other(found: Understanding, text: str, person: Conversation, knowledge: Knowledge) -> Understanding:
    """The same, or the two questions of the message, read one after the other, where each is clear by itself."""
    parts = questions_in(text, knowledge)
    if len(parts) < TWO:
        return found
    clear: dict[tuple[str, str], Understanding] = {}
    said = person
    for part in parts:
        read = _read(part, said, knowledge)
        read = _declared(part, said, knowledge, read.topics) or read
        said = person.having(heard=(Heard(text=part, at=NEVER),), topic=read.topics[0].topic if _sure(read) else None)
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
    likely = likely * weights(ranker.model.columns, conversation, text, knowledge)
    if smalltalk_in(text, knowledge):
        return Understanding((), everyday=Everyday.SMALLTALK)
    ranking = rank(likely, ranker.model.columns, knowledge, CANDIDATES)
    if not ranking.candidates:
        return Understanding((), everyday=ranking.everyday)
    if from_context:
        return _followed(text, conversation, aspects, likely, ranking, knowledge)
    return _told(text, conversation, aspects, likely, ranking, knowledge)


def _told(
    text: str,
    conversation: Conversation,
    aspects: Sequence[Aspect],
    likely: Floats,
    ranking: Ranking,
    knowledge: Knowledge,
) -> Understanding:
    """The candidates, each with the section that fits best."""
    topics = [knowledge.topics[each.topic] for each in ranking.candidates]
    chosen = [
        choose(each, text, likely, aspects, knowledge, without=closed(topic, conversation, text, knowledge))
        for each, topic in zip(ranking.candidates, topics, strict=True)
    ]
    scores = tuple(
        TopicScore(each.topic, best.section, round(each.likelihood, 3))
        for each, best in zip(ranking.candidates, chosen, strict=True)
    )
    return Understanding(scores, chosen[0].aspect, chosen[0].gap, everyday=ranking.everyday)


def _followed(
    text: str,
    conversation: Conversation,
    aspects: Sequence[Aspect],
    likely: Floats,
    ranking: Ranking,
    knowledge: Knowledge,
) -> Understanding:
    """The same for a message that goes on: in the open topic its own words choose, or lead elsewhere."""
    ranker = ranker_of(knowledge)
    alone = ranker.likelihoods(ranker.point(text)) * weights(ranker.model.columns, conversation, text, knowledge)
    # Where an aspect is asked for, likeness speaks of the earlier message.
    found = _told(text, conversation, aspects, alone if aspects else likely, ranking, knowledge)
    found = replace(found, from_context=True)
    opened = conversation.topic
    if opened not in ranker.topics:
        return found
    open_one = _candidate_of(opened, likely, ranking, knowledge)
    without = closed(knowledge.topics[opened], conversation, text, knowledge)
    chosen = choose(open_one, text, alone, aspects, knowledge, last=conversation.section, without=without)
    other = found.topics[0].topic
    own = chosen.alike >= STAYS and open_one.likelihood >= CLARIFY and found.best < LEAVES
    ahead = not own and other != opened and found.best - open_one.likelihood >= MARGIN
    by_itself = float(alone[ranker.of_topic(other)].sum())
    if (ahead or turns_round(text, knowledge)) and may_leave(text, opened, other, by_itself, found.best, knowledge):
        return found
    by_itself_ranked = rank(alone, ranker.model.columns, knowledge, CANDIDATES)
    elsewhere = _told(text, conversation, aspects, alone, by_itself_ranked, knowledge)
    if _goes_elsewhere(elsewhere, chosen.fits, opened, text, knowledge):
        return elsewhere
    first = TopicScore(opened, chosen.section, round(open_one.likelihood, 3))
    others = [each for each in (found if chosen.fits else elsewhere).topics if each.topic != opened]
    repeated = spell_out(text, knowledge.spelling) == _last_said(conversation, knowledge)
    return replace(
        found,
        topics=(first, *others)[:CANDIDATES],
        aspect=chosen.aspect,
        gap=chosen.gap,
        goes_on=True,
        fits=chosen.fits,
        again=chosen.section in conversation.shown and not repeated,
    )


def _candidate_of(topic: str, likely: Floats, ranking: Ranking, knowledge: Knowledge) -> Candidate:
    """A topic as a candidate, also where others are likelier."""
    ranker = ranker_of(knowledge)
    found = next((each for each in ranking.candidates if each.topic == topic), None)
    if found is not None:
        return found
    mine = ranker.of_topic(topic)
    best = ranker.model.columns[int((likely * mine).argmax())]
    return Candidate(topic, best.row, float(likely[mine].sum()), ())


def _goes_elsewhere(elsewhere: Understanding, fits: bool, opened: str, text: str, knowledge: Knowledge) -> bool:
    """Whether a message by itself is surely of another topic than the open one."""
    other = elsewhere.topics[0].topic if elsewhere.topics else opened
    if other == opened:
        return False
    unfit = not fits and elsewhere.clear and elsewhere.best >= LEAVES
    return unfit or surely_leaves(text, opened, elsewhere.best, knowledge)


def _last_said(conversation: Conversation, knowledge: Knowledge) -> str:
    return spell_out(conversation.heard[-1].text, knowledge.spelling) if conversation.heard else ""


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
