"""Which topic and section a message is about, and how sure that is: one function, `understand`."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from bot.conversation import Conversation, Heard, TopicScore
from bot.dialogue.bearing.answering import TOLD, choose_each
from bot.dialogue.bearing.model import Choice, bearing_of
from bot.dialogue.bearing.options import OBJECTIONS
from bot.dialogue.bearing.situations import choose_in_thread, closed_in_thread
from bot.dialogue.person.audience import weights
from bot.dialogue.ranking.ambiguous import meanings
from bot.dialogue.ranking.candidates import Ranking, candidate_of, rank, towards_offered
from bot.dialogue.ranking.context import comes_back, is_tied, read_in_context, recent, turned_to
from bot.dialogue.ranking.glossary import confused, defined, spoken_of, unheard
from bot.dialogue.ranking.known import Place, place_of
from bot.dialogue.ranking.ours import doubted, known_words, likeliest_talk, tempered, told_enough
from bot.dialogue.ranking.ranker import Ranker
from bot.dialogue.ranking.sections import choose
from bot.dialogue.ranking.trained import ranker_of
from bot.dialogue.words.aspects import aspects_in
from bot.dialogue.words.features import Floats
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.questions import brief_question, questions_in
from bot.dialogue.words.talk import smalltalk_in
from knowledge.model import Knowledge
from knowledge.schema.glossary import Term
from knowledge.schema.taught import Bearing
from knowledge.schema.topics import Aspect, Everyday

ANSWER = 0.35
"""Likelihood from which a clear winner answers."""
CLARIFY = 0.1
"""Likelihood from which we ask "¿se refiere a…?"."""
MARGIN = 0.1
"""Lead over the second from which a winner is clear."""
CANDIDATES = 3
REMEMBERED = 64
"""Messages whose reading by itself is kept."""
KNOWN = 0.99
"""Score of a place at which exactly these words stand."""
NEVER, TWO = datetime.min, 2
EACH = 0.6
"""Likelihood from which one of two questions in a message is answered."""
EITHER = 0.5
"""Score of each topic that a declared wording may mean: enough to be offered, never to answer alone."""
STAYING = frozenset(Bearing) - {Bearing.OTHER, Bearing.NOT_OURS}
"""Moves that leave the open topic open."""
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
    bearing: Bearing | None = None
    """What the message is to the open topic, where there is one."""
    again: bool = False
    """That section was shown in this thread, and something else was asked then."""
    turned: bool = False
    """The message leaves the open topic, and says so."""
    put_right: bool = False
    """It denies what it was read as, and the candidates are of what is meant instead."""
    term: Term | None = None
    """The word whose sentence answers, before any section of its topic."""
    there: bool = False
    """What stands first was chosen for the country that is told."""

    @property
    def best(self) -> float:
        """The first candidate's score, 0 where there is none."""
        return self.topics[0].score if self.topics else 0.0

    @property
    def clear(self) -> bool:
        """Whether the first may answer alone."""
        if self.also is not None or self.goes_on:
            return True
        second = self.topics[1].score if len(self.topics) > 1 else 0.0
        return self.best >= ANSWER and self.best - second >= MARGIN and self.everyday is None


def understand(
    text: str, conversation: Conversation, knowledge: Knowledge, now: datetime | None = None, *, turned: bool = False
) -> Understanding:
    """Rank topics for a message read with what was said lately; `turned`: it was said to be another matter."""
    conversation = conversation if now is None else recent(conversation, now)
    found = _read(text, conversation, knowledge, turned=turned)
    if found.everyday is Everyday.SMALLTALK and not found.topics:
        return found
    if declared := _declared(text, conversation, knowledge, found.topics):
        return declared
    if found.from_context:
        return _with_both(found, text, conversation, knowledge)
    if place := place_of(text, knowledge):
        return _as_written(place, found, knowledge)
    return _with_other(found, text, conversation.person(), knowledge)


@lru_cache(maxsize=REMEMBERED)
def by_itself(text: str, knowledge: Knowledge) -> Understanding:
    """A message read as if nothing had been said; kept, as in danger several steps ask for it."""
    return understand(text, Conversation(), knowledge)


def _as_written(place: Place, found: Understanding, knowledge: Knowledge) -> Understanding:
    """The same with the place first at which an editor put exactly these words."""
    topic, section = place
    others = [each for each in found.topics if each.topic != topic]
    aspect = next((each.aspect for each in knowledge.topics[topic].sections if each.id == section), None)
    return Understanding((TopicScore(topic, section, KNOWN), *others)[:CANDIDATES], aspect)


def _with_other(found: Understanding, text: str, person: Conversation, knowledge: Knowledge) -> Understanding:
    """The same, or the two questions of the message, one after the other, each clear and surer than a third topic."""
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
    if len(clear) != TWO or (found.clear and first not in topics and found.best >= min(u.best for u in clear.values())):
        return found
    # What the whole message is likeliest about stands first.
    one, other = sorted(clear.values(), key=lambda u: u.topics[0].topic != first)
    rest = [topic for topic in found.topics if topic.topic not in topics]
    both = dict.fromkeys((one.topics[0], other.topics[0]) if len(topics) == TWO else (one.topics[0],))
    return replace(one, topics=(*both, *rest)[:CANDIDATES], also=other)


