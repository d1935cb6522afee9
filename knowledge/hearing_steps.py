"""What a message says of procedures: wishes, matters named, papers that are there or missing, steps done."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

from knowledge.frames import REMEMBERED, FrameSet, Match, fold, frames_of
from knowledge.model import Knowledge

PAPER, STEP, BEGUN, OTHERWISE = "paper", "step", "begun", "otherwise"


class Wish(StrEnum):
    """What is said to a procedure: the fields of `StepWords`, and to hear it once more."""

    START = "start"
    DONE = "done"
    NEXT = "next"
    NOW = "now"
    BACK = "back"
    LATER = "later"
    RESUME = "resume"
    RETURNS = "returns"
    MISSING = "missing"
    TOTAL = "total"
    BRING = "bring"
    FORWARD = "forward"
    PRINT = "print"
    LETTER = "letter"
    COMPARE = "compare"
    DOORS = "doors"
    EVERY = "every"
    SOME = "some"
    BUT = "but"
    DENIES = "denies"
    INSTEAD = "instead"
    STUCK = "stuck"
    HAS = "has"
    LACKS = "lacks"
    OTHER = "other"
    SILENCE = "silence"
    LOST = "lost"
    WRONG = "wrong"
    GO_TO = "go_to"
    UNDO = "undo"
    HALVES = "halves"
    LONE = "lone"
    AHEAD = "ahead"
    LAPSED = "lapsed"
    SECOND = "second"
    WHOSE = "whose"
    WITHIN = "within"
    ALMOST = "almost"
    BOOKED = "booked"
    REFUSAL = "refusal"
    FINISHED = "finished"
    MOVED = "moved"
    THREAT = "threat"
    DAY = "day"
    CUTS = "cuts"
    HOLDS = "holds"
    ASKS = "asks"
    AGAIN = "again"
    FITS = "fits"
    TRUE = "true"
    OF_IT = "of_it"
    ITS = "its"
    FILLS = "fills"
    ANEW = "anew"
    BEGIN = "begin"
    MUST = "must"
    JOINS = "joins"
    CHOOSES = "chooses"
    COSTS = "costs"
    SUPPOSES = "supposes"
    BESIDE = "beside"
    ALREADY = "already"
    EXCEPTS = "excepts"
    UNMARKS = "unmarks"
    IN_HAND = "in_hand"
    OWED = "owed"
    ONE = "one"
    BOTH = "both"
    DROP = "drop"
    REPEAT = "repeat"
    YES = "yes"
    NO = "no"


PLAIN = frozenset({Wish.YES, Wish.NO})  # wishes that answer a question
DENIED = frozenset({Wish.DONE, Wish.LATER, Wish.AGAIN})  # not said behind a no: "no le pregunté por el horario"
PARTS = frozenset({Wish.BUT, Wish.DENIES, Wish.INSTEAD, Wish.LONE, Wish.ALMOST, Wish.BOOKED, Wish.CUTS, Wish.SOME})
PARTS |= {Wish.ASKS, Wish.FITS, Wish.TRUE, Wish.OF_IT, Wish.DAY, Wish.HOLDS, Wish.ITS, Wish.FILLS, Wish.AHEAD}
PARTS |= {Wish.LAPSED, Wish.SECOND, Wish.WHOSE, Wish.WITHIN, Wish.ALREADY, Wish.EXCEPTS, Wish.UNMARKS, Wish.SUPPOSES}
PARTS |= {Wish.COSTS, Wish.CHOOSES, Wish.ANEW, Wish.BEGIN, Wish.MUST, Wish.JOINS, Wish.AGAIN, Wish.OWED, Wish.IN_HAND}
PARTS |= {Wish.ONE, Wish.BOTH, Wish.THREAT, Wish.RETURNS}
"""What is no wish by itself."""

TROUBLES = (Wish.WRONG, Wish.LOST, Wish.REFUSAL, Wish.MOVED, Wish.SILENCE, Wish.STUCK)
"""What stands in the way of a step, the most particular first."""
STEM, SHORTEST, SHARED, LONG = 5, 3, 2, 8
"""Letters by which words of a step are compared, the fewest of one; steps that may share a word that names them;
letters of words of which one more is compared: `entregué` is no `entrevista`."""
Key = tuple[str, str]


class Told(Protocol):
    """A message, or the part of it that only tells."""

    @property
    def letters(self) -> str:
        """Its words, spelled out."""

    @property
    def text(self) -> str:
        """As written; of what only tells, its clauses."""

    @property
    def tells(self) -> bool:
        """Whether it only tells."""


@lru_cache(maxsize=4)
def words_of(knowledge: Knowledge) -> FrameSet[str]:
    """What is said to any procedure, by the name of its list."""
    lists = ((name, frames) for name, frames in knowledge.step_words if isinstance(frames, tuple))
    return FrameSet((name, frame) for name, frames in lists for frame in frames)


@lru_cache(maxsize=4)
def names_of(knowledge: Knowledge) -> FrameSet[str]:
    """The words for the matters of all procedures."""
    return FrameSet((one.id, frame) for one in knowledge.procedures.values() for frame in one.names)


@lru_cache(maxsize=32)
def own_words(procedure_id: str, knowledge: Knowledge) -> FrameSet[Key]:
    """The words for the papers of a procedure, and for having done or begun one of its steps."""
    procedure = knowledge.procedures[procedure_id]
    named = [((PAPER, one.id), one.frames) for one in procedure.papers]
    for one in procedure.steps:
        named += [((STEP, one.id), one.done), ((BEGUN, one.id), one.begun), ((OTHERWISE, one.id), one.otherwise)]
    return FrameSet((key, frame) for key, frames in named for frame in frames)


def wishes_in(letters: str, knowledge: Knowledge) -> set[Wish]:
    """What is said to any procedure; a letter that is put off is not asked for."""
    found = words_of(knowledge).find(letters)
    said = {Wish(one.key) for one in found if one.key not in DENIED or not denied_at(letters, one.start, knowledge)}
    said -= {Wish.LETTER} if Wish.LATER in said else set()
    return said - {Wish.EVERY, Wish.FINISHED} | {Wish.DENIES} if Wish.SOME in said else said


def wishes_within(letters: str, spans: Sequence[tuple[int, int]], knowledge: Knowledge) -> set[Wish]:
    """What is said to any procedure by words that touch these."""
    said = words_of(knowledge).find(letters)
    return {Wish(one.key) for one in said if any(start < one.end and one.start < end for start, end in spans)}


def wishes_naming(letters: str, procedure_id: str, knowledge: Knowledge) -> set[Wish]:
    """What is said to any procedure by the very words that name a paper of this one, or tell a step of it."""
    named = own_words(procedure_id, knowledge).find(letters)
    return wishes_within(letters, [(one.start, one.end) for one in named], knowledge)


def wishes_told(told: Told, knowledge: Knowledge) -> set[Wish]:
    """What is told; by a clause alone what is done, or to go back; a refusal not across clauses: "no, me lo dieron"."""
    each = {one for clause in told.text.split(", ") for one in wishes_in(fold(clause), knowledge)}
    return (wishes_in(told.letters, knowledge) - ({Wish.REFUSAL} - each)) | (each & {Wish.DONE, Wish.BACK})


def day_in(letters: str, knowledge: Knowledge) -> str:
    """The words for the day on which they are to come; empty: none."""
    found = [one for one in words_of(knowledge).find(letters) if one.key == Wish.DAY]
    return max(found, key=lambda one: one.end).words if found else ""


def is_wish(letters: str, knowledge: Knowledge) -> bool:
    """Whether nothing but a wish is said."""
    return any(found.words == letters for found in words_of(knowledge).find(letters))


@lru_cache(maxsize=REMEMBERED)
def named_in(letters: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The procedures whose matter is named; where several are, not one that is told to be there ("with status")."""
    every = [*names_of(knowledge).find(letters)]
    found = [one for one in every if not any(_holds(other, one) for other in every)]
    marks = {one.end: one.key for one in words_of(knowledge).find(letters) if one.key in (Wish.HOLDS, Wish.COMPARE)}
    held = () if Wish.COMPARE in marks.values() else marks  # "compare A con B"
    wanted = [one for one in found if one.start + 1 not in held and one.start not in held]
    return tuple(dict.fromkeys(one.key for one in wanted or found))


