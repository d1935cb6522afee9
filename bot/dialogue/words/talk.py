"""Everyday talk, known by its words: courtesies around a question; and subjects of which others know."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.dialogue.words.phrasing import REMEMBERED, by_length, heard_frames, sound_text, spell_out
from knowledge.frames import FrameSet, FramesUnless, Match, fold
from knowledge.model import Knowledge
from knowledge.schema.talk import Beyond, SmallTalk

LONGEST_OPENING = 16
"""Words of the longest courtesies in front of a message."""
FORGIVEN = 5
"""Letters of a word of courtesy from which one wrong letter is forgiven."""
_WORD = re.compile(r"\S+")
_MARKS = re.compile(r"[.,;:!?\n]+\s*")


class _Frames(NamedTuple):
    whole: FrameSet[SmallTalk]
    opens: FrameSet[SmallTalk | None]
    pieces: FrameSet[SmallTalk | None]
    """What a courteous message is made of; None for the words that say nothing by themselves."""
    words: Mapping[int, Sequence[str]]
    """The long ones of courtesy, by the letters of a word that may be one."""


@lru_cache(maxsize=4)
def _frames(knowledge: Knowledge) -> _Frames:
    told = knowledge.smalltalk
    pieces = [(talk, frame) for talk in told for frame in (*talk.opens, *talk.closes)]
    return _Frames(
        heard_frames((talk, frame) for talk in told for frame in talk.frames),
        heard_frames((talk, frame) for talk in told for frame in talk.opens),
        heard_frames([*pieces, *((None, frame) for frame in knowledge.fillers)]),
        by_length(sorted({word for _, frame in pieces for word in fold(frame).split() if len(word) >= FORGIVEN})),
    )


def _longest(pieces: FrameSet[SmallTalk | None], heard: str) -> Match[SmallTalk | None] | None:
    return max(pieces.find(heard), key=lambda match: match.end, default=None)


@lru_cache(maxsize=REMEMBERED)
def smalltalk_in(text: str, knowledge: Knowledge) -> SmallTalk | None:
    """The greeting, thanks, laugh … that the whole message is, also behind and between other courtesies."""
    if not any(map(str.isalnum, text)):
        return _of_signs(text.strip(), knowledge)
    words = spell_out(text, knowledge.spelling)
    near = " ".join(_near(one, knowledge) for one in words.split())
    return next(filter(None, (_talk_of(sound_text(one), knowledge) for one in dict.fromkeys((words, near)))), None)


@lru_cache(maxsize=32768)
def _near(word: str, knowledge: Knowledge) -> str:
    """The word of courtesy that it is, but for a letter; else itself."""
    words = _frames(knowledge).words.get(len(word), ()) if len(word) >= FORGIVEN else ()
    found = process.extractOne(word, words, scorer=OSA.distance, score_cutoff=1)
    return found[0] if found else word


def is_courtesy(text: str, knowledge: Knowledge) -> bool:
    """Whether a message says nothing but courtesies: it neither bears out nor softens what is told after it."""
    talk = smalltalk_in(text, knowledge)
    return talk is not None and bool(talk.opens or talk.closes)


@lru_cache(maxsize=REMEMBERED)
def behind_courtesy(text: str, knowledge: Knowledge) -> str:
    """What stands behind the first clauses that are only courtesies, also thanks: `ok gracias. a mi primo lo…`."""
    for mark in reversed([*islice(_MARKS.finditer(text), LONGEST_OPENING)]):
        before, rest = text[: mark.start()], text[mark.end() :]
        if len(before.split()) <= LONGEST_OPENING and any(map(str.isalnum, rest)) and is_courtesy(before, knowledge):
            return rest
    return text


def _talk_of(heard: str, knowledge: Knowledge) -> SmallTalk | None:
    """Of several courtesies the first in the content's order; any other talk behind them is what is meant."""
    said: list[SmallTalk] = []
    while heard:
        if found := _frames(knowledge).whole.first(heard):
            said.append(found.key)
            break
        piece = _longest(_frames(knowledge).pieces, heard)
        if piece is None:
            return None
        said += [piece.key] if piece.key else []
        heard = f" {heard} "[piece.end :].strip()
    told = [talk for talk in said if not talk.alone] or said
    meant = next((talk for talk in told if not (talk.opens or talk.closes)), None)
    return meant or min(told, key=knowledge.smalltalk.index, default=None)


