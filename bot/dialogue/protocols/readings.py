"""What the words of a message say in an open danger: readings, transitions and answers, each by frames of content."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from math import inf

from bot.conversation import OpenDanger
from bot.dialogue import thresholds
from bot.dialogue.danger.classifiers import UNSAID, Group, classifier_of
from bot.dialogue.person.signals import read_signals
from bot.dialogue.words.phrasing import REMEMBERED, heard_frames, heard_in, heard_items
from knowledge.clauses import with_scenes
from knowledge.frames import FrameSet, FramesUnless, fold
from knowledge.model import Knowledge
from knowledge.schema.protocols import Answers, Ask, Form, Target, Transition

PUTS_RIGHT = frozenset({"corrects_own", "corrects_other", "corrects_what", "is_child"})
"""Readings of who says that something is otherwise than it was understood."""
SAFE = frozenset({"safe_yes", "hidden", "will_not_do_it", "means_away"})
SAFE_OTHERS = frozenset({"they_are_safe", "relative_reached"})
"""Readings beside which an end that was only learned counts where somebody may do harm; and of others alone."""
WATCHED = "watched"  # the kind of a danger while somebody who may read is beside the phone
YES, NO, UNSURE = "yes", "no", "unsure"  # readings that answer any question
CLAUSES = re.compile(r"(?<=[,;.!?\n])|(?=¿)")  # where a clause ends and another begins
BRIEF, BESIDE, ALONE, PART = 5, 1, 2, 5
"""Words of a message that may be a plain yes or no, beside it, and of one that is nothing else; and from which a part
of a message tells something by itself: fewer tell anything."""


@lru_cache(maxsize=4)
def _readings(knowledge: Knowledge) -> FramesUnless[str]:
    return heard_items(knowledge.readings.values())


@lru_cache(maxsize=4)
def _transitions(knowledge: Knowledge) -> FramesUnless[str]:
    return heard_items(knowledge.transitions)


@lru_cache(maxsize=256)
def _answers(yes: tuple[str, ...], no: tuple[str, ...]) -> FrameSet[str]:
    return heard_frames([*((NO, frame) for frame in no), *((YES, frame) for frame in yes)])


def _standing(frames: FramesUnless[str], sentences: Iterable[str]) -> Iterator[str]:
    """The keys that a sentence says and the same sentence does not take back."""
    for sentence in sentences:
        yield from (match.key for match in frames.standing(sentence))


@lru_cache(maxsize=REMEMBERED)
def readings_in(text: str, knowledge: Knowledge) -> frozenset[str]:
    """The readings of a message, by their ids."""
    return frozenset(_standing(_readings(knowledge), heard_in(text, knowledge.spelling)))


def said_in(text: str, knowledge: Knowledge) -> frozenset[str]:
    """The readings that the words of a message tell and do not ask, by frames; no end that is hardly one.

    "Estoy con mi niño" has the words of who is with family: what was learned never ends a danger, but keeps it open.
    """
    told, heard, ends = without_questions(text, knowledge), readings_in(text, knowledge), ends_in(text, knowledge)
    said = heard if told == text else heard & readings_in(told, knowledge)
    hardly = max(ends.values(), default=0.0) < thresholds.NONE_ENDS
    return frozenset(one for one in said if not hardly or ends.get(one, 0.0) >= thresholds.NO_END)


def told_in(text: str, knowledge: Knowledge, *, handed: bool = False) -> frozenset[str]:
    """The readings that a message tells by frames, and the ends that were learned, which a few words do not tell.

    `handed`: others have the person in their care, so that an end is no surprise.
    """
    said, words = said_in(text, knowledge), len(without_questions(text, knowledge).split())
    if words < (thresholds.FRAMED_HANDED if handed else thresholds.FRAMED_ALONE):
        return said
    asks = "?" in text or "asked" in readings_in(text, knowledge)
    least = thresholds.ENDED_HANDED if handed else thresholds.ENDED_ASKS if asks else thresholds.ENDED
    return said | {name for name, margin in ends_in(text, knowledge).items() if margin >= least}


@lru_cache(maxsize=REMEMBERED)
def turned_in(text: str, knowledge: Knowledge) -> frozenset[str]:
    """What a danger turns into by a message, as it was learned: nobody has them after all, it is somebody else …"""
    turned = _likeliest(without_questions(text, knowledge), knowledge.triage.turned, thresholds.TURNED, knowledge)
    if "denies" in turned:  # never by a part alone
        return _likeliest(text, turned, thresholds.TURNED, knowledge)
    return turned


@lru_cache(maxsize=REMEMBERED)
def reads_in(text: str, knowledge: Knowledge) -> frozenset[str]:
    """Who is beside the phone, as it was learned: somebody near, who writes himself, the phone checked, alone again."""
    reads = _likeliest(text, knowledge.triage.reads, thresholds.READS, knowledge)
    return reads if "phone_watched" in reads else _likeliest(text, reads, thresholds.READS_MUTE, knowledge)


def _likeliest(text: str, among: Collection[str], least: float, knowledge: Knowledge) -> frozenset[str]:
    """What is likeliest to have turned, if it is one of these and so likely."""
    likely = list(classifier_of(knowledge, Group.TURNS).margins(text).items())[:1]
    return frozenset(name for name, margin in likely if name in among and margin >= least)


def surest(names: Collection[str], text: str, knowledge: Knowledge) -> float:
    """How much likelier the likeliest of these ends is told than that nothing ended; `-inf` where none may be."""
    ends = ends_in(text, knowledge)
    return max((ends[one] for one in names if one in ends), default=-inf)


@lru_cache(maxsize=REMEMBERED)
def ends_in(text: str, knowledge: Knowledge) -> Mapping[str, float]:
    """By reading, how much likelier it is told than that nothing ended, by all or more surely by a clause of it."""
    told, ends = without_questions(text, knowledge), classifier_of(knowledge, Group.ENDS)
    found = dict(ends.margins(told))
    for part in (one for one in _clauses(told) if len(one.split()) >= PART):
        found |= {
            one: m - thresholds.END_IN_PART
            for one, m in ends.margins(part).items()
            if m - thresholds.END_IN_PART > found[one]
        }
    return dict(sorted(found.items(), key=lambda one: -one[1]))


@lru_cache(maxsize=REMEMBERED)
def questions_in(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The questions of a danger that a message asks, as they were learned, the likeliest first."""
    scores = classifier_of(knowledge, Group.ASKS).scores(text)
    likely = sorted(((score, name) for name, score in scores.items() if name != UNSAID), reverse=True)
    heard = readings_in(text, knowledge)
    asks = "what_now" not in heard and ("asked" in heard or read_signals(text, knowledge).asks)
    surely = thresholds.ASKED_LEAST if asks else thresholds.ASKED_UNMARKED
    in_it, near = thresholds.ASKED_IN_IT, thresholds.ASKED_NEAR
    least = max(scores[UNSAID] + in_it, likely[0][0] - near, surely) if likely else 0.0
    return tuple(name for score, name in likely if score >= least)


