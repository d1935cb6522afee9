"""What words mean after a help text or a check: a plain no, calm, a death, the thought of a question."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from bot.conversation import Conversation, Danger
from bot.dialogue.dates.reading import dates_in
from bot.dialogue.words.phrasing import Sentence, heard_in, sentences
from bot.dialogue.words.sounds import heard_frames, heard_items, heard_unless
from knowledge.frames import FrameSet, FramesUnless, unkeyed
from knowledge.model import Knowledge
from knowledge.schema.care import ANY
from knowledge.schema.turned import Milder
from knowledge.schema.urgent import Category

Meaning = Literal["no", "yes", "dead", "sought", "unknowing", "wonders", "what_now", "earnest"]
"""See the fields of `Afterwards`, and `yes` of `Care`."""
NAMED = "named"
"""In place of a rule, where a message names its danger."""
IN_TRUTH = "in-truth"
"""In place of a rule, where words of one danger tell of a parent in another."""
SHARED = ""
"""In place of a line of care, where the words are those of any danger."""
_COMMA, _JOIN = r"[,\n]", r"\b(?:y|and|pero|but|entonces|so|oiga|oye)\b"
_CUTS = tuple(re.compile(cut, re.IGNORECASE) for cut in (r"(?!)", _COMMA, f"{_COMMA}|{_JOIN}"))
"""Where one thing ends that a message says and another begins: nowhere in a sentence, at commas, at joining words."""


@lru_cache(maxsize=8)
def _meanings(knowledge: Knowledge) -> Mapping[Meaning, FramesUnless[bool]]:
    after = knowledge.signals.after
    return {
        "no": _frames(after.no, after.no_unless),
        "yes": _frames(knowledge.care[ANY].yes),
        "dead": _frames(after.dead),
        "sought": _frames(after.sought),
        "unknowing": _frames(after.unknowing),
        "wonders": _frames(after.wonders),
        "what_now": _frames(after.what_now),
        "earnest": _frames(after.earnest),
    }


@lru_cache(maxsize=8)
def _ends(knowledge: Knowledge) -> Mapping[str, FramesUnless[str]]:
    """By category, under the line that answers it: that they left is no relief where a guide left somebody."""
    return {category.id: _ends_of(category, knowledge) for category in knowledge.categories.values()}


def _ends_of(category: Category, knowledge: Knowledge) -> FramesUnless[str]:
    """Of dying only its own lines: whoever is home again may still want to."""
    after, care = knowledge.signals.after, knowledge.care.get(category.id)
    lines = [line for line in (care.lines if care else ()) if line.over]
    shared = (*after.calm, *(care.calm if care else ())) if category.check_no is None else ()
    says = [(line.id, frame) for line in lines for frame in line.any]
    unless = [(line.id, frame) for line in lines for frame in line.unless]
    says += [(SHARED, frame) for frame in shared]
    unless += [(SHARED, frame) for frame in (*after.calm_unless, *(care.calm_unless if care else ()))]
    return heard_unless(says, unless)


@lru_cache(maxsize=8)
def _courses(knowledge: Knowledge) -> FrameSet[bool]:
    """What says that a danger is over, whichever it was."""
    return heard_frames((True, frame) for one in knowledge.course if one.opens is None for frame in one.any)


@lru_cache(maxsize=8)
def _back(knowledge: Knowledge) -> Mapping[str, FrameSet[bool]]:
    """By category."""
    every = knowledge.signals.after.calm_unless
    return {name: heard_frames(unkeyed((*every, *care.calm_unless))) for name, care in knowledge.care.items()}


@lru_cache(maxsize=8)
def _names(knowledge: Knowledge) -> FramesUnless[str]:
    """By category."""
    of = knowledge.categories.values()
    return heard_unless(
        ((category.id, frame) for category in of for frame in category.named),
        ((category.id, frame) for category in of for frame in category.named_unless),
    )


@lru_cache(maxsize=8)
def _milder(knowledge: Knowledge) -> Mapping[str, FramesUnless[str]]:
    """By category, under its own id."""
    return {name: heard_items(_milder_of(name, knowledge)) for name in knowledge.categories}


def _milder_of(name: str, knowledge: Knowledge) -> Sequence[Milder]:
    """What makes a danger's words none: its own, and those of others that sound like it, too."""
    return [one for each in knowledge.categories.values() for one in each.milder if name == each.id or name in one.also]


