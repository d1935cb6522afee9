"""A message cut into what it asks."""

import pytest

from bot.dialogue.words.questions import questions_in
from knowledge.model import Knowledge


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("y cuánto cuesta", ("y cuanto cuesta",)),
        ("la de mi hijo cuánto sale y la puede recoger mi suegra", 2),
        ("where do i pay it, and do they take cards?", 2),
        ("me debe tres quincenas el del rancho. también quiero saber cómo saco mi rfc", 2),
        ("quiero entrar al registro de la ONU y con quién hablo", 2),
        ("quiero pedir asilo, ¿cobran?", 1),
        ("vivo en Waco, tengo dos niños y mi esposo trabaja de noche. ¿dónde los registro?", 1),
        ("mi cuñado dice que ya no sirve. ¿es cierto?", 1),
        ("gracias, ya entendí", 0),
        ("¿a qué oficina llevo la solicitud, a la de correos?", 1),
        ("who signs the form, my supervisor?", 1),
        ("how do i get my birth certificate and also send money home", 2),
        ("necesito la curp y un lugar para dormir", ("necesito la curp", "y un lugar para dormir")),
        ("quiero apostillar un acta y sacar mi matrícula", 2),
        ("ocupo abogado y también la credencial del INE", 2),
        ("quiero renovar la visa y mi pasaporte", 2),
        ("I want to register my son and get him a passport", 2),
        ("we need a lawyer and a place to stay", 2),
        ("necesito ayuda para la escuela de mis hijos y para sacar su CURP", 2),
        ("mi esposa y mi hija están en Puebla", 0),
        ("perdí el acta y la curp", 0),
        ("¿cuál conviene para mandar dinero? junto como 400 al mes", 1),
        ("ah qué alivio, entonces no la apostillo. y para el seguro popular dónde voy", 1),
        ("ya vi que no lo tienen, ¿quién me dice la fecha?", 1),
        ("¿el albergue podría anotarse también en el padrón de la ciudad?", 1),
        ("quiero mi acta, también me urge saber cómo la apostillo", 2),
        ("bueno si ya saqué la cita. y por último, ¿hay estacionamiento?", 1),
        ("bueno, voy a hablar con la abogada del centro. y otra duda, ¿cuánto tarda la apostilla?", 1),
        ("can i keep the old card or do i have to hand it in", 1),
        ("i dont have an id. where do i vote?", 1),
        ("mi mamá no puede caminar. ¿hay cita en la casa?", 1),
        ("¿con qué papel suben y bajan?", 1),
        ("ay señorita que Dios me la cuide. ah y otra duda, ¿abren el sábado?", 1),
        ("how long is the line? and she also asked about the fee", 2),
        ("mi tío ya murió, se puede heredar o no", 1),
    ],
)
def test_each_question_is_a_part(text: str, parts: int | tuple[str, ...], knowledge: Knowledge) -> None:
    found = questions_in(text, knowledge)
    assert (found if isinstance(parts, tuple) else len(found)) == parts, found


def test_alone_leaves_out_what_is_told_before(knowledge: Knowledge) -> None:
    text = "mi hija tiene fiebre, y dónde queda la clínica"
    assert questions_in(text, knowledge, alone=True) == ("y donde queda la clinica",)
