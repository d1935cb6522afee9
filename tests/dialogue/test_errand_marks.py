"""What is marked where one sentence says of some things that they are there and of others that they are not."""

import pytest

from tests.dialogue.test_in_errand import said_to
from tests.dialogue.test_steps import talking
from tests.support.content import content

HERE = ["en un consulado"]
FILED = ["Tapachula", "ya fui", "solo", "listo"]
MARKED = [
    # procedure, what is said one after another, steps done, papers there, papers missing, steps put off
    # all but one: that one is missing, of whomever it is; what not everybody needs is not counted
    (
        "birth-registration",
        [*HERE, "somos casados", "listo", "tengo todo menos la identificación del papá, se le venció"],
        ("names",),
        ("child-id", "long", "marriage", "parents-birth"),
        ("parents-id",),
        (),
    ),
    (
        "birth-registration",
        [
            "at a consulate",
            "english",
            "done",
            "no",
            "I have it all except her husband's ID, his ran out. also how much?",
        ],
        ("names",),
        ("child-id", "long", "parents-birth"),
        ("parents-id",),
        (),
    ),
    (
        "birth-registration",
        [*HERE, "no estamos casados, vamos los dos", "listo", "tengo todo"],
        ("names", "papers"),
        ("child-id", "long", "parents-birth", "parents-id"),
        (),
        (),
    ),
    # all but what has no name with us: nothing is marked
    (
        "birth-registration",
        [*HERE, "no estamos casados, vamos los dos", "listo", "ya junté todo excepto el papel ese del pediatra"],
        ("names",),
        (),
        (),
        (),
    ),
    # of one for much any will do, whatever stands behind it; of one of two people both must be there
    (
        "unpaid-wages",
        ["listo", "tengo los audios y un recibo. videos no"],
        ("notes", "keep"),
        ("notes", "proof"),
        (),
        (),
    ),
    ("unpaid-wages", ["listo", "mensajes no tengo"], ("notes",), ("notes",), ("proof",), ()),
    (
        "household-goods",
        ["Estados Unidos", "listo", "traigo mi acta y un pasaporte que ya se venció"],
        ("list",),
        ("inventory", "mexican"),
        (),
        (),
    ),
    (
        "child-passport",
        ["sí", "los dos", "mi INE sí la traigo, la INE de mi esposo no la encuentro"],
        (),
        (),
        ("parents-id",),
        (),
    ),
    # what is put right is marked anew
    (
        "birth-registration",
        [*HERE, "somos casados", "listo", "tengo todo", "no, perdón, la INE de mi esposo ya venció"],
        ("names",),
        ("child-id", "long", "marriage", "parents-birth"),
        ("parents-id",),
        (),
    ),
    # what they refuse is not done because a later step is; nor what is denied in the same breath
    (
        "comar-refuge",
        [*FILED, "no me entregaron la constancia porque se les acabó el papel", "ya fui a firmar hoy"],
        ("go-comar", "form", "sign"),
        ("filled",),
        (),
        ("paper",),
    ),
    (
        "comar-refuge",
        [*FILED, "todavía no me dan la constancia, y ya fui a firmar"],
        ("go-comar", "form", "sign"),
        ("filled",),
        (),
        ("paper",),
    ),
    (
        "comar-refuge",
        [*FILED, "ya firmé", "pero oiga, la constancia nunca me la dieron"],
        ("go-comar", "form", "sign"),
        ("filled",),
        (),
        (),
    ),
    (
        "comar-refuge",
        [*FILED, "la constancia no me la quisieron dar", "ya fui a firmar", "hoy sí me dieron la constancia"],
        ("go-comar", "form", "sign", "paper"),
        ("filled",),
        (),
        (),
    ),
    # what only was not yet is behind whoever did the next one
    (
        "comar-refuge",
        ["Tapachula", "solo", "no alcancé a entrar, me mandaron de regreso", "ya llené el formulario"],
        ("go-comar", "form"),
        ("filled",),
        (),
        (),
    ),
    # who will not do what nobody must do is past it, and stays past it by what they tell next
    (
        "unpaid-wages",
        ["english", "I live in Dallas", "done", "done", "yes", "i don't want to send that letter", "what's next?"],
        ("notes", "keep"),
        ("notes", "proof"),
        (),
        ("letter",),
    ),
    (
        "wages-canada",
        ["Ontario", "hecho", "no pienso ir a reclamarle al jefe", "ya puse la queja"],
        ("notes", "ontario"),
        ("notes", "stubs"),
        (),
        ("talk",),
    ),
    (
        "body-home",
        ["Estados Unidos", "ya avisamos", "no nos alcanza", "el apoyo no lo vamos a pedir", "contratamos la funeraria"],
        ("call-us", "homes"),
        (),
        (),
        ("support",),
    ),
]


