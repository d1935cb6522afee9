"""The walk through a procedure: which steps, papers and prices are a person's, and what stands next."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import dropwhile, product

from knowledge.freshness import is_withdrawn
from knowledge.model import Knowledge
from knowledge.schema.base import Words
from knowledge.schema.procedures import Deadline, Item, Needs, Option, Paper, Price, Procedure, Question, Step
from knowledge.schema.topics import Aspect

COMMON = (Aspect.WHAT, Aspect.HOW, Aspect.WHERE, Aspect.REQUIREMENTS)
"""Aspects of sections that say what the steps say; one of another aspect may know of an obstacle."""
PRICES = (Aspect.COST, Aspect.PAY)
Answers = Mapping[str, str]
"""Question -> option."""
_AMOUNT = re.compile(r"(?P<before>[$])?\s*(?P<amount>\d[\d,]*(?:\.\d+)?)\s*(?P<unit>[^\W\d]+)?")
CURRENCIES = {
    "usd": "USD", "dolares": "USD", "dólares": "USD", "dollars": "USD", "dlls": "USD",
    "mxn": "MXN", "pesos": "MXN", "cad": "CAD", "eur": "EUR", "euros": "EUR",
}  # fmt: skip
"""How a value names its currency, and its ISO 4217 code."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where somebody stands: a question to be asked, a step to be done, the option that ended it, or none: the end."""

    question: Question | None = None
    step: Step | None = None
    stopped: Option | None = None


@dataclass(frozen=True, slots=True)
class Costs:
    """Sums by currency of what is done, what of it is free, hangs on a question that is open, or has no price."""

    sums: Mapping[str, Decimal]
    facts: tuple[str, ...]
    free: tuple[Words, ...]
    hanging: tuple[Words, ...]
    unknown: tuple[Words, ...]
    varying: tuple[Words, ...]
    """What costs more or less from case to case, in no sum either."""
    apart: tuple[Paper, ...]
    """Papers to be got, which are in no sum: who has them pays nothing for them."""


def holds(needs: Needs, answers: Answers) -> bool | None:
    """Whether all needs hold; None where it hangs on a question without an answer."""
    if any(question in answers and answers[question] not in options for question, options in needs.items()):
        return False
    return True if all(question in answers for question in needs) else None


def position(procedure: Procedure, answers: Answers, past: Collection[str]) -> Position:
    """The first step that is theirs and not past, the question in front of it (not one left open), or the end."""
    left = {one.id: one.options[0].id for one in procedure.questions if f"?{one.id}" in past}
    if (option := stopped_by(procedure, answers)) is not None:
        return Position(stopped=option)
    order = [step.id for step in procedure.steps]
    last = -1 if procedure.any_order else max((order.index(one) for one in past if one in order), default=-1)
    for at, step in enumerate(procedure.steps):
        fits = holds(step.needs, {**left, **answers})
        if fits is False or step.id in past or (fits is None and at < last):  # what was gone past asks nothing
            continue
        hangs = _hangs_on(procedure, step, answers) - left.keys()
        asked = next((q for q in procedure.questions if q.id in hangs), None)
        return Position(question=asked) if asked is not None else Position(step=step)
    return Position()


def stopped_by(procedure: Procedure, answers: Answers) -> Option | None:
    """The answer that ends it for this person."""
    chosen = (option for q in procedure.questions for option in q.options if answers.get(q.id) == option.id)
    return next((option for option in chosen if option.stop is not None), None)


def stopping(procedure: Procedure, answers: Answers) -> str:
    """The question whose answer ends it for this person."""
    return next(q.id for q in procedure.questions if stopped_by(procedure, answers) in q.options)


def _hangs_on(procedure: Procedure, step: Step, answers: Answers) -> set[str]:
    """Questions without an answer that decide over a step, its papers or its prices."""
    papers = [paper for paper in procedure.papers if paper.id in step.bring]
    items: tuple[Item, ...] = (step, *papers)
    stops = [q.id for q in procedure.questions if any(o.stop for o in q.options) and not _named(procedure, q.id)]
    named = {question for item in items if holds(item.needs, answers) is None for question in item.needs}
    priced = {question for item in items for question in _open_prices(procedure, item, answers)}
    return {*named, *priced, *stops} - answers.keys()


def _named(procedure: Procedure, question: str) -> bool:
    """Whether any need names a question; one that only stops is asked at the beginning."""
    items: tuple[Item, ...] = (*procedure.steps, *procedure.papers)
    return any(question in needs for item in items for needs in (item.needs, *(p.needs for p in item.prices)))


