"""In an errand: a number with more behind it, papers denied, another errand meant, what is asked and not told."""

import pytest

from bot.conversation import Conversation
from tests.dialogue.test_in_errand import check_answer, said_to
from tests.dialogue.test_steps import talking
from tests.support.content import content
from tests.support.talk import Talk

UNKNOWN = "no lo encuentro"
SAID = [
    # procedure, what is said one after another, what the last answer holds, what it does not
    # an option's number, and more: the tap, and the rest answered; what counts something is no option
    ("oas", ["listo", "2. ¿y lo puedo mandar por correo?"], ["Para este paso", "17th Street"], ["Paso 3"]),
    ("oas", ["listo", "2 qué lleva, ¿y eso cuesta algo?"], ["Para este paso"], ["Paso 3"]),
    ("dgc", ["sí", "1, ¿y quién lo aprueba?"], ["Paso 2"], []),
    ("matricula", ["1 pero ¿cuánto sale?"], ["41 USD", "Paso 1 de 5"], []),
    ("matricula", ["primera vez", "2) ¿y cuánto tarda?"], ["Para este paso"], ["Paso 2"]),
    ("cluni", ["1. ¿y esto cuánto cuesta?"], ["gratis", "Paso 1 de 6"], []),
    ("unpaid-wages", ["estoy en Dallas", "1 y ¿dónde pongo la queja?"], ["Paso 2 de 5", "1 866"], []),
    ("child-passport", ["sí", "1. ¿cuánto sale?"], ["101 USD"], ["Para este paso"]),
    ("matricula", ["primera vez", "2 hermanos míos también la quieren"], [], ["Para este paso"]),
    ("ecosoc", ["sí", "ya lo vimos", "¿qué lleva esto? 2"], ["Para este paso"], ["Paso 3"]),
    # what no frame hears, told beside "what is next", is noted; in the hand is at its end, with conditions is not
    ("power-attorney", ["pos me quedo con el especial, ¿y ahora qué sigue?"], ["Paso 2 de 7"], ["Paso 1"]),
    (
        "oas",
        ["listo", "listo", "listo", "listo", "nos aceptaron, pero con observaciones"],
        ["Paso 5 de 5"],
        ["Felicidades"],
    ),
    # a letter that is put off is not written; a threat is answered by its main topic first
    ("unpaid-wages", ["estoy en Reno", "listo", "listo", "sí", "prefiero no escribirle"], ["Dejó para después"], []),
    ("wages-canada", ["listo", "si reportamos eso nos devuelven a México, dijo"], ["Canadá"], ["Horas y Salarios"]),
    # a trouble told behind what was done keeps that step open; a no answers what we asked and changes nothing else
    ("oas", ["listo", "listo", "ya la enviamos en julio y nadie nos contesta"], ["queda abierto", "Esperar la"], []),
    ("passport-renewal", ["vivo en Dallas", "sí lo tengo", "no, el mío es de México"], ["Paso 1 de 5"], ["55 8932"]),
    # what is sent is the paper that lacked; "anything missing?" beside papers shows the list
    ("oas", ["listo", "listo", "listo", "nos piden el informe de actividades", "ya lo mandamos"], ["Anotado"], []),
    ("cluni", ["sí", "ya tengo el RFC, ¿me falta algo?"], ["Le falta", "Tiene: Cédula del RFC"], ["Ya quedó todo"]),
    # a paper that is denied is missing, whatever was thought before
    ("ecosoc", ["sí", "ya lo vimos", "los balances del 2025 no los tenemos"], ["Anotado: le falta", "financieros"], []),
    (
        "ecosoc",
        ["sí", "ya lo vimos", "listo", "oiga, las finanzas no las tenemos", "¿qué nos falta?"],
        ["Le falta: Estados financieros"],
        [],
    ),
    ("cluni", ["sí", "la fiel aún no la tramita el tesorero, ¿le hace?"], ["Anotado: le falta", "e.firma"], [UNKNOWN]),
    ("cluni", ["sí", "sí, el acta sí, la fiel todavía no"], ["Anotado: le falta", "e.firma"], []),
    ("cluni", ["sí", "el RFC no lo encuentro y la credencial tampoco"], ["Cédula del RFC", "Identificación"], []),
    ("cluni", ["sí", "ya escaneé el acta"], ["Paso 1 de 6", "Le falta"], ["Paso 2"]),
    (
        "cluni",
        ["sí", "ya digitalicé los estatutos y el RFC, pero el comprobante viene a nombre del tesorero, ¿vale?"],
        ["no aceptaba recibos", "Tiene: Acta"],
        ["(ya lo tiene)", "Paso 2"],
    ),
    ("matricula", ["primera vez", "¿la licencia sirve de identificación?", "no la tengo"], ["Anotado: le falta"], []),
    ("matricula", ["primera vez", "la identificación no la traigo", "ya la conseguí"], ["Tiene: Identificación"], []),
    # one paper is put off, not its step
    ("cluni", ["sí", "el comprobante déjelo pendiente"], ["Anotado: le falta", "Comprobante"], ["Dejó para después"]),
    ("matricula", ["primera vez", "el acta la dejamos para después"], ["Anotado: le falta"], ["Dejó para después"]),
    # back to a step by its number; from the start
    ("ecosoc", ["sí", "ya lo vimos", "listo", "no he hecho el 2"], ["Paso 2 de 6"], []),
    ("cluni", ["sí", "listo", "listo", "regréseme al paso 1 por favor"], ["Paso 1 de 6"], []),
    ("matricula", ["primera vez", "listo", "empecemos de cero"], ["¿"], ["iba en esto"]),
    # another errand is meant
    ("passport-renewal", ["no, no es renovar, es el primer pasaporte de mi niña"], ["Pasaporte de un niño"], []),
    ("passport-renewal", ["es para mis dos hijas"], ["Pasaporte de un niño"], ["pérdida"]),
    ("passport-renewal", ["nunca he tenido uno"], ["primer pasaporte"], ["pérdida"]),
    ("passport-first", ["es para mi bebé"], ["Pasaporte de un niño"], []),
    ("passport-renewal", ["sí, lo tengo", "espere, mejor el pasaporte de mis hijos primero"], ["de un niño"], []),
    # what is asked is told, or that nobody says it
    ("ecosoc", ["sí", "¿en cuánto resuelven, cuánto tarda todo el trámite?"], ["hasta el año siguiente"], []),
    ("cluni", ["sí", "¿en cuántos días me la entregan?"], ["30 días hábiles"], ["guarde los avances"]),
    ("ecosoc", ["sí", "ya lo vimos", "¿los estatutos son forzosos?"], ["Está en la lista", "Estatutos"], []),
    (
        "comar-refuge",
        ["Tapachula", "ya fui", "no, vengo sola", "¿las pruebas son obligatorias?"],
        ["No es requisito"],
        [],
    ),
    (
        "body-home",
        ["en México", "en Estados Unidos", "¿quién decide el panteón, mi cuñada o nosotros?"],
        [UNKNOWN],
        ["El consulado. No es seguro"],
    ),
    ("birth-copy", ["por internet", "listo", "listo", "¿y si no tengo tarjeta?"], ["formato impreso"], [UNKNOWN]),
    ("birth-copy", ["por internet", "no tengo CURP, ¿qué hago?"], ["CURP"], [UNKNOWN]),
    ("birth-copy", ["no tengo tarjeta para pagar en línea", "listo"], ["Registro Civil más cercano"], []),
    ("birth-copy", ["ya la busqué en internet y no salió"], ["Registro Civil más cercano"], ["Revisar y pagar"]),
    (
        "comar-refuge",
        ["Tapachula", "ya fui", "¿en qué iba? y mi niña de 8 no va a la primaria, ¿la aceptan sin papeles?"],
        ["escuela", "Paso 2 de 7"],
        ["Anotado: todavía no", "Pida su constancia"],
    ),
    # a reminder, and more
    (
        "comar-refuge",
        ["Tapachula", "ya fui, me citaron el 10 de diciembre, recuérdemelo"],
        ["10 de diciembre de 2026", "familia"],
        [],
    ),
    ("comar-refuge", ["Tapachula", "ya fui", "1, y le pedí un aviso para el 9 de enero"], ["9 de enero", "Paso 2"], []),
    ("ecosoc", ["sí", "ya lo vimos, y avíseme el 4 de mayo porfa"], ["4 de mayo", "Paso 2 de 6"], []),
    ("oas", ["listo", "¿qué me falta? y recuérdeme el 3 de febrero"], ["3 de febrero", "Le falta"], []),
]