def _holds(other: Match[str], one: Match[str]) -> bool:
    """Whether a longer name of another matter holds a name: "I lost my passport and fly"."""
    inside = other.start <= one.start and one.end <= other.end
    return inside and other.key != one.key and other.end - other.start > one.end - one.start


@lru_cache(maxsize=8)
def _begin(frames: tuple[str, ...]) -> frozenset[str]:
    """How the words of frames begin."""
    return frozenset(word[:STEM] for word in fold(" ".join(frames)).split())


def stem(word: str) -> str:
    """The letters by which a word is compared: one of one thing and of several are alike, "cita" and "citas"."""
    return word.removesuffix("s")[:STEM]


@lru_cache(maxsize=64)
def _step_words(procedure_id: str, theirs: frozenset[str], knowledge: Knowledge) -> dict[str, tuple[Key, ...]]:
    """Beginnings of words -> words of the name of a step, or of how it is told to be done, and the step."""
    found = dict[str, tuple[Key, ...]]()
    had, did = _begin(knowledge.step_words.has), _begin(knowledge.step_words.done)
    for step in knowledge.procedures[procedure_id].steps:
        names = fold(f"{step.name.es} {step.name.en}").split()
        begins = {word[:SHORTEST] for word in names}
        said = [word for word in fold(" ".join(step.done)).split() if len(word) >= STEM]
        telling = [word for word in said if word[:STEM] not in had]  # what is had of anything names no step
        done = [one for one in telling if one[:STEM] not in did or one[:SHORTEST] in begins]  # "pagué", of Pagar
        own = (*names, *done) if step.id in theirs else ()
        for word in {word for word in own if len(word) >= SHORTEST and word not in knowledge.stop_words}:
            found[stem(word)] = (*found.get(stem(word), ()), (word, step.id))
    return found