@pytest.mark.parametrize(("procedure", "words", "done", "has", "lacks", "later"), MARKED)
def test_what_is_marked(
    procedure: str,
    words: list[str],
    done: tuple[str, ...],
    has: tuple[str, ...],
    lacks: tuple[str, ...],
    later: tuple[str, ...],
) -> None:
    talk = said_to(procedure, *words)
    kept = talk.conversation.steps[-1]
    assert (kept.done, kept.has, kept.lacks, kept.later) == (done, has, lacks, later), talk.said


BOTH = "queremos la CLUNI y también ser donataria, paso a paso"
REGISTER = "mi niño nació en Fresno y quiero que también sea mexicano"
STORY = "Nuestra asociación trabaja con mujeres migrantes en Querétaro y queremos ir a reuniones sobre sus derechos."
CHOSEN = [
    # what is said from the beginning, the errand that is open then, what the last answer holds
    ([BOTH, "mejor la de donataria primero"], "donee", "Ser donataria"),
    ([BOTH, "empecemos con la cluni"], "cluni", "Sacar la CLUNI"),
    ([BOTH, "sí, la de los recibos deducibles"], "donee", "Ser donataria"),
    ([BOTH, "¿la cluni cuánto cuesta?"], None, "gratis"),
    (["cómo saco el pasaporte de mi niño en Houston", "sí, el de un niño"], "child-passport", "Pasaporte de un niño"),
    # a general word chooses none; two are compared at the end of a story
    ([REGISTER, "LOS PAPELES, q documentos ocupo para eso"], None, "larga"),
    ([f"{STORY} ¿Qué nos conviene más, el ECOSOC o la OEA?"], None, "Registrar su organización en la OEA"),
]


def test_what_is_told_beside_a_choice_answers_nothing_asked_after_it() -> None:
    talk = talking(content())
    talk.say("vuelvo a vivir a Jalisco y me quiero llevar mis muebles sin impuestos")
    talk.say("a mí nadie me deportó, vuelvo porque quiero. mejor vemos lo de los muebles paso a paso")
    kept = talk.conversation.steps[-1]
    assert (kept.procedure, kept.asked, kept.answers) == ("household-goods", "from", {}), talk.said
    talk = said_to("child-passport", "todavía no", "ah ok, ¿y eso cuánto se tarda? sale pues, registrar a mi hija")
    kept = talk.conversation.steps[-1]
    assert (kept.procedure, kept.asked, kept.answers) == ("birth-registration", "place", {}), talk.said


@pytest.mark.parametrize(("words", "begun", "held"), CHOSEN)
def test_an_errand_that_was_offered_is_chosen_in_words(words: list[str], begun: str | None, held: str) -> None:
    talk = talking(content())
    for one in words:
        talk.say(one)
    steps = talk.conversation.steps
    assert (steps[-1].procedure if steps else None) == begun, talk.said
    assert held in talk.said


TWO = ["todavía no", "registrar a mi hijo como mexicano", "en un consulado", "somos casados"]
BACK = [
    # behind an errand, a second one, and a word to one of them: the errand that is shown, steps done of the other
    ([*TWO, "¿en qué íbamos con el registro?"], "birth-registration", ()),
    ([*TWO, "¿en qué íbamos?"], "birth-registration", ()),
]


@pytest.mark.parametrize(("words", "shown", "done"), BACK)
def test_where_they_are_in_the_errand_that_is_named(words: list[str], shown: str, done: tuple[str, ...]) -> None:
    talk = said_to("child-passport", *words)
    assert talk.conversation.steps[-1].procedure == shown, talk.said
    assert f"{content().procedures[shown].title.es}: iba en esto." in talk.said
    registered = next(one for one in talk.conversation.steps if one.procedure == "birth-registration")
    assert registered.done == done


def test_what_is_not_meant_tells_nothing_of_a_step() -> None:
    talk = said_to("cluni", "sí", "no tenemos e.firma todavía")
    assert talk.conversation.steps[-1].lacks
    talk.say("no le pregunté de la e.firma, ¿cuándo se entrega el informe anual de la cluni?")
    assert "informe" in talk.said.lower()
    assert "e.firma de quien representa" not in talk.said


