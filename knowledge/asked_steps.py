"""What of a procedure tells what is asked in it: a step, a paper, what all of it costs, a section of its topic."""

from collections.abc import Collection, Sequence
from datetime import date
from functools import lru_cache
from itertools import chain, dropwhile
from typing import Protocol

from knowledge import procedures as walk
from knowledge.errand_bounds import Walked, open_step
from knowledge.frames import FrameSet, fold
from knowledge.hearing_clauses import IF, is_of_lacking
from knowledge.hearing_papers import papers_named
from knowledge.hearing_steps import STEM, Wish, steps_named, tells_of, trouble_in, wishes_in, words_of
from knowledge.model import Knowledge
from knowledge.particulars import SECTION, asked_particularly, told_particularly
from knowledge.procedures import PRICES, Answers, costs_of, paper_key, papers_called, steps_of
from knowledge.schema.base import Words
from knowledge.schema.procedures import RESULT, Procedure, Step
from knowledge.schema.topics import Aspect

Told = tuple[str, str]
"""A step, a paper by its key, a section by its key or empty: all of it; and the aspect of it."""
UNSAID = ("", "")
"""What no source says."""
IF_NOT, MUST = "if-not", "must"
"""Asked of a step or paper beside aspects: what to do without something; whether it is compulsory."""
ALIKE = 2
"""Words of a question that a text of a step says, from which it tells of it."""


class Asked(Protocol):
    """A question."""

    @property
    def letters(self) -> str:
        """Its words, spelled out."""

    @property
    def aspects(self) -> Sequence[Aspect]:
        """What it asks of a thing."""


def wishes_asked(question: str, knowledge: Knowledge) -> set[Wish]:
    """What a question wishes; "si nos dicen que no, qué hacemos" and "no la tengo, qué hago" ask for none."""
    said = wishes_in(question, knowledge)
    now = [one for one in words_of(knowledge).find(question) if one.key == Wish.NOW]
    before = f" {question} "[: min((one.start for one in now), default=0)]
    of_thing = bool(said & (IF | {Wish.LACKS})) or len(_telling(before, knowledge)) >= ALIKE  # "una carta, ¿qué hago?"
    said |= {Wish.FITS} if asked_particularly(question, knowledge) else set()
    return said - {Wish.NOW, Wish.NEXT} if of_thing else said


def told_of(asked: Asked, ours: Walked, knowledge: Knowledge, today: date) -> Told | None:
    """What is named first: a step, a paper; then the price of all, the open step and others, its own topic."""
    procedure, answers = knowledge.procedures[ours.procedure], ours.answers
    theirs, said = {one.id: one for one in steps_of(procedure, answers)}, wishes_in(asked.letters, knowledge)
    ahead = walk.onward(procedure, answers, here := open_step(ours, theirs.values()))
    bring = chain.from_iterable(one.bring for one in theirs.values())
    names = sorted(papers_named(asked.letters, procedure.id, knowledge).intersection(bring))
    names = names or [*ours.lacks] * (len(ours.lacks) == 1 and is_of_lacking(asked.letters, knowledge))
    total = price_told(procedure, answers, knowledge, today) if Wish.TOTAL in said and not names else None
    if whats := total or _told_by_way(asked, said, ahead, procedure, knowledge):
        return whats
    named = [theirs[one] for one in _particular(asked.letters, procedure, theirs, knowledge)]
    if trouble := trouble_in(said & IF):
        return _of_trouble(trouble, named, theirs.get(here or "", ahead[0]), ahead, knowledge)
    if Wish.LACKS in said and not names and (without := text_without(asked.letters, ahead, knowledge)):
        return without
    if Wish.MUST in said and (names or named):
        return (paper_key(names[0]) if names else named[0].id), MUST
    papers = [one for one in papers_called(names, procedure, knowledge) if one.holds or one.given_by or one.own]
    price = next(filter(PRICES.__contains__, asked.aspects), None)
    aspects = [one for one in asked.aspects if one not in (Aspect.HOW, *PRICES)]
    paper = (paper_key(papers[0].id), price or Aspect.REQUIREMENTS) if len(papers) == 1 else None
    by_steps = _by_steps(named, [*filter(None, (price,)), *aspects])
    if own := (paper if price or Wish.OF_IT in said else by_steps) or by_steps or paper:
        return own
    if price is not None and not names and Wish.OF_IT not in said:
        return price_told(procedure, answers, knowledge, today)
    first = [*named, *(theirs[one] for one in theirs if one == here)]
    after = dropwhile(lambda one: bool(first) and one is not first[-1], theirs.values())
    gaps = ((step.id, one.value) for step in first for one in aspects if one in step.gaps)
    of_paper = bool(names) or bool(said & {Wish.FITS, Wish.OF_IT})
    fits = [Aspect.REQUIREMENTS] if of_paper and not named and Aspect.WHAT not in aspects else []
    if Wish.OF_IT in said:
        return (named[0].id, Aspect.HOW) if named else section_telling(procedure, fits if names else [], knowledge)
    return (
        _by_steps([*first, *after, *reversed(theirs.values())], aspects)
        or next(gaps, None)
        or section_telling(procedure, [*fits, *aspects], knowledge)
        or (None if asks_way(asked.letters, knowledge) else _naming(named, asked.letters, ahead, knowledge))
    )


