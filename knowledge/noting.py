"""What was noted in one turn of an errand, in few words: the steps, papers and answers that are new."""

from collections.abc import Collection, Mapping

from knowledge.errand_bounds import Walked
from knowledge.hearing_papers import papers_named
from knowledge.hearing_steps import PLAIN, day_in
from knowledge.procedures import answered_by
from knowledge.telling_steps import Show, Teller

NOTED, ALL_NOTED, NOT_YET = "steps.noted", "steps.all_noted", "steps.not_yet"


def noted(
    tell: Teller,
    before: Walked | None,
    after: Walked,
    known: Mapping[str, object],
    letters: str,
    heads: Collection[str],
    view: Show,
) -> tuple[str, str]:
    """The steps that the heads name, and what is new: `Hecho: Pedir la cita, el jueves. Tiene: Acta.`

    Where all of it is listed nothing is said of what is new. `known`: what is known of the person.
    """
    did = [one for one in after.done if before is None or one not in before.done]
    named = did if ALL_NOTED in heads else [before.step] if before and "steps.pending" in heads else after.later
    names = tell.names([one for one in tell.procedure.steps if one.id in named])
    if before and "steps.left_open" in heads:
        names = next(tell.say(one.options[0].label) for one in tell.procedure.questions if one.id == before.asked)
    listed = view is Show.LIST or "steps.resumed" in heads or {NOTED, ALL_NOTED, NOT_YET}.isdisjoint(heads)
    told = did if NOTED in heads else ()
    answers = answered_by(tell.procedure, known) if NOTED in heads else after.answers  # of several steps, the way
    new = "" if listed else _new(tell, before, after, told, answers, letters)
    return names, f" {new}" if new else ""


def _new(
    tell: Teller, before: Walked | None, after: Walked, did: Collection[str], known: Mapping[str, str], letters: str
) -> str:
    """What is new; empty where nothing is."""
    has, lacks = ({*before.has}, before.lacks) if before else (set[str](), ())
    held = {**known, **(before.answers if before else {})}
    every = {one.id: one for one in tell.procedure.papers}
    gathers = {
        paper for one in tell.procedure.steps if one.id in after.done and one.is_gathering for paper in one.bring
    }
    said = gathers | papers_named(letters, tell.procedure.id, tell.knowledge)  # not what a visit must have had
    has |= {*after.has} - said
    told = {
        "steps-done": [_step(tell, one, letters) for one in did],
        "steps-undone": [_step(tell, one, "") for one in (before.done if before else ()) if one not in after.done],
        "steps-answered": [_answer(tell, *one) for one in after.answers.items() if one not in held.items()],
        "steps-there": [tell.say(every[one].name) for one in after.has if one not in has and one in every],
        "steps-missing": [tell.say(every[one].name) for one in after.lacks if one not in lacks and one in every],
    }
    return " ".join(tell.text(key, names=tell.joined(names)) for key, names in told.items() if any(names))


def _step(tell: Teller, name: str, letters: str) -> str:
    """A step by its name; with the day that was told, where it makes an appointment."""
    step = next(one for one in tell.procedure.steps if one.id == name)
    day = day_in(letters, tell.knowledge) if step.books else ""
    return ", ".join(filter(None, (tell.say(step.name), day)))


def _answer(tell: Teller, question: str, option: str) -> str:
    """The label of an answer; a plain yes or no says nothing by itself."""
    asked = (one for one in tell.procedure.questions if one.id == question)
    labels = (one.label for one in next(asked).options if one.id == option)
    return next((tell.say(one) for one in labels if option not in PLAIN or len(tell.say(one).split()) > 1), "")
