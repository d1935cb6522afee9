"""A message read with those before it: a question by aspect, a pronoun, a correction, another subject.

Where no topic is open yet, a message with few words for a subject is read as one with those before, so that a question
in several messages is one question; one with more is read by itself, with a share of those before; one that names its
subject stands alone. Where one is open, what a message is to it was learned: see `bearing`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain, combinations

import numpy as np

from bot.conversation import Conversation
from bot.dialogue.ranking.ranker import Ranker
from bot.dialogue.words.aspects import empty_words
from bot.dialogue.words.features import Floats
from bot.dialogue.words.phrasing import spell_out
from bot.dialogue.words.stems import stems_of
from bot.dialogue.words.talk import smalltalk_in
from knowledge.frames import FrameSet, unkeyed
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect, Everyday

LASTS = timedelta(hours=12)
FEW, SOME = 4, 7
"""Words for a subject up to which a message leans on those before wholly, and in part."""
TIED = 10
"""The same for one that says that it goes on."""
WHOLLY, IN_PART = 1.0, 0.5
FADING = 0.8
"""Weight of a message against the next one."""
LONGEST_NAME = 3
TELLING = 5.0
"""Rarity of a word from which it names a topic: "pasaporte" does, "mexicanos" does not."""
ALONE = 0.6
"""Likelihood of a topic from which an untied message hardly needs those before."""
TALK = 0.8
"""Likelihood of everyday talk from which a message stands alone, unless its words tie it to the last."""
NEVER_TIED = frozenset({Everyday.SMALLTALK, Everyday.GARBAGE})
ASIDE = NEVER_TIED | {Everyday.FAR, Everyday.NEAR}
SAID = 0.1
"""Likelihood from which a message may have been what the topic answered."""
REJECTED = 0.01
"""What is left of the last topic's likelihood when the person says that it was not meant."""


@dataclass(frozen=True, slots=True)
class _Index:
    tie: FrameSet[bool]
    points: FrameSet[bool]
    correct: FrameSet[bool]
    turn: FrameSet[bool]
    back: FrameSet[bool]
    names: Mapping[frozenset[str], frozenset[str]]
    """The words of short names, by stem, and the topics that are called so."""
    empty: frozenset[str]
    opening: frozenset[str]


@lru_cache(maxsize=4)
def _index(knowledge: Knowledge) -> _Index:
    frames = knowledge.follow_ups
    empty = empty_words(knowledge)
    names: dict[frozenset[str], frozenset[str]] = {}
    for topic in knowledge.topics.values():
        for name in chain.from_iterable(topic.names.values()):
            words = frozenset(_subject(spell_out(name, knowledge.spelling).split(), empty))
            if 0 < len(words) <= LONGEST_NAME:
                names[words] = names.get(words, frozenset()) | {topic.id}
    return _Index(
        tie=FrameSet(unkeyed((*frames.tie, *frames.points))),
        points=FrameSet(unkeyed(frames.points)),
        correct=FrameSet(unkeyed(frames.correct)),
        turn=FrameSet(unkeyed(frames.turn)),
        back=FrameSet(unkeyed(frames.back)),
        names=names,
        empty=empty,
        opening=frozenset(frames.opening),
    )


def _subject(words: Sequence[str], empty: frozenset[str]) -> list[str]:
    """The stems of the words that can name a subject."""
    return list(dict.fromkeys(stems_of(word)[0] for word in words if word not in empty))


def read_in_context(
    text: str, conversation: Conversation, aspects: Sequence[Aspect], ranker: Ranker, knowledge: Knowledge
) -> tuple[Floats, bool]:
    """The likelihood of each column, and whether it comes from what was said before."""
    alone = ranker.likelihoods(ranker.point(text))
    index = _index(knowledge)
    spelled = spell_out(text, knowledge.spelling)
    rest = _beside_turn(spelled, index)
    if rest is not None:
        return (ranker.likelihoods(ranker.point(rest)) if rest else alone), False
    if index.back.first(spelled) is not None:
        conversation = _as_before_turning(conversation, index, knowledge)
    before = said_before(conversation, ranker, knowledge)
    if not before:
        return alone, False
    weight = _weight(spelled, alone, aspects, ranker, index)
    likely = ranker.likelihoods(_together(text, before, weight, ranker)) if weight else alone
    if _corrects(spelled, index) and len(_subject(spelled.split(), index.empty)) > 1:
        meant = _likeliest(ranker.point(before[-1]), ranker)
        likely = _less_likely(likely, meant, ranker) if meant in ranker.topics else likely
    return likely, weight > 0


