"""Several things told in one message, an errand that begins where somebody stands, and what of it decides or costs."""

import pytest

from tests.dialogue.test_in_errand import check_answer, said_to
from tests.dialogue.test_steps import talking
from tests.support.content import content

FIRST, BORN = ["primera vez"], ["nací en México", "listo"]
BOOKED = [*FIRST, "ya tengo todo", "ya tengo la cita"]
SIGNED = ["sí", "ya escaneamos todo", "ya creamos la cuenta", "ya llenamos la solicitud"]
MARKED = [
    # procedure, what is said one after another, steps done, steps that are not, papers there, papers missing
    # the thing in hand ends it behind other steps, of which one is told without its name
    ("matricula", [*BOOKED, "ok fui, aboné y ahorita ya la tengo conmigo"], {"visit", "collect"}, set(), set(), set()),
    ("matricula", [*BOOKED, "listo, ya pagué y ya la tengo en las manos"], {"pay", "collect"}, set(), set(), set()),
    # what is told to be missing is not done by what is told beside it, nor what hangs on it
    (
        "matricula",
        [*FIRST, "traigo acta y cartilla y ya pagué, me falta la cita"],
        {"pay"},
        {"book", "visit"},
        {"nationality", "photo-id"},
        set(),
    ),
    ("matricula", [*FIRST, "tengo todos los papeles, la cita no"], {"papers-first"}, {"book"}, set(), set()),
    # each clause may tell a step of its own
    (
        "unpaid-wages",
        ["listo", "listo", "le envié la carta antier. ya puse la queja, no, todavía no"],
        {"letter"},
        {"whd"},
        set(),
        set(),
    ),
    ("ine-abroad", [*BORN, "ya saqué la cita y ya fui, me sellaron"], {"book", "visit"}, {"wait"}, set(), set()),
    (
        "passport-first",
        ["sí", "traigo el acta y la licencia, e hice la cita para el 9"],
        {"papers", "book"},
        {"visit"},
        set(),
        set(),
    ),
    # no later step by what arrived; no step by another office's appointment
    ("ine-abroad", [*BORN, "listo", "listo", "ya me llegó, ¿y ahora?"], {"wait"}, {"activate"}, set(), set()),
    ("household-goods", ["Estados Unidos", "listo", "ya saqué la cita"], {"list"}, {"proof"}, set(), set()),
    # what lacks is had by a pronoun, or said to be ready after the step that gathers it
    ("cluni", ["sí", "falta la e.firma", "ya la renovamos"], set(), set(), {"efirma"}, set()),
    (
        "oas",
        ["listo", "mandamos la carta", "falta el informe anual", "el informe anual ya quedó listo"],
        set(),
        set(),
        {"report"},
        set(),
    ),
    ("oas", ["listo", "ya tenemos los papeles"], {"papers"}, {"letter"}, set(), set()),
    # a paper by the words that people have for it
    (
        "child-passport",
        ["sí", "los dos", "tengo nuestras matrículas, falta la hoja del pediatra"],
        set(),
        {"papers"},
        {"parents-id"},
        {"child-id"},
    ),
    # who gives it later has it not; in another's words it is had
    ("ecosoc", ["sí", "ya la vimos", "el balance me lo da el contador el lunes"], set(), set(), set(), {"finances"}),
    (
        "cluni",
        ["sí", "falta la e.firma", "ya la tramitó el presidente y subimos la solicitud"],
        {"form"},
        set(),
        {"efirma"},
        set(),
    ),
    # the thing in hand, where the visit is told by what was done in it
    (
        "passport-renewal",
        ["lo tengo", "no", "ya tengo cita", "me sacaron la foto, pagué y me lo dieron ahí"],
        {"visit", "pay", "collect-us"},
        set(),
        set(),
        set(),
    ),
    # what is done on several ways tells none; no answer by what another question asks
    ("passport-renewal", ["sí tengo el viejo", "ya tengo cita"], {"book"}, set(), set(), set()),
    # what was noted is not so
    ("cluni", [*SIGNED, "corrijo, la solicitud no está completa"], {"papers"}, {"form", "sign"}, set(), set()),
]