def steps_named(letters: str, procedure_id: str, theirs: Collection[str], knowledge: Knowledge) -> tuple[str, ...]:
    """The steps whose own words are said, those with the most in front, then as they are said."""
    words, scores = _step_words(procedure_id, frozenset(theirs), knowledge), dict[str, float]()
    for begins, word in {stem(word): word for word in letters.split()}.items():
        own = words.get(begins, ())
        steps = {
            step
            for one, step in own
            if one[STEM : STEM + 1] == word[STEM : STEM + 1] or min(len(one), len(word)) < LONG
        }
        for step in sorted(steps):
            scores[step] = scores.get(step, 0) + 1 / len(steps)
    return tuple(step for step in sorted(scores, key=lambda one: -scores[one]) if scores[step] * SHARED >= 1)


def trouble_in(said: Collection[Wish]) -> Wish | None:
    """The most particular trouble that is told."""
    return next((one for one in TROUBLES if one in said), None)


def tells_of(words: str, trouble: str, knowledge: Knowledge) -> bool:
    """Whether words of ours in Spanish say what to do in a trouble of this kind; of any other, all do."""
    frames = _remedies(trouble, knowledge)
    return frames is None or frames.first(fold(words)) is not None


def _remedies(trouble: str, knowledge: Knowledge) -> FrameSet[bool] | None:
    held = {str(kind): frames for kind, frames in knowledge.step_words.troubles.items()}.get(trouble)
    return frames_of(held) if held else None


def beside_wish(wish: Wish, letters: str, knowledge: Knowledge) -> str:
    """What is said beside a wish: to go step by step; that something was asked before."""
    found = next((one for one in words_of(knowledge).find(letters) if one.key == wish), None)
    padded = f" {letters} "
    return f"{padded[: found.start]} {padded[found.end :]}".strip() if found else letters


def steps_done_in(
    letters: str, procedure_id: str, theirs: Collection[str], knowledge: Knowledge, *, denied: bool = False
) -> tuple[str, ...]:
    """Of theirs, else of others, the steps they say they did (or not: `denied`); a begun one tells what it hangs on."""
    before = {} if denied else {one.id: one.after for one in knowledge.procedures[procedure_id].steps}
    heard = [(one.start, *one.key) for one in own_words(procedure_id, knowledge).find(letters)]
    own = [(start, step) for start, kind, step in heard if kind == STEP]
    own += [
        (start, did)
        for start, kind, step in heard
        if kind == BEGUN
        for did in [one for one in before.get(step, ()) if one in theirs][-1:]
    ]
    booked = [one.start for one in words_of(knowledge).find(letters) if one.key == Wish.BOOKED]
    books = [one.id for one in knowledge.procedures[procedure_id].steps if one.books and one.id in theirs][:1]
    said = [*own, *((start, step) for start in booked for step in books)]
    found = tuple(dict.fromkeys(step for start, step in said if denied_at(letters, start, knowledge) == denied))
    return tuple(step for step in found if step in theirs) or found[:1]


def denied_at(letters: str, start: int, knowledge: Knowledge) -> bool:
    """Whether a no stands right in front of what begins here."""
    before = f" {letters} "[:start].split()
    ends = (" ".join(before[-count:]) for count in (1, 2))
    return any(one.key == Wish.DENIES and one.words == end for end in ends for one in words_of(knowledge).find(end))
