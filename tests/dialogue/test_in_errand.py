"""In the middle of an errand: what is done, missing, in the way, changed or asked, in people's own words."""

import pytest

from bot.conversation import Outcome
from tests.dialogue.test_steps import begin, talking
from tests.support.content import content
from tests.support.talk import Talk

MENU = ("¿A cuál se refiere?", "Which one do you mean?")


def said_to(procedure: str, *words: str) -> Talk:
    talk = begin(talking(content()), procedure)
    for one in words:
        talk.say(one)
    return talk


def check_answer(procedure: str, words: list[str], held: list[str], left: list[str]) -> None:
    talk = said_to(procedure, *words)
    assert all(one in talk.said for one in held), talk.said
    assert not any(one in talk.said for one in left), talk.said


HEARD = [
    # procedure, what is said one after another, what the last answer holds
    ("oas", ["el perro de mi tía anda suelto"], "paso 1 de 5"),
    ("matricula", ["primera vez", "y qué sigue"], "Paso 1 de 5"),
    ("matricula", ["primera vez", "ya tengo todo"], "Paso 2 de 5"),
    ("matricula", ["primera vez", "tengo el acta y el recibo pero la identificación todavía no"], "Anotado: le falta."),
    ("matricula", ["primera vez", "ese ya está, ya lo hice"], "Paso 2 de 5"),
    ("matricula", ["primera vez", "listo", "no encuentro cita, ¿qué hago ahora?"], "«Pedir la cita» queda abierto"),
    ("matricula", ["primera vez", "listo", "la página marca error"], "consulado móvil"),
    ("matricula", ["primera vez", "listo", "todavía no tengo cita"], "Anotado: todavía no."),
    ("matricula", ["primera vez", "listo", "ya tengo cita", "no, todavía no tengo cita"], "Paso 2 de 5"),
    ("birth-copy", ["hecho", "por internet no, mejor en el consulado"], "Paso 2 de 3"),
    ("birth-copy", ["hecho", "por internet", "me equivoqué, en el consulado"], "Paso 2 de 3"),
    ("birth-copy", ["hecho", "por internet", "atrás"], "¿Cómo la quiere sacar"),
    ("ecosoc", ["sí", "volvamos a los pasos"], "Paso 1 de 6"),
    ("ecosoc", ["sí", "otra vez paso a paso por favor"], "Paso 1 de 6"),
    ("ecosoc", ["sí", "regréseme al principio"], "Paso 1 de 6"),
    ("ecosoc", ["sí", "siga diciendo"], "Paso 1 de 6"),
    (
        "ecosoc",
        ["sí", "ya lo vimos", "tenemos los estatutos, el registro y los ejemplos, pero las finanzas no"],
        "le falta",
    ),
    ("ecosoc", ["sí", "ya lo vimos", "las finanzas todavía no, los demás documentos sí"], "Tiene: Estatutos, Registro"),
    ("cluni", ["el acta ya está pero el RFC todavía no nos lo dan"], "Anotado: le falta."),
    ("ine-abroad", ["nací en México", "no me quisieron recibir el acta"], "rota, enmicada"),
    ("passport-renewal", ["english", "I have it", "no", "I got everything ready"], "Step 2 of 5"),
    ("passport-renewal", ["english", "I have it", "no", "done", "the website keeps crashing"], "stays open"),
    ("passport-renewal", ["english", "I have it", "no", "no wait, I lost it actually"], "Step 1 of 6"),
    # another step is wanted: put off, opened, gone back to by its own words
    (
        "unpaid-wages",
        ["listo", "listo", "esa carta no la voy a hacer, sáltela, quiero presentar la queja"],
        "Paso 4 de 5",
    ),
    ("cluni", ["sí", "skip this one please"], "Paso 2 de 6"),
    ("cluni", ["sí", "listo", "listo", "vuelva al paso de la cuenta"], "Paso 2 de 6"),
    (
        "return-mexico",
        ["en México", "no", "no", "dejemos el acta para después y vamos a la credencial"],
        "credencial en un",
    ),
    ("ine-abroad", ["nací en México", "luego vemos eso, pasemos a la cita"], "Paso 2 de 5"),
    # told done in own words, told once more, and not yet
    ("ecosoc", ["sí", "ya lo vimos", "ya juntamos todo", "ya lo llenamos y lo enviamos el lunes"], "Paso 4 de 6"),
    ("cluni", ["sí", "todo escaneado, listo", "ya pudimos, ya quedó creada"], "Anotado."),
    # a trouble in a step: what its words say of just that, else who knows
    (
        "comar-refuge",
        ["Tapachula", "ya fui a la comar", "sí", "listo", "me la dieron con la fecha equivocada"],
        "Quien sabe",
    ),
    ("return-mexico", ["en México", "me la dieron pero se me perdió"], "Si perdió la hoja"),
    ("child-passport", ["sí", "los dos", "perdí la identificación de mi hijo"], "La escuela o el médico"),
    # one yes and one no; what is denied is asked again, and what hung on it is gone
    ("child-passport", ["la grande sí tiene acta mexicana y el chiquito no"], "de uno en uno"),
    ("child-passport", ["sí", "no, nadie murió, vamos los dos"], "Paso 1 de 5"),
    (
        "child-passport",
        ["sí", "su papá murió", "el papá está vivo, quite el acta de defunción"],
        "Le pregunto otra vez",
    ),
    ("cluni", ["sí", "el rfc sí lo tenemos, el comprobante no"], "Anotado: le falta."),
    # a message is what it tells and what it asks: both count
    ("ecosoc", ["sí", "ya vimos la sesión completa, ¿y cuánto cuesta pedirlo?"], "no nombran ningún pago"),
    ("ecosoc", ["sí", "ya vimos la sesión completa, ¿y cuánto cuesta pedirlo?"], "Paso 2 de 6"),
    ("matricula", ["primera vez", "ya saqué la cita para el jueves. qué sigue"], "Paso 1 de 5"),
    ("comar-refuge", ["Tapachula", "fíjese que ya fui a la comar y me dieron cita"], "¿Está con su familia"),
    # who did a later step did those before it, and hears so
    ("cluni", ["sí", "ya llenamos la solicitud"], "Anotado como hecho: Pasar los papeles a PDF, Crear la cuenta"),
    # whether all is done: yes, or what we do not know of
    ("matricula", ["primera vez", "ya pagué y la recogí, ¿es todo?"], "¡Felicidades! Ya terminó"),
    ("matricula", ["primera vez", "listo", "¿ya terminé?"], "todavía falta: Pedir la cita"),
    ("body-home", ["en México", "ya pude, ya lo enterramos. ¿falta algo?"], "Ya terminó"),
    # another day is no other step
    (
        "matricula",
        ["primera vez", "listo", "me recorrieron la cita para el 30"],
        "Anotado: para el 30. El paso «Ir a la",
    ),
    (
        "matricula",
        ["primera vez", "listo", "listo", "no había sistema, que regrese el viernes"],
        "Anotado: el viernes.",
    ),
    (
        "matricula",
        ["primera vez", "listo", "listo", "hablaron que ese día no abren y me pasaron al 20"],
        "Anotado: al 20.",
    ),
    # no step is ticked by words that any step is told done with, nor one that was gone to in vain
    ("matricula", ["renovar", "sí me cambié", "ya conseguí mi matrícula vieja y el recibo nuevo"], "Paso 2 de 5"),
    ("comar-refuge", ["Tapachula", "fuimos el lunes y encontramos cerrado"], "«Ir a la COMAR» queda abierto"),
    ("comar-refuge", ["Tapachula", "nos dieron una ficha para volver el jueves"], "Anotado: el jueves."),
    # an appointment in any words; near is not yet
    ("birth-copy", ["listo", "en el consulado", "me dieron cita para dentro de un mes"], "Paso 3 de 3"),
    ("matricula", ["primera vez", "listo", "ya casi me la agendan"], "Anotado: todavía no."),
    # numbers and years against what is asked
    ("ecosoc", ["dos años"], "Paso 1 de 6"),
    ("ecosoc", ["del 2016"], "Paso 1 de 6"),
    ("ecosoc", ["apenas nos estamos constituyendo"], "Entonces todavía no"),
    ("passport-renewal", ["lo tengo", "es de 2015"], "Paso 1 de 5"),
    # what ended it does not end it for good
    ("cluni", ["el rfc todavía va en trámite", "ya nos dieron el rfc y el acta"], "Tiene: Acta constitutiva"),
    ("cluni", ["el rfc todavía va en trámite", "ya merito nos lo dan"], "¿en qué iba?"),
    # an answer to what was not asked yet, alone or beside something else
    ("power-attorney", ["yo soy quien lo da"], "Paso 1 de 7"),
    ("csw", ["todavía no", "nada más vamos a escuchar"], "Paso 1 de 3"),
    # a paper that another one has, or that ran out, is missing; the others are there
    ("ecosoc", ["sí", "ya lo vimos", "tengo los estatutos, las finanzas las tiene la tesorera"], "Tiene: Estatutos"),
    (
        "ecosoc",
        ["sí", "ya lo vimos", "statutes and registration yes, financials not yet"],
        "Tiene: Estatutos y Registro",
    ),
    ("family-papers", ["mi hija", "traigo el acta de la niña y mi pasaporte caducado"], "Paso 2 de 5"),
    # a phone that is not theirs: one neutral line
    ("matricula", ["primera vez", "este cel es de mi vecina, me lo prestó"], "alguien más puede ver este teléfono"),
    ("comar-refuge", ["Tapachula", "el teléfono no es mío"], "alguien más puede ver este teléfono"),
    # a place is the directory's, and the step stays
    ("matricula", ["primera vez", "¿dónde está el consulado de Denver?"], "Consulado General de México en Denver"),
    ("matricula", ["primera vez", "¿dónde está el consulado de Denver?", "listo"], "Paso 2 de 5"),
    ("comar-refuge", ["Tapachula", "¿y dónde queda la comar?"], "Centro Multiservicios"),
    # a short question that the step itself answers
    ("donee", ["es la primera vez", "listo", "listo", "¿a quién se la pedimos?"], "Paso 3 de 5"),
    # without a paper that nobody gives: they make it
    ("oas", ["listo", "el informe todavía no lo tenemos"], "Lo hace su organización."),
    # without a paper: what the step says of just that paper
    (
        "return-mexico",
        ["en México", "no", "no", "listo", "listo", "no tengo comprobante ni identificación"],
        "dos testigos",
    ),
]