OTHER = [
    # in the middle of an errand, another one's paper is asked of: what the answer holds, what it does not
    ("ine-abroad", "voy a sacar primero la matrícula, ¿cuánto me cobran? y después seguimos con lo del INE", "41 USD"),
    ("ine-abroad", "la matrícula le pregunto, no la INE. ¿qué precio tiene la matrícula y qué llevo?", "41 USD"),
    ("ine-abroad", "ya traigo la matrícula, ¿cuánto cuesta?", "Es gratis, y la cita también"),
    ("ine-abroad", "¿cuánto cuesta? ¿y qué llevo?", "Es gratis, y la cita también"),
]


@pytest.mark.parametrize(("procedure", "asked", "held"), OTHER)
def test_what_is_asked_of_another_paper_is_answered_of_that(procedure: str, asked: str, held: str) -> None:
    talk = said_to(procedure, "nací en México", asked)
    assert held in talk.said
    assert not talk.conversation.steps[-1].lacks


FILED_AT = ["estoy en Dallas", "listo", "listo", "sí sé cómo se llama", "ya mandé la carta"]
BESIDE = [
    # procedure, what is said one after another, what the last answer holds in this order, what it does not
    # to go back beside a question: it is answered, and the step before is open
    ("unpaid-wages", [*FILED_AT, "el anterior, ¿y tengo que pagar algo?"], ["gratis", "Paso 3 de 5"], []),
    # what a question supposes is of the question
    (
        "unpaid-wages",
        [*FILED_AT, "atrás. y si vuelvo a México antes de que me paguen, ¿se pierde lo que me deben?"],
        ["reclamar desde México", "Paso 3 de 5"],
        ["Accidente"],
    ),
    # whether a thing may be taken is asked of the thing
    (
        "household-goods",
        ["Estados Unidos", "ya tengo la lista. también me quiero llevar mi carro, ¿se puede?"],
        ["agente aduanal", "Hecho: Hacer la lista"],
        ["Es gratis"],
    ),
    # whether a lapsed paper will do, where no source says it: who knows, never another document's papers
    ("ine-abroad", ["nací en México", "¿sirve la licencia vencida de identificación?"], ["INETEL"], ["renovar"]),
    (
        "ine-abroad",
        ["nací en México", "lo que quiero saber es si el pasaporte caducado sirve de identificación"],
        ["INETEL"],
        ["Para renovar"],
    ),
    # what was done is heard beside the answer to our question
    (
        "birth-registration",
        ["en el consulado, estamos casados y los nombres ya los comparé, están iguales"],
        ["Hecho: Revisar", "Paso 2 de 5"],
        [],
    ),
    ("body-home", ["mi tío murió en Carolina del Norte", "¿qué sigue?"], ["abierto", "Paso 1"], ["¿En qué país"]),
    # "what is next", "which papers" beside another matter: that is answered, too
    (
        "unpaid-wages",
        ["hecho", "¿qué sigue? también me lastimé la espalda en la obra, ¿quién paga el doctor?"],
        ["Paso 2 de 5", "ompensación laboral"],
        [],
    ),
    ("cluni", ["sí", "listo", "¿y qué papeles piden para ser donataria?"], ["opinión de cumplimiento"], ["Paso 2"]),
    ("power-attorney", ["yo", "listo", "qué sigue, y de paso ¿cómo apostillo un papel?"], ["Secretary of State"], []),
    # a step that was refused and that nobody must do is not asked for again
    (
        "unpaid-wages",
        ["vivo en Dallas", "listo", "listo", "sí", "no le voy a mandar nada, sáltese eso", "¿en qué iba?"],
        ["Paso 4 de 5", "• Poner la queja"],
        ["Paso 3", "• Pedirlo por carta"],
    ),
    (
        "apostille",
        ["Estados Unidos", "Texas", "acta", "listo", "listo", "listo", "eso no lo voy a hacer", "¿qué me falta?"],
        ["No le queda ningún paso"],
        ["• Traducirlo"],
    ),
]


@pytest.mark.parametrize(("procedure", "words", "held", "left"), BESIDE)
def test_what_is_said_beside_something_else(procedure: str, words: list[str], held: list[str], left: list[str]) -> None:
    said = said_to(procedure, *words).said
    places = [said.find(one) for one in held]
    assert -1 not in places, said
    assert places == sorted(places), said
    assert not any(one in said for one in left), said
