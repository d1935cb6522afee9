"""What each clause of a message does in the open errand, by what was learned: done, waits, has, lacks, answers, asks …

Two stages: a classifier of the clause's words alone, and a weighing of its margins and those of the clauses beside it
with what else is known: the answer and the step that the words are likest, papers and wishes named, what is asked.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from bot.dialogue.danger.classifiers import WAITS, Group, classifier_of, option_meant, step_told
from bot.dialogue.ranking.model_files import Arrays, kept, lessons, made, name_of, unpacked
from bot.dialogue.thresholds import MARGIN, SURELY
from bot.dialogue.words.features import Floats
from bot.dialogue.words.phrasing import REMEMBERED
from bot.dialogue.words.questions import aspects_in, pieces_of
from knowledge.clause_acts import Clause, Does
from knowledge.hearing_clauses import marked
from knowledge.hearing_options import option_framed, options_told
from knowledge.hearing_papers import papers_in, papers_named
from knowledge.hearing_steps import Wish, named_in, own_words, steps_done_in, steps_named, wishes_in
from knowledge.model import Knowledge

CODE = ("bot.training.errand_acts",)
"""What a change of makes another model of the same content, with all that these import."""
Signs = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Stands:
    """Where somebody stands in an errand."""

    procedure: str
    step: str | None
    asked: str | None


@dataclass(frozen=True, eq=False, slots=True)
class Weighing:
    """Features x acts, and a bias for each act."""

    names: tuple[str, ...]
    place_of: Mapping[str, int]
    weights: Floats
    bias: Floats


@lru_cache(maxsize=REMEMBERED)
def does_in(text: str, here: Stands, knowledge: Knowledge) -> tuple[Clause, ...]:
    """The clauses of a message, each with what it does in an errand."""
    held = weighing_of(knowledge)
    clauses = clauses_of(text, knowledge)
    found = []
    for (clause, mark), signs in zip(clauses, signs_of(clauses, here, knowledge), strict=True):
        places = [held.place_of[name] for name in signs if name in held.place_of]
        values = np.array([signs[name] for name in signs if name in held.place_of], np.float32)
        scores = values @ held.weights[places] + held.bias
        order = [*np.argsort(-scores)]
        sure = [held.names[n] for n in order if scores[n] >= SURELY]
        does = tuple(one for one in sure or [held.names[order[0]]] if one != Does.WAITS or Does.DONE not in sure[:1])
        found.append(Clause(clause, mark, does, frozenset(sure)))
    return tuple(found)


def told_last(clauses: Sequence[Clause]) -> Wish | None:
    """The trouble that is surely told last, so behind what was done: "la mandé hace meses y nadie contesta"."""
    told = next((one.sure for one in reversed(clauses) if one.sure - {Does.ASKS, "talk"}), frozenset())
    may = (Wish.SILENCE,) if Does.DONE in told else (Wish.WRONG, Wish.LOST, Wish.REFUSAL, Wish.SILENCE, Wish.STUCK)
    return next((one for one in may if f"{Does.TROUBLE}/{one}" in told), None)


def clauses_of(text: str, knowledge: Knowledge) -> list[tuple[str, bool]]:
    """As they are read, and as lessons are cut."""
    return [one for one in marked(pieces_of(text, knowledge), knowledge) if one[0]]


def signs_of(clauses: Sequence[tuple[str, bool]], here: Stands, knowledge: Knowledge) -> list[Signs]:
    """What speaks for what each clause does, by name."""
    texts = [clause for clause, _ in clauses]
    read = classifier_of(knowledge, Group.DOES)
    alone = (signs_alone(one, here, knowledge) for one in texts)
    around = beside([read.scores(one) for one in texts])
    return [{**of, **sides} for of, sides in zip(alone, around, strict=True)]


def beside(margins: Sequence[Mapping[str, float]]) -> list[Signs]:
    """By clause the margins of its own words and of the clauses before and behind it, and its place among them."""
    found, last = list[Signs](), len(margins) - 1
    for at, own in enumerate(margins):
        signs = {f"does {name}": margin for name, margin in own.items()}
        for side, near in (("before", at - 1), ("behind", at + 1)):
            if 0 <= near <= last:
                signs |= {f"{side} {name}": margin + 1 for name, margin in margins[near].items()}
        place = "alone" if not last else "first" if not at else "last" if at == last else "middle"
        found.append({**signs, place: 1.0, "clauses": float(last)})
    return found


@lru_cache(maxsize=REMEMBERED)
def signs_alone(text: str, here: Stands, knowledge: Knowledge) -> Signs:
    """What a clause is like by itself, where somebody stands."""
    procedure = knowledge.procedures[here.procedure]
    steps = [one.id for one in procedure.steps]
    signs = {"asked": float(here.asked is not None), "words": float(len(text.split()))}
    if here.asked is not None:
        signs["option"] = max(option_meant(text, here.procedure, here.asked, knowledge)[1], -MARGIN)
        signs["framed"] = float(option_framed(text, here.procedure, here.asked, knowledge) is not None)
    signs["told"] = float(bool(options_told(text, here.procedure, knowledge)))
    step, margin = step_told(text, here.procedure, knowledge)
    signs["step"] = max(margin, -MARGIN)
    signs |= {"step waits": float(step == WAITS), "step open": float(step == here.step)}
    for act, margin in classifier_of(knowledge, Group.ACTS).margins(text).items():
        signs[f"act {act}"] = max(margin, -MARGIN)
    done, named = (
        steps_done_in(text, here.procedure, steps, knowledge),
        steps_named(text, here.procedure, steps, knowledge),
    )
    signs |= {"done": float(bool(done)), "done open": float(here.step in done)}
    signs |= {"named": float(bool(named)), "named open": float(here.step in named[:1])}
    signs["paper"] = float(bool(papers_named(text, here.procedure, knowledge)))
    matters = {*named_in(text, knowledge)}
    signs |= {"own": float(here.procedure in matters), "other": float(bool(matters - {here.procedure}))}
    told = [
        *(f"paper {mark}" for mark in papers_in(text, here.procedure, knowledge).values()),
        *(f"asks {aspect}" for aspect in aspects_in(text, knowledge)),
        *(f"wish {wish}" for wish in wishes_in(text, knowledge)),
        *(f"own {one.key[0]}" for one in own_words(here.procedure, knowledge).find(text)),
    ]
    return signs | dict.fromkeys(told, 1.0)


@lru_cache(maxsize=4)
def weighing_of(knowledge: Knowledge) -> Weighing:
    """The weighing of this Knowledge; the first call for new content trains it (some seconds)."""
    name = name_of("errand_acts", CODE, knowledge, lambda: (*knowledge.lexicon, lessons("errand_acts", knowledge)))
    return kept(knowledge.root, name, lambda: made("errand_acts", knowledge), _read)


def _read(held: Arrays) -> Weighing:
    names, features = tuple(unpacked(held["names"])), unpacked(held["features"])
    if held["weights"].shape != (len(features), len(names)) or held["bias"].shape != (len(names),):
        raise ValueError("the arrays do not fit one another")
    places = {name: number for number, name in enumerate(features)}
    return Weighing(names, places, held["weights"], held["bias"])