@dataclass(frozen=True, slots=True)
class Wording:
    """How a message is worded: its words for a subject, whether they tie, point or put right, and the topics named."""

    subject: Sequence[str]
    tied: bool
    points: bool
    corrects: bool
    named: frozenset[str]


def wording_of(text: str, ranker: Ranker, knowledge: Knowledge) -> Wording:
    """What the words alone show of a message's place in a thread."""
    index, spelled = _index(knowledge), spell_out(text, knowledge.spelling)
    return Wording(
        subject=_subject(spelled.split(), index.empty),
        tied=index.tie.first(spelled) is not None,
        points=index.points.first(spelled) is not None,
        corrects=_corrects(spelled, index),
        named=named_in(text, ranker, knowledge),
    )


def is_tied(text: str, knowledge: Knowledge) -> bool:
    """Whether the words of a message tie it to the last one: "and …", "what about …", "for it"."""
    return _index(knowledge).tie.first(spell_out(text, knowledge.spelling)) is not None


def corrects(text: str, knowledge: Knowledge) -> bool:
    """Whether a message puts right how we understood."""
    return _corrects(spell_out(text, knowledge.spelling), _index(knowledge))


def turned_to(text: str, knowledge: Knowledge) -> str | None:
    """What a message says of another matter, where it says that it leaves the open one; None where it does not.

    "Otra pregunta, cuánto cuesta" names no other matter.
    """
    return _beside_turn(spell_out(text, knowledge.spelling), _index(knowledge)) or None


def _beside_turn(spelled: str, index: _Index) -> str | None:
    """What stands beside the words that leave a subject: empty where it names none, None where there are no such."""
    turn = index.turn.first(spelled)
    if turn is None:
        return None
    padded = f" {spelled} "
    rest = f"{padded[: turn.start]} {padded[turn.end :]}".strip()
    return rest if _subject(rest.split(), index.empty) else ""


def comes_back(text: str, knowledge: Knowledge) -> bool:
    """Whether a message says that it comes back from another subject."""
    return _index(knowledge).back.first(spell_out(text, knowledge.spelling)) is not None


def named_in(text: str, ranker: Ranker, knowledge: Knowledge) -> frozenset[str]:
    """The topics that a message names in short, by words that are seldom said otherwise."""
    index = _index(knowledge)
    words = _subject(spell_out(text, knowledge.spelling).split(), index.empty)
    return _names([word for word in words if ranker.rarity([f"w:{word}"]) >= TELLING], index)


def _corrects(spelled: str, index: _Index) -> bool:
    """Whether a message puts right how we understood, after the words that only open it ("mmm", "ay")."""
    words = spelled.split()
    start = next((number for number, word in enumerate(words) if word not in index.opening), 0)
    return index.correct.first(" ".join(words[start:])) is not None


def _together(text: str, before: Sequence[str], weight: float, ranker: Ranker) -> Floats:
    """One message made of all, where the present one leans on those before wholly; else it, and something of them."""
    if weight == WHOLLY:
        return ranker.point(". ".join([*before, text]))
    return leaning(text, before, ranker, weight)


def leaning(text: str, before: Sequence[str], ranker: Ranker, weight: float = IN_PART) -> Floats:
    """A message, and something of those before it."""
    point = ranker.point(text)
    for past in reversed(before):
        point = point + weight * ranker.point(past)
        weight *= FADING
    return point


def recent(conversation: Conversation, now: datetime) -> Conversation:
    """Without what was said so long ago that nobody goes on from it."""
    heard = tuple(each for each in conversation.heard if now - each.at <= LASTS)
    if len(heard) == len(conversation.heard):
        return conversation
    return conversation.having(heard=heard) if heard else conversation.having(heard=(), topic=None, earlier=())


