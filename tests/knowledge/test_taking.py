"""What is taken to a visit: nothing is left out without a word, and nothing that hangs on an answer stands unmarked."""

from collections.abc import Iterator
from datetime import date

import pytest

from knowledge.procedures import holds, papers_of, position, stopped_by, ways
from knowledge.schema.base import LANGS
from knowledge.schema.procedures import Procedure
from knowledge.taking import brought, by_case, may_be, names_listed, taken, visit_ahead
from knowledge.telling_steps import Teller
from tests.support.content import content

TODAY = date(2026, 11, 29)
PROCEDURES = pytest.mark.parametrize("procedure", content().procedures.values(), ids=lambda one: one.id)


def places(procedure: Procedure) -> Iterator[tuple[dict[str, str], str | None]]:
    """Where somebody may stand: what they answered, and the open step; None in front of a question."""
    ahead: list[tuple[dict[str, str], list[str]]] = [({}, [])]
    while ahead:
        answers, past = ahead.pop()
        here = position(procedure, answers, past)
        if here.question is not None:
            yield answers, None
            ahead += [({**answers, here.question.id: option.id}, past) for option in here.question.options]
        elif here.step is not None:
            yield answers, here.step.id
            ahead.append((answers, [*past, here.step.id]))


@PROCEDURES
@pytest.mark.parametrize("lang", LANGS)
def test_what_is_taken_leaves_out_no_paper_and_is_never_an_empty_list(procedure: Procedure, lang: str) -> None:
    for answers, here in places(procedure):
        tell = Teller(procedure, answers, (), content(), lang, TODAY)
        visits, gathered, papers = visit_ahead(procedure, answers, here)
        told, _, _ = taken(tell, here, ())
        assert not visits or papers, "an empty list"
        if visits:
            assert all(f"• {tell.say(paper.name)}" in told[0] for paper in papers)
            full = [way for way in ways(procedure) if answers.items() <= way.items() and not stopped_by(procedure, way)]
            theirs = {
                paper.id
                for way in full
                for step in (*gathered, *visits)
                if holds(step.needs, way)
                for paper in papers_of(procedure, way, step)
            }
            assert {one.id for one in papers} == theirs


@PROCEDURES
def test_what_is_listed_without_a_condition_is_theirs_whatever_they_answer(procedure: Procedure) -> None:
    for answers, _ in places(procedure):
        tell, steps = Teller(procedure, answers, (), content(), "es", TODAY), may_be(procedure, answers)
        full = [way for way in ways(procedure) if answers.items() <= way.items()]
        for told, papers in by_case(tell, brought(procedure, answers, steps), steps):
            for paper in papers:
                assert f"• {tell.say(paper.name)}" in names_listed(tell).splitlines()
                needed = [
                    holds(paper.needs, way) and any(holds(s.needs, way) for s in steps if paper.id in s.bring)
                    for way in full
                ]
                assert any(needed)
                assert bool(told) is not all(needed)


SAID = [
    ("matricula", {"kind": "renew"}, None, "Si a «¿Cambió de domicilio", "• Comprobante de domicilio nuevo."),
    ("birth-registration", {}, None, "Para «Llevar los papeles a revisar» o «Entregar", "• Acta de nacimiento larga"),
    ("body-home", {}, "call-us", "Si a «¿Puede la familia pagar", "• Acta de defunción."),
    ("child-passport", {}, None, "Para «Ir los dos con el niño» o «Ir con el niño»", "contesta «Lo decidió un juez»:"),
]


@pytest.mark.parametrize(("procedure", "answers", "here", "head", "line"), SAID)
def test_what_hangs_on_an_answer_is_told_with_it(
    procedure: str, answers: dict[str, str], here: str | None, head: str, line: str
) -> None:
    told, _, _ = taken(Teller(content().procedures[procedure], answers, (), content(), "es", TODAY), here, ())
    assert head in told[0]
    assert line in told[0]
