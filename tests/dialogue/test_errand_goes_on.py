"""An errand goes on in conversation: questions left open, steps gone past, who is missing, what others do."""

import pytest

from tests.dialogue.test_in_errand import check_answer, said_to

ASK, STEP = "¿Van a ir los dos", "Paso 1 de 5"

GOES_ON = [
    # procedure, what is said one after another, what the last answer holds, what it does not
    # a question that nobody answers is got past
    ("child-passport", ["sí", "siguiente"], ["abierto", "«Sí, los dos»", STEP], [ASK]),
    ("child-passport", ["sí", "no sé"], ["abierto", STEP], [ASK]),
    ("child-passport", ["sí", "después veo eso"], ["abierto", STEP], [ASK]),
    ("child-passport", ["sí", "y luego?"], ["abierto", STEP], [ASK]),
    ("child-passport", ["siguiente"], ["abierto", STEP], ["ya tiene acta"]),
    ("matricula", ["no sabría decirle"], ["abierto", "«Primera vez»", STEP], ["la va a renovar"]),
    # and answered later all the same
    ("child-passport", ["sí", "no sé", "uno; el otro firma"], ["Paso 1 de 6"], [ASK]),
    ("child-passport", ["sí", "los dos"], [STEP], ["abierto"]),
    # where they stand: the same list is shown once
    ("oas", ["listo", "¿en qué iba?"], ["Paso 2 de 5", "Hecho: Leer"], []),
    ("oas", ["listo", "¿en qué iba?", "¿en qué iba?"], ["Paso 2 de 5"], ["Hecho: Leer"]),
    # another matter in between: the step stays open, in one line
    (
        "oas",
        ["¿dónde saco la matrícula?"],
        ["En cualquier consulado", "Sigue: paso 1"],
        ["Secretario General"],
    ),
    # "next" says neither done nor put off
    ("oas", ["siguiente"], ["Queda pendiente: Leer", "Paso 2 de 5"], ["Dejó para después"]),
    ("oas", ["siguiente", "a ver el siguiente por favor"], ["Queda pendiente: Reunir", "Paso 3 de 5"], []),
    ("oas", ["siguiente", "siguiente", "siguiente", "siguiente", "siguiente"], ["todavía falta: Leer"], ["Dejó para"]),
    # what another one does on another day is put off
    (
        "oas",
        ["listo", "listo", "listo", "mi hermano la manda el lunes"],
        ["Dejó para después: Mandar", "Paso 5 de 5"],
        [],
    ),
    ("oas", ["listo", "listo", "la mando el lunes"], ["todavía no", "Paso 3 de 5"], ["Dejó para"]),
]


@pytest.mark.parametrize(("procedure", "words", "held", "left"), GOES_ON)
def test_an_errand_goes_on(procedure: str, words: list[str], held: list[str], left: list[str]) -> None:
    check_answer(procedure, words, held, left)


WHO_IS_MISSING = [
    # asked whether both parents go: what is said, the answer, whether somebody is in danger
    ("me falta su papá, no está", {"absent", "far"}, False),
    ("su papá anda lejos y no lo hallo", {"absent", "far"}, False),
    ("su mamá se fue y no sé dónde anda", {"absent"}, False),
    ("mi niña no aparece, salió de la escuela y no llegó", set(), True),
    ("su papá se llevó al niño y no me lo devuelve", set(), True),
    ("su papá no llegó anoche de trabajar y no contesta el teléfono", set(), True),
    ("el papá nos anda buscando para matarnos", set(), True),
]


@pytest.mark.parametrize(("text", "options", "danger"), WHO_IS_MISSING)
def test_who_is_missing_is_the_other_parent(text: str, options: set[str], danger: bool) -> None:
    talk = said_to("child-passport", "sí", text)
    assert (talk.conversation.danger is not None) is danger, talk.said
    assert danger or talk.conversation.steps[-1].answers.get("parents") in options, talk.said


def test_what_was_gone_past_comes_back_in_the_end() -> None:
    talk = said_to("oas", "siguiente")
    assert talk.conversation.steps[-1].passed == ("rules",)
    assert not talk.conversation.steps[-1].past
    for step in ("papers", "sign", "letter", "review"):
        assert talk.conversation.steps[-1].step == step
        talk.tap(next(one for one in talk.labels if one in ("Hecho", "Ya quedó")))
    assert "Paso 1 de 5" in talk.said or "Ya terminó" in talk.said
