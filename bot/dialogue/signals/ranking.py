"""Which sections may answer a message in its conversation, how likely each does: to answer, to offer or to admit."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from functools import lru_cache
from itertools import chain

import numpy as np

from bot.conversation import Conversation, Said, Situation, Want
from bot.dialogue import thresholds as least
from bot.dialogue.message import Message, read
from bot.dialogue.places.nearest import states_told
from bot.dialogue.ranking.glossary import confused, defined, meanings, place_of, reached
from bot.dialogue.ranking.model_files import Arrays, kept, made, name_of, unpacked
from bot.dialogue.ranking.ranker import ranker_name, ranker_of
from bot.dialogue.ranking.sections import ASPECTS, Numbers, said_in
from bot.dialogue.signals.found import BEST, Acts, Candidate, Ranking
from bot.dialogue.signals.readings import Readings
from bot.dialogue.signals.section_features import Table, abroad, candidates, table
from bot.dialogue.words.features import Floats
from bot.dialogue.words.questions import NAMING, asked_of, asks_in, names_nothing, questions_in
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect, Section, Topic

TWO = 2
OPEN = "open"
"""The weight of what is of the open topic."""
WEIGHED = 12
"""Candidates that are kept."""


def rank_sections(message: Message, state: Conversation, situation: Situation, acts: Acts) -> Ranking:
    """The ranking of a message; of several questions that of the first sure one, and what surely answers another."""
    whole = _declared(weighed(message, state, situation, acts, weights_of_whole(message.knowledge)), message)
    parts = questions_in(acts.righted.meant or message.text, message.knowledge)
    if len(parts) < TWO or whole.either or whole.verdict == "admit":
        return whole
    asked, found = dict[str, Ranking](), list[Ranking]()
    for part in parts:
        asked[part] = one = _of_part(part, message, found[-1:], state, situation, acts)
        found += [one] if one.is_sure else []
    best = {one.candidates[0].id for one in found}
    sure, few = whole.verdict == "answer", len(best) < TWO
    told = (sure or not whole.opened) if few else sure and whole.candidates[0].id in best
    lead = whole if told or whole.reached else next(iter(found), whole)
    led = lead.candidates[0]
    near = (one.candidates[0] for one in asked.values() if one.is_sure or one.candidates[0].topic == led.topic)
    new = {at.id: at for at in near if at.score >= least.BESIDE and at.id not in (led.id, *state.said_before.shown)}
    others = tuple(new.values())[:TWO]
    return replace(lead, others=others, left=_left(asked, {led.id, *(one.id for one in others)}, message.knowledge))


def _of_part(
    part: str, message: Message, led: Sequence[Ranking], state: Conversation, situation: Situation, acts: Acts
) -> Ranking:
    """The ranking of one of several questions, behind the one that led; sure of none where it names no other matter."""
    asked, weights = read(replace(message.inbound, text=part), message.knowledge), weights_of(message.knowledge)
    before, behind = led[0].candidates[0] if led else None, state
    if before:  # that was answered
        wants = (*state.wants, Want(text=part, turn=state.turns, answer=before.id))
        behind = state.having(said_before=Said(shown=(*state.said_before.shown, before.id)), wants=wants)
    one = weighed(asked, behind, situation, acts.of_part, weights)
    if one.opened:  # it may be a new matter, of which what is open says nothing
        alone = weighed(asked, Conversation(), situation, acts.of_part, weights)
        one = alone if alone.is_sure and alone.topics[0].score >= least.BY_ITSELF[one.is_sure] else one
    if before is None or one.candidates[0].topic == before.topic:
        return one
    top, asks = one.topics[0], asks_in(part, message.knowledge)
    if not asks and one.candidates[0].score < least.BESIDE and top.score >= least.BY_ITSELF[0]:  # it is only named
        first = Candidate(top.topic, message.knowledge.topics[top.topic].sections[0].id, least.BESIDE)
        one = replace(one, candidates=(first, *one.candidates))
    # "y cuánto tarda" tells no section from another: it is of the matter before it
    named = not names_nothing(part, asked.knowledge) and said_in(part, ranker_of(asked.knowledge), asked.knowledge)
    return one if named else replace(one, none=1.0)


def _left(asked: Mapping[str, Ranking], given: set[str], knowledge: Knowledge) -> tuple[Candidate, ...]:
    """What may answer the first question in words of one, near whose likeliest sections none is given."""
    for part, one in asked.items():
        near = one.candidates[:BEST]
        matter = one.everyday is None and one.verdict != "admit" and near[0].score >= least.LEFT
        if matter and asks_in(part, knowledge) and given.isdisjoint(at.id for at in near):
            return near[:TWO]
    return ()


def weighed(
    message: Message, state: Conversation, situation: Situation, acts: Acts, weights: Mapping[str, float]
) -> Ranking:
    """The ranking of a message under these weights, before what the content itself says of its words."""
    if message.empty:
        return Ranking((), 1.0)
    heard = Readings(message, state, acts)
    rows, ours = candidates(heard), heard.sections
    states = states_told(heard.text, situation, heard.chain[0].turn if heard.chain else state.turns, heard.knowledge)
    likely = weigh(table(heard, rows, situation), weights)
    led = rows[_topic_first(likely[:-1], ours.topic_of[rows])[0]]
    told = ~abroad(rows, situation, heard.knowledge)
    if states:
        letters = fold(heard.text)
        told &= [_is_of(states, ours.topics[ours.topic_of[row]], ours.sections[row], letters) for row in rows]
    rows, likely = rows[told], likely[np.append(told, True)]
    likely /= likely.sum()
    order = _topic_first(likely[:-1], ours.topic_of[rows])
    first = order[:WEIGHED]
    named = zip((ours.names[row] for row in rows[first].tolist()), likely[first].tolist(), strict=True)
    best = dict[str, Candidate]()
    for (topic, section), score in named:
        one = Candidate(topic, heard.knowledge.topics[topic].in_states(section, states), score)
        best.setdefault(one.id, one)
    kept = tuple(best.values())
    found = Ranking(kept, float(likely[-1]), heard.opened is not None, _gap(kept[0], heard), *heard.everyday)
    theirs, *near = (ours.topics[ours.topic_of[at]].states_of(ours.sections[at]) for at in (led, *rows[order[:BEST]]))
    here = {one[:2]: one for one in states} if led not in rows and states.isdisjoint(chain.from_iterable(near)) else {}
    return replace(found, states=states, unsaid=next((here[one[:2]] for one in theirs if one[:2] in here), ""))


def _is_of(states: Set[str], topic: Topic, section: Section, letters: str) -> bool:
    """Whether a section is of the states told, or of none of their countries; a topic of one state also by its name."""
    names = chain.from_iterable(topic.names.values()) if topic.region else ()
    return topic.is_of(states, section) or any(fold(one) in letters for one in names)


def _topic_first(likely: Floats, topics: Numbers) -> Numbers:
    """The places of candidates, the likeliest first; before all the best of the topic that is likeliest as a whole."""
    order = np.argsort(-likely, kind="stable")
    led = order[topics[order] == np.bincount(topics, weights=likely).argmax()][:1]
    return np.append(led, order[order != led])


def _declared(found: Ranking, message: Message) -> Ranking:
    """What the content itself says of a wording: a word to explain, what it may mean, or where it leads."""
    text, knowledge = message.text, message.knowledge
    either = meanings(text, knowledge) or confused(text, knowledge)
    if either and not found.opened:
        named = tuple(Candidate(one, knowledge.topics[one].sections[0].id, 1 / len(either)) for one in either)
        return replace(found, candidates=named, either=tuple(either), none=0.0, everyday=None)
    its, meant = reached(text, knowledge), defined(text, knowledge)
    if term := its or (meant.term if meant else None):
        first = Candidate(term.topic, knowledge.topics[term.topic].section_or_first(term.section or "").id, 1.0)
        if its or (meant and meant.leads):
            best = _before(first, found)
            return replace(found, candidates=best, term=term, reached=its is not None, none=0.0, everyday=None)
        if found.candidates and found.candidates[0].topic == first.topic:  # "¿qué es PALE?" is no question of its price
            whole = sum(one.score for one in found.candidates if one.topic == first.topic)
            others = (one for one in found.candidates if one.topic != first.topic)
            return replace(found, candidates=(replace(first, score=whole), *others))
    place = None if found.opened else place_of(text, knowledge)
    if place and (topic := knowledge.topics[place[0]]).is_of(found.states, topic.section_or_first(place[1])):
        theirs = Candidate(topic.id, topic.in_states(place[1], found.states), 1.0)
        return replace(found, candidates=_before(theirs, found), none=0.0, everyday=None)
    return found


def _before(first: Candidate, found: Ranking) -> tuple[Candidate, ...]:
    """A sure candidate, and the others far behind it."""
    return (first, *(replace(one, score=one.score / 10) for one in found.candidates if one.id != first.id))


def _gap(best: Candidate, heard: Readings) -> Aspect | None:
    """The first aspect that is surely asked for, and that neither the best section nor another of its topic answers."""
    held = heard.sections.holds[heard.sections.place_of[best.id]]
    elsewhere = {one.aspect for one in heard.knowledge.topics[best.topic].sections}
    likely, aspects = heard.likely["alone"][: len(heard.sections.aspect)], heard.sections.aspect
    for aspect in asked_of(heard.message.aspects):
        number = ASPECTS.index(aspect)
        if aspect in NAMING - elsewhere and not held[number] and likely[aspects == number].sum() >= least.ASKED:
            return aspect
    return None


CODE = ("bot.dialogue.signals.section_features",)
"""What a change of makes another weighing of the same lessons, with all that these import."""
TRAINING = 9
"""Raised where `bot.training.weighing` makes other weights of the same."""


@lru_cache(maxsize=4)
def weights_of(knowledge: Knowledge) -> Mapping[str, float]:
    """The weights of this Knowledge; the first call for new lessons, or for a new ranker, trains them."""
    name = name_of("weighing", CODE, knowledge, lambda: (TRAINING, ranker_name(knowledge), *taught(knowledge)))
    return kept(knowledge.root, name, lambda: made("weighing", knowledge), _weights)


def weights_of_whole(knowledge: Knowledge) -> Mapping[str, float]:
    """Those of a message as a whole: fewer stay with the open topic than of its parts."""
    weights = weights_of(knowledge)
    return {**weights, OPEN: weights.get(OPEN, 0.0) - least.STAYS}


def taught(knowledge: Knowledge) -> tuple[object, ...]:
    """What it learns from, beside the ranker."""
    talks = (sorted(one.items()) for one in (knowledge.threads, knowledge.talks))
    held = knowledge.follow_ups, knowledge.signals, knowledge.putting_right, sorted(knowledge.situations.items())
    return *talks, knowledge.turns, *held


def _weights(held: Arrays) -> Mapping[str, float]:
    return dict(zip(unpacked(held["names"]), held["weights"].tolist(), strict=True))


def weigh(table: Table, weights: Mapping[str, float]) -> Floats:
    """How likely each option is, that none of ours answers the last; together 1."""
    of_rows, of_none = table
    counts = np.array([weights.get(name, 0.0) for name in of_rows], np.float32)
    scores = counts @ np.array([*of_rows.values()], np.float32)
    none = sum(weights.get(name, 0.0) * value for name, value in of_none.items())
    whole = np.append(scores, none)
    likely = np.exp(whole - whole.max())
    result: Floats = likely / likely.sum()
    return result