def steps_of(procedure: Procedure, answers: Answers) -> tuple[Step, ...]:
    """The steps of a person; where nothing is known yet, as if each open question had its first answer."""
    likely = {**{q.id: q.options[0].id for q in procedure.questions}, **answers}
    return tuple(step for step in procedure.steps if holds(step.needs, likely))


def onward(procedure: Procedure, answers: Answers, here: str | None) -> list[Step]:
    """The steps from the open one on, then all, then those that hang on an open question: who goes in their place."""
    theirs = steps_of(procedure, answers)
    hang = (one for one in procedure.steps if holds(one.needs, answers) is None)
    return [*dropwhile(lambda one: one.id != here, theirs), *theirs, *hang]


def answered_by(procedure: Procedure, known: Mapping[str, object], has: Collection[str] = ()) -> dict[str, str]:
    """Question -> option, of what is known of a person without having been asked, and of the papers that are there."""
    return {
        question.id: option.id
        for question in procedure.questions
        for option in reversed(question.options)
        if option.had in has or (option.when and all(known.get(name) == value for name, value in option.when.items()))
    }


def way_of(procedure: Procedure, steps: Collection[str]) -> dict[str, str]:
    """Question -> option, of the way that somebody is on who did these steps."""
    names = [one.name for one in procedure.steps[:-1]]  # what is done on several ways tells none, but at the end
    needs = (item for s in procedure.steps if s.id in steps and names.count(s.name) <= 1 for item in s.needs.items())
    return {question: options[0] for question, options in needs if len(options) == 1}


def done_by(
    procedure: Procedure, answers: Answers, here: str | None, past: Collection[str], steps: Sequence[str | None]
) -> tuple[tuple[str, ...], frozenset[str]]:
    """The steps that are done by then, those that are behind whoever did them too, and the papers that they brought."""
    order = [one.id for one in steps_of(procedure, answers)]
    did = [one if one in order or here not in order else here for one in steps if one]  # of another way: its twin
    before = [one for one in order if one not in past and not hanging_on(procedure, one).isdisjoint(did)]
    loose = {one.id for one in procedure.papers if one.optional or holds(one.needs, answers) is False}
    brought = frozenset(paper for one in procedure.steps if one.id in did for paper in one.bring) - loose
    return (*before, *did), brought


def hanging_on(procedure: Procedure, step: str) -> frozenset[str]:
    """The steps that nobody can do before this one."""
    found = {step}
    for one in procedure.steps:  # in their order: those before it are known by then
        found |= {one.id} if not found.isdisjoint(one.after) else set()
    return frozenset(found - {step})


def gathered_by(
    procedure: Procedure, answers: Answers, has: Collection[str], ticked: Collection[str]
) -> tuple[str, ...]:
    """The steps that only gather papers, of which some were ticked and none is missing."""
    gather = (one for one in steps_of(procedure, answers) if one.is_gathering)
    wanted = {one.id: {p.id for p in papers_of(procedure, answers, one) if not p.optional} for one in gather}
    return tuple(one for one, papers in wanted.items() if papers <= {*has} and not papers.isdisjoint(ticked))


def section_of(procedure: Procedure, aspect: str, knowledge: Knowledge) -> tuple[str, str]:
    """Its topic, and the section of it that tells of an aspect; where none does, its first."""
    topic = knowledge.topics[procedure.topics[0]]
    theirs = [one for one in topic.sections if one.id in procedure.sections] or topic.sections
    return topic.id, next((one.id for one in theirs if one.aspect == aspect), theirs[0].id)


def papers_of(procedure: Procedure, answers: Answers, step: Step | None = None) -> tuple[Paper, ...]:
    """The papers of a person, of one step or of all of theirs."""
    steps = steps_of(procedure, answers) if step is None else (step,)
    wanted = {name for one in steps for name in one.bring}
    return tuple(p for p in procedure.papers if p.id in wanted and holds(p.needs, answers) is not False)


def paper_key(paper: str) -> str:
    """A paper as what a question is of; a step may have the same id."""
    return f"paper/{paper}"


def papers_called(names: Collection[str], procedure: Procedure, knowledge: Knowledge) -> tuple[Paper, ...]:
    """Papers by their ids; one that an authority asked for beside those of the procedure is another's: `dgc/work`."""
    known = {one.id: one for one in procedure.papers}
    every = [(knowledge.procedures.get(owner), name) for owner, _, name in (one.rpartition("/") for one in names)]
    known |= {f"{held.id}/{one.id}": one for held, _ in every if held for one in held.papers}
    return tuple(known[name] for name in names if name in known)


def price_of(prices: tuple[Price, ...], answers: Answers) -> Price | None:
    """The first price whose needs hold."""
    return next((price for price in prices if holds(price.needs, answers)), None)


