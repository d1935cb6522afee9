"""What is told beside a question, of whose papers it is, and what answers none of our questions: nothing is marked that
was not said, nothing is denied in front of what answers it."""

from datetime import date
from itertools import islice

import pytest

from bot.conversation import Progress
from knowledge.procedures import steps_of, ways
from knowledge.schema.procedures import Procedure
from knowledge.telling_steps import Teller
from tests.dialogue.test_in_errand import check_answer, said_to
from tests.dialogue.test_steps import talking
from tests.support.content import content
from tests.support.talk import NOON

UNKNOWN, PATHS = "no lo encuentro", 24

KEPT = [
    # procedure, what is said one after another, papers that are there, papers that are missing, answers
    # what has lapsed is missing, of whomever it is, also beside a question; a pronoun is the paper before
    ("child-passport", ["sí", "los dos", "la INE de mi mamá ya venció, ¿se puede así?"], (), ("parents-id",), {}),
    ("child-passport", ["sí", "los dos", "my wife's INE has expired"], (), ("parents-id",), {}),
    (
        "child-passport",
        ["sí", "los dos", "traigo el acta, pero mi INE está caducada", "no, la de mi esposa sí la tengo"],
        ("birth", "parents-id"),
        (),
        {"parents": "both"},
    ),
    # a no that is of a paper answers no question about people, and changes no answer
    (
        "child-passport",
        ["sí", "los dos", "no, mi esposo está sin INE, se le venció"],
        (),
        ("parents-id",),
        {"parents": "both"},
    ),
    ("child-passport", ["sí", "los dos", "no, ya te dije, la de mi marido está vencida"], (), (), {"parents": "both"}),
    # a yes that begins a long clause of another thing is none
    ("passport-renewal", ["lo tengo", "sí tengo el pasaporte pero está en casa de mi tía"], (), (), {"have": "yes"}),
    # what was told outright stands before what only sounds like another answer
    ("child-passport", ["sí", "uno", "no, mi esposa vive aquí, vamos los dos"], (), (), {"parents": "both"}),
    # who has it for them has it
    (
        "body-home",
        ["Estados Unidos", "ya avisamos", "me piden el permiso de tránsito", "ya lo tiene mi primo"],
        ("permit",),
        (),
        {},
    ),
    ("body-home", ["Estados Unidos", "ya avisamos", "mi hermana sacó el acta de defunción"], ("death",), (), {}),
    # one paper is told, another is missing: each by its own mark
    ("passport-first", ["sí", "tengo solo mi acta, no traigo identificación"], ("birth",), ("photo-id",), {}),
    # what is only alike is no paper of theirs
    ("oas", ["listo", "no tenemos informe de auditoría"], (), (), {}),
    ("comar-refuge", ["Tapachula", "ya fui", "solo", "me piden una carta de mi historia"], (), (), {}),
]


@pytest.mark.parametrize(("procedure", "words", "has", "lacks", "answers"), KEPT)
def test_what_is_kept_of_what_is_told(
    procedure: str, words: list[str], has: tuple[str, ...], lacks: tuple[str, ...], answers: dict[str, str]
) -> None:
    talk = said_to(procedure, *words)
    kept = talk.conversation.steps[-1]
    assert (kept.has, kept.lacks) == (has, lacks), talk.said
    assert answers.items() <= kept.answers.items(), talk.said


DONE = [
    # procedure, what is said one after another, the steps that are done by then
    ("body-home", ["Estados Unidos", "ya le dije que ya llamé al consulado"], {"call-us"}),
    ("passport-renewal", ["lo tengo", "no", "already booked it"], {"book"}),
    ("power-attorney", ["va a ser un poder general"], {"choose"}),
    # what was sent stays sent, though a paper of it is missing
    (
        "oas",
        ["listo", "ya enviamos la carta a la OEA", "no, no tenemos los estatutos, la enviamos sin eso"],
        {"rules", "papers", "letter"},
    ),
    # "hecho" beside a paper is of the open step
    ("body-home", ["Estados Unidos", "eso ya está hecho, y mi papá consiguió el acta de defunción"], {"call-us"}),
]


