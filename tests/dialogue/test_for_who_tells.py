"""What somebody says of themselves makes another answer the right one, in the message or before it."""

import pytest

BORN_THERE = [
    "was born in arizona",
    "naci en los angeles california",
    "naci en chicago illinois",
    "nacimos en estados unidos",
]
BY_CHOICE = ["a mi nadie me deportó, yo me regresé sola", "no me deportaron, me vine por mi cuenta"]


@pytest.mark.parametrize("born", BORN_THERE)
def test_who_was_born_there_has_no_curp_to_print(talk, born):
    talk.say(f"{born}, how do I get a curp" if "was" in born else f"{born}, como consigo la curp")
    assert (talk.conversation.topic, talk.conversation.section) == ("curp", "first")


def test_what_was_said_before_counts(talk):
    talk.say("hola, yo naci en phoenix arizona")
    talk.say("como saco la curp")
    assert (talk.conversation.topic, talk.conversation.section) == ("curp", "first")


@pytest.mark.parametrize("text", ["como imprimo la curp, naci en oaxaca y vivo en texas", "como imprimo mi curp"])
def test_others_are_told_how_to_print_it(talk, text):
    talk.say(text)
    assert (talk.conversation.topic, talk.conversation.section) == ("curp", "how")


def test_the_answer_for_them_is_not_forced_twice(talk):
    talk.say("naci en nevada, como consigo mi curp")
    talk.say("y como la imprimo")
    assert talk.conversation.section == "how"


@pytest.mark.parametrize("text", BY_CHOICE)
def test_who_was_not_deported_gets_no_help_for_the_deported(talk, text):
    talk.say(f"{text}, que ayudas hay en mexico")
    assert talk.conversation.topic == "regreso-por-cuenta-propia"


@pytest.mark.parametrize("text", BY_CHOICE)
def test_the_same_is_put_right_in_the_thread(talk, text):
    talk.say("que ayuda dan a los deportados al llegar a mexico")
    talk.say(text)
    assert "constancia de repatriación" not in talk.said
    assert talk.conversation.topic == "regreso-por-cuenta-propia"


@pytest.mark.parametrize("text", ["tengo 22 años y naci en utah", "soy mayor de edad, naci en oregon"])
def test_an_adult_is_told_what_holds_for_adults(talk, text):
    talk.say(f"{text}, mi mamá es mexicana, quiero registrarme como mexicano en el consulado")
    assert talk.conversation.topic == "registro-nacimiento-hijos-eua"
    assert "no hay límite de edad" in talk.said


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("nos dejamos y el se llevo al niño a jalisco sin avisarme hace dos meses, el niño nacio aqui en tulsa", True),
        ("my ex took my son to mexico last month and we live in ohio", True),
        ("me da miedo que mi ex se lleve a los niños a méxico, vivimos en dallas", False),
    ],
)
def test_for_a_child_who_is_gone_already_nothing_is_prevented(talk, text, gone):
    talk.say(text)
    assert talk.conversation.topic == "sustraccion-internacional-menores"
    assert (talk.conversation.section != "prevent") is gone


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("mi hija de 15 puede agarrar el daca", "first"),
        ("mi sobrino de 17 quiere saber si agarra la daca", "first"),
        ("tengo un dui, puedo renovar daca", "record"),
        ("mi hija tiene 17 y la arrestaron por una pelea, puede renovar daca", "record"),
        ("me agarraron manejando tomado, pierdo el daca", "record"),
    ],
)
def test_who_wants_to_get_it_was_not_caught(talk, text, section):
    talk.say(text)
    assert (talk.conversation.topic, talk.conversation.section) == ("daca", section)


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("me preocupa que la comar vaya a decir que no", "denied"),
        ("tengo miedo de que en la comar me rechacen", "denied"),
        ("puedo pedir refugio en la comar si no tengo pasaporte", "no-papers"),
    ],
)
def test_who_fears_a_refusal_is_told_what_comes_after_it(talk, text, section):
    talk.say(text)
    assert (talk.conversation.topic, talk.conversation.section) == ("condicion-refugiado", section)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (
            "soy hondureño y ando en tapachula, que hago para tener papeles aqui",
            "programa-temporal-regularizacion/doors",
        ),
        ("perdí mi pasaporte de honduras en tapachula, dónde saco otro", "consulados-centroamericanos-chiapas/papers"),
        ("de que forma cancelamos la cluni", "ley-fomento-osc/kinds"),
        ("queremos dar de baja la cluni", "ley-fomento-osc/kinds"),
        ("como se saca la cluni", "ley-fomento-osc/cluni"),
        ("los lineamientos de participacion de cancilleria sirven para la oea", "oea-registro/requirements"),
        ("siguen vigentes los lineamientos de la sre", "osc-lineamientos-participacion/in-force"),
        ("queremos ir de observadores a la oea, como le hacemos", "oea-registro/how"),
        ("una asociacion como se vuelve observadora de la convencion del clima", "cop-clima-osc/how"),
    ],
)
def test_what_is_said_beside_the_topic_decides_its_answer(talk, text, place):
    talk.say(text)
    assert f"{talk.conversation.topic}/{talk.conversation.section}" == place


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("my grandpa died in mexico in 2009 and i need a copy of his death certificate", "died-in-mexico"),
        ("my grandpa died in california in 2009 and i need a copy of his death certificate", "death-copy"),
        ("mi abuelo murió en jalisco y vivo en denver, cómo saco su acta de defunción", "died-in-mexico"),
    ],
)
def test_where_somebody_died_decides_who_gives_the_certificate(talk, text, section):
    talk.say(text)
    assert (talk.conversation.topic, talk.conversation.section) == ("actas-registro-civil-consulado", section)
