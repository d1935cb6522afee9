"""What a message asks: its questions one by one, and what they ask about a thing: cost, place, requirements …"""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from bot.dialogue.words.phrasing import REMEMBERED, spell_out
from knowledge.frames import FrameSet, Match, fold, frames_of
from knowledge.hearing_clauses import cut_at
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect

NAMING = frozenset(Aspect) - {Aspect.WHAT, Aspect.HOW, Aspect.WHO, Aspect.BEWARE}
"""Aspects that only a section of their own answers."""
MARKS = re.compile(r"(?:[,;:!?¿¡\n]|(?<!\b[^\W\d])[.](?!\d))+")  # "la e.firma", "una A.C.", "2.5"; "a las 9. Y …"
"""What parts clauses."""
MOST = 4
"""Questions of a message that are looked at."""
SHORTEST, TOLD = 2, 5
"""Words without which a part asks nothing of its own, and without which what only tells wants nothing."""


@lru_cache(maxsize=REMEMBERED)
def pieces_of(text: str, knowledge: Knowledge) -> tuple[tuple[str, ...], ...]:
    """What question marks end, each in its parts between marks, spelled out."""
    return tuple(tuple(spell_out(one, knowledge.spelling) for one in MARKS.split(p)) for p in text.split("?"))


@lru_cache(maxsize=REMEMBERED)
def clauses_in(text: str, knowledge: Knowledge) -> tuple[tuple[str, ...], ...]:
    """The clauses of each piece that a question mark ends."""
    joins = frames_of(knowledge.follow_ups.join)
    return tuple(tuple(one for part in piece for one in cut_at(part, joins)) for piece in pieces_of(text, knowledge))


def clauses_apart(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The clauses of a text, spelled out, cut where one may put something right."""
    splits = frames_of(knowledge.putting_right.splits)
    return tuple(one for piece in pieces_of(text, knowledge) for part in piece for one in cut_at(part, splits))


@lru_cache(maxsize=REMEMBERED)
def questions_in(text: str, knowledge: Knowledge, *, alone: bool = False) -> tuple[str, ...]:
    """The parts of a message that ask something, spelled out, each with what it tells before; `alone`: without that.

    What only tells is one where words turn to another thing; what only wishes, where nothing asks.
    """
    held = knowledge.follow_ups
    joins, wishes = map(frames_of, (held.join, held.wishes))
    besides, closes, ties, seconds = map(frames_of, (held.besides, held.closes, held.tie + held.seconds, held.seconds))
    pieces, found, told = clauses_in(text, knowledge), list[str](), list[str]()
    for at, clauses in enumerate(pieces, 1):
        for n, clause in enumerate(clauses, 1):
            before = " ".join(told)
            if besides.first(clause) or (wishes.first(before) and ties.first(clause)):
                wanted = len(before.split()) >= TOLD or wishes.first(before) is not None
                found += [before] if wanted and not alone and closes.first(before) is None else []
                told.clear()
            told.append(clause)
            last = n == len(clauses) and at < len(pieces)
            own = asks_in(clause, knowledge) or (len(clause.split()) > SHORTEST and joins.first(clause))
            if last and n > 1 and found and not told[1:] and not own:
                found[-1] += f" {clause}"  # "¿dónde me registro, en el consulado?", "¿con cuál salen y entran?"
                told.clear()
            elif last or asks_in(clause, knowledge):
                found.append(clause if alone else " ".join(told))
                told.clear()
    rest, begins = " ".join(told), (seconds, besides) if found else (wishes,)
    found += [rest] if any(one.first(rest) for one in begins) and not (found and alone) else []
    return tuple(one for one in found if len(one.split()) >= SHORTEST)[:MOST]


@lru_cache(maxsize=REMEMBERED)
def asks_in(clause: str, knowledge: Knowledge) -> bool:
    """Whether words of a question stand in a clause, besides those that ask nothing: "como 300", "ah, qué bueno"."""
    held = knowledge.follow_ups
    return frames_of(held.asking).first(_without(clause, frames_of(held.unasked))) is not None


def _without(text: str, frames: FrameSet[Any]) -> str:
    """A text without the words of these frames."""
    for match in frames.find(text):
        text = text.replace(match.words, " ")
    return text


def told_beside(text: str, asked: Sequence[str], knowledge: Knowledge) -> str:
    """A message without these questions of it (`questions_in`, alone), spelled out; whole where it has none of them."""
    whole, clauses = f" {' | '.join(asked)} ", chain.from_iterable(clauses_in(text, knowledge))
    return " ".join(one for one in clauses if f" {one} " not in whole) if asked else text


@lru_cache(maxsize=4)
def _aspect_frames(knowledge: Knowledge) -> FrameSet[Aspect]:
    # `what` stands first in the file but is the weakest sign ("qué papeles"), so it is tried last.
    ordered = sorted(knowledge.aspects.values(), key=lambda words: words.id is Aspect.WHAT)
    suffices = ((Aspect.REQUIREMENTS, frame) for frame in knowledge.facts_of_a_person.suffices)
    return FrameSet(chain(suffices, ((words.id, frame) for words in ordered for frame in words.frames)))


@lru_cache(maxsize=4)
def empty_words(knowledge: Knowledge) -> frozenset[str]:
    """Words that name no subject: the stop words, and those of questions by aspect."""
    frames = " ".join(frame for one in knowledge.aspects.values() for frame in one.frames)
    asking = {*fold("".join(c if c.isalnum() else " " for c in frames)).split()}  # "cuest*" is taken as a word
    return (knowledge.stop_words | asking) - frozenset(knowledge.follow_ups.subject)


@lru_cache(maxsize=4)
def untold_words(knowledge: Knowledge) -> frozenset[str]:
    """Words that tell no section from another: those that name no subject, and vague ones."""
    return empty_words(knowledge) | frozenset(knowledge.follow_ups.vague)


def names_nothing(text: str, knowledge: Knowledge) -> bool:
    """Whether it asks of an aspect, and no word beside that names a matter: "¿y cuánto tarda?"."""
    left = matter_in(text, knowledge)
    return left != spell_out(text, knowledge.spelling) and untold_words(knowledge).issuperset(left.split())


def matter_in(text: str, knowledge: Knowledge) -> str:
    """A text, spelled out, without the words that ask of an aspect."""
    return _without(spell_out(text, knowledge.spelling), _aspect_frames(knowledge))


def aspects_in(text: str, knowledge: Knowledge) -> tuple[Aspect, ...]:
    """The aspects asked for, each once, the surest first; what is part of a longer wording asks nothing of its own.

    "Por dónde empiezo" asks how, and not where.
    """
    found = tuple(_aspect_frames(knowledge).find(spell_out(text, knowledge.spelling)))
    return tuple(dict.fromkeys(match.key for match in found if not any(_covers(other, match) for other in found)))


def _covers(other: Match[Aspect], match: Match[Aspect]) -> bool:
    longer = other.end - other.start > match.end - match.start
    return longer and other.key is not match.key and other.start <= match.start and match.end <= other.end


def asked_of(aspects: Sequence[Aspect]) -> Sequence[Aspect]:
    """The aspects that tell sections apart: what a thing is only where nothing else is asked ("what is the number")."""
    return tuple(aspect for aspect in aspects if aspect is not Aspect.WHAT) or aspects
