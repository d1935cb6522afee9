"""A message as it sounds alone, and together with what was wanted before: the likelihood of every section in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain

import numpy as np

from bot.conversation import Conversation, Want
from bot.conversation.payload import pages_in
from bot.dialogue.message import Message
from bot.dialogue.ranking.ranker import Ranker, ranker_of
from bot.dialogue.ranking.sections import ASPECTS, Flags, Said, Sections, said_in, sections_of
from bot.dialogue.signals.found import Acts, shown_in
from bot.dialogue.thresholds import TALK_AHEAD, UNWANTED
from bot.dialogue.words.features import Floats
from bot.dialogue.words.phrasing import REMEMBERED
from bot.dialogue.words.questions import asks_in, aspects_in, clauses_in, matter_in, names_nothing, questions_in
from knowledge.frames import framed, frames_of
from knowledge.model import Knowledge
from knowledge.schema.topics import Everyday

FAINT = 1e-6
"""No likelihood counts as less."""
AGAINST = "against"
"""The reading of what is denied, which makes no section a candidate."""
CHAIN = 3
"""Wants of one thread that are read together."""


@dataclass(frozen=True, eq=False)
class Readings:
    """What is read of one message, and of what was wanted before it."""

    message: Message
    state: Conversation
    acts: Acts

    @property
    def knowledge(self) -> Knowledge:
        """Of the message."""
        return self.message.knowledge

    @cached_property
    def ranker(self) -> Ranker:
        """Of this Knowledge."""
        return ranker_of(self.knowledge)

    @cached_property
    def sections(self) -> Sections:
        """Of this Knowledge."""
        return sections_of(self.knowledge)

    @cached_property
    def text(self) -> str:
        """The words, without what they say not to mean, how well somebody reads, and the papers that may do."""
        whole, wants = self.acts.righted.meant or self.message.text, self.state.wants
        text = _of_a_matter(whole, bool(wants), self.knowledge)
        if text == whole or not wants or not names_nothing(text, self.knowledge):
            return text
        return f"{matter_in(wants[-1].text, self.knowledge)}, {text}"  # "con eso" is of what was wanted

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Its words that tell one section from another."""
        return said_in(self.text, self.ranker, self.knowledge)

    @cached_property
    def against(self) -> str:
        """What this message, and those right before it, say not to be so, not meant or not wanted."""
        before = (want.against for want in self.state.wants[-CHAIN:])
        return " ".join(filter(None, (*before, self.acts.righted.not_so)))

    @cached_property
    def shown(self) -> tuple[str, ...]:
        """The sections that were shown, the newest last, without those of topics that are not wanted."""
        place_of, topic_of = self.sections.place_of, self.sections.topic_of
        said = shown_in(self.state, self.knowledge)
        left = tuple(one for one in said if not self.unwanted[topic_of[place_of[one]]])
        return left if self.acts.righted.rejects else said

    @cached_property
    def unwanted(self) -> Flags:
        """The topics that are said not to be wanted, more surely than the rest of the words wants them."""
        righted, by_topic = self.acts.righted, self.sections.by_topic
        found: Flags = np.zeros(len(self.sections.topics), np.bool_)
        if righted.denied:
            named = by_topic(self.ranker.alone(righted.denied))
            mine = by_topic(self.ranker.alone(righted.meant)) if righted.meant else np.zeros_like(named)
            found = (named >= UNWANTED) & (named > mine)
        return found

    @cached_property
    def shut(self) -> Flags:
        """The rows that are no answer here: of an unwanted topic; what was just said, where none is named."""
        righted, wants, knowledge = self.acts.righted, self.state.wants, self.knowledge
        unwanted: Flags = self.unwanted[self.sections.topic_of]
        said = self._rows([wants[-1].answer, *shown_in(self.state, knowledge)[-1:]] if wants else [])
        refused = self._rows([want.answer for want in wants if want.complained])
        if righted.against:
            refused = refused | said
        if not righted.rejects:
            return refused
        asked = [ASPECTS.index(one) for one in aspects_in(righted.denied, knowledge)]
        known = np.isin(self.sections.aspect, asked) if righted.denied else True
        return refused | unwanted | (said & known)

    def _rows(self, names: Sequence[str | None]) -> Flags:
        """Those of sections that are named."""
        found = np.zeros(len(self.sections.sections), np.bool_)
        found[[self.sections.place_of[one] for one in filter(None, names) if one in self.sections.place_of]] = True
        return found

    @cached_property
    def opened(self) -> int | None:
        """The number of the open topic: that of the section shown last."""
        return int(self.sections.topic_of[self.sections.place_of[self.shown[-1]]]) if self.shown else None

    @cached_property
    def earlier(self) -> Sequence[int]:
        """The numbers of the topics that were open before."""
        found = dict.fromkeys(int(self.sections.topic_of[self.sections.place_of[one]]) for one in self.shown)
        return [one for one in found if one != self.opened]

    @cached_property
    def offered(self) -> tuple[list[int], list[int]]:
        """The topics and the rows offered in the last turn; to who complains they are not what is meant."""
        choices = () if "complains" in self.acts.all else self.state.offered
        pages = [page for page in pages_in(choices) if page[0] in self.ranker.number_of]
        topics = [self.ranker.number_of[topic] for topic, _ in pages]
        rows = [self.sections.place_of[one] for one in map("/".join, pages) if one in self.sections.place_of]
        return topics, rows

    @cached_property
    def chain(self) -> Sequence[Want]:
        """The last wants of the open thread, the newest last."""
        found: list[Want] = []
        opened = None if self.opened is None else self.sections.topics[self.opened].id
        for want in reversed(self.state.wants[-CHAIN:]):
            if found and want.answer is not None and want.answer.split("/")[0] != opened:
                break
            found.insert(0, want)
        return found

    @cached_property
    def points(self) -> Mapping[str, Floats]:
        """Where the message stands by itself, by its questions alone, with its thread, and behind the open topic."""
        point, chain = self.ranker.point, [want.text for want in self.chain]
        asked = " ".join(questions_in(self.text, self.knowledge, alone=True))
        found = {"alone": (alone := point(self.text))}
        for name, part in (("asked", asked), ("meant", self.acts.righted.rest)):
            found[name] = point(part) if said_in(part, self.ranker, self.knowledge) else alone
        if chain:
            found["thread"] = point(". ".join([*chain, self.text]))
        if self.opened is not None:
            found["behind"] = alone + self.ranker.model.opened[self.opened]
        if self.against:
            found[AGAINST] = point(self.against)
        return found

    @cached_property
    def likely(self) -> Mapping[str, Floats]:
        """The likelihood of every column in each reading."""
        alone, ranker = self.points["alone"], self.ranker  # one by one: BLAS takes four times as long for two at once
        others = {name: ranker.likelihoods(point) for name, point in self.points.items() if point is not alone}
        return dict.fromkeys(self.points, ranker.alone(self.text)) | others

    @cached_property
    def of_section(self) -> Mapping[str, Floats]:
        """Log likelihood of every section in each reading."""
        whole = np.array([*self.likely.values()])[:, : len(self.sections.sections)]
        return dict(zip(self.likely, np.log(whole + FAINT), strict=True))

    @cached_property
    def of_topic(self) -> Mapping[str, Floats]:
        """Log likelihood of every topic in each reading."""
        whole = self.sections.by_topic(np.array([*self.likely.values()]))
        return dict(zip(self.likely, np.log(whole + FAINT), strict=True))

    @cached_property
    def talk(self) -> Mapping[str, float]:
        """How likely the message alone is each kind of everyday talk."""
        return {kind: float(self.likely["alone"][number]) for kind, number in self.ranker.talk.items()}

    @cached_property
    def everyday(self) -> tuple[Everyday | None, bool]:
        """The likeliest talk, where talk is likelier than any topic; and whether surely, or with no word of ours."""
        ahead = float(np.log(sum(self.talk.values()) + FAINT) - self.of_topic["alone"].max())
        talk = Everyday(max(self.talk, key=lambda kind: self.talk[kind])) if ahead > 0 else None
        reads = self.ranker.features
        return talk, ahead > TALK_AHEAD or (ahead > 0 and not reads.concepts(reads.words(self.text)))


@lru_cache(maxsize=REMEMBERED)
def _of_a_matter(text: str, in_thread: bool, knowledge: Knowledge) -> str:
    """A text without the clauses that tell how well somebody reads: "my english is bad, how do I get a passport".

    In a thread also without those that tell of papers, where it asks whether these will do.
    """
    reads, things = (framed(knowledge, "facts_of_a_person", name) for name in ("reads", "things"))
    enough, wishes = map(frames_of, (knowledge.facts_of_a_person.suffices, knowledge.follow_ups.wishes))
    clauses = [*chain.from_iterable(clauses_in(text, knowledge))]
    told = [one for one in clauses if not (enough.first(one) or wishes.first(one) or asks_in(one, knowledge))]
    will_do = in_thread and any(map(things.first, told)) and any(map(enough.first, clauses))
    left = [one for one in clauses if not ((will_do and one in told) or reads.first(one))]
    return ", ".join(left) if left and len(left) < len(clauses) else text
