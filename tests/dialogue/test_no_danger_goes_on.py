"""Words of a danger that is none: work for a client, a parent who did not sign, a cough; and what goes on beside."""

import pytest

from bot.conversation import Outcome


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            "Our client is being held at the county jail and our law office needs her birth certificate, how?",
            "acta-nacimiento-donde-te-encuentres",
        ),
        ("a un señor del albergue lo golpearon hace dos meses, hay que denunciar?", "unidad-delitos-migrantes"),
    ],
)
def test_a_question_of_work_is_answered(talk, text, topic):
    assert talk.say(text).reading.answered == (topic,)


@pytest.mark.parametrize(
    "text",
    [
        "I am a lawyer and ICE just took my client outside the court",
        "a un señor lo golpearon hace dos meses y hoy lo amenazaron otra vez, ¿puede denunciar?",
        pytest.param(
            "a mi prima su marido le pegó hace tres meses y ayer la volvió a amenazar, ¿dónde lo denuncia?",
            marks=pytest.mark.xfail(reason="the old blow weighs more than the threat of yesterday", strict=True),
        ),
    ],
)
def test_what_goes_on_is_danger(talk, text):
    assert talk.say(text).reading.outcome in (Outcome.URGENT, Outcome.CHECK)


@pytest.mark.parametrize(
    "text",
    [
        "mi tía se murió hace tres meses y hoy queremos llevar sus cenizas, ¿qué papeles piden?",
        "me asaltaron hace dos meses y hoy perdí mi cartera, ¿cómo saco otra matrícula?",
        "mi hermano fue deportado hace meses y hoy está en tijuana, ¿cómo saca su curp?",
    ],
)
def test_what_is_past_and_asked_about_is_answered(talk, text):
    assert talk.say(text).reading.outcome is Outcome.ANSWER


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("¿cómo renuevo el pasaporte de mi hijo?", "y para mi niño de 6, si su papá nunca aparece ni se hace cargo"),
        ("me suspendieron la pensión", "pero yo sigo viva, apenas fui al banco con mi hermana"),
        ("temo que mi ex se lleve a mi hijo a méxico", "ya se lo llevó el viernes, están en zacatecas con su abuela"),
        ("hola", "soy de honduras, me cancelaron la cita de cbp one y estoy en tijuana"),
        ("hola", "los soldados del retén nos quitaron los documentos y ya nos soltaron"),
        ("hola", "en la clínica le dijeron a mi esposa embarazada que no porque no trae papeles"),
    ],
)
def test_an_ordinary_matter_is_no_danger_by_one_word(talk, before, text):
    talk.say(before)
    assert talk.say(text).reading.outcome not in (Outcome.URGENT, Outcome.CHECK)


@pytest.mark.parametrize(
    ("before", "text"),
    [
        ("¿cómo renuevo el pasaporte de mi hijo?", "mi niña de 6 no aparece, su papá se la llevó anoche"),
        ("me suspendieron la pensión", "yo sigo vivo pero a mi hijo lo agarró la migra hoy"),
        ("hola", "me cancelaron la cita de cbp one y unos hombres me tienen encerrada en reynosa"),
        ("hola", "unos policías nos quitaron el dinero y se llevaron a mi hermana"),
        ("hola", "nos corrieron del hospital por no traer papeles y mi esposa está sangrando"),
    ],
)
def test_what_is_told_beside_it_is_danger(talk, before, text):
    talk.say(before)
    assert talk.say(text).reading.outcome in (Outcome.URGENT, Outcome.CHECK)


@pytest.mark.parametrize(
    "text",
    [
        "vino a nuestra escuela una adolescente guatemalteca de 15, viaja sola, ¿a quién llamamos?",
        "un chico hondureño, menor de edad, llegó solo a la parroquia, ¿qué hacemos?",
        "a 16 year old boy from honduras walked into our office alone, who do we tell?",
    ],
)
def test_who_takes_in_somebody_under_18_is_told_whom_to_tell(talk, text):
    turn = talk.say(text)
    assert turn.reading.answered == ("albergues-dif-nna",)
    assert turn.conversation.section == "found"
    assert "911" in talk.said


def test_one_of_them_who_is_ill_comes_first(talk):
    assert talk.say("llegó un niño solo a la parroquia y no despierta").reading.urgent is not None


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("mi hija trae calentura y gripa, ¿a dónde la llevo?", ("promocion-salud-migrantes", "uninsured")),
        ("vivo en houston, mi papá trae fiebre, ¿dónde lo atienden?", ("ventanilla-salud", "clinic")),
        ("my kid has a cough and a fever, where can i take her", ("promocion-salud-migrantes", "uninsured")),
    ],
)
def test_where_an_everyday_illness_is_treated_is_answered_in_any_thread(talk, text, place):
    talk.say("¿qué piden para inscribir a mi niña en la primaria?")
    turn = talk.say(text)
    assert (turn.conversation.topic, turn.conversation.section) == place
    assert "911" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "tengo una herida en el pie que huele feo, ¿dónde me curan?",
        "the wound on my arm from the river smells, where is a doctor",
    ],
)
def test_who_asks_for_a_doctor_for_a_bad_wound_gets_the_number(talk, text):
    talk.say(text)
    assert "911" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "mi hijo trae calentura y no respira bien, ¿a dónde lo llevo?",
        "traigo una herida que huele feo y estoy perdido en el monte, ¿dónde hay un médico?",
    ],
)
def test_what_cannot_wait_gets_the_help_text(talk, text):
    assert talk.say(text).reading.outcome in (Outcome.URGENT, Outcome.CHECK)


def test_a_mother_whose_child_was_not_recognised_is_no_child_alone(talk):
    talk.say("¿cómo registro a mi hija que nació en dallas?")
    turn = talk.say("el papá nunca la quiso reconocer, yo sola la crío")
    assert turn.reading.outcome not in (Outcome.URGENT, Outcome.CHECK)


def test_the_country_of_somebody_else_orders_no_numbers(talk):
    talk.say("¿cómo saco mi pasaporte mexicano? mi papá vive en méxico")
    talk.say("hay agentes de migración tocando la puerta ahorita")
    lines = talk.said
    assert lines.index("desde Estados Unidos") < lines.index("desde México")


def test_who_got_away_from_home_is_believed(talk):
    talk.say("mi marido me golpeó anoche")
    talk.say("ya estamos a salvo en casa de mi hermana, él no sabe dónde estamos")
    assert talk.conversation.told[-1].over
    assert "1 800 799 7233" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "ya estoy con mi hermana pero él ya sabe dónde estamos",
        "me quiero ir a casa de mi mamá, ¿cómo le hago?",
        "i am at my sisters and i am scared he will come for me",
    ],
)
def test_who_is_not_safe_is_not(talk, text):
    talk.say("mi marido me golpeó anoche")
    talk.say(text)
    assert not talk.conversation.told[-1].over