@pytest.mark.parametrize(("procedure", "words", "done", "open_yet", "has", "lacks"), MARKED)
def test_several_things_are_marked(
    procedure: str, words: list[str], done: set[str], open_yet: set[str], has: set[str], lacks: set[str]
) -> None:
    ours = said_to(procedure, *words).conversation.steps[-1]
    assert done <= {*ours.done}, ours.done
    assert open_yet.isdisjoint(ours.done), ours.done
    assert has <= {*ours.has}, ours.has
    assert lacks <= {*ours.lacks}, ours.lacks


SAID = [
    # procedure, what is said one after another, what the last answer holds, what it does not
    # whether a paper will do is answered by what it must be; a trouble of a paper by the step that brings it
    ("matricula", ["primera vez", "ya saqué la cita", "¿me sirve la licencia de Texas?"], ["licencia de Estados"], []),
    (
        "matricula",
        ["primera vez", "listo", "ya tengo cita", "el recibo sale a nombre de mi tía"],
        ["no todas piden lo mismo"],
        ["no dicen qué hacer"],
    ),
    ("matricula", ["primera vez", "solo hay citas hasta mayo, ¿qué hago?"], ["consulado móvil"], []),
    ("detained-relative", ["ya lo busqué y no sale"], ["Pruebe otras formas del nombre"], []),
    ("cluni", [*SIGNED, "la firmamos y la enviamos, ¿para cuándo nos responden?"], ["30 días hábiles"], ["1 de junio"]),
    ("cluni", ["sí", "nos falta la e.firma", "¿y quién la expide?"], ["SAT"], []),
    ("passport-renewal", ["sí lo tengo, ya casi se vence"], ["2006"], ["Reporte la pérdida"]),
    (
        "birth-copy",
        ["listo", "en el consulado", "hice la cita. ¿cuánto voy a pagar y qué llevo?"],
        ["20 USD", "lleve:"],
        [],
    ),
    ("unpaid-wages", ["listo", "listo", "listo", "van diez días y nadie contesta"], ["Vuelva a llamar"], []),
]


@pytest.mark.parametrize(("procedure", "words", "held", "left"), SAID)
def test_what_is_said_of_it(procedure: str, words: list[str], held: list[str], left: list[str]) -> None:
    check_answer(procedure, words, held, left)


def test_who_did_not_ask_of_the_errand_is_answered() -> None:
    talk = said_to("comar-refuge", "Tapachula")
    talk.say("no le pregunté de la comar, mi niña tiene calentura, ¿dónde hay un doctor?")
    assert "Tapachula" not in str(talk.conversation.steps[-1].answers)
    assert "centro de salud" in talk.said


BEGUN = [
    # what is said one after another, the errand that is begun by the last
    (["quiero registrar a mi hijo que nació en Dallas como mexicano", "sí"], "birth-registration"),
    (["mi patrón de Ontario no me pagó completo", "paso a paso"], "wages-canada"),
    (["quiero renovar mi pasaporte en chicago", "paso a paso"], "passport-renewal"),
    (["how do i renew my mexican passport in los angeles", "step by step"], "passport-renewal"),
    (["how do i get my first mexican passport in denver", "step by step"], "passport-first"),
    (["me regreso a México y quiero llevar mis muebles", "paso a paso"], "household-goods"),
    (["la migra se llevó a mi esposo ayer", "vamos paso por paso"], "detained-relative"),
    (["murió mi papá en Dallas y lo queremos llevar a Puebla", "¿qué hacemos primero?"], "body-home"),
    (
        ["mi jefe en Texas me debe tres semanas", "paso a paso", "¿cómo renuevo la matrícula?", "ahora la matrícula"],
        "matricula",
    ),
]


@pytest.mark.parametrize(("words", "procedure"), BEGUN)
def test_an_errand_begins_where_it_was_offered(words: list[str], procedure: str) -> None:
    talk = talking(content())
    for one in words:
        talk.say(one)
    assert talk.conversation.steps[-1].procedure == procedure, talk.said