@pytest.mark.parametrize(("procedure", "words", "found"), HEARD)
def test_what_is_said_in_an_errand(procedure: str, words: list[str], found: str) -> None:
    talk = said_to(procedure, *words)
    assert found in talk.said, talk.said
    assert not any(one in talk.said for one in MENU)


BEGUN = [
    # what is said, the procedure that begins, and what is known of it by then
    ("paso a paso por favor, mi curp trae mal el segundo apellido", "curp", {"need": "fix"}),
    pytest.param(
        *("mis hijos nacieron en sonora y no tienen pasaporte, me guía", "child-passport", {"registered": "yes"}),
        marks=pytest.mark.xfail(reason="the passport and who enters as a tourist are as likely"),
    ),
    ("se me perdió el pasaporte y el martes sale mi vuelo, cuáles son los pasos", "passport-urgent", {"lost": "no"}),
    ("la matrícula se me venció y me mudé de casa, por pasos", "matricula", {"kind": "renew", "moved": "yes"}),
    ("somos una a c desde 2012 y queremos ecosoc, nos puede guiar", "ecosoc", {"years": "yes"}),
    (
        "vengo de cuba con mi esposa, estamos en saltillo, cómo pedimos asilo paso a paso",
        "comar-refuge",
        {"family": "yes"},
    ),
    ("quiero inscribir a mi hija, paso a paso", None, {}),
    ("we have ecosoc status and want to take part in the csw, step by step", "csw", {}),
    ("quiero el pasaporte americano de mi hijo, el azul, paso a paso", None, {}),
    (
        "fíjese que mi niño ya va a entrar a la primaria y me dicen que le saque el pasaporte mexicano de un niño en "
        "el consulado porque vamos a ir a ver a su abuela en navidad, me lo dice paso a paso",
        "child-passport",
        {},
    ),
]


