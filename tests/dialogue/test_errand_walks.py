"""An errand is walked through without a wrong step: what is done, taken, got elsewhere, asked beside, and its end."""

import pytest

from bot.conversation import Conversation
from tests.dialogue.test_in_errand import said_to
from tests.dialogue.test_steps import talking
from tests.support.content import content
from tests.support.talk import Talk

UNKNOWN = "no lo encuentro"

DONE = [
    # procedure, what is said one after another, the steps that are done by then: what is said, and what is behind it
    ("child-passport", ["sí", "los dos", "fuimos al Registro Civil por el acta, ¿y cuánto sale el pasaporte?"], ()),
    ("child-passport", ["sí", "los dos", "¿qué llevo a la cita?"], ()),
    ("child-passport", ["sí", "los dos", "¿cuánto se paga por dos años?"], ()),
    ("passport-renewal", ["lo tengo", "no", "conseguí cita para el martes"], ("book",)),
    ("ine-abroad", ["nací en México", "ya agendé la cita, ¿qué me piden?"], ("book",)),
    (
        "body-home",
        ["Estados Unidos", "ya avisamos al consulado", "no nos alcanza", "contratamos la funeraria de aquí"],
        ("call-us", "homes"),
    ),
    (
        "unpaid-wages",
        ["estoy en Dallas", "hecho", "hecho", "ya le entregué la carta el viernes y no me ha contestado"],
        ("notes", "keep", "letter"),
    ),
    ("unpaid-wages", ["estoy en Dallas", "ya lo anoté todo, pero el señor me pagaba en efectivo"], ("notes",)),
    ("unpaid-wages", ["estoy en Dallas", "wrote everything down, he always paid me in cash"], ("notes",)),
    ("cluni", ["sí", "ya firmamos y enviamos la solicitud"], ("papers", "account", "form", "sign")),
    ("power-attorney", ["listo, ya hablé con la abogada de allá y me mandó lo que debe decir"], ("choose", "wording")),
    # what is not done is undone, and what nobody does before it
    (
        "matricula",
        ["primera vez", "listo", "ya tengo cita", "ya fui a la cita", "me equivoqué, todavía no saco la cita"],
        ("papers-first",),
    ),
    ("child-passport", ["sí", "los dos", "listo", "ya sacamos la cita", "perdón, aún no tenemos cita"], ("papers",)),
    # papers that are all there are gathered; one of several is not all of them
    (
        "ecosoc",
        ["sí", "ya lo vimos", "ya tenemos los estatutos, el registro, las finanzas y los ejemplos"],
        ("recording", "papers"),
    ),
    (
        "body-home",
        ["Estados Unidos", "ya avisamos", "sí podemos", "listo", "listo", "nos entregaron el acta de defunción"],
        ("call-us", "homes", "family-papers"),
    ),
]


@pytest.mark.parametrize(("procedure", "words", "done"), DONE)
def test_only_what_is_said_to_be_done_is_done(procedure: str, words: list[str], done: tuple[str, ...]) -> None:
    talk = said_to(procedure, *words)
    assert set(talk.conversation.steps[-1].done) == set(done), talk.said