@lru_cache(maxsize=REMEMBERED)
def tells_in(text: str, knowledge: Knowledge) -> Mapping[str, float]:
    """By what a part, two neighbours or all of a message likeliest tell or ask, how much likelier than nothing."""
    parts, found = _parts(text, knowledge), dict[str, float]()
    asked = classifier_of(knowledge, Group.ASKS).scores(text)
    passed = {*sorted(asked, key=lambda name: -asked[name])[thresholds.ASKED_AMONG :]}
    passed = passed.difference(*(questions_in(one, knowledge) for one in parts if one.endswith("?")))
    for one in dict.fromkeys((*parts, *map(" ".join, pairwise(parts)), text)):
        margins = classifier_of(knowledge, Group.TELLS).margins(one)
        best = max(margins.values(), default=0.0)
        for name, margin in margins.items():
            if margin >= best - thresholds.TELLS_NEAR and name not in passed:
                found[name] = max(margin, found.get(name, margin))
    return {name: found[name] for name in sorted(found, key=lambda name: -found[name])}


def _parts(text: str, knowledge: Knowledge) -> list[str]:
    """A message cut at its marks and at joining words; a part of hardly any words goes with the next."""
    parts, joins = list[str](), {*knowledge.triage.joins}
    for clause in _clauses(text):
        words = list[str]()
        for word in clause.split():
            if fold(word) in joins and len(words) >= PART:
                parts.append(" ".join(words))
                words = []
            words.append(word)
        if parts and len(parts[-1].split()) < PART:
            words.insert(0, parts.pop())
        parts.append(" ".join(words))
    return parts


