"""What a message says not to mean, and what it means instead: "no te pregunté de la troca, te pregunté del IMSS"."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import REMEMBERED, spell_out
from knowledge.model import Knowledge

_MARKS = re.compile(r"[.,;:!?¿¡\n]+")


@lru_cache(maxsize=REMEMBERED)
def put_right(text: str, knowledge: Knowledge) -> tuple[str, str]:
    """The words for what is meant, and for what is not; both empty where nothing is put right."""
    frames = knowledge.putting_right
    denies, ends, means = frames_of(frames.denies), frames_of(frames.ends), frames_of(frames.means)
    clauses = list(_clauses(text, knowledge))
    denied = [one for one in clauses if denies.first(one) or ends.first(one)]
    if not denied:
        return "", ""
    left = (_without(one, means.first(one)) for one in clauses if one not in denied)
    return " ".join(one for one in left if one), " ".join(_without(one, denies.first(one)) or one for one in denied)


def _without(clause: str, found) -> str:  # type: ignore[no-untyped-def]
    """A clause without the words of a frame in front of it."""
    return f" {clause} "[found.end :].strip() if found else clause


def _clauses(text: str, knowledge: Knowledge) -> Iterator[str]:
    """Cut at marks, and where the content says that a clause begins."""
    splits, negations = frames_of(knowledge.putting_right.splits), knowledge.putting_right.negations
    for part in _MARKS.split(text):
        clause = spell_out(part, knowledge.spelling)
        starts = sorted({found.start for found in splits.find(clause)})
        cuts = [
            at
            for at in starts
            if at > 1 and not f" {clause} "[:at].rstrip().endswith(tuple(f" {n}" for n in negations))
        ]
        for start, end in zip([0, *cuts], [*cuts, len(clause) + 2], strict=True):
            if one := f" {clause} "[start:end].strip():
                yield one
