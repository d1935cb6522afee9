"""A procedure can be walked by everybody whom it is for: every step reached, every path ends, every claim sourced."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from knowledge.addresses import PLACEHOLDER
from knowledge.lint.references import sources_of
from knowledge.lint.spots import Spot, words_in
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.procedures import amount, holds, papers_of, position, steps_of, stopped_by, ways
from knowledge.schema.base import LANGS, Words
from knowledge.schema.procedures import Item, Needs, Price, Procedure, Step

RULE = "procedures"
SHORT = 35
"""Words of a step."""
LONGEST_ID = 24
"""Characters: a button carries the procedure's and the step's."""
MOST_WAYS = 512
"""Full sets of answers of one procedure."""
MOST_OFFERED = 4
"""Procedures behind one answer."""
Found = Iterator[tuple[Spot, str]]


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Ids and what they name, words of a step, sources, prices, and a walk over every path."""
    for procedure in knowledge.procedures.values():
        spot = Spot("procedures", procedure.id)
        named = [*_ids(procedure, spot), *_names(procedure, spot, knowledge)]
        found = [
            *named,
            *_short(procedure, spot),
            *_uncited(procedure, spot, knowledge),
            *_prices(procedure, spot, knowledge),
        ]
        found += [] if named else _walk(procedure, spot)
        yield from (at.problem(knowledge, RULE, message) for at, message in found)
    offered = Counter(topic for procedure in knowledge.procedures.values() for topic in procedure.topics)
    for topic, count in offered.items():
        if count > MOST_OFFERED:
            yield Spot("topics", topic).problem(
                knowledge, RULE, f"{count} procedures are behind it, {MOST_OFFERED} at most"
            )


def _ids(procedure: Procedure, spot: Spot) -> Found:
    lists = {
        name: [item.id for item in getattr(procedure, name)]
        for name in ("steps", "papers", "questions", "deadlines", "letters")
    }
    if len(procedure.id) > LONGEST_ID:
        yield spot, f"its id has more than {LONGEST_ID} characters"
    for name, ids in lists.items():
        for number, one in enumerate(ids):
            if len(one) > LONGEST_ID:
                yield spot.at(name, number), f"an id of more than {LONGEST_ID} characters"
            if one in ids[:number]:
                yield spot.at(name, number), f"{one}: stands twice"
    for q, question in enumerate(procedure.questions):
        if len({option.id for option in question.options}) < len(question.options):
            yield spot.at("questions", q), "two options have one id"


def _names(procedure: Procedure, spot: Spot, knowledge: Knowledge) -> Found:
    """What is named exists: topics, sections, papers, questions and their options, steps."""
    topics = [knowledge.topics[name] for name in procedure.topics if name in knowledge.topics]
    for number, name in enumerate(procedure.topics):
        if name not in knowledge.topics:
            yield spot.at("topics", number), f"no topic is called {name!r}"
    for number, name in enumerate(procedure.sections):
        if not any(topic.section(name) for topic in topics):
            yield spot.at("sections", number), f"no section of its topics is called {name!r}"
    papers = {paper.id for paper in procedure.papers}
    for n, step in enumerate(procedure.steps):
        yield from (
            (spot.at("steps", n, "bring"), f"no paper is called {one!r}") for one in step.bring if one not in papers
        )
    brought = {name for step in procedure.steps for name in step.bring}
    for n, paper in enumerate(procedure.papers):
        if paper.id not in brought:
            yield spot.at("papers", n), "no step brings it"
    steps = {step.id for step in procedure.steps}
    for n, deadline in enumerate(procedure.deadlines):
        if deadline.step not in steps:
            yield spot.at("deadlines", n), f"no step is called {deadline.step!r}"
        if deadline.on and deadline.every:
            yield spot.at("deadlines", n), "either one day or every year"
        if procedure.private and (deadline.on or deadline.every):
            yield spot.at("deadlines", n), "of a private matter no day is counted"
    for n, letter in enumerate(procedure.letters):
        if letter.step not in steps:
            yield spot.at("letters", n), f"no step is called {letter.step!r}"
        if letter.text.es.count("[") != letter.text.en.count("["):
            yield spot.at("letters", n), "the languages leave different blanks"
    if procedure.event is not None and procedure.event not in knowledge.events:
        yield spot.at("event"), f"no event is called {procedure.event!r}"
    yield from _unknown_needs(procedure, spot)
    yield from _unknown_in_options(procedure, spot, knowledge)
    yield from _unknown_errands(procedure, spot, knowledge)


def _unknown_in_options(procedure: Procedure, spot: Spot, knowledge: Knowledge) -> Found:
    papers = {paper.id for paper in procedure.papers}
    for q, question in enumerate(procedure.questions):
        for o, option in enumerate(question.options):
            for name in option.topics:
                if name not in knowledge.topics:
                    yield spot.at("questions", q, "options", o, "topics"), f"no topic is called {name!r}"
            if option.had not in {None, *papers}:
                yield spot.at("questions", q, "options", o, "had"), f"no paper is called {option.had!r}"


def _unknown_errands(procedure: Procedure, spot: Spot, knowledge: Knowledge) -> Found:
    """What is got by another procedure is got by one of ours; what is behind a step stands before it."""
    every = ((spot.at("papers", n), one.errand) for n, one in enumerate(procedure.papers))
    steps = ((spot.at("steps", n), one.errand) for n, one in enumerate(procedure.steps))
    asked = ((q, o, one) for q, held in enumerate(procedure.questions) for o, one in enumerate(held.options))
    options = ((spot.at("questions", q, "options", o), one.errand) for q, o, one in asked)
    for at, name in (*every, *steps, *options):
        if name is not None and (name == procedure.id or name not in knowledge.procedures):
            yield at, f"no other procedure is called {name!r}"
    order = [step.id for step in procedure.steps]
    for n, step in enumerate(procedure.steps):
        if not {*step.after} <= {*order[:n]}:
            yield spot.at("steps", n, "after"), "names what is no step before it"


