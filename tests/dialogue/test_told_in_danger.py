"""Short conversations in an open danger: what was told of place, nation and family is used, not asked again."""

from itertools import pairwise

import pytest

LOST = "a mi yerno lo dejaron tirado en el desierto, no puede caminar"
MISSING = "mi comadre cruzó hace cuatro días por el monte y no contesta"
DETAINED = "ice arrestó a mi esposo en su trabajo esta mañana"
BEATEN = "my boyfriend beat me tonight and i am scared to go back home"
DEAD = "mi tío falleció ayer en Denver de un infarto"
REMOVED = "me deportaron ayer por Nogales y no traigo nada"
CAPTIVE = "un muchacho de 16 llegó al albergue, dice que el coyote lo tuvo encerrado y su primo sigue en esa casa"


LINES = [
    ([LOST, "ya les avisé y dicen que hasta mañana mandan a alguien"], ["No espere"], ["Haga lo que le digan"]),
    ([MISSING, "hablé y me contestaron que vuelva a marcar el lunes"], ["No espere", "otra línea"], ["Haga lo que"]),
    ([DEAD, "lo tienen en el hospital general"], ["número de caso"], ["Qué bueno"]),
    (["mi niña de 4 años no aparece", "ya llamé y que espere una hora"], ["no hay que esperar"], ["Haga lo que"]),
    ([LOST, "siento que ya no lo vamos a encontrar vivo"], ["Ese miedo pesa", "con vida"], ["Quédense juntos"]),
    ([DETAINED, "y yo con tres niños, qué hago si regresan por mí"], ["no abra", "escuela"], ["DIF"]),
    ([DETAINED, "más o menos de cuánto es la fianza"], ["1,500 dólares"], ["Cuándo sale no lo puede"]),
    ([BEATEN, "would they let my two boys come with me to a shelter"], ["1 800 799 7233"], ["refuge"]),
    ([BEATEN, "somebody told me there is a u visa, is that true"], ["lawyer", "U visa"], ["refuge in Mexico"]),
    ([DEAD, "está en la morgue del hospital, tenía 60"], ["hasta cuándo lo guarda"], ["Pregunte a dónde llevaron"]),
    ([REMOVED, "mi mujer está embarazada y se quedó allá"], ["consultas"], ["Que los niños estén"]),
    (
        ["my uncle never came home from the packing house", "they say immigration came in the morning"],
        ["locator"],
        ["Which way"],
    ),
    ([CAPTIVE, "a quién le avisamos primero, al DIF o a la fiscalía"], ["DIF", "Procuraduría"], ["foros"]),
]


@pytest.mark.parametrize(("texts", "says", "never"), LINES)
def test_what_is_told_gets_the_line_of_its_role_and_category(talk, texts, says, never):
    for text in texts:
        talk.say(text)
    for words in says:
        assert words in talk.said
    for words in never:
        assert words not in talk.said


@pytest.mark.parametrize(
    ("texts", "category"),
    [
        (["tengo 15 años y mi papá no ha llegado del trabajo y no contesta"], "missing"),
        (["im 17 and my mom never came home last night, shes not answering"], "missing"),
        (["tengo 14 y la migra se llevó a mi mamá hace rato"], "detention"),
        (["tengo 9 años y estoy sola, mi mamá no ha llegado"], "child"),
        (["mi hijo de 5 años no aparece"], "child"),
    ],
)
def test_whose_parent_is_gone_is_no_lost_child(talk, texts, category):
    for text in texts:
        talk.say(text)
    assert talk.conversation.told[-1].category == category


def test_a_minor_whose_mother_was_taken_is_not_told_what_the_detained_say(talk):
    talk.say("tengo 14 y la migra se llevó a mi mamá hace rato")
    talk.say("no sé qué hacer, estoy con mi tía")
    assert talk.conversation.told[-1].other
    assert "adulto" in talk.said