SAID = [
    # procedure, what is said one after another, what the last answer holds, what it does not
    # what is taken to the visit that is ahead, lacking ones first
    (
        "passport-renewal",
        ["lo tengo", "no", "ya tengo cita para mañana, ¿qué papeles llevo?"],
        ["• Pasaporte anterior", "lleve"],
        ["60 minutos"],
    ),
    (
        "passport-renewal",
        ["english", "I have it", "no", "my appointment is tomorrow, what do I have to bring?"],
        ["• Old passport"],
        ["60 minutes"],
    ),
    (
        "matricula",
        ["primera vez", "listo", "¿qué documentos me van a pedir el viernes?"],
        ["• Prueba de que es mexicano", "• Comprobante de domicilio"],
        [],
    ),
    (
        "ine-abroad",
        ["nací en México", "ya tengo el acta", "¿qué tengo que llevar?"],
        ["• Identificación con foto", "Acta de nacimiento (ya lo tiene)"],
        [],
    ),
    (
        "comar-refuge",
        ["Tapachula", "ya fui a la comar", "sí, con mi esposa", "¿qué llevo para entregar el formulario?"],
        ["• El formulario lleno"],
        ["no dicen cuánto tarda"],
    ),
    (
        "power-attorney",
        ["yo soy quien lo da", "listo", "¿qué papeles ocupo para ir a firmar?"],
        ["• Identificación oficial vigente", "• Prueba de nacionalidad"],
        ["horas"],
    ),
    # before it is denied, the whole errand and what is known of its subject are asked
    (
        "passport-renewal",
        ["lo tengo, viene con mi apellido de soltera, ¿puedo usar el de casada?"],
        ["matrimonio"],
        [UNKNOWN],
    ),
    (
        "comar-refuge",
        ["Tapachula", "ya fui a la comar", "sí", "quiero trabajar mientras me resuelven, ¿se puede?"],
        ["trabaj"],
        [UNKNOWN],
    ),
    ("oas", ["listo", "¿el jefe de la asociación puede ser extranjero y zurdo?"], [], ["Anotado"]),
    # what lacks and is got by another errand is offered
    ("child-passport", ["solo tiene la de Estados Unidos"], ["primero el registro", "Registrar a su hijo"], ["Paso 1"]),
    ("child-passport", ["nunca lo registramos en el consulado"], ["primero el registro"], ["Paso 1"]),
    ("ine-abroad", ["nací en México", "no tengo el acta"], ["Anotado: le falta", "Sacar copia de su acta"], []),
    ("curp", ["su papá es mexicano, ella nació allá"], ["Registrar a su hijo"], []),
    # two lacks in one clause, and one beside a question
    (
        "body-home",
        [
            "Estados Unidos",
            "ya avisamos",
            "sí podemos",
            "listo",
            "no tenemos ni su acta de nacimiento ni su identificación",
        ],
        ["Acta de nacimiento de quien murió", "Identificación de quien murió"],
        [],
    ),
    (
        "birth-registration",
        ["en Houston", "los nombres coinciden, no tengo el acta de su papá, ¿y cuánto cuesta?"],
        ["Le falta", "gratis"],
        [],
    ),
    # an authority asks for what another errand is of
    (
        "birth-registration",
        ["en Houston", "listo", "me piden otra cosa: que el acta venga apostillada. ¿Qué hago?"],
        ["Secretary of State", "Apostillar un papel"],
        [],
    ),
    (
        "body-home",
        [
            "Estados Unidos",
            "ya avisamos",
            "sí podemos",
            "listo",
            "nos piden otra cosa, la carta del forense. ¿qué hacemos?",
        ],
        ["forense certificada"],
        ["funeraria pone su precio"],
    ),
    # a reminder beside something else: neither is lost
    (
        "oas",
        ["listo", "ya tenemos los estatutos. Les agradecería que me recordaran un mes antes"],
        ["no puedo avisarle", "Tiene: Estatutos"],
        [],
    ),
    (
        "oas",
        ["listo", "recuérdeme en dos semanas. ¿Y a dónde se manda la carta?"],
        ["no puedo avisarle", "17th Street"],
        [],
    ),
    # what was said whole is said in short behind an answer
    (
        "power-attorney",
        ["yo soy quien lo da", "ya tengo la escritura, ¿y cuánto cuesta?"],
        ["177 USD", "Escoger el poder"],
        ["Si es para una sola cosa"],
    ),
    # what the person answered is not said as a case
    ("passport-renewal", ["lo tengo", "no"], ["Busque su pasaporte anterior"], ["2006"]),
    ("passport-renewal", ["lo tengo", "sí, es viejo"], ["acta de nacimiento certificada"], ["Si lo dio"]),
    # the end is the end: what comes last is said first
    (
        "power-attorney",
        ["yo soy quien lo da", "ya firmé y ya pagué, ¿ahora qué?"],
        ["Recoja el poder"],
        ["Felicidades"],
    ),
]