def _needs(procedure: Procedure, spot: Spot) -> Iterator[tuple[Spot, Needs]]:
    for name in ("steps", "papers"):
        for n, item in enumerate(getattr(procedure, name)):
            yield spot.at(name, n), item.needs
            yield from ((spot.at(name, n, "prices", number), price.needs) for number, price in enumerate(item.prices))


def _unknown_needs(procedure: Procedure, spot: Spot) -> Found:
    options = {question.id: {option.id for option in question.options} for question in procedure.questions}
    for at, needs in _needs(procedure, spot):
        for name, wanted in needs.items():
            if not wanted or not set(wanted) <= options.get(name, set()):
                yield at, f"no question {name!r} can be answered {', '.join(wanted)!r}"


def _short(procedure: Procedure, spot: Spot) -> Found:
    for n, step in enumerate(procedure.steps):
        for lang in LANGS:
            if (words := len(step.text.say(lang).split())) > SHORT:
                yield (
                    spot.at("steps", n, "text", lang),
                    f"{words} words, {SHORT} at most: the rest belongs into its details",
                )
        for aspect in step.gaps:
            if step.detail(aspect) is not None:
                yield spot.at("steps", n, "gaps"), f"{aspect} is told and called a gap"


def _uncited(procedure: Procedure, spot: Spot, knowledge: Knowledge) -> Found:
    """Facts and contacts said, and prices counted, without standing among the sources of their own item."""
    inner = ("steps", "papers", "deadlines", "letters")
    for at, sources in sources_of(procedure):
        item = getattr(procedure, str(at.steps[0]))[at.steps[1]] if at.steps else None
        told = words_in(procedure if item is None else item, at)
        said = {
            name
            for place, words in told
            if item is not None or place.steps[0] not in inner
            for text in (words.es, words.en)
            for name in PLACEHOLDER.findall(text)
        } & knowledge.facts.keys()
        said |= {price.fact for price in getattr(item, "prices", ())}
        yield from (
            (at.at("sources"), f"{name} is said, and not among the sources") for name in sorted(said - {*sources})
        )


def _prices(procedure: Procedure, spot: Spot, knowledge: Knowledge) -> Found:
    for name in ("steps", "papers"):
        for n, item in enumerate(getattr(procedure, name)):
            yield from ((spot.at(name, n, "prices"), why) for price in item.prices if (why := _wrong(price, knowledge)))


def _wrong(price: Price, knowledge: Knowledge) -> str:
    fact = knowledge.facts.get(price.fact)
    if fact is None:
        return f"no fact is called {price.fact!r}"
    values = (fact.value.es, fact.value.en) if isinstance(fact.value, Words) else (fact.value or "",)
    if not price.free and not all(map(amount, values)):
        return f"the value of {price.fact} must begin with an amount and a currency in both languages"
    return ""


def _walk(procedure: Procedure, spot: Spot) -> Found:
    """Over every set of answers: what is never reached, and questions that change nothing."""
    every = list(ways(procedure))
    if len(every) > MOST_WAYS:
        yield spot.at("questions"), f"{len(every)} sets of answers, {MOST_WAYS} at most"
        return
    walked = [(answers, _walked(procedure, answers)) for answers in every]
    reached = {step.id for _, steps in walked for step in steps}
    for n, step in enumerate(procedure.steps):
        if step.id not in reached:
            yield spot.at("steps", n), "no answers lead to it"
    brought = {paper.id for answers in every for paper in papers_of(procedure, answers)}
    for n, paper in enumerate(procedure.papers):
        if paper.id not in brought:
            yield spot.at("papers", n), "no answers lead to it"
    for q, question in enumerate(procedure.questions):
        changed = {_outcome(procedure, {**answers, question.id: o.id}) for o in question.options for answers in every}
        per_option = [
            frozenset(_outcome(procedure, {**answers, question.id: o.id}) for answers in every)
            for o in question.options
        ]
        if len(changed) < 2 or len(set(per_option)) < 2:
            yield spot.at("questions", q), "whatever is answered, the same follows: it need not be asked"
    for answers, steps in walked:
        if not steps and stopped_by(procedure, answers) is None:
            yield spot, f"nothing to do for who answers {answers}"


def _walked(procedure: Procedure, given: dict[str, str]) -> list[Step]:
    """The steps that somebody with these answers is given, asked only what the walk asks."""
    answers: dict[str, str] = {}
    steps: list[Step] = []
    for _ in range(len(procedure.steps) + len(procedure.questions) + 1):
        here = position(procedure, answers, [step.id for step in steps])
        if here.question is not None:
            answers[here.question.id] = given[here.question.id]
        elif here.step is not None:
            steps.append(here.step)
        else:
            break
    return steps


def _outcome(procedure: Procedure, answers: dict[str, str]) -> tuple[object, ...]:
    """All that answers change."""
    stop = stopped_by(procedure, answers)
    items: tuple[Item, ...] = (*procedure.steps, *procedure.papers)
    priced = (price for item in items for price in item.prices if holds(price.needs, answers))
    chosen = [o.times for q in procedure.questions for o in q.options if answers.get(q.id) == o.id]
    return (
        stop.stop.es if stop and stop.stop else "",
        tuple(step.id for step in steps_of(procedure, answers)),
        tuple(paper.id for paper in papers_of(procedure, answers)),
        tuple((price.fact, tuple(price.needs)) for price in priced),
        max(chosen, default=1),
    )