def amount(value: str) -> tuple[Decimal, str] | None:
    """An amount and its ISO 4217 code: `41 USD`, `1,795 pesos`; None where a value begins with neither."""
    found = _AMOUNT.match(value)
    currency = CURRENCIES.get((found["unit"] or "").casefold()) if found else None
    return (Decimal(found["amount"].replace(",", "")), currency) if found and currency else None


def costs_of(
    procedure: Procedure, answers: Answers, knowledge: Knowledge, today: date, has: Collection[str] = ()
) -> Costs:
    """What a person's own steps cost, from sourced prices alone, and which papers may cost them more."""
    sums: dict[str, Decimal] = {}
    facts, hanging, unknown, free = [], [], [], []
    times = _times(procedure, answers)
    for item in steps_of(procedure, answers):
        price = price_of(item.prices, answers)
        if _open_prices(procedure, item, answers):
            hanging.append(item.name)
            continue
        if price is None or is_withdrawn(knowledge.facts[price.fact], today):
            unknown += [item.name] if item.prices or item.unpriced else []
            continue
        facts.append(price.fact)
        if price.free:
            free += [] if item.varies else [item.name]
        elif (found := amount(_value(price.fact, knowledge))) is not None:
            sums[found[1]] = sums.get(found[1], Decimal()) + found[0] * (times if price.each else 1)
    theirs = (one for one in papers_of(procedure, answers) if one.id not in has and not (one.own or one.optional))
    varying = (one.name for one in steps_of(procedure, answers) if one.varies)
    told = (sums, tuple(dict.fromkeys(facts)), tuple(free), tuple(hanging), tuple(unknown), tuple(varying))
    return Costs(*told, apart=tuple(one for one in theirs if not _is_free(one, answers)))


def _is_free(paper: Paper, answers: Answers) -> bool:
    price = price_of(paper.prices, answers)
    return price is not None and price.free


def price_question(procedure: Procedure, answers: Answers) -> Question | None:
    """The first question without an answer that decides what something of theirs costs."""
    named = {question for item in steps_of(procedure, answers) for question in _open_prices(procedure, item, answers)}
    return next((question for question in procedure.questions if question.id in named), None)


def _open_prices(procedure: Procedure, item: Item, answers: Answers) -> set[str]:
    """Questions without an answer that decide over the price of an item."""
    needs = {question for price in item.prices for question in price.needs if holds(price.needs, answers) is None}
    counted = counting(procedure)
    return (needs | (counted if any(price.each for price in item.prices) else set())) - answers.keys()


def counting(procedure: Procedure) -> set[str]:
    """Questions that count for how many it is."""
    return {q.id for q in procedure.questions if any(option.times > 1 for option in q.options)}


def _times(procedure: Procedure, answers: Answers) -> int:
    chosen = (o.times for q in procedure.questions for o in q.options if answers.get(q.id) == o.id)
    return max(chosen, default=1)


def _value(fact_id: str, knowledge: Knowledge) -> str:
    """The English words of a value: they begin with the amount too."""
    value = knowledge.facts[fact_id].value
    return "" if value is None else value if isinstance(value, str) else value.en


def ways(procedure: Procedure) -> Iterator[dict[str, str]]:
    """Every full set of answers."""
    for options in product(*(question.options for question in procedure.questions)):
        yield {question.id: option.id for question, option in zip(procedure.questions, options, strict=True)}


def offered_with(topic: str, section: str, knowledge: Knowledge) -> tuple[Procedure, ...]:
    """The procedures behind an answer."""
    return tuple(p for p in knowledge.procedures.values() if topic in p.topics and section in (p.sections or [section]))


def behind_section(topic: str, section: str, knowledge: Knowledge) -> tuple[Procedure, ...]:
    """The procedures that cover a section; where it speaks of its topic at large, all of the topic."""
    if knowledge.topics[topic].section_or_first(section).aspect not in COMMON:
        return offered_with(topic, section, knowledge)
    return tuple(one for one in knowledge.procedures.values() if topic in one.topics)


def covers(procedure: Procedure, topic: str, section: str, knowledge: Knowledge) -> bool:
    """Whether it may be meant by words that are surely of a section: a copy is none of how an error is corrected."""
    return topic not in procedure.topics or procedure in behind_section(topic, section, knowledge)


def due(deadline: Deadline, today: date) -> date | None:
    """The day of a deadline: its own, or the next one of those that return each year; None where none is counted."""
    if deadline.on is not None:
        return date.fromisoformat(deadline.on)
    if deadline.every is None:
        return None
    month, day = map(int, deadline.every.split("-"))
    this = date(today.year, month, day)
    return this if this >= today else date(today.year + 1, month, day)