@pytest.mark.parametrize(("words", "procedure", "answers"), BEGUN)
def test_what_begins(words: str, procedure: str | None, answers: dict[str, str]) -> None:
    talk = talking(content())
    talk.say(words)
    steps = talk.conversation.steps
    assert (steps[-1].procedure if steps else None) == procedure, talk.said
    assert not answers or answers.items() <= steps[-1].answers.items()


def test_what_is_missing_stays_missing_and_what_is_there_stays() -> None:
    talk = said_to("ecosoc", "sí", "ya lo vimos", "ya juntamos todo menos las finanzas")
    assert talk.conversation.steps[-1].lacks == ("finances",)
    assert set(talk.conversation.steps[-1].has) == {"statutes", "registration", "work"}


def test_no_words_that_go_back_put_steps_off() -> None:
    for words in ("sígame diciendo", "volvamos a los pasos", "qué sigue", "otra vez paso a paso"):
        assert said_to("child-passport", "sí", "los dos", words).conversation.steps[-1].later == ()


def test_words_of_a_step_are_no_danger_and_a_danger_beside_them_is() -> None:
    for words, asked in (("ya me llegó, es el jueves 3", False), ("ya fui, y afuera me siguen unos hombres", True)):
        talk = said_to("matricula", "renovar", "no", "listo", words)
        assert (talk.turns[-1].reading.outcome in (Outcome.CHECK, Outcome.URGENT)) == asked, talk.said