@pytest.mark.parametrize(("procedure", "words", "held", "left"), SAID)
def test_a_walk_by_kind(procedure: str, words: list[str], held: list[str], left: list[str]) -> None:
    talk = said_to(procedure, *words)
    said = f"{talk.said}\n{talk.labels}"
    assert all(one in said for one in held), said
    assert not any(one in said for one in left), said


STAYS = [
    # procedure, what is said, a question of another errand: answered, and this one goes on
    ("ecosoc", ["sí", "ya lo vimos", "¿con esos papeles también entramos a la OEA?"]),
    ("ecosoc", ["sí", "ya lo vimos", "una duda, ¿la CLUNI sirve para algo aquí?"]),
    ("passport-renewal", ["lo tengo", "no", "¿y cuánto cuesta la matrícula consular?"]),
    (
        "birth-registration",
        ["en Houston", "listo", "nobody told me about the apostille, where do I get one? and where was I?"],
    ),
]


@pytest.mark.parametrize(("procedure", "words"), STAYS)
def test_another_errand_that_is_asked_about_is_not_begun(procedure: str, words: list[str]) -> None:
    talk = said_to(procedure, *words[:-1])
    done = talk.conversation.steps[-1].done
    talk.say(words[-1])
    assert [one.procedure for one in talk.conversation.steps] == [procedure], talk.said
    assert talk.conversation.steps[-1].done == done


@pytest.mark.parametrize("back", ["volvamos a lo del ecosoc, ¿en qué iba?", "sigamos con lo de ecosoc"])
def test_coming_back_to_an_errand_keeps_what_was_done_and_what_lacks(back: str) -> None:
    talk = said_to("ecosoc", "sí", "ya lo vimos", "no tenemos las finanzas")
    talk.say("quiero registrar la organización en la oea paso a paso")
    assert talk.conversation.steps[-1].procedure == "oas"
    talk.say(back)
    ours = talk.conversation.steps[-1]
    assert (ours.procedure, ours.done, ours.lacks) == ("ecosoc", ("recording",), ("finances",)), talk.said
    assert "Paso 2 de 6" in talk.said


def test_behind_the_errand_that_came_first_the_other_one_is_offered() -> None:
    talk = said_to("child-passport", "nomás tiene el acta de allá")
    talk.tap("Registrar a su hijo como mexicano")
    assert talk.conversation.steps[-1].procedure == "birth-registration"
    for words in (
        "en Estados Unidos",
        "todos coinciden",
        "sí, casados",
        "tenemos todo",
        "ya tenemos cita",
        "ya los revisaron",
    ):
        talk.say(words)
    talk.say("ya firmamos, ¿es todo?")
    assert "Pasaporte de un niño en el consulado" in talk.labels, (talk.said, talk.labels)
    talk.tap("Pasaporte de un niño en el consulado")
    assert talk.conversation.steps[-1].procedure == "child-passport"


UNCOVERED = [
    ("el acta de mi abuelo trae mal la fecha, cómo la corrigen", "paso a paso"),
    ("mi acta de nacimiento dice otro apellido, quiero que la corrijan", "verlo paso a paso"),
]


@pytest.mark.parametrize(("words", "then"), UNCOVERED)
def test_no_errand_is_offered_or_begun_behind_a_section_that_it_does_not_cover(words: str, then: str) -> None:
    talk = Talk(content(), Conversation(greeted=True))
    talk.say(words)
    assert "Verlo paso a paso" not in talk.labels, talk.said
    talk.say(then)
    assert all(one.procedure != "birth-copy" for one in talk.conversation.steps), talk.said


def test_a_person_in_danger_goes_first() -> None:
    talk = talking(content())
    talk.say("necesito renovar mi pasaporte paso a paso")
    talk.say("ya tengo la cita, ¿qué llevo? y mi marido me está pegando ahorita")
    assert "911" in talk.said