def test_the_question_after_an_alarm_is_not_of_the_topic_before_it(talk):
    talk.say("cómo nos registramos para participar en los foros de la SRE")
    assert talk.conversation.topic is not None
    talk.say(MISSING)
    assert talk.conversation.topic is None


def _in_order(text: str, *parts: str) -> bool:
    places = [text.find(part) for part in parts]
    return -1 not in places and all(first < second for first, second in pairwise(places))


def test_deported_to_a_border_town_is_in_mexico(talk):
    talk.say(REMOVED)
    assert talk.conversation.country == "MX"
    assert "qué ciudad" not in talk.said
    assert "En qué país" not in talk.said
    talk.say("dónde puedo dormir hoy")
    assert "211" not in talk.said


def test_the_other_side_is_the_united_states_and_its_lines_follow_once(talk):
    talk.say(LOST)
    talk.say("fue cerca de un rancho por sasabe, ya del otro lado")
    assert talk.conversation.told[-1].where == "US"


def test_who_writes_from_another_country_is_told_where_the_emergency_number_answers(talk):
    talk.say("mi hijo se quedó tirado en el desierto de Arizona, me avisó su amigo")
    talk.say("yo estoy en Puebla")
    assert "contesta donde usted está" in talk.said
    assert "Primero llame" not in talk.said
    assert _in_order(talk.said, "079", "familylinks")  # the lines of Arizona stand in the help text


def test_who_is_of_another_country_reads_the_lines_for_everybody_first(talk):
    talk.say("mi sobrina no contesta desde que cruzó hace tres días")
    talk.say("nosotros somos de Guatemala")
    assert "consulado del país de la persona" in talk.said
    talk.say("la última llamada fue de Reynosa")
    assert "Comisión Nacional de Búsqueda" in talk.said
    assert "CIAM" not in talk.said


def test_where_the_writer_lives_is_not_where_somebody_is_held(talk):
    talk.say("tienen secuestrado a mi primo en Reynosa y piden dinero")
    talk.say("yo vivo en Denver")
    assert talk.conversation.told[-1].where == "MX"
    assert talk.conversation.country == "US"


def test_who_fears_to_be_found_is_not_told_of_sources(talk):
    talk.say("mi marido me golpeó y ya me salí con mi bebé")
    talk.say("y si me halla me mata")
    assert "fuentes" not in talk.said
    assert "comprobado" not in talk.said


def test_who_fears_that_somebody_is_dead_writes_for_them(talk):
    talk.say("se llevaron a mi hijo los del cartel en Reynosa, yo estoy en Honduras")
    talk.say("me da miedo que ya lo hayan matado")
    assert talk.conversation.told[-1].other
    assert "Sin que le vean" not in talk.said


def test_who_is_buried_in_mexico_gets_no_number_of_another_country(talk):
    talk.say("mi papá murió ayer en Houston y lo queremos enterrar en Zacatecas")
    assert "Honduras" not in talk.said


def test_the_help_text_of_a_death_is_given_once(talk):
    talk.say(DEAD)
    talk.say("fue un ataque al corazón, está en el hospital")
    assert "Siento mucho su pérdida" not in talk.said


def test_the_ambulance_that_comes_is_waited_for(talk):
    talk.say("mi papá se desmayó y no despierta")
    talk.say("ya llamé al 911 y dijeron que ya viene la ambulancia")
    assert "No espere" not in talk.said


@pytest.mark.parametrize(
    ("text", "outside"),
    [
        ("mi esposo prendió el carbón en el cuarto y ahora no despierta", "aire libre"),
        ("the generator was inside the garage and my dad won't wake up", "open air"),
    ],
)
def test_nobody_is_kept_in_bad_air(talk, text, outside):
    talk.say(text)
    assert outside in talk.said
    talk.say("le hablo y nomás hace ruidos" if outside == "aire libre" else "he only makes noises")
    assert outside in talk.said
