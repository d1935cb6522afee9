"""What of a procedure tells what is asked in it: a step, a paper, what all of it costs, a section of its topic."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import dropwhile
from typing import Protocol

from knowledge.frames import FrameSet, fold
from knowledge.hearing_papers import papers_named
from knowledge.hearing_steps import LONG, STEM, Wish, is_wish, steps_named, tells_of, trouble_in, wishes_in
from knowledge.model import Knowledge
from knowledge.procedures import PRICES, Answers, costs_of, paper_key, papers_called, steps_of
from knowledge.schema.base import Lang
from knowledge.schema.procedures import Procedure, Step
from knowledge.schema.topics import Aspect

Told = tuple[str, str]
"""A step, a paper by its key, a section by its key or empty: all of it; and the aspect of it."""
SECTION = "section/"
BARE = 4
"""Words of a question that goes on from the one before it: "y cuánto cuesta"."""


ASKING = frozenset({Wish.ASKS, Wish.FITS, Wish.OF_IT, Wish.TRUE, Wish.RESUME, Wish.MISSING, Wish.TOTAL})
"""What makes a clause a question where no mark does."""
OF_BEFORE = frozenset({Wish.FITS, Wish.OF_IT, Wish.TRUE})
"""What is asked of what was told right before: whether it will do, where it is had, whether it is so."""
IF = frozenset({Wish.REFUSAL, Wish.SILENCE})
"""Troubles that may be asked of before they come: "si nos dicen que no"."""
LINKED = 7
"""Words of such a question that may name a thing of its own: "sirve la de la escuela"."""


class Asked(Protocol):
    """A question."""

    @property
    def letters(self) -> str:
        """Its words, spelled out."""

    @property
    def aspects(self) -> Sequence[Aspect]:
        """What it asks of a thing."""


def apart(clauses: Iterable[tuple[str, bool]], knowledge: Knowledge) -> tuple[list[str], list[str]]:
    """What clauses tell, and what they ask, which a mark or words show; a question of what was told before holds that.

    Whether a paper will do takes it out of what is told: nobody says that it is there.
    """
    told, asked, before = list[str](), list[str](), ""
    for clause, marked in clauses:
        said = wishes_in(clause, knowledge)
        if not marked and (Wish.OTHER in said or said.isdisjoint(ASKING)):
            told.append(clause)
            continue
        bare = is_wish(clause, knowledge) or Wish.TRUE in said
        if told and said & OF_BEFORE and bare:
            before = told[-1] if Wish.OF_IT in said else told.pop()
        elif said & OF_BEFORE and not bare:
            linked = len(clause.split()) <= LINKED and (asked.pop() if asked else told[-1] if told else "")
            before = f"{linked or ''} {clause}".strip()  # "dónde saco el acta, y cuánto cuesta"
            asked.append(before)
            continue
        elif not is_bare(clause):
            before = ""
        asked.append(f"{before} {clause}".strip())
    return told, asked


def wishes_asked(question: str, knowledge: Knowledge) -> set[Wish]:
    """What a question wishes; "si nos dicen que no, qué hacemos" does not ask what is next."""
    said = wishes_in(question, knowledge)
    return said - {Wish.NOW, Wish.NEXT} if said & IF else said


def is_bare(question: str) -> bool:
    """Whether a question may go on from the one before it."""
    return len(question.split()) <= BARE


def told_of(
    asked: Asked, procedure: Procedure, answers: Answers, here: str | None, knowledge: Knowledge, today: date
) -> Told | None:
    """What is named first: a step, a paper; then the price of all, the open step and others, its own topic."""
    theirs, said = {one.id: one for one in steps_of(procedure, answers)}, wishes_in(asked.letters, knowledge)
    ahead = [*dropwhile(lambda one: one.id != here, theirs.values()), *theirs.values()]
    ways, ends = [one.key for one in _whats(knowledge).find(asked.letters)], {one.step for one in procedure.deadlines}
    if whats := _by_steps(ahead, ways, ends):
        return whats
    whole = {word[:STEM] for word in fold(f"{procedure.title.es} {procedure.title.en}").split()}
    particular = " ".join(one for one in asked.letters.split() if one[:STEM] not in whole)  # "the passport": all of it
    named = [theirs[one] for one in steps_named(particular, procedure.id, theirs, knowledge)[:1]]
    bring = {paper for one in theirs.values() for paper in one.bring}
    if trouble := trouble_in(said & IF):
        return _of_trouble(trouble, [one for one in named if one.id != here], here or next(iter(theirs)), knowledge)
    names = sorted(papers_named(asked.letters, procedure.id, knowledge) & bring)
    papers = [one for one in papers_called(names, procedure, knowledge) if one.holds or one.given_by or one.own]
    price = next(filter(PRICES.__contains__, asked.aspects), Aspect.COST if Wish.TOTAL in said else None)
    aspects = [one for one in asked.aspects if one not in (Aspect.HOW, *PRICES)]
    paper = (paper_key(papers[0].id), price or Aspect.REQUIREMENTS) if len(papers) == 1 else None
    if paper and (price or Wish.OF_IT in said):
        return paper
    if own := _by_steps(named, [*filter(None, (price,)), *aspects]) or paper:
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
        or ((named[0].id, Aspect.HOW.value) if named else None)
    )


def _of_trouble(trouble: Wish, others: Sequence[Step], here: str, knowledge: Knowledge) -> Told | None:
    """Where what to do on a trouble stands; of another step, "si nos niegan la visa", only what that one says."""
    told = not others or (others[0].if_not and tells_of(others[0].if_not.es, trouble, knowledge))
    return (others[0].id if others else here, trouble) if told else None


@lru_cache(maxsize=4)
def _whats(knowledge: Knowledge) -> FrameSet[Aspect]:
    """How a question in an errand asks for what its steps tell."""
    return FrameSet((aspect, frame) for aspect, frames in knowledge.step_words.whats.items() for frame in frames)


def _by_steps(steps: Sequence[Step], aspects: Collection[Aspect], ends: Collection[str] = ()) -> Told | None:
    """The first of these steps that tells the first of these aspects that any does; `ends`: that have a deadline."""
    return next(
        (
            (step.id, one.value)
            for one in aspects
            for step in steps
            if step.detail(one) or _priced(step, one) or (one is Aspect.VALIDITY and step.id in ends)
        ),
        None,
    )


def _priced(step: Step, aspect: Aspect) -> bool:
    return aspect in PRICES and bool(step.prices)


def price_told(procedure: Procedure, answers: Answers, knowledge: Knowledge, today: date) -> Told:
    """The sum; where it hangs on an answer the step that is paid; else the section of its topic that tells prices."""
    if costs_of(procedure, answers, knowledge, today).sums:
        return "", Aspect.COST
    paid = (one for one in steps_of(procedure, answers) if any(not price.free for price in one.prices))
    step = next(paid, None)
    return (step.id, Aspect.HOW) if step else section_telling(procedure, PRICES, knowledge) or ("", Aspect.COST)


def section_telling(procedure: Procedure, aspects: Collection[Aspect], knowledge: Knowledge) -> Told | None:
    """The section of its topic that tells one of these aspects."""
    topic = knowledge.topics[procedure.topics[0]]
    theirs = [one for one in topic.sections if not procedure.sections or one.id in procedure.sections]
    told = ((one.id, aspect.value) for aspect in aspects for one in theirs if one.aspect == aspect)
    return next(((f"{SECTION}{topic.id}/{section}", aspect) for section, aspect in told), None)


def shares_words(letters: str, topic: str, section: str, knowledge: Knowledge, lang: Lang) -> bool:
    """Whether a section says a word of a question that means something by itself."""
    told = fold(knowledge.topics[topic].section_or_first(section).text.say(lang)).split()
    said = {word[:STEM] for word in letters.split() if word not in knowledge.stop_words and len(word) >= STEM - 1}
    return not said.isdisjoint(word[:STEM] for word in told)


def section_naming(letters: str, topics: Collection[str], knowledge: Knowledge, lang: Lang) -> tuple[str, str] | None:
    """The section of these topics that alone says a long word of a question: "contractor"."""
    said = {word for word in letters.split() if word not in knowledge.stop_words and len(word) >= LONG}
    every = [
        (topic, one.id, fold(one.text.say(lang)).split())
        for topic in topics
        for one in knowledge.topics[topic].sections
    ]
    found = [(topic, section) for topic, section, words in every if not said.isdisjoint(words)]
    return found[0] if len(found) == 1 else None


def section_for(
    letters: str,
    procedure: Procedure,
    likely: Sequence[tuple[str, str]],
    sure: Sequence[tuple[str, str]],
    told: Told | None,
    knowledge: Knowledge,
    lang: Lang,
) -> tuple[str, str] | None:
    """Of what the words are likely of: its own that is sure or says a word of it, of its aspect, any that is sure."""
    own = (one for one in likely if one[0] in procedure.topics)
    meant = (one for one in own if one in sure or shares_words(letters, *one, knowledge, lang))
    topic, _, section = told[0].removeprefix(SECTION).partition("/") if told else ("", "", "")
    of_aspect = (topic, section) if topic else None
    named = section_naming(letters, procedure.topics, knowledge, lang)
    return next(filter(None, (*meant, of_aspect, named, *sure)), None)