@lru_cache(maxsize=8)
def _instead(knowledge: Knowledge) -> Mapping[str, FramesUnless[str]]:
    """By category, under its own id."""
    return {category.id: heard_items(category.instead) for category in knowledge.categories.values()}


@lru_cache(maxsize=8)
def _denials(knowledge: Knowledge) -> Mapping[str, FramesUnless[str]]:
    """By category: what says that it was never told of, under its own id, `SHARED`, or ANY for that it is not grave."""
    return {name: _denials_of(category, knowledge) for name, category in knowledge.categories.items()}


def _denials_of(category: Category, knowledge: Knowledge) -> FramesUnless[str]:
    after, own, every = knowledge.signals.after, knowledge.care[category.id], knowledge.care[ANY]
    says, unless = [(SHARED, frame) for frame in after.denied], [(SHARED, frame) for frame in after.denied_unless]
    for care in (own,) if category.neutral else (own, every):
        says += [(care.category, frame) for frame in care.denied]
        unless += [(care.category, frame) for frame in care.denied_unless]
    return heard_unless(says, unless)


@lru_cache(maxsize=8)
def _worse(knowledge: Knowledge) -> Mapping[str, FramesUnless[str]]:
    """By category, under its own id."""
    return {category.id: heard_items(category.worse) for category in knowledge.categories.values()}


def _frames(says: Iterable[str], unless: Iterable[str] = ()) -> FramesUnless[bool]:
    return heard_unless(unkeyed(says), unkeyed(unless))


def means(meaning: Meaning, text: str, knowledge: Knowledge) -> bool:
    """Whether a message says this."""
    return bool(_meanings(knowledge)[meaning].standing(*heard_in(text, knowledge.spelling)))


def how_ended(category: str, text: str, knowledge: Knowledge) -> str | None:
    """The line that answers that this danger is over, `SHARED` where it has none; None where it is not over."""
    heard = [part.heard for parts in _cut(text, knowledge) for part in parts]
    return max((match.key for match in _ends(knowledge)[category].standing(*heard)), default=None)


def takes_back(text: str, knowledge: Knowledge, category: str = ANY) -> bool:
    """Whether a message has words for which this danger, or any, is not over: `but`, `hurt`, `still`."""
    unless = _back(knowledge)[category]
    return any(unless.first(part) for part in heard_in(text, knowledge.spelling))


def is_calm(category: str, text: str, knowledge: Knowledge) -> bool:
    """Whether a message, or a clause of it, says that this danger is over."""
    return how_ended(category, text, knowledge) is not None


def beside_calm(category: str, text: str, knowledge: Knowledge) -> str:
    """The sentences of a message, or else its clauses, that say nothing of that."""
    says = (_ends(knowledge)[category].says, _courses(knowledge))
    for parts in _cut(text, knowledge):
        rest = [part for part in parts if all(frames.first(part.heard) is None for frames in says)]
        if 0 < len(rest) < len(parts):
            return ". ".join(" ".join(part.words) for part in rest)
    return ""


def _cut(text: str, knowledge: Knowledge) -> Iterator[Sequence[Sentence]]:
    """A message cut into its sentences, and ever finer."""
    for cut in _CUTS:
        yield [part for piece in cut.split(text) for part in sentences(piece, knowledge.spelling)]


def named(text: str, knowledge: Knowledge) -> str | None:
    """The danger that a message names, whatever it sounds like."""
    return next((match.key for match in _names(knowledge).standing(*heard_in(text, knowledge.spelling))), None)


