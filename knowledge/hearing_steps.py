"""What a message says of procedures: wishes, matters named, papers that are there or missing, steps done."""

from collections.abc import Collection, Iterator
from enum import StrEnum
from functools import lru_cache

from knowledge.frames import FrameSet, fold, unkeyed
from knowledge.model import Knowledge
from knowledge.schema.procedures import Letter, Procedure, Step

PAPER, STEP = "paper", "step"


class Wish(StrEnum):
    """What is said to a procedure: the fields of `StepWords`, and to hear it once more."""

    START = "start"
    DONE = "done"
    NEXT = "next"
    NOW = "now"
    BACK = "back"
    LATER = "later"
    RESUME = "resume"
    MISSING = "missing"
    TOTAL = "total"
    BRING = "bring"
    FORWARD = "forward"
    PRINT = "print"
    LETTER = "letter"
    COMPARE = "compare"
    DOORS = "doors"
    EVERY = "every"
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
    REFUSAL = "refusal"
    DROP = "drop"
    REPEAT = "repeat"
    YES = "yes"
    NO = "no"


PLAIN = frozenset({Wish.YES, Wish.NO})
"""Wishes that answer a question."""
DENIED = frozenset({Wish.DONE, Wish.LATER})  # not said behind a no: "no lo dejé para después"
PARTS = frozenset({Wish.BUT, Wish.DENIES, Wish.INSTEAD, Wish.LONE})
"""What is no wish by itself."""

TROUBLES = (Wish.WRONG, Wish.LOST, Wish.REFUSAL, Wish.SILENCE, Wish.STUCK)
"""What stands in the way of a step, the most particular first."""
STEM, SHORTEST, SHARED = 5, 3, 2
"""Letters by which words of a step are compared, the fewest of one; steps that may share a word that names them."""
Key = tuple[str, str]


@lru_cache(maxsize=4)
def _words(knowledge: Knowledge) -> FrameSet[str]:
    lists = ((name, frames) for name, frames in knowledge.step_words if isinstance(frames, tuple))
    return FrameSet((name, frame) for name, frames in lists for frame in frames)


@lru_cache(maxsize=4)
def _names(knowledge: Knowledge) -> FrameSet[str]:
    return FrameSet((one.id, frame) for one in knowledge.procedures.values() for frame in one.names)


@lru_cache(maxsize=32)
def _own(procedure_id: str, knowledge: Knowledge) -> FrameSet[Key]:
    """The words for the papers of a procedure, and for having done one of its steps."""
    procedure = knowledge.procedures[procedure_id]
    papers = (((PAPER, paper.id), frame) for paper in procedure.papers for frame in paper.frames)
    return FrameSet((*papers, *(((STEP, step.id), frame) for step in procedure.steps for frame in step.done)))


@lru_cache(maxsize=32)
def _options(procedure_id: str, question_id: str, knowledge: Knowledge) -> FrameSet[str]:
    asked = (q for q in knowledge.procedures[procedure_id].questions if q.id == question_id)
    return FrameSet((option.id, frame) for question in asked for option in question.options for frame in option.frames)


def wishes_in(letters: str, knowledge: Knowledge) -> set[Wish]:
    """What is said to any procedure."""
    found = _words(knowledge).find(letters)
    return {Wish(one.key) for one in found if one.key not in DENIED or not _denied(letters, one.start, knowledge)}


def is_wish(letters: str, knowledge: Knowledge) -> bool:
    """Whether nothing but a wish is said."""
    return any(found.words == letters for found in _words(knowledge).find(letters))


def named_in(letters: str, knowledge: Knowledge) -> tuple[str, ...]:
    """The procedures whose matter is named."""
    return tuple(dict.fromkeys(found.key for found in _names(knowledge).find(letters)))


@lru_cache(maxsize=64)
def _step_words(procedure_id: str, theirs: frozenset[str], knowledge: Knowledge) -> dict[str, tuple[str, ...]]:
    """Beginnings of words -> the steps in whose name they stand, or in how it is told that one is done."""
    found = dict[str, tuple[str, ...]]()
    for step in knowledge.procedures[procedure_id].steps:
        done = [word for word in fold(" ".join(step.done)).split() if len(word) >= STEM]
        own = (*fold(f"{step.name.es} {step.name.en}").split(), *done) if step.id in theirs else ()
        for stem in {word[:STEM] for word in own if len(word) >= SHORTEST and word not in knowledge.stop_words}:
            found[stem] = (*found.get(stem, ()), step.id)
    return found