def _naming(named: Sequence[Step], letters: str, ahead: Sequence[Step], knowledge: Knowledge) -> Told | None:
    """The step that is named, else the text that says most of the words."""
    return (named[0].id, Aspect.HOW.value) if named else _text_naming(letters, ahead, knowledge)


def _particular(letters: str, procedure: Procedure, theirs: Collection[str], knowledge: Knowledge) -> Sequence[str]:
    """The step that a question names, but by no word of the title: "the passport" is all of it."""
    whole = {word[:STEM] for word in fold(f"{procedure.title.es} {procedure.title.en}").split()}
    particular = " ".join(one for one in letters.split() if one[:STEM] not in whole)
    return steps_named(particular, procedure.id, theirs, knowledge)[:1]


def _told_by_way(
    asked: Asked, said: Collection[Wish], ahead: Sequence[Step], procedure: Procedure, knowledge: Knowledge
) -> Told | None:
    """What is asked in words that show it: how a thing must be, who decides, how long it takes them, by when."""
    letters = asked.letters
    of_it = told_particularly(letters, ahead, procedure, knowledge)
    if of_it is not None and Wish.OF_IT not in said and {*PRICES}.isdisjoint(asked.aspects):
        return of_it
    ways = {one.key: one.words for one in _whats(knowledge).find(letters)}
    if Aspect.WHO in ways and _of_other(letters, ways[Aspect.WHO], procedure, knowledge):
        return UNSAID
    deciding = (one for one in ahead if one.decides and Aspect.DURATION in ways)
    answering = sorted(deciding, key=lambda one: one.is_visit)  # where one only waits, else where it is handed in
    found = _by_steps([*answering, *ahead], [*ways], {one.step for one in procedure.deadlines})
    untold = bool(ways.keys() & {RESULT, Aspect.WHO, Aspect.VALIDITY})
    return found or (UNSAID if untold and not section_telling(procedure, [*ways], knowledge) else None)


def _telling(letters: str, knowledge: Knowledge) -> list[str]:
    """Beginnings of the words that mean something by themselves."""
    return [one[:STEM] for one in letters.split() if len(one) >= STEM - 1 and one not in knowledge.stop_words]


def _of_other(letters: str, asking: str, procedure: Procedure, knowledge: Knowledge) -> bool:
    """Whether a question says a thing of which no step tells: "quién decide dónde se entierra"."""
    own = [words for one in procedure.steps for words in (one.name, *texts_of(one).values())]
    known = {*_telling(fold(" ".join(f"{words.es} {words.en}" for words in (procedure.title, *own))), knowledge)}
    left = f" {letters} ".replace(f" {asking} ", " ").split()
    return not known.issuperset(_telling(" ".join(one for one in left if len(one) > STEM), knowledge))


def texts_of(step: Step) -> dict[str, Words]:
    """All that is told of a step beside its text, by what it is asked for."""
    told = {str(one): step.detail(one) for one in (*Aspect, RESULT)}
    return {key: words for key, words in ({IF_NOT: step.if_not} | told).items() if words}


def _text_naming(letters: str, steps: Sequence[Step], knowledge: Knowledge, least: int = ALIKE) -> Told | None:
    """The text of these steps that says the most words of a question, from the first on."""
    said = {*_telling(letters, knowledge)}
    texts = [(one.id, key, fold(f"{text.es} {text.en}")) for one in steps for key, text in texts_of(one).items()]
    shares = [(len(said.intersection(_telling(text, knowledge))), step, key) for step, key, text in texts]
    best = max(shares, key=lambda one: one[0], default=(0, "", ""))
    return best[1:] if best[0] >= least else None


