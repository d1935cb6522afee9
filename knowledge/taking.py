"""What is taken to a visit of a procedure, and the other procedures by which something of it is got."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TypeVar

from knowledge.errand_bounds import Walked
from knowledge.model import Knowledge
from knowledge.procedures import Answers, Position, holds, paper_key, papers_of, position, steps_of, stopped_by, ways
from knowledge.schema.procedures import Item, Paper, Procedure, Step
from knowledge.schema.topics import Aspect
from knowledge.telling_steps import Show, Teller
from knowledge.wording import listed

Held = TypeVar("Held", bound=Item)


def step_papers(tell: Teller, step: Step, head: str) -> tuple[str, tuple[Paper, ...], Sequence[str]]:
    """The papers of one step behind a head, and the sources of what is told of it."""
    papers = papers_of(tell.procedure, tell.answers, step)
    cited = (*step.sources, *(source for paper in papers for source in paper.sources))
    return "\n".join((head, *map(tell.paper, papers))) if papers else "", papers, cited


def visit_ahead(
    procedure: Procedure, answers: Answers, here: str | None
) -> tuple[tuple[Step, ...], tuple[Step, ...], tuple[Paper, ...]]:
    """From here on the first visit to which papers are taken, the steps that gather them, and they.

    Of each way in which the questions that are open may be answered.
    """
    agreeing = [
        way for way in ways(procedure) if all(way.get(name, option) == option for name, option in answers.items())
    ]
    every = [_visit(procedure, way, here) for way in agreeing if stopped_by(procedure, way) is None]
    visits = {visit for visit, _ in every if visit}
    gathering = {one for visit, steps in every if visit for one in steps}
    theirs = [tuple(one for one in procedure.steps if one.id in names) for names in (visits, gathering)]
    return theirs[0], theirs[1], brought(procedure, answers, [*theirs[0], *theirs[1]])


def _visit(procedure: Procedure, answers: Answers, here: str | None) -> tuple[str | None, list[str]]:
    """With all answers: the visit that is ahead, and the steps that gather its papers."""
    order = steps_of(procedure, answers)
    begun = next((at for at, one in enumerate(order) if one.id == here), 0)
    begun = max(begun, *(at + 1 for at, one in enumerate(order) if one.books), 0)
    for at, one in enumerate(order):
        gather = [step for step in order[:at] if step.is_gathering]
        if at >= begun and one.is_visit and not one.books and brought(procedure, answers, [*gather, one]):
            return one.id, [step.id for step in gather]
    return None, []


def brought(procedure: Procedure, answers: Answers, steps: Sequence[Step]) -> tuple[Paper, ...]:
    """The papers of steps that are theirs, or may be."""
    names = {paper.id for step in steps for paper in papers_of(procedure, answers, step)}
    return tuple(one for one in procedure.papers if one.id in names)


def by_case(tell: Teller, items: Sequence[Held], steps: Sequence[Step]) -> Iterator[tuple[str, list[Held]]]:
    """Papers of these steps, or steps, by what must be answered so that they are theirs; empty: they surely are."""
    cases: dict[str, list[Held]] = {"": []}
    for item in items:
        bringing = [one for one in steps if isinstance(item, Paper) and item.id in one.bring]
        told = _told_needs(tell, [_open_needs(tell, one, item) for one in bringing] or [_open_needs(tell, item)])
        cases.setdefault(told, []).append(item)
    yield from ((told, found) for told, found in cases.items() if found)


def _open_needs(tell: Teller, *items: Item) -> dict[str, set[str]]:
    """Question without an answer -> the options by which all of these are theirs."""
    needs: dict[str, set[str]] = {}
    for question, options in chain.from_iterable(one.needs.items() for one in items):
        if question not in tell.answers:
            needs[question] = needs.get(question, {*options}) & {*options}
    return needs


def _told_needs(tell: Teller, ways: Sequence[Mapping[str, set[str]]]) -> str:
    """`Si a «¿Se mudó?» contesta «Sí»:`, of the ways in which something is theirs; empty where it is in any case."""
    widest = [way for way in ways if not any(_within(way, other) and not _within(other, way) for other in ways)]
    asked = [one for one in tell.procedure.questions if any(one.id in way for way in widest)]
    union = {one.id: set[str]().union(*(way.get(one.id, ()) for way in widest)) for one in asked}
    way = union if len(asked) == 1 else min(widest, key=len)
    told = []
    for question in asked:
        labels = [tell.say(one.label) for one in question.options if one.id in way.get(question.id, ())]
        if labels and len(labels) < len(question.options):
            told.append(tell.text("steps-need", ask=tell.say(question.ask), options=_either(tell, labels)))
    return tell.text("steps-case", needs=tell.joined(told)) if told else ""


def _within(way: Mapping[str, set[str]], other: Mapping[str, set[str]]) -> bool:
    """Whether another way holds wherever this one does."""
    return all(name in way and way[name] <= options for name, options in other.items())


def _either(tell: Teller, names: Iterable[str]) -> str:
    """`«Ir los dos» o «Ir uno solo»`."""
    return listed([tell.text("steps-quoted", told=one) for one in dict.fromkeys(names)], tell.lang, either=True)


def papers_listed(
    tell: Teller, papers: Sequence[Paper], steps: Sequence[Step], line: Callable[[Teller, Paper], str]
) -> list[str]:
    """A line for each paper, those that hang on an answer behind what must be answered."""
    cases = by_case(tell, papers, steps)
    return [one for told, found in cases for one in (*filter(None, (told,)), *(line(tell, paper) for paper in found))]


def taken(
    tell: Teller, here: str | None, lacks: Collection[str]
) -> tuple[tuple[str, ...], tuple[Paper, ...], Sequence[str]]:
    """What is taken to the visit that is ahead, what is missing first, as one list to be sent on; its sources."""
    visits, gathered, theirs = visit_ahead(tell.procedure, tell.answers, here)
    step = next((one for one in tell.procedure.steps if one.id == here), None)
    if not visits and step and not step.bring:  # "nos llamaron a entrevista, ¿qué llevamos?"
        return (tell.say(step.text), tell.gap((Aspect.REQUIREMENTS,), step)), (), step.sources
    if not visits:
        return (), (), ()
    papers = tuple(one for one in tell.procedure.papers if one in theirs or one.id in lacks)
    ordered = sorted(papers, key=lambda one: one.id in tell.has)
    lines = papers_listed(tell, ordered, (*gathered, *visits), _line)
    head = tell.text("steps-take", step=_either(tell, (tell.say(one.name) for one in visits)))
    besides = (tell.say(one.if_not) for one in gathered if holds(one.needs, tell.answers))
    every = (*visits[0].sources, *(source for one in (*gathered, *papers) for source in one.sources))
    cited = [one for one in every if not _is_fee(one, tell.knowledge)]  # no price is told here
    where = tell.say(visits[0].where) if len(visits) == 1 else ""
    sure = tuple(one for one in papers if holds(one.needs, tell.answers) or one.id in lacks)
    return ("\n".join((head, *lines)), *filter(None, besides), where), sure, cited or every


def otherwise(tell: Teller, step: Step, turn: int) -> str:
    """What is told of a step beside its text, another thing at each turn: it is never a bare title twice."""
    told = [one for one in (step.result, step.if_not, step.where, step.duration, step.decides) if one]
    return tell.say(told[turn % len(told)]) if told else ""


def _is_fee(source: str, knowledge: Knowledge) -> bool:
    fact = knowledge.facts.get(source)
    return fact is not None and fact.kind == "fee"


def _line(tell: Teller, paper: Paper) -> str:
    """A paper in a list: what it must be like where it is not there yet."""
    if paper.id in tell.has:
        return f"• {tell.say(paper.name)} {tell.text('steps-have').strip()}."
    return " ".join(filter(None, (f"• {tell.say(paper.name)}.", tell.say(paper.holds))))


def names_listed(tell: Teller) -> str:
    """The papers of all of their steps by their names."""
    steps = may_be(tell.procedure, tell.answers)
    papers = brought(tell.procedure, tell.answers, steps)
    return "\n".join(papers_listed(tell, papers, steps, lambda tell, paper: f"• {tell.say(paper.name)}"))


def may_be(procedure: Procedure, answers: Answers) -> list[Step]:
    """The steps that are theirs, or may be by an answer that is open."""
    return [one for one in procedure.steps if holds(one.needs, answers) is not False]


def lacked(
    tell: Teller, names: Collection[str], step: Step, unknown: str
) -> tuple[list[Paper], str, str, Sequence[str]]:
    """Papers that are missing, the names of those that are there, what a step says of that, and the sources."""
    papers = [one for one in tell.procedure.papers if one.id in names]
    has = tell.names([one for one in papers_of(tell.procedure, tell.answers) if one.id in tell.has])
    gap, sources = tell.without(papers, step, unknown)
    return papers, has, gap, [*(source for one in papers for source in one.sources), *sources]


def ways_of(
    named: Collection[str],
    about: str,
    beside: Collection[tuple[str, str]],
    tell: Teller,
    view: Show,
    begun: Sequence[Walked],
) -> list[Procedure]:
    """The other procedures that are offered: named, by which a paper is got, which comes first; at the end, begun."""
    procedures, papers = tell.knowledge.procedures, {*about.split(), *(name for name, _ in beside)}
    if view is Show.END:
        held = [(one, procedures.get(one.procedure)) for one in reversed(begun) if one.procedure != tell.procedure.id]
        return [found for one, found in held if found and position(found, one.answers, one.past) != Position()][:1]
    lacked_ = (one for one in tell.procedure.papers if {one.id, paper_key(one.id)} & papers and one.id not in tell.has)
    option = stopped_by(tell.procedure, tell.answers) if view is Show.STOP else None
    every = (*named, *(one.errand for one in lacked_), option.errand if option else None)
    found = [procedures[one] for one in dict.fromkeys(filter(None, every)) if one in procedures]
    return [one for one in found if not one.topic_for(tell.country)]


def brings(procedure: str, step: str | None, knowledge: Knowledge) -> Sequence[str]:
    """The papers that a step takes."""
    return next((one.bring for one in knowledge.procedures[procedure].steps if one.id == step), ())