@pytest.mark.parametrize(("procedure", "words", "done"), DONE)
def test_what_is_done_and_stays_so(procedure: str, words: list[str], done: set[str]) -> None:
    talk = said_to(procedure, *words)
    assert {*talk.conversation.steps[-1].done} == done, talk.said


SAID = [
    # procedure, what is said one after another, what the last answer holds, what it does not
    (
        "child-passport",
        ["todavía no", "el mayor ya tiene acta mexicana, ¿ya podemos empezar?"],
        ["¿Van a ir"],
        [UNKNOWN],
    ),
    ("birth-correction", ["letras", "¿cuánto sale?"], ["Lo pone cada estado"], ["no dicen cuánto cuesta"]),
    ("birth-correction", ["letras", "ya saqué el acta con el error", "¿en qué iba?"], ["Tiene: Acta con el error"], []),
    ("power-attorney", ["¿en qué iba?"], ["Le falta"], ["cónyuge", "intérprete"]),
    (
        "power-attorney",
        ["listo", "no tengo la escritura, nada más un testamento, ¿sirve?"],
        ["Anotado: le falta"],
        ["451"],
    ),
    ("ecosoc", ["sí", "nunca me contestó lo de los fondos"], ["de sus miembros"], ["Comité"]),
    ("ecosoc", ["sí", "how long does it take?"], ["año"], ["Anotado"]),
    ("body-home", ["Estados Unidos", "listo", "no nos alcanza", "listo", "¿y ahora?"], ["Paso"], [UNKNOWN]),
]


@pytest.mark.parametrize(("procedure", "words", "held", "left"), SAID)
def test_what_is_said_to_it(procedure: str, words: list[str], held: list[str], left: list[str]) -> None:
    check_answer(procedure, words, held, left)


def test_what_was_told_in_the_words_that_begin_it_is_done() -> None:
    talk = talking(content())
    talk.say("murió mi tío en Dallas y lo queremos llevar a Oaxaca")
    talk.say("ya hablamos con el consulado, lléveme paso a paso")
    assert "call-us" in talk.conversation.steps[-1].done, talk.said


def test_who_is_in_mexico_is_told_how_it_is_done_there() -> None:
    talk = talking(content())
    for one in ("estoy en Oaxaca, me deportaron", "mi curp salió mal, paso a paso", "¿y puedo sacar la INE también?"):
        talk.say(one)
    assert "cualquier módulo del INE" in talk.said, talk.said


@pytest.mark.parametrize("procedure", content().procedures.values(), ids=lambda one: one.id)
def test_nothing_is_both_done_and_missing_and_no_line_is_empty(procedure: Procedure) -> None:
    for answers in islice(ways(procedure), PATHS):
        ours = Progress(procedure=procedure.id, at=NOON, answers=answers)
        ours = ours.ticked(dict.fromkeys((one.id for one in procedure.papers), "lacks"))
        for step in steps_of(procedure, answers):
            ours = ours.at_step(step.id).after(procedure, answers, (step.id,), ())
            alone = {
                paper for one in procedure.steps if one.id in ours.done and len(one.bring) == 1 for paper in one.bring
            }
            assert alone.isdisjoint(ours.lacks)
            tell = Teller(procedure, answers, ours.has, content(), "es", date(2026, 11, 27))
            told = [*tell.stands(ours), tell.details(step), *map(tell.paper, tell.papers())]
            told += [text for letter in procedure.letters for text in tell.letter(letter)[:1]]
            lines = [line.strip() for text in told if text for line in text.splitlines()]
            assert all(line.strip("•. ") for line in lines if line)
            assert all(told) or not tell.details(step)
