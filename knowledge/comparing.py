"""A procedure in lines that can be read beside another's."""

from knowledge import calendar
from knowledge.procedures import papers_of, steps_of
from knowledge.telling_steps import Teller


def beside(tell: Teller) -> str:
    """For whom, the forum, the door, deadline, cost and effort; of the three in the middle also that none is known."""
    procedure = tell.procedure
    event = tell.knowledge.events.get(procedure.event or "")
    steps, papers = steps_of(procedure, tell.answers), papers_of(procedure, tell.answers)
    told = {
        "steps-date": calendar.when(event, tell.knowledge, tell.lang) if event else "",
        "steps-door": _door(tell) or tell.text("steps-untold", contacts=tell.ask()),
        "steps-deadline": " ".join(map(tell.deadline, procedure.deadlines[:1])) or tell.text("steps-no-deadline"),
        "steps-price": tell.costs() or tell.text("steps-untold", contacts=tell.ask()),
        "steps-work": tell.text("steps-effort", steps=str(len(steps)), papers=str(len(papers))),
    }
    lines = (f"• {tell.text(name, told=words)}" for name, words in told.items() if words)
    return "\n".join((f"{tell.say(procedure.title)}. {tell.say(procedure.who)}", *lines))


def _door(tell: Teller) -> str:
    """Where what ends on a day is done, else where papers go, else the first place: rules are read at no door."""
    steps = [one for one in steps_of(tell.procedure, tell.answers) if one.where]
    ends = {one.step for one in tell.procedure.deadlines[:1]}
    order = sorted(steps, key=lambda one: (one.id not in ends, not one.bring))
    return tell.say(order[0].where) if order else ""