def renamed(danger: Danger, category: str, knowledge: Knowledge) -> Danger:
    """The same danger as of another category, which the words name."""
    return replace(danger, category=category, level=knowledge.categories[category].level, rule=NAMED)


def in_truth(danger: Danger, text: str, knowledge: Knowledge) -> Danger:
    """The danger that words of this one tell in truth: whose parent is missing is no lost child."""
    frames = _instead(knowledge)[danger.category]
    found = {match.key for match in frames.standing(*heard_in(text, knowledge.spelling))}
    for one in knowledge.categories[danger.category].instead:
        if one.id in found:
            return replace(danger, category=one.category, rule=IN_TRUTH)
    return danger


def denies(category: str, text: str, knowledge: Knowledge) -> bool:
    """Whether a message says that this danger was never told of: `no, murió hace nueve años`."""
    return bool(_denials(knowledge)[category].standing(*heard_in(text, knowledge.spelling)))


def denies_only_gravity(category: str, text: str, knowledge: Knowledge) -> bool:
    """Whether a message says of this danger no more than that it is not grave: `no es urgente, sólo tos`."""
    found = _denials(knowledge)[category].standing(*heard_in(text, knowledge.spelling))
    keys = {match.key for match in found}
    return ANY in keys and category not in keys


def words_denied(category: str, text: str, knowledge: Knowledge) -> list[str]:
    """The words that say so: `no estamos encerrados`, in which no rule hears who is locked up."""
    says = _denials(knowledge)[category].says
    parts = sentences(text, knowledge.spelling)
    return [part.words_at(match.start, match.end) for part in parts for match in says.find(part.heard)]


def only_denies(category: str, text: str, knowledge: Knowledge) -> bool:
    """Whether a message says nothing else: what it sounds like besides is its words for that."""
    says, heard = _denials(knowledge)[category].says, heard_in(text, knowledge.spelling)
    return all(any(match.words == part for match in says.find(part)) for part in heard)


def behind_denial(category: str, text: str, knowledge: Knowledge) -> str:
    """What a message says behind its words for that, and in its other sentences."""
    says, rest = _denials(knowledge)[category].says, []
    for part in sentences(text, knowledge.spelling):
        end = max((match.end for match in says.find(part.heard)), default=0)
        rest += [" ".join(part.words[max(f" {part.heard} "[:end].count(" ") - 1, 0) :])]
    return ". ".join(filter(None, rest))


def milder(category: str, text: str, conversation: Conversation, knowledge: Knowledge, today: date) -> Milder | None:
    """What makes the words of this danger harmless: at any time, or in a conversation about a topic.

    Then the message before must not speak of what takes it back, either: a son whose passport is asked for may be lost.
    """
    frames = _milder(knowledge)[category]
    found = {match.key for match in frames.standing(*heard_in(text, knowledge.spelling))}
    last = next((one.text for one in reversed(conversation.heard)), "")
    back = {match.key for heard in heard_in(last, knowledge.spelling) for match in frames.unless.find(heard)}
    return next(
        (
            one
            for one in _milder_of(category, knowledge)
            if one.id in found
            and (not one.after or (conversation.topic in one.after and one.id not in back))
            and (not one.days or _ended_days_ago(one.days, text, today))
        ),
        None,
    )


def _ended_days_ago(days: int, text: str, today: date) -> bool:
    """Whether all times that a text tells ended at least so many days ago."""
    ends = [span.last for span in dates_in(text, today, past=True).spans]
    return bool(ends) and max(ends) <= today - timedelta(days)


def grows_worse(category: str, worse: str, text: str, knowledge: Knowledge, *, moved: bool = False) -> bool:
    """Whether a message tells that it came to this, by its words or by a move that its words do not take back."""
    frames, heard = _worse(knowledge)[category], heard_in(text, knowledge.spelling)
    if moved:
        return not any(match.key == worse for part in heard for match in frames.unless.find(part))
    return any(match.key == worse for match in frames.standing(*heard))