def steps_named(letters: str, procedure_id: str, theirs: Collection[str], knowledge: Knowledge) -> tuple[str, ...]:
    """The steps whose own words are said, those with the most in front, then as they are said."""
    words, scores = _step_words(procedure_id, frozenset(theirs), knowledge), dict[str, float]()
    for stem in dict.fromkeys(word[:STEM] for word in letters.split()):
        for step in (steps := words.get(stem, ())):
            scores[step] = scores.get(step, 0) + 1 / len(steps)
    return tuple(step for step in sorted(scores, key=lambda one: -scores[one]) if scores[step] * SHARED >= 1)


def step_wanted(letters: str, procedure_id: str, theirs: Collection[str], knowledge: Knowledge) -> str | None:
    """The step to which somebody says that they want to go."""
    wanted = (one for one in _words(knowledge).find(letters) if one.key == Wish.GO_TO)
    behind = (f" {letters} "[one.start :] for one in wanted if not _denied(letters, one.start, knowledge))
    named = (steps_named(rest, procedure_id, theirs, knowledge) for rest in behind)
    return next((steps[0] for steps in named if steps), None)


def trouble_in(said: Collection[Wish]) -> Wish | None:
    """The most particular trouble that is told."""
    return next((one for one in TROUBLES if one in said), None)


def tells_of(words: str, trouble: str, knowledge: Knowledge) -> bool:
    """Whether words of ours in Spanish say what to do in a trouble of this kind; of any other, all do."""
    frames = _remedies(trouble, knowledge)
    return frames is None or frames.first(fold(words)) is not None


@lru_cache(maxsize=32)
def _remedies(trouble: str, knowledge: Knowledge) -> FrameSet[bool] | None:
    held = {str(kind): frames for kind, frames in knowledge.step_words.troubles.items()}.get(trouble)
    return FrameSet(unkeyed(held)) if held else None


def beside_start(letters: str, knowledge: Knowledge) -> str:
    """What is said beside the wish to go step by step."""
    found = next((one for one in _words(knowledge).find(letters) if one.key == Wish.START), None)
    padded = f" {letters} "
    return f"{padded[: found.start]} {padded[found.end :]}".strip() if found else letters


def steps_done_in(
    letters: str, procedure_id: str, theirs: Collection[str], knowledge: Knowledge, *, denied: bool = False
) -> tuple[str, ...]:
    """The steps that somebody says they did, by their own words: those of theirs, else one of others; or did not."""
    said = (one for one in _own(procedure_id, knowledge).find(letters) if one.key[0] == STEP)
    found = tuple(dict.fromkeys(one.key[1] for one in said if _denied(letters, one.start, knowledge) == denied))
    return tuple(step for step in found if step in theirs) or found[:1]


def done_besides(letters: str, procedure_id: str, knowledge: Knowledge) -> bool:
    """Whether something is said to be done besides the steps that are told by their own words."""
    own = [(one.start, one.end) for one in _own(procedure_id, knowledge).find(letters) if one.key[0] == STEP]
    done = (one for one in _words(knowledge).find(letters) if one.key == Wish.DONE)
    return any(all(one.end <= start or end <= one.start for start, end in own) for one in done)


def result_in(letters: str, steps: Collection[Step], knowledge: Knowledge) -> str | None:
    """The step of which somebody names what comes of it, by more than half of its words."""
    said = {word[:STEM] for word in letters.split()}
    for step in steps:
        for text in (step.result.es, step.result.en) if step.result else ():
            words = {word for word in fold(text).split() if len(word) >= SHORTEST} - knowledge.stop_words
            own = {word[:STEM] for word in words}
            if len(own & said) * 2 > len(own) > 1:
                return step.id
    return None


def _denied(letters: str, start: int, knowledge: Knowledge) -> bool:
    """Whether a no stands right in front of what begins here."""
    before = f" {letters} "[:start].split()
    ends = (" ".join(before[-count:]) for count in (1, 2))
    return any(one.key == Wish.DENIES and one.words == end for end in ends for one in _words(knowledge).find(end))


def papers_named(letters: str, procedure_id: str, knowledge: Knowledge) -> frozenset[str]:
    """Papers named, whether there or missing."""
    return frozenset(name for kind, name in _said(letters, procedure_id, knowledge) if kind == PAPER)


def _said(letters: str, procedure_id: str, knowledge: Knowledge) -> list[Key]:
    return [one.key for one in _own(procedure_id, knowledge).find(letters)]


def option_said(letters: str, procedure: Procedure, answers: Collection[str], knowledge: Knowledge) -> Key | None:
    """A question without an answer and its option, where the whole message is its words; heard before it is asked."""
    for question in procedure.questions:
        found = () if question.id in answers else _options(procedure.id, question.id, knowledge).find(letters)
        if option := next((one.key for one in found if one.words == letters), None):
            return question.id, option
    return None