def _with_both(found: Understanding, text: str, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    """The same, or the two sections of the open topic that answer its two questions."""
    if found.bearing is not Bearing.GOES_ON:
        return found
    topic = knowledge.topics[found.topics[0].topic]
    shut = closed_in_thread(topic, conversation, text, knowledge)
    if not (both := choose_each(topic, text, conversation.section, knowledge, shut)):
        return found
    one, other = (
        replace(
            found,
            topics=(replace(found.topics[0], section=each.section), *found.topics[1:]),
            aspect=each.aspect,
            gap=False,
            fits=True,
            again=False,
        )
        for each in both
    )
    return replace(one, also=other)


def _sure(understanding: Understanding) -> bool:
    return understanding.clear and understanding.best >= EACH


def _read(text: str, conversation: Conversation, knowledge: Knowledge, *, turned: bool = False) -> Understanding:
    if not any(map(str.isalnum, text)):
        return Understanding(())
    text = text if len(text) <= 2 * END else f"{text[:END]} {text[-END:]}"
    ranker = ranker_of(knowledge)
    if smalltalk_in(text, knowledge):
        return Understanding((), everyday=Everyday.SMALLTALK)
    if conversation.topic in ranker.topics and not comes_back(text, knowledge):
        borne = _borne(bearing_of(brief_question(text, knowledge), conversation, knowledge), conversation, knowledge)
        rest = text if turned else turned_to(text, knowledge)
        return borne if rest is None else _turned(rest, borne, conversation, knowledge)
    aspects = aspects_in(text, knowledge)
    fit = weights(ranker, conversation, text, knowledge) * told_enough(conversation, text, knowledge)
    likely, from_context = read_in_context(text, conversation, aspects, ranker, knowledge)
    likely = towards_offered(likely * fit, conversation, ranker)
    ranking = rank(likely, ranker.model.columns, knowledge, CANDIDATES)
    if not ranking.candidates:
        return Understanding((), everyday=ranking.everyday)
    # Where an aspect is asked for, likeness speaks of the earlier message.
    told = ranker.likelihoods(ranker.point(text)) * fit if from_context and aspects else likely
    found = _told(text, conversation, aspects, told, ranking, knowledge)
    if not from_context and found.clear and doubted(text, found.topics[0].topic, likely, ranker, knowledge):
        found = replace(found, everyday=likeliest_talk(likely, ranker))
    return replace(found, from_context=from_context)


def _turned(rest: str, borne: Understanding, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    """What is said to be another matter, alone, unless its words are tied to the open one, or only that knows them."""
    alone = replace(_read(rest, conversation.person(), knowledge), turned=True)
    known = not _sure(alone) and known_words(rest, conversation.topic or "", knowledge)
    open_still = (borne.fits and known) or is_tied(rest, knowledge)
    return borne if borne.bearing is Bearing.GOES_ON and open_still else alone


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
        choose(each, text, likely, aspects, knowledge, without=closed_in_thread(topic, conversation, text, knowledge))
        for each, topic in zip(ranking.candidates, topics, strict=True)
    ]
    scores = tuple(
        TopicScore(each.topic, best.section, round(each.likelihood, 3))
        for each, best in zip(ranking.candidates, chosen, strict=True)
    )
    return Understanding(scores, chosen[0].aspect, chosen[0].gap, everyday=ranking.everyday)


def _borne(choice: Choice, conversation: Conversation, knowledge: Knowledge) -> Understanding:
    """What a message is to the open topic: in it its own words choose a section, or they lead elsewhere, or nowhere."""
    reading, ranker = choice.reading, ranker_of(knowledge)
    ours = {name: value for name, value in choice.likely.items() if name in ranker.topics}
    likely = tempered(ours, conversation, reading.text, knowledge)
    likeliest = ranker.topics[int(ranker.by_topic(reading.alone).argmax())]
    stays = choice.bearing in STAYING
    topics = dict.fromkeys((reading.opened, *likely) if stays else likely)
    chosen = {}
    for name in list(topics)[:CANDIDATES]:
        if name == reading.opened:
            chosen[name] = choose_in_thread(knowledge.topics[name], reading.text, conversation, knowledge)
            continue
        told = reading.alone if reading.aspects or name == likeliest else reading.joined
        candidate = candidate_of(name, reading.joined, ranker)
        without = closed_in_thread(knowledge.topics[name], conversation, reading.text, knowledge)
        chosen[name] = choose(candidate, reading.text, told, reading.aspects, knowledge, without)
    first, best = next(iter(chosen.items()))
    asked = choice.bearing in (Bearing.GOES_ON, Bearing.OTHER) or reading.denies
    last = [spell_out(one.text, knowledge.spelling) for one in conversation.heard[-1:]]
    repeated = last == [spell_out(reading.text, knowledge.spelling)]
    return Understanding(
        tuple(TopicScore(name, each.section, round(likely[name], 3)) for name, each in chosen.items()),
        best.aspect,
        best.gap,
        from_context=stays or first != likeliest,
        everyday=_talk_in(choice.bearing, reading.alone, ranker),
        goes_on=stays,
        bearing=choice.bearing,
        fits=best.fits if asked else best.likely >= TOLD and not choice.objecting,
        again=stays and best.section in (conversation.section, *conversation.shown) and not repeated,
    )


def _talk_in(bearing: Bearing, alone: Floats, ranker: Ranker) -> Everyday | None:
    """The likeliest kind of talk that it is, where it is an objection or nothing of ours."""
    if bearing not in (Bearing.OBJECTS, Bearing.NOT_OURS):
        return None
    kinds = [kind for kind in ranker.talk if (kind in OBJECTIONS) == (bearing is Bearing.OBJECTS)]
    return Everyday(max(kinds, key=lambda kind: float(alone[ranker.talk[kind]])))


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
