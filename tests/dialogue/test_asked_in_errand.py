"""In an errand: what is told beside a question, what is asked of a paper or a price, what an authority asks for."""

import pytest

from tests.dialogue.test_in_errand import said_to

UNKNOWN = "no lo encuentro"
TOLD = [
    # procedure, what is said one after another, what the last answer holds, what it does not
    # a later step has begun: those before it are done
    (
        "ecosoc",
        ["sí", "el comité nos hizo unas preguntas, ¿cómo le hacemos?"],
        ["Paso 5 de 6", "Anotado como hecho"],
        ["Paso 1"],
    ),
    ("ecosoc", ["sí", "ya lo vimos", "the committee sent us questions, now what?"], ["5"], ["Paso 3"]),
    ("cluni", ["sí", "nos salieron observaciones en la cuenta y ahora qué hacemos"], ["Paso 5 de 6"], []),
    (
        "comar-refuge",
        ["Tapachula", "ya me citaron a la entrevista, ¿qué hago?"],
        ["Paso 4 de 7: Vaya a firmar"],  # signing goes on till they answer
        ["Hecho: Ir a firmar"],
    ),
    (
        "body-home",
        ["en México", "en Estados Unidos", "ya hablé", "sí", "ya elegimos funeraria, ¿qué sigue?"],
        ["Paso 3 de"],
        ["Contrate"],
    ),
    # turned away is not done: what stands before it is, and it stays open
    (
        "matricula",
        ["primera vez", "listo", "ya tengo cita", "fuimos y nos rebotaron"],
        ["«Ir a la cita» queda abierto"],
        [],
    ),
    (
        "passport-renewal",
        ["lo tengo", "no", "fui a la cita y me mandaron de regreso"],
        ["«Ir a la cita» queda abierto"],
        ["Paso 4", "Hecho: Ir"],
    ),
    ("passport-first", ["sí", "went to the appointment and they turned me away"], ["«Ir a la cita» queda abierto"], []),
    ("passport-renewal", ["lo tengo", "no, me lo dieron hace poco, en 2021"], ["Paso 1 de 5"], ["queda abierto"]),
    # what is noted beside an answer of ours, and beside a paper that is missing, is said
    ("matricula", ["primera vez, traigo el acta, no tengo identificación"], ["Tiene: Prueba", "Le falta: Ident"], []),
    ("matricula", ["primera vez", "ya saqué cita para el 3 de feb, no tengo licencia"], ["cita, para el 3 de feb"], []),
    # who may go instead; what is damaged; what nobody must do
    ("birth-correction", ["una letra", "¿lo puede hacer mi papá por mí?"], ["carta poder"], [UNKNOWN]),
    (
        "birth-correction",
        ["una letra", "¿tengo que viajar hasta allá o puede pedirlo mi sobrina?"],
        ["poder"],
        [UNKNOWN],
    ),
    ("passport-renewal", ["lo tengo", "no", "está todo rayado, ¿así vale?"], ["mutilado"], ["Anotado"]),
    ("unpaid-wages", ["estoy en Houston", "listo", "¿aun así le mando la carta?"], ["no es obligatoria"], ["Paso 2"]),
    # what comes back, of the open step or the next that says it; what is only supposed leaves no step open
    ("oas", ["¿y al final qué nos entregan?"], ["Esperar la aprobación: El registro"], [UNKNOWN]),
    ("comar-refuge", ["Tapachula", "ya fui", "me van a dar algún comprobante?"], ["constancia"], [UNKNOWN]),
    ("oas", ["what will we receive in the end"], ["egistr"], ["Paso 1"]),
    ("matricula", ["primera vez", "y si me la niegan"], ["qué papel falta"], ["queda abierto"]),
    ("comar-refuge", ["Tapachula", "ya fui", "y si me dicen que no"], ["recurso"], ["queda abierto"]),
    ("ecosoc", ["sí", "y si no contestan"], ["Si no le contestan"], ["queda abierto"]),
    # a place told answers no question of a paper
    # it was not asked: nobody says it, never the step once more
    ("oas", ["listo", "¿tenemos que pagar un abogado?", "eso no fue lo que pregunté"], [UNKNOWN], ["Paso", "ya quedó"]),
    ("comar-refuge", ["Tapachula", "no le pregunté el horario, ¿y cuánto tarda todo?"], ["45"], ["de 7:00"]),
    # whether a day that is not counted has passed
    (
        "comar-refuge",
        ["Tapachula", "llevamos dos meses aquí, ¿ya se nos pasó el plazo?"],
        ["explique por escrito"],
        [],
    ),
    # a price is of this errand
    ("ine-abroad", ["¿cuánto sale para tres personas?"], ["gratis"], ["Si necesita un acta"]),
    # another matter is answered, and the errand stays
    ("matricula", ["primera vez", "aparte, murió un paisano, ¿cómo mandan el cuerpo?"], ["CIAM"], ["Anotado"]),
    # told beside a reminder that is asked for
    (
        "ecosoc",
        ["sí", "ya lo vimos", "ya juntamos todo", "la enviamos en abril, recuérdenos un mes antes de la revisión"],
        ["Paso 4 de 6", "Esperar la revisión"],
        ["Fecha límite"],
    ),
    (
        "matricula",
        ["primera vez", "listo", "me dieron cita para el 4 de febrero, recuérdeme una semana antes"],
        ["Paso 3 de 5", "28 de enero"],
        [],
    ),
    # asked before the first question of ours is answered: told, and the question waits
    ("ecosoc", ["cuánto cuesta"], ["no nombran ningún pago"], []),
    ("ecosoc", ["qué documentos piden"], ["Estatutos"], ["Para seguir me falta"]),
    ("ecosoc", ["cuánto cuesta", "sí"], ["Paso 1 de 6"], []),
    # asked of a paper: nothing is ticked, and what is known of it is told
    (
        "cluni",
        ["sí", "como comprobante traigo el recibo del agua, ¿me lo aceptan?"],
        ["no aceptaba recibos"],
        [UNKNOWN],
    ),
    ("cluni", ["sí", "¿el recibo del agua vale como comprobante?"], ["no aceptaba recibos"], ["Anotado"]),
    (
        "matricula",
        ["primera vez", "mi credencial del INE ya venció, ¿sirve así?"],
        ["Anotado: le falta", "INE vigentes"],
        ["(ya lo tiene)", UNKNOWN],
    ),
    ("matricula", ["la perdí", "traigo un pasaporte ya caducado, ¿me lo toman?"], ["pasaporte"], ["(ya lo", UNKNOWN]),
    (
        "child-passport",
        ["sí", "los dos", "el acta que tengo es copia, ¿la aceptan?"],
        ["copia certificada"],
        ["Anotado"],
    ),
    ("passport-renewal", ["english", "no", "my ID is expired, does it work?"], ["expired"], ["Noted"]),
    # a question is looked up in the topic of the errand first
    ("matricula", ["primera vez", "listo", "ya tengo cita", "¿me la entregan ese mismo día?"], ["mism"], [UNKNOWN]),
    (
        "unpaid-wages",
        ["estoy en Houston", "listo", "¿le escribo una carta al patrón?"],
        ["Si no hay peligro"],
        [UNKNOWN],
    ),
    ("comar-refuge", ["Tapachula", "ya fui y me dieron el formulario, ¿cómo se llena?"], ["Llene a mano"], [UNKNOWN]),
    # two questions are both answered
    ("oas", ["listo", "¿dónde me quedé y qué me falta?"], ["Paso 2 de 5", "Le falta"], []),
    ("matricula", ["primera vez", "¿en qué voy? ¿cuáles papeles me faltan?"], ["Paso 1 de 5", "Le falta"], []),
    (
        "matricula",
        ["primera vez", "listo", "ya tengo cita. ¿cuánto es y me la entregan ese mismo día?"],
        ["41 USD", "Paso 3 de 5"],
        [UNKNOWN],
    ),
    ("matricula", ["primera vez", "¿cuánto sale? ¿me la entregan ese mismo día?"], ["41 USD"], [UNKNOWN]),
    (
        "cluni",
        ["sí", "listo", "ya hicimos la cuenta pero nos falta la firma electrónica, ¿dónde se saca?"],
        ["Paso 3 de 6", "La da el SAT"],
        [UNKNOWN],
    ),
    ("donee", ["es la primera vez", "¿en qué íbamos y qué nos falta?"], ["Paso 1 de 5", "Le falta"], []),
    # the price is that of the errand, unless a paper is named
    ("child-passport", ["sí", "los dos, ¿y cuánto sale?"], ["101 USD por tres"], ["Otra copia"]),
    ("child-passport", ["sí", "los dos", "¿y cuánto sale otra copia del acta mexicana?"], ["20 USD"], []),
    ("birth-copy", ["listo", "en el consulado, ¿cuánto sale?"], ["20 USD"], []),
    (
        "body-home",
        ["en México", "en Estados Unidos", "ya hablé. ¿y cuánto nos va a salir todo?"],
        ["pone su precio"],
        ["no se paga"],
    ),
    # an authority asks for more: it is kept, and the step waits
    (
        "oas",
        ["listo", "listo", "ya la mandamos", "ahora nos piden los estados financieros", "¿qué me falta?"],
        ["Le falta: Estados financieros"],
        [],
    ),
    (
        "oas",
        [
            "listo",
            "listo",
            "ya la mandamos",
            "ahora nos piden los estados financieros",
            "ya tenemos los estados financieros",
            "¿qué me falta?",
        ],
        ["Tiene", "Estados financieros"],
        ["Le falta: Estados"],
    ),
    (
        "unpaid-wages",
        ["estoy en Houston", "listo", "listo", "listo", "ya llamé pero me piden la dirección del patrón y no la tengo"],
        ["no hacen falta todos los datos"],
        ["Dar seguimiento", "Paso 5"],
    ),
    ("cluni", ["sí", "listo", "ya la hice, me piden un correo de la asociación y no tenemos"], ["abiert"], ["Paso 3"]),
    (
        "matricula",
        ["primera vez", "listo", "ya hice la cita y ya fui, me dijeron que me falta otra identificación"],
        ["Identificación con foto"],
        ["Pasos por hacer"],
    ),
    (
        "passport-renewal",
        ["sí", "no", "me piden el acta, ¿dónde la saco?"],
        ["Anotado: le falta", "miregistrocivil.gob.mx"],
        [],
    ),
    # what answers our question is no trouble
    ("matricula", ["la perdí"], ["Paso 1 de 5"], ["queda abierto"]),
    # what was told answers our question
    (
        "child-passport",
        ["todavía no", "ya tenemos el acta mexicana y su papá sí va a ir, ¿en qué íbamos?"],
        ["Paso 1 de 5"],
        ["¿El niño", "¿Van a ir"],
    ),
    ("child-passport", ["ya tiene acta mexicana, la mamá dice que sí viene"], ["Paso 1 de 5"], []),
    ("child-passport", ["ya tengo el acta"], ["los dos padres"], ["ya tiene acta de nacimiento mexicana"]),
]


@pytest.mark.parametrize(("procedure", "words", "held", "left"), TOLD)
def test_what_is_told_and_asked_together(procedure: str, words: list[str], held: list[str], left: list[str]) -> None:
    talk = said_to(procedure, *words)
    assert all(one in talk.said for one in held), talk.said
    assert not any(one in talk.said for one in left), talk.said


NOT_TICKED = [
    ("cluni", ["sí", "el comprobante que traigo es del predial, ¿vale?"]),
    ("cluni", ["sí", "¿el RFC impreso sirve?"]),
    ("matricula", ["primera vez", "tengo licencia de Texas, ¿me la reciben?"]),
    ("oas", ["listo", "¿los estatutos van traducidos?"]),
]


@pytest.mark.parametrize(("procedure", "words"), NOT_TICKED)
def test_a_question_about_a_paper_ticks_nothing(procedure: str, words: list[str]) -> None:
    talk = said_to(procedure, *words[:-1])
    before = talk.conversation.steps[-1]
    talk.say(words[-1])
    after = talk.conversation.steps[-1]
    assert (after.has, after.lacks, after.done) == (before.has, before.lacks, before.done), talk.said