@pytest.mark.parametrize(("procedure", "words", "held", "left"), SAID)
def test_what_is_said_by_kind(procedure: str, words: list[str], held: list[str], left: list[str]) -> None:
    check_answer(procedure, words, held, left)


BEGUN = [
    # what is said one after another, the procedure that is open by then
    (["I need first passports for my two daughters, we live in Dallas", "step by step please"], "child-passport"),
    (["quiero el primer pasaporte de mis hijos, vivo en Chicago", "lléveme paso a paso"], "child-passport"),
    (["necesitamos la CLUNI, ¿por dónde empezamos?"], "cluni"),
    (["ya estoy en México y ocupo copia de mi acta de nacimiento, ¿cómo le hago para empezar?"], "birth-copy"),
    # by its name and a wish for steps in any words, the name before or behind
    (["la CLUNI, paso por paso"], "cluni"),
    (["los pasos para sacar la CLUNI"], "cluni"),
    (["acta de nacimiento paso a paso"], "birth-copy"),
    (["mexican birth certificate, walk me through it"], "birth-copy"),
    (["los pasos de la CURP por favor"], "curp"),
    (["pasaporte de mi niña, los pasos"], "child-passport"),
    (["registro en la OEA de principio a fin"], "oas"),
    (["take us by the hand with the OAS registration"], "oas"),
    (["walk us through the ECOSOC application from the start"], "ecosoc"),
    (["steps for the consular id"], "matricula"),
    (["los pasos para pedir refugio"], "comar-refuge"),
    # what was lost or stolen is replaced, not got for the first time
    (["my passport has been stolen, guide me through it"], "passport-renewal"),
    (["se me extravió el pasaporte en el camión, paso a paso"], "passport-renewal"),
    (["me robaron la credencial del INE, guíeme"], "ine-abroad"),
    (["perdí la matrícula, los pasos para otra"], "matricula"),
    (["necesito que me ayude a tramitar la matrícula desde el inicio"], "matricula"),
]


