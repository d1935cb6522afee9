"""What is taken to a visit of a procedure, and the other procedures by which something of it is got."""

from collections.abc import Collection, Mapping, Sequence

from knowledge.errand_bounds import Walked
from knowledge.model import Knowledge
from knowledge.procedures import Position, paper_key, papers_of, position, stopped_by, visit_ahead
from knowledge.schema.procedures import Paper, Procedure, Step
from knowledge.schema.topics import Aspect
from knowledge.telling_steps import Show, Teller


def step_papers(tell: Teller, step: Step, head: str) -> tuple[str, tuple[Paper, ...], Sequence[str]]:
    """The papers of one step behind a head, and the sources of what is told of it."""
    papers = papers_of(tell.procedure, tell.answers, step)
    cited = (*step.sources, *(source for paper in papers for source in paper.sources))
    return "\n".join((head, *map(tell.paper, papers))) if papers else "", papers, cited


def taken(
    tell: Teller, here: str | None, lacks: Collection[str]
) -> tuple[tuple[str, ...], tuple[Paper, ...], Sequence[str]]:
    """What is taken to the visit that is ahead, what is missing first, as one list to be sent on; its sources."""
    visit, gathered, theirs = visit_ahead(tell.procedure, tell.answers, here)
    step = next((one for one in tell.procedure.steps if one.id == here), None)
    if visit is None and step and not step.bring:  # "nos llamaron a entrevista, ¿qué llevamos?"
        return (tell.say(step.text), tell.gap((Aspect.REQUIREMENTS,), step)), (), step.sources
    if visit is None:
        return (), (), ()
    papers = tuple(one for one in tell.procedure.papers if one in theirs or one.id in lacks)
    ordered = sorted(papers, key=lambda one: one.id in tell.has)
    lines = (_line(tell, one) for one in ordered)
    head = tell.text("steps-take", step=tell.say(visit.name))
    besides = (tell.say(one.if_not) for one in gathered)
    every = (*visit.sources, *(source for one in (*gathered, *papers) for source in one.sources))
    cited = [one for one in every if not _is_fee(one, tell.knowledge)]  # no price is told here
    return ("\n".join((head, *lines)), *filter(None, besides), tell.say(visit.where)), papers, cited or every


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
    return "\n".join(f"• {tell.say(paper.name)}" for paper in papers_of(tell.procedure, tell.answers))


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
    return [one for one in found if not (one.in_mexico and tell.country == "MX")]


def told_there(named: Collection[str], known: Mapping[str, object], knowledge: Knowledge) -> tuple[str, str] | None:
    """The section for who is in Mexico, where an errand that is named is for who is abroad."""
    every = (knowledge.procedures[one].in_mexico for one in named if known.get("country") == "MX")
    return next(((one, knowledge.topics[one].sections[0].id) for one in every if one), None)
