"""What a message does with the open errand: what is only planned is not marked, and another matter leaves it."""

import pytest

from tests.dialogue.test_in_errand import said_to
from tests.dialogue.test_steps import begin, talking
from tests.support.content import content

PLANNED = [
    # procedure, answers before, what is only planned, promised, supposed or somebody else's; what is shown all the same
    ("matricula", ["primera vez"], "va, yo consigo esos papeles mañana, y luego que viene", "Paso 2 de 5"),
    ("matricula", ["primera vez"], "ok, esos papeles los junto el domingo, que sigue", "Paso 2 de 5"),
    ("cluni", ["sí"], "we'll scan all of that this week, what comes after", "Paso 2 de 6"),
    ("cluni", ["sí"], "la contadora quedo de mandarnos todo", "paso 1 de 6"),
    ("oas", ["listo"], "los papeles los va a juntar la secretaria", "paso 2 de 5"),
    ("oas", ["listo", "listo"], "la carta la va a firmar la presidenta cuando regrese del viaje", "Paso 3 de 5"),
    ("ine-abroad", ["nací en México"], "mi hermana ya tiene sus papeles, yo apenas los voy a buscar", "Paso 1 de 5"),
    ("passport-renewal", ["lo tengo", "no"], "hoy en la noche busco el pasaporte viejo, que mas sigue", "Paso 2 de 5"),
]
INSTEAD = [
    # procedure, answers before, what is wanted instead or first, the topic that is open then
    ("passport-renewal", ["lo tengo", "no"], "sabe que, mejor primero arreglo mi matricula", "matricula-consular"),
    ("passport-renewal", ["lo tengo", "no"], "hold on, i want to do the consular id first", "matricula-consular"),
    ("matricula", ["primera vez"], "siempre no, mejor quiero sacar la ine", "credencial-votar-extranjero"),
    ("cluni", ["sí"], "olvidemos la cluni, mejor veamos lo de la oea", "oea-registro"),
    ("matricula", ["primera vez"], "ya no quiero la matricula, digame como hago un poder", "poder-notarial-consular"),
    ("oas", ["listo"], "la verdad ahorita nos urge mas la cop, veamos eso", "cop-clima-osc"),
    ("matricula", ["primera vez"], "eso lo veo otro dia, hableme de las becas", "ime-becas"),
]


@pytest.mark.parametrize(("procedure", "before", "said", "shown"), PLANNED)
def test_what_is_planned_stays_open(procedure: str, before: list[str], said: str, shown: str) -> None:
    talk = said_to(procedure, *before)
    held = talk.conversation.steps[-1]
    talk.say(said)
    kept = talk.conversation.steps[-1]
    assert (kept.procedure, kept.done, kept.has) == (procedure, held.done, held.has)
    assert shown in talk.said


@pytest.mark.parametrize(("procedure", "before", "said", "topic"), INSTEAD)
def test_another_matter_leaves_the_errand(procedure: str, before: list[str], said: str, topic: str) -> None:
    talk = said_to(procedure, *before)
    held = talk.conversation.steps[-1]
    talk.say(said)
    kept = next(one for one in talk.conversation.steps if one.procedure == procedure)
    assert (kept.paused, kept.done, kept.has, kept.lacks) == (True, held.done, held.has, held.lacks)
    assert talk.conversation.topic == topic
    talk.say(said_back(procedure))
    assert talk.conversation.steps[-1].procedure == procedure


def said_back(procedure: str) -> str:
    return f"sigamos con {content().procedures[procedure].title.es.lower()}"


def test_a_question_beside_leaves_nothing() -> None:
    talk = begin(talking(content()), "power-attorney")
    talk.say("yo")
    talk.say("oiga, ¿y cómo apostillo un papel?")
    assert not talk.conversation.steps[-1].paused