@pytest.mark.parametrize(("words", "procedure"), BEGUN)
def test_the_errand_that_is_meant_begins(words: list[str], procedure: str) -> None:
    talk = talking(content())
    for one in words:
        talk.say(one)
    assert [one.procedure for one in talk.conversation.steps][-1:] == [procedure], talk.said


def test_a_number_with_more_behind_it_begins_what_was_offered() -> None:
    talk = Talk(content(), Conversation(greeted=True))
    talk.say("soy de El Salvador y quiero pedir refugio")
    place = next(n for n, one in enumerate(talk.conversation.offered, 1) if "paso" in one.label)
    talk.say(f"{place} pero llegué hace tres meses, ¿todavía se puede?")
    assert talk.conversation.steps[-1].procedure == "comar-refuge"
    assert "30 días hábiles" in talk.said


def test_the_wrong_errand_is_left() -> None:
    talk = said_to("passport-renewal", "no, es para mis hijos", "¿en qué iba?")
    assert [one.procedure for one in talk.conversation.steps] == ["child-passport"]


def test_who_is_in_others_care_begins_an_errand_by_the_wish_alone() -> None:
    talk = Talk(content(), Conversation(greeted=True))
    talk.say("mi esposo me apretó la garganta ayer y me cuesta tragar")
    talk.say("ya me atiende la doctora en el hospital")
    talk.say("perdí la matrícula, ¿qué llevo para sacar otra?")
    talk.say("vamos paso a paso")
    assert talk.conversation.steps[-1].procedure == "matricula", talk.said


AMID = [
    # the errand, what is said one after another, what the last answer holds, the step that is open by then
    ("detained-relative", ["ocupamos un abogado en Denver"], "PALE", "lawyer-mx"),
    ("detained-relative", ["en California", "attorney near Fresno"], "PALE", "lawyer-mx"),
    ("detained-relative", ["busco abogada en Tucson"], "abogados gratuitos", "lawyer-mx"),
    ("detained-relative", ["we need an attorney in Miami"], "PALE", "lawyer-mx"),
    ("matricula", ["primera vez", "vivo en Denver", "¿en dónde queda la ventanilla de salud?"], "Ventanillas", None),
    ("passport-renewal", ["I have it", "no", "I live in Fresno", "where is the health desk?"], "Ventanillas", None),
    # another matter, or one that the steps do not tell: its own section
    (
        "passport-renewal",
        ["lo tengo", "no", "otra cosa, ¿cómo mando dinero a México sin que me cobren mucho?"],
        "Quién es Quién en el Envío",
        "papers",
    ),
    ("comar-refuge", ["Tapachula", "ya fui", "sola", "¿y la escuela de mi niño?"], "Escuela en México", "form"),
    (
        "return-mexico",
        ["todavía allá", "no", "can i still collect my social security from mexico?"],
        "40 créditos",
        "before",
    ),
    # a threat goes first, whatever step is open; what was told beside it is kept
    (
        "unpaid-wages",
        ["estoy en Dallas", "listo", "listo", "sí", "me está amenazando con echarme la migra si pongo la queja"],
        "esa amenaza está prohibida",
        "letter",
    ),
    (
        "unpaid-wages",
        ["estoy en Dallas", "hecho", "hecho", "sí", "hecho", "ya puse la queja y ahora me amenaza con la migra"],
        "esa amenaza está prohibida",
        "follow",
    ),
    (
        "unpaid-wages",
        ["english", "I'm in Dallas", "done", "my boss says he'll call ICE if I keep asking for my money"],
        "that threat is forbidden",
        "keep",
    ),
    (
        "wages-canada",
        ["english", "Ontario", "done", "boss threatens to send me home if i complain"],
        "Ontario employment law forbids",
        "talk",
    ),
    (
        "ine-abroad",
        ["nací en México", "listo", "mi jefe dice que si pido el día me echa a la migra"],
        "ni amenazarlo con migración",
        "book",
    ),
    ("school-us", ["casa fija", "my boss said he'd call immigration on me"], "ni amenazarlo con migración", "papers"),
]


@pytest.mark.parametrize(("procedure", "words", "held", "step"), AMID)
def test_what_is_asked_amid_an_errand_is_answered_and_its_step_stays_open(
    procedure: str, words: list[str], held: str, step: str | None
) -> None:
    talk = said_to(procedure, *words)
    assert held in talk.said, talk.said
    ours = talk.conversation.steps[-1]
    assert ours.procedure == procedure
    assert ours.step == step if step else ours.step, talk.said