def option_framed(letters: str, procedure_id: str, question_id: str, knowledge: Knowledge) -> str | None:
    """The option whose own words are said, the longest first."""
    every = list(_options(procedure_id, question_id, knowledge).find(letters))
    if len(every) > 1:  # "por internet no, mejor en el consulado"
        every = [one for one in every if not _put_away(letters, one.start, one.end, knowledge)] or every
    denied = options_denied(letters, procedure_id, question_id, knowledge)
    every = [one for one in every if one.key not in denied]
    return max(every, key=lambda one: one.end - one.start).key if every else None


def options_denied(letters: str, procedure_id: str, question_id: str, knowledge: Knowledge) -> frozenset[str]:
    """Options whose own words are said behind a no that does not begin the answer: "nadie se murió"."""
    every = [*_options(procedure_id, question_id, knowledge).find(letters)]
    held = {one.key for one in every if not _denied(letters, one.start, knowledge)}
    behind = {one.key for one in every if f" {letters} "[: one.start].strip() not in ("", "no", "not")}
    return frozenset(behind - held)


def _put_away(letters: str, start: int, end: int, knowledge: Knowledge) -> bool:
    """Whether a no stands right in front of words or right behind them."""
    behind = f" {letters} "[end:].split()[:1]
    return _denied(letters, start, knowledge) or any(
        one.key == Wish.DENIES for word in behind for one in _words(knowledge).find(word)
    )


def option_led(
    letters: str, plain: Collection[str], procedure_id: str, question_id: str, knowledge: Knowledge
) -> str | None:
    """The option that a bare yes or no means, or the one with which words begin; `plain`: worded in any way."""
    of_papers = any(papers_in(letters, procedure_id, knowledge))
    said = {*plain, *(() if of_papers else wishes_in(letters, knowledge) & PLAIN)}
    led = said or (set() if of_papers else {lead_of(letters, knowledge)})
    asked = (q for q in knowledge.procedures[procedure_id].questions if q.id == question_id)
    return next((one.id for question in asked for one in question.options if one.id in led), None)


def lead_of(letters: str, knowledge: Knowledge) -> str | None:
    """Whether an answer to a question of ours begins with a yes or a no."""
    begins = {found.key for found in _leads(knowledge).find(letters)}
    return None if "unsure" in begins else next((one for one in ("no", "yes") if one in begins), None)


@lru_cache(maxsize=4)
def _leads(knowledge: Knowledge) -> FrameSet[str]:
    return FrameSet((name, frame) for name, frames in knowledge.step_words.leads.items() for frame in frames)


def letter_in(letters: str, procedure: Procedure, step: str | None) -> Letter | None:
    """The model that is asked for by its words, else that of the step, else the first."""
    named = (one for one in procedure.letters if FrameSet(unkeyed(one.frames)).first(letters) is not None)
    here = (one for one in procedure.letters if one.step == step)
    return next(iter((*named, *here, *procedure.letters)), None)


def papers_in(letters: str, procedure_id: str, knowledge: Knowledge, theirs: Collection[str] = ()) -> Iterator[Key]:
    """Papers named, each with Wish.HAS or Wish.LACKS: by the words in front of it, else by those behind it.

    `theirs`: of these alone, where several of a procedure have one name.
    """
    rest, there, waiting = letters, "", list[str]()
    while marks := list(_marks(rest, procedure_id, knowledge, theirs)):
        _, end, kind, name = min(marks)
        rest = f" {rest} "[-end:].strip()
        if kind == PAPER and there:
            lone = any(one.key == Wish.LONE for one in _words(knowledge).find(rest))  # "el comprobante no"
            yield name, Wish.LACKS if lone else there
        elif kind == PAPER:
            waiting.append(name)
        elif kind == Wish.BUT:
            there, waiting = "", []
        else:
            there = kind if kind == Wish.HAS or not waiting else ""
            yield from ((paper, kind) for paper in waiting)
            waiting = []


def _marks(
    letters: str, procedure_id: str, knowledge: Knowledge, theirs: Collection[str]
) -> Iterator[tuple[int, int, str, str]]:
    """Where each mark begins, where it ends (negative: the longest of two first), and what it is."""
    for found in _words(knowledge).find(letters):
        if found.key in (Wish.HAS, Wish.LACKS, Wish.BUT):
            yield found.start, -found.end, found.key, ""
    for one in _own(procedure_id, knowledge).find(letters):
        if one.key[0] == PAPER and (not theirs or one.key[1] in theirs):
            yield one.start, -one.end, *one.key