def test_a_town_told_before_answers_where() -> None:
    talk = talking(content())
    talk.say("estoy en tapachula y quiero pedir refugio en la comar")
    talk.say("paso a paso")
    assert talk.conversation.steps[-1].answers["place"] == "comar"


def test_the_errand_after_a_death_goes_on_and_other_danger_goes_first() -> None:
    talk = talking(content())
    talk.say("se murió mi tío allá en dallas y lo queremos traer a su rancho, no sé qué hacer")
    assert talk.conversation.danger is not None
    assert talk.conversation.in_danger
    talk.say("y qué sigue")
    assert talk.conversation.steps[-1].procedure == "body-home"
    for words in ("estamos en estados unidos", "qué sigue", "ya hablé al consulado"):
        talk.say(words)
        assert "911" not in talk.said
    assert talk.conversation.danger.category == "death"
    talk.say("mi mamá se desmayó y no respira, ayuda")
    assert "911" in talk.said


REVIEWED = ["sí", "ya lo vimos", "ya están los documentos", "ya la mandamos"]
WALKED = [
    # procedure, what is said one after another, what the last answer holds: walks of testers, by kind
    ("ecosoc", [*REVIEWED, "ya nos contestaron y piden más datos"], "Paso 5 de 6"),
    (
        "ine-abroad",
        ["sí", "ya tengo los originales", "cuánto cuesta un pasaporte", "vuelvo con lo de mi ine"],
        "Paso 2",
    ),
    ("child-passport", ["sí", "los dos", "ya me dieron para los 3 el 12 de enero. ¿van los tres?"], "Pedir la cita"),
]


@pytest.mark.parametrize(("procedure", "words", "found"), WALKED)
def test_a_walk_of_testers_goes_on(procedure: str, words: list[str], found: str) -> None:
    talk = said_to(procedure, *words)
    assert found in talk.said, talk.said