def said_before(conversation: Conversation, ranker: Ranker, knowledge: Knowledge) -> list[str]:
    """What was said, the newest last; the topic answered too, where no words said so (a button).

    What came before a correction, another subject, or a topic that is not the one answered last, is over.
    """
    index = _index(knowledge)
    said: list[str] = []
    for heard in reversed(conversation.heard):
        spelled = spell_out(heard.text, knowledge.spelling)
        if _says_nothing(heard.text, ranker, knowledge):
            continue
        if said and conversation.topic and _surely_another(heard.text, conversation.topic, ranker):
            break
        said.insert(0, heard.text)
        if _corrects(spelled, index) or index.turn.first(spelled):
            break
    topic = knowledge.topics.get(conversation.topic or "")
    if topic and not any(_may_mean(text, topic.id, ranker) for text in said):
        said.append(topic.title.es)
    return said


def _as_before_turning(conversation: Conversation, index: _Index, knowledge: Knowledge) -> Conversation:
    """The conversation of somebody who comes back from another subject, as it was before that."""
    spelled = (spell_out(heard.text, knowledge.spelling) for heard in conversation.heard)
    turned = [number for number, text in enumerate(spelled) if index.turn.first(text)]
    heard = conversation.heard[: turned[-1]] if turned else conversation.heard[:1]
    return conversation.having(heard=heard, topic=None)


def _says_nothing(text: str, ranker: Ranker, knowledge: Knowledge) -> bool:
    """Whether a message only greets, thanks, nods or chats: nobody goes on from it."""
    if not any(map(str.isalnum, text)) or smalltalk_in(text, knowledge):
        return True
    likely = ranker.likelihoods(ranker.point(text))
    return sum(float(likely[number]) for kind, number in ranker.talk.items() if kind in ASIDE) >= TALK


def _may_mean(text: str, topic: str, ranker: Ranker) -> bool:
    if topic not in ranker.topics:
        return False
    by_topic = ranker.by_topic(ranker.likelihoods(ranker.point(text)))
    return float(by_topic[ranker.number_of[topic]]) >= SAID


def _surely_another(text: str, topic: str, ranker: Ranker) -> bool:
    """Whether a text by itself is surely of another topic."""
    by_topic = ranker.by_topic(ranker.likelihoods(ranker.point(text)))
    best = int(by_topic.argmax())
    return float(by_topic[best]) >= ALONE and ranker.topics[best] != topic


def _weight(spelled: str, alone: Floats, aspects: Sequence[Aspect], ranker: Ranker, index: _Index) -> float:
    """Of what was said before: less, the more the message says by itself."""
    subject = _subject(spelled.split(), index.empty)
    puts_right = _corrects(spelled, index)
    tied = bool(aspects) or puts_right or index.tie.first(spelled) is not None
    if _is_talk(alone, ranker, may_be_tied=tied and len(subject) <= FEW):
        return 0.0
    sure = float(ranker.by_topic(alone).max(initial=0)) >= ALONE
    named = bool(_names(subject, index))
    if sure and named and not puts_right:
        return 0.0
    if (sure and not tied) or named:
        return IN_PART if len(subject) <= SOME else 0.0
    if len(subject) <= (SOME if tied else FEW):
        return WHOLLY
    return IN_PART if len(subject) <= (TIED if tied else SOME) else 0.0


def _is_talk(alone: Floats, ranker: Ranker, *, may_be_tied: bool) -> bool:
    """Whether a message is everyday talk whatever was said before."""
    talk = {kind: float(alone[number]) for kind, number in ranker.talk.items()}
    kind = max(talk, key=lambda name: talk[name], default="")
    return sum(talk.values()) >= TALK and (kind in NEVER_TIED or not may_be_tied)


def _names(subject: Sequence[str], index: _Index) -> frozenset[str]:
    """The topics whose short name stands in the words."""
    sets = (frozenset(name) for n in range(1, LONGEST_NAME + 1) for name in combinations(subject[:SOME], n))
    return frozenset[str]().union(*(index.names.get(name, ()) for name in sets))


def _likeliest(point: Floats, ranker: Ranker) -> str:
    return ranker.model.columns[int(ranker.likelihoods(point).argmax())].topic


def _less_likely(likely: Floats, topic: str, ranker: Ranker) -> Floats:
    """A topic that was not meant."""
    likely = likely.copy()
    likely[ranker.of_topic(topic)] *= np.float32(REJECTED)
    result: Floats = likely / likely.sum()
    return result