def lacks_told(told: str, ours: Walked, knowledge: Knowledge) -> list[str]:
    """The clauses that tell of a thing that is missing, where the steps say what to do without it: "no tengo CURP"."""
    ahead = walk.onward(procedure := knowledge.procedures[ours.procedure], ours.answers, ours.step)
    lacks = [one for one in map(fold, told.split(", ")) if Wish.LACKS in wishes_in(one, knowledge)]
    free = (one for one in lacks if not papers_named(one, procedure.id, knowledge))
    return [one for one in free if text_without(one, ahead, knowledge)]


def text_without(letters: str, steps: Sequence[Step], knowledge: Knowledge) -> Told | None:
    """What steps say of the thing that is told to be missing right behind the words for that: "no traigo tarjeta"."""
    behind = max((one.end for one in words_of(knowledge).find(letters) if one.key == Wish.LACKS), default=0)
    thing = next(iter(_telling(f" {letters} "[behind:], knowledge)), "") if behind else ""
    named = {word for one in steps for word in _telling(fold(f"{one.name.es} {one.name.en}"), knowledge)}
    return _text_naming(thing, steps, knowledge, 1) if thing and thing not in named else None


def _of_trouble(
    trouble: Wish, named: Sequence[Step], here: Step, ahead: Sequence[Step], knowledge: Knowledge
) -> Told | None:
    """Where what to do on a trouble stands; of another step, "si nos niegan la visa", only what that one says.

    It is of the open step if somebody decides in it, else of the first ahead in which somebody does and that tells.
    """
    deciding = (one for one in ahead if one.decides and one.if_not and tells_of(one.if_not.es, trouble, knowledge))
    here = here if here.decides else next(deciding, here)
    others = [one for one in named if one.id != here.id and not here.decides]
    told = not others or (others[0].if_not and tells_of(others[0].if_not.es, trouble, knowledge))
    return (others[0].id if others else here.id, trouble) if told else None


@lru_cache(maxsize=4)
def _whats(knowledge: Knowledge) -> FrameSet[str]:
    """How a question in an errand asks for what its steps tell."""
    return FrameSet((str(what), frame) for what, frames in knowledge.step_words.whats.items() for frame in frames)


def asks_way(letters: str, knowledge: Knowledge) -> bool:
    """Whether words of an errand ask for what its steps tell: who decides, how long it takes them."""
    return _whats(knowledge).first(letters) is not None


def _by_steps(steps: Sequence[Step], aspects: Collection[str], ends: Collection[str] = ()) -> Told | None:
    """The first of these steps that tells the first of these aspects that any does; `ends`: that have a deadline."""
    return next(
        (
            (step.id, str(one))
            for one in aspects
            for step in steps
            if step.detail(one) or (one in PRICES and step.prices) or (one == Aspect.VALIDITY and step.id in ends)
        ),
        None,
    )


def price_told(procedure: Procedure, answers: Answers, knowledge: Knowledge, today: date) -> Told:
    """The sum; where it hangs on an answer the step that is paid; else the section of its topic that tells prices."""
    if costs_of(procedure, answers, knowledge, today).sums:
        return "", Aspect.COST
    paid = (one for one in steps_of(procedure, answers) if any(not price.free for price in one.prices))
    step = next(paid, None)
    return (step.id, Aspect.HOW) if step else section_telling(procedure, PRICES, knowledge) or ("", Aspect.COST)


def section_telling(procedure: Procedure, aspects: Collection[str], knowledge: Knowledge) -> Told | None:
    """The section of its topic that tells one of these aspects."""
    topic = knowledge.topics[procedure.topics[0]]
    theirs = [one for one in topic.sections if not procedure.sections or one.id in procedure.sections]
    told = ((one.id, str(aspect)) for aspect in aspects for one in theirs if one.aspect == aspect)
    return next(((f"{SECTION}{topic.id}/{section}", aspect) for section, aspect in told), None)


def is_surely_asked(asked: Asked, told: Told, ours: Walked, knowledge: Knowledge) -> bool:
    """Whether what a step tells is what a question asks for: no mere text of it, nor a field of a step not named."""
    name, what = told
    step = next((one for one in knowledge.procedures[ours.procedure].steps if one.id == name), None)
    if not {*PRICES}.isdisjoint(asked.aspects) or Wish.TOTAL in wishes_in(asked.letters, knowledge):
        return True
    if step is None or asks_way(asked.letters, knowledge):
        return what != Aspect.HOW or step is None
    named = name in steps_named(asked.letters, ours.procedure, [name], knowledge)
    return what != Aspect.HOW and (named or name == ours.step or what not in {*Aspect})
