"""The walk over a procedure without words: what is asked when, whose steps and papers, what it costs, what is heard."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from knowledge.graph import graph
from knowledge.hearing_papers import papers_in
from knowledge.hearing_steps import named_in, steps_done_in, wishes_in
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from knowledge.procedures import amount, costs_of, due, papers_of, position, price_question, steps_of, ways
from knowledge.schema.base import Lang
from knowledge.schema.procedures import Procedure
from knowledge.telling_steps import Teller
from tests.support.content import content

GROWN = {"grown": "yes", "where": "us"}


@pytest.fixture(scope="module")
def errand(tiny: Knowledge) -> Procedure:
    return tiny.procedures["errand"]


def walked(procedure: Procedure, given: dict[str, str]) -> list[str]:
    """What is asked and done, in order, until the end."""
    answers: dict[str, str] = {}
    past: list[str] = []
    order = []
    while True:
        here = position(procedure, answers, past)
        if here.question is not None:
            order.append(f"{here.question.id}?")
            answers[here.question.id] = given[here.question.id]
        elif here.step is not None:
            order.append(here.step.id)
            past.append(here.step.id)
        else:
            return [*order, "stop" if here.stopped else "end"]


@pytest.mark.parametrize(
    ("given", "order"),
    [
        ({"grown": "no", "where": "us", "people": "one"}, "grown? stop"),
        ({"grown": "yes", "where": "us", "people": "one"}, "grown? where? book bring people? pay end"),
        ({"grown": "yes", "where": "far", "people": "three"}, "grown? where? write bring people? pay end"),
    ],
)
def test_a_question_is_asked_right_before_what_hangs_on_it(
    given: dict[str, str], order: str, errand: Procedure
) -> None:
    assert " ".join(walked(errand, given)) == order


def test_every_way_ends(errand: Procedure) -> None:
    assert {walked(errand, given)[-1] for given in ways(errand)} == {"stop", "end"}


def test_the_count_of_steps_is_that_of_this_person(errand: Procedure) -> None:
    assert [step.id for step in steps_of(errand, {"where": "far"})] == ["write", "bring", "pay"]
    assert len(steps_of(errand, {})) == 3
    assert [paper.id for paper in papers_of(errand, {"where": "far"})] == ["deed", "photo"]


@pytest.mark.parametrize(
    ("answers", "dollars", "apart"),
    [
        ({"where": "us", "people": "one"}, 41, ["deed", "photo"]),
        ({"where": "us", "people": "three"}, 123, ["deed", "photo"]),
        ({"where": "far", "people": "three"}, 123, ["photo"]),
    ],
)
def test_the_cost_is_the_sum_of_sourced_prices_and_papers_are_apart(
    answers: dict[str, str], dollars: int, apart: list[str], errand: Procedure, tiny: Knowledge, today: date
) -> None:
    costs = costs_of(errand, answers, tiny, today)
    assert costs.sums == {"USD": Decimal(dollars)}
    assert [paper.id for paper in costs.apart] == apart
    assert costs.unknown == ()
    assert costs_of(errand, answers, tiny, today, has={"deed", "photo"}).apart == ()


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("41 USD", (Decimal(41), "USD")),
        ("1,795 pesos", (Decimal(1795), "MXN")),
        ("36.50 dólares", (Decimal("36.5"), "USD")),
        ("30 % más", None),
        ("dos años", None),
    ],
)
def test_amounts(value: str, expected: tuple[Decimal, str] | None) -> None:
    assert amount(value) == expected


def test_a_deadline_of_one_day_passes_and_one_of_every_year_returns(errand: Procedure) -> None:
    [last] = errand.deadlines
    assert due(last, date(2027, 6, 1)) == date(2027, 5, 1)
    yearly = last.model_copy(update={"on": None, "every": "06-01"})
    assert due(yearly, date(2026, 11, 20)) == date(2027, 6, 1)
    assert due(yearly, date(2027, 6, 1)) == date(2027, 6, 1)
    assert due(last.model_copy(update={"on": None}), date(2027, 6, 1)) is None


def test_a_deadline_that_passed_says_what_is_still_possible(errand: Procedure, tiny: Knowledge) -> None:
    told = [
        Teller(errand, {}, (), tiny, "es", day).deadline(errand.deadlines[0])
        for day in (date(2027, 4, 1), date(2027, 6, 1))
    ]
    assert told == ["Se paga en la primavera. Faltan 30 días.", "Se paga en la primavera. Después se paga en otro año."]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("ya tengo el acta y las fotos", {"deed": "has", "photo": "has"}),
        ("tengo el acta de nacimiento pero no tengo las fotos", {"deed": "has", "photo": "lacks"}),
        ("no tengo el acta", {"deed": "lacks"}),
        ("el acta ya la tengo", {"deed": "has"}),
        ("que acta es", {}),
        ("no tengo acta tengo fotos y me falta el acta", {"deed": "lacks", "photo": "has"}),
    ],
)
def test_papers_are_ticked_in_words(words: str, expected: dict[str, str], tiny: Knowledge) -> None:
    assert dict(papers_in(words, "errand", tiny)) == expected


def test_a_price_that_hangs_on_an_answer_is_not_called_unknown(errand: Procedure, tiny: Knowledge, today: date) -> None:
    costs = costs_of(errand, {"where": "us"}, tiny, today)
    assert [name.es for name in costs.hanging] == ["Pagar"]
    assert costs.unknown == ()
    asked = price_question(errand, {"where": "us"})
    assert asked is not None
    assert asked.id == "people"
    assert price_question(errand, {"where": "us", "people": "one"}) is None


def test_wishes_names_and_steps_done(tiny: Knowledge) -> None:
    assert wishes_in("en que iba con la credencial", tiny) == {"resume"}
    assert named_in("en que iba con la credencial", tiny) == ("errand",)
    assert steps_done_in("ya tengo la cita", "errand", ("book",), tiny) == ("book",)


def test_it_is_drawn(tiny: Knowledge) -> None:
    drawn = graph(tiny, "errand", "es", date(2026, 11, 20))
    assert 'ask_grown["¿Ya cumplió 18 años?"] -- "No" --> stop_No["■"]' in drawn
    assert 'do_pay["Pagar"] --> the_end["■"]' in drawn


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_drawing_says_values_and_no_names_of_them(lang: Lang) -> None:
    knowledge = content()
    drawn = [graph(knowledge, one, lang, date(2026, 11, 20)) for one in ("", *knowledge.flows, *knowledge.procedures)]
    assert not any("{" in one for one in drawn)


BROKEN = {
    "needs: {where: [far]}": ("needs: {where: [near]}", "no question 'where' can be answered 'near'"),
    "bring: [deed, photo]": ("bring: [deed]", "no step brings it"),
    "sources: [card-fee]\npapers": ("sources: [card-is]\npapers", "card-fee is said, and not among the sources"),
    "step: pay": ("step: paid", "no step is called 'paid'"),
    "gaps: [duration]": ("gaps: [where]", "where is told and called a gap"),
    "topics: [card]": ("topics: [cards]", "no topic is called 'cards'"),
    ", times: 3": ("", "the same follows: it need not be asked"),
    "fact: card-fee, each: true": ("fact: card-week", "must begin with an amount and a currency"),
    "id: write": ("id: a-step-with-a-much-too-long-name", "an id of more than 24 characters"),
    "Lleve sus papeles al consulado.": (f"Lleve {'muchos ' * 40}papeles.", "words, 35 at most"),
    "who: {es: Para quien vive fuera., en": (
        "private: true\nwho: {es: Para quien vive fuera., en",
        "no day is counted",
    ),
    "[help-us, help-mx]\nsources": ("[nobody]\nsources", "no contact is called 'nobody'"),
}


@pytest.mark.parametrize("old", BROKEN)
def test_what_is_wrong_is_said(old: str, tree: Path, today: date) -> None:
    from knowledge.lint import lint

    new, says = BROKEN[old]
    path = tree / "content/procedures/errand.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, text.count(old)
    path.write_text(text.replace(old, new), encoding="utf-8")
    messages = [problem.message for problem in lint(load_knowledge(tree), today)]
    assert any(says in message for message in messages), messages


def test_steps_that_nobody_reaches_are_found(tiny: Knowledge, errand: Procedure, today: date) -> None:
    from knowledge.lint import procedures

    shut = errand.steps[0].model_copy(update={"needs": {"where": ("us",), "grown": ("no",)}})
    broken = errand.model_copy(update={"steps": (shut, *errand.steps[1:])})
    found = procedures.check(tiny.saying(procedures={"errand": broken}), today)
    assert any("no answers lead to it" in problem.message for problem in found)