@lru_cache(maxsize=REMEMBERED)
def without_opening(text: str, knowledge: Knowledge) -> str:
    """The message without the courtesies in front of it; all of it where nothing else is in it."""
    ends = [word.end() for _, word in zip(range(LONGEST_OPENING), _WORD.finditer(text), strict=False)]
    # Said of all these words at once: few messages have a word of courtesy in them.
    if not ends or not _frames(knowledge).opens.may_match(sound_text(spell_out(text[: ends[-1]], knowledge.spelling))):
        return text
    if (whole := smalltalk_in(text, knowledge)) and whole.heeds:
        return text
    for end in reversed(ends):
        if _is_opening(sound_text(spell_out(text[:end], knowledge.spelling)), knowledge):
            rest = text[end:].lstrip(" \t\n,.;:-¡!")
            return rest if any(map(str.isalnum, rest)) else text
    return text


def _is_opening(heard: str, knowledge: Knowledge) -> bool:
    while heard:
        piece = _longest(_frames(knowledge).opens, heard)
        if piece is None:
            return False
        heard = f" {heard} "[piece.end :].strip()
    return True


WORDLESS = "bare-answer"
"""The small talk of marks and signs that no other names: somebody asks whether we are there."""


def _of_signs(text: str, knowledge: Knowledge) -> SmallTalk | None:
    """What signs without words stand for: of several the last in the content's order, where the gravest are."""
    signed = [talk for talk in knowledge.smalltalk if any(sign in text for sign in talk.signs)]
    bare = [talk for talk in knowledge.smalltalk if talk.id == WORDLESS and text]
    return next(reversed(signed or bare), None)


SHORT = 25
"""Words of a message that is surely about what it names; a longer story names much in passing."""


_NEEDS = re.compile(
    r"(?:ahora |pero |y |ya |solo |now |but |and )*"
    r"(?:(?:me|nos|le|les) (?:piden|pide|pidieron|exigen)|necesit\w+|ocup\w+|quier\w+|quer\w+|busc\w+"
    r"|c[oó]mo (?:le hago|saco|sacar|pongo|puedo)|d[oó]nde (?:saco|consigo|tramito)"
    r"|how (?:do|can) (?:i|we)|where (?:do|can) (?:i|we)|(?:i|we|he|she|they) needs?|they (?:ask|want))\b",
    re.IGNORECASE,
)
"""How a clause begins that says what somebody is after: what stands before it are circumstances."""


@lru_cache(maxsize=8)
def _subjects(knowledge: Knowledge, *, sure: bool = False) -> FramesUnless[Beyond]:
    says = ((one, frame) for one in knowledge.beyond for frame in (*one.sure, *(() if sure else one.frames)))
    return FramesUnless(FrameSet(says), FrameSet((one, frame) for one in knowledge.beyond for frame in one.unless))


def beyond(text: str, knowledge: Knowledge, *, sure: bool = False) -> Beyond | None:
    """The subject that a message names, or is `sure` to be about; the first in the content's order."""
    found = _subjects(knowledge, sure=sure).standing(spell_out(text, knowledge.spelling))
    return found[0].key if found else None


def surely_beyond(text: str, knowledge: Knowledge) -> Beyond | None:
    """The subject that a message is surely about, whatever it sounds like; of a long story what it says is needed."""
    parts = [part for _, part in ends_of(text) if _NEEDS.match(part)] if len(text.split()) > SHORT else [text]
    asked = [part for part in parts if len(part.split()) <= SHORT]
    return beyond(asked[-1], knowledge, sure=True) if asked else None


LAST = 4
"""Ends of a message that may ask for another matter than its beginning: of a long one the last."""
_ENDS = re.compile(
    r"[.!?;…,\n]+\s*|\b(?:y|and|pero|but|entonces|so|oiga|oye|mejor|tambi[eé]n|aparte|aprovechando|de paso|por cierto"
    r"|otra cosa|otra pregunta|cambiando de tema|also|anyway|by the way|one more thing)\s+",
    re.IGNORECASE,
)
"""Where the beginning of a message may be over."""


def ends_of(text: str) -> Iterator[tuple[str, str]]:
    """A message cut in two wherever its last matter may begin, the longest end first."""
    cuts = [cut for cut in _ENDS.finditer(text) if text[: cut.start()].strip() and text[cut.end() :].strip()]
    yield from ((text[: cut.start()].strip(), text[cut.end() :].strip()) for cut in cuts[-LAST:])