def _clauses(text: str) -> list[str]:
    return [one.strip() for one in CLAUSES.split(text) if one.strip()]


@lru_cache(maxsize=REMEMBERED)
def without_questions(text: str, knowledge: Knowledge) -> str:
    """A message without its clauses that ask."""
    clauses = _clauses(text)
    told = [one for one in clauses if not one.endswith("?") and "asked" not in readings_in(one, knowledge)]
    ends = not readings_in(text, knowledge).isdisjoint(knowledge.endings)
    if len(clauses) == 1 and questions_in(text, knowledge) and not ends:
        return ""  # asked without a mark: "lo llevo o espero la ambulancia"
    return text if len(told) == len(clauses) else ", ".join(told)


def besides(text: str, ends: Collection[str], knowledge: Knowledge) -> str:
    """A message without the clauses that tell one of these ends."""
    return " ".join(one for one in _clauses(text) if told_in(one, knowledge).isdisjoint(ends))


def transitions_in(text: str, danger: OpenDanger, heard: frozenset[str], knowledge: Knowledge) -> Iterator[Transition]:
    """The transitions of the open kind whose words a message says, in the order of content."""
    frames = _transitions(knowledge)
    found = {*_standing(frames, heard_in(text, knowledge.spelling))}
    shut = {match.key for part in heard_in(text, knowledge.spelling) for match in frames.unless.find(part)}
    told = readings_in(text, knowledge) | turned_in(text, knowledge)
    names = with_scenes(frozenset(filter(None, (danger.kind, danger.category))), knowledge)
    for one in knowledge.transitions:
        said = one.id in found or (one.id not in shut and not told.isdisjoint(one.on))
        after = not one.after or not heard.isdisjoint(one.after)
        if said and after and names & {*one.of} and (not one.who or danger.who in one.who):
            yield one


def answer_in(text: str, ask: Ask | None, knowledge: Knowledge) -> str | None:
    """YES, NO or UNSURE where a message answers a question: by the question's own frames, else in few words."""
    said = framed_answer(text, ask, knowledge) if ask is not None else None
    plain = said or plain_answer(text, knowledge)
    if ask is None or ask.form is not Form.EITHER or said:
        return plain
    return UNSURE if plain and len(text.split()) <= ALONE else None  # neither half of it is a yes or a no


def framed_answer(text: str, ask: Ask, knowledge: Knowledge) -> str | None:
    """YES or NO where a message says what the question's own frames hear."""
    own = _answers(ask.yes, ask.no)
    return next((match.key for part in heard_in(text, knowledge.spelling) for match in own.find(part)), None)


def target_of(answers: Answers, answer: str) -> Target:
    """What an answer leads to."""
    return {YES: answers.yes, NO: answers.no, UNSURE: answers.unclear}[answer]


def plain_answer(text: str, knowledge: Knowledge) -> str | None:
    """YES, NO or UNSURE where a message, or what stands before its first comma, is that and hardly more."""
    parts = (text, text.partition(",")[0])
    sentences = (sentence for part in parts for sentence in heard_in(part, knowledge.spelling)[:1])
    return next(filter(None, (_plain(one, knowledge) for one in sentences)), None)


def begins_with_yes(text: str, knowledge: Knowledge) -> bool:
    """Whether a message says yes and more: "sí, ayer en la noche"."""
    return YES in readings_in(text.partition(" ")[0], knowledge) & readings_in(text, knowledge)


def _plain(sentence: str, knowledge: Knowledge) -> str | None:
    """What a sentence answers in words that leave hardly any others."""
    words = len(sentence.split())
    said = {match.key: words - len(match.words.split()) for match in _readings(knowledge).standing(sentence)}
    return next((one for one in (UNSURE, NO, YES) if words <= BRIEF and one in said and said[one] <= BESIDE), None)


def out_of_it(danger: OpenDanger, text: str, knowledge: Knowledge) -> bool:
    """Whether frames tell that somebody is out of a danger of this category, or safe for now."""
    return not said_in(text, knowledge).isdisjoint({*SAFE, *knowledge.triage.over.get(danger.category, ())})
