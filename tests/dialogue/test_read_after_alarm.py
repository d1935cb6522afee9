"""After the alarm the next line reads the message: what is asked, what was heard wrong, who may read along."""

import pytest

from bot.conversation import Outcome

BEATEN = "mi esposo me acaba de pegar otra vez"
ROBBED = "nos asaltaron con cuchillo en Tapachula y se llevaron todo"
HURT = "me corté con la sierra en el trabajo y no para de sangrar"
MADE_TO_WORK = "tengo 15 y la señora con la que vivo no es mi tía, me hace limpiar casas y no me deja salir"
NOBODY_HELD = "unidad-delitos-migrantes", "extortion"


@pytest.mark.parametrize(
    "text",
    [
        "una muchacha de tinder me grabó sin ropa y quiere 5 mil pesos o le enseña el video a mi esposa",
        "un tipo de instagram me amenaza con publicar mis fotos si no le pago",
        "some guy online says he will send my nudes to my church unless i pay him",
        "mi ex dice que va a subir un video mío",
    ],
)
def test_pictures_that_money_is_asked_for_hold_nobody(talk, text):
    turn = talk.say(text)
    assert turn.reading.urgent is None
    assert (turn.conversation.topic, turn.conversation.section) == NOBODY_HELD
    assert "no es su culpa" in talk.said or "not your fault" in talk.said


def test_a_minor_is_told_to_tell_a_grown_up(talk):
    talk.say("tengo 15 y un chavo quiere que le mande dinero o sube mis fotos desnuda")
    assert "adulto" in talk.said
    assert "usted" not in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "cuántas fotos mías pide el consulado y cuánto pago por el pasaporte",
        "me mandaron dinero y fotos de mi nieta desde México",
        "mi hija quiere un video mío de cuando era joven",
    ],
)
def test_pictures_alone_are_no_extortion(talk, text):
    assert (talk.say(text).conversation.topic, talk.conversation.section) != NOBODY_HELD


def test_a_picture_of_who_is_held_is_a_kidnapping(talk):
    turn = talk.say("me mandaron fotos de mi hermano amarrado y piden dinero")
    assert turn.reading.urgent.category == "kidnapping"


def test_who_is_not_held_is_believed_though_money_was_sent(talk):
    talk.say("nos tienen encerrados en una casa y piden dinero")
    talk.say("perdón, no estoy secuestrada. son unas fotos mías que no debí mandar y ya le deposité dos veces")
    assert "capturas" in talk.said
    assert talk.conversation.told[-1].over


@pytest.mark.parametrize("first", [BEATEN, MADE_TO_WORK])
@pytest.mark.parametrize("text", ["aguas ahí viene, al rato escribo", "shh ya llegó luego sigo", "más tarde cuento"])
def test_who_must_go_gets_one_neutral_line(talk, first, text):
    talk.say(first)
    turn = talk.say(text)
    assert len(turn.replies) == 1
    assert "911" not in talk.said


def test_who_comes_armed_is_no_farewell(talk):
    talk.say(BEATEN)
    assert talk.say("ya viene para acá con una pistola").reading.urgent is not None


@pytest.mark.parametrize(
    "text",
    [
        "no denuncié porque temo que me regresen a mi país",
        "quiero denunciar pero me da miedo que me agarren los de migración",
    ],
)
def test_the_fear_to_report_in_mexico_is_answered_from_the_law(talk, text):
    talk.say(ROBBED)
    turn = talk.say(text)
    assert (turn.conversation.topic, turn.conversation.section) == ("unidad-delitos-migrantes", "fear")


def test_the_fear_to_report_comes_before_the_numbers(talk):
    talk.say("mi primo no llega desde el martes, venía por el desierto de Arizona")
    talk.say("somos de El Salvador y vivimos en Virginia, me da miedo reportarlo porque no tengo papeles")
    assert "Ese miedo se entiende" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "la encargada dice que si me voy a urgencias ya no me presente",
        "my boss said if i go to the er i am fired",
    ],
)
def test_a_job_is_no_reason_to_stay_without_a_doctor(talk, text):
    talk.say(HURT)
    talk.say(text)
    assert "antes que el trabajo" in talk.said or "before work" in talk.said


@pytest.mark.parametrize(
    ("first", "text"),
    [
        (
            "no nos dejan salir del cuarto hasta pagarle al pollero",
            "es legal que nos tengan aquí por lo que le debemos",
        ),
        (
            "la patrona me quitó el pasaporte y me encierra de noche",
            "ella dice que le debo el viaje, puede obligarme por esa deuda?",
        ),
        ("the coyote keeps us in a house in phoenix until we pay", "can they make me work because i owe them?"),
    ],
)
def test_whether_a_debt_holds_somebody_is_answered(talk, first, text):
    talk.say(first)
    talk.say(text)
    assert "aunque sea cierta" in talk.said or "even if it is true" in talk.said
    assert "888 373 7888" in talk.said


@pytest.mark.parametrize("text", ["a la policía no le quiero hablar", "policía no por favor", "y entonces qué hago"])
def test_who_is_under_18_and_made_to_work_is_no_lost_child(talk, text):
    talk.say(MADE_TO_WORK)
    talk.say(text)
    assert "te perdiste" not in talk.said
    assert " usted" not in talk.said
    assert not any(word in talk.said for word in ("marque", "Pregunte", "escriba"))


def test_a_child_who_was_handed_to_a_stranger_and_made_to_work(talk):
    talk.say("soy menor, tengo 14 años y me mandaron con un señor que no es mi familia, me da miedo")
    talk.say("me pone a vender en la calle y me quitó el celular")
    assert "te perdiste" not in talk.said
    assert "888 373 7888" in talk.said


def test_a_small_child_who_got_lost_still_is(talk):
    talk.say("tengo 8 años y me perdí de mi mamá en el tianguis")
    talk.say("no la veo por ningún lado")
    assert "te perdiste" in talk.said


APPOINTMENT = "mi esposo tiene su check in de ICE el lunes y tengo miedo que ya no vuelva"


@pytest.mark.parametrize("text", ["se presenta o mejor no va?", "qué papeles lleva a la cita con ice"])
def test_an_appointment_to_come_is_for_a_lawyer_and_names_who_guides(talk, text):
    talk.say(APPOINTMENT)
    talk.say(text)
    assert "1 888 624 4752" in talk.said


@pytest.mark.parametrize(
    "text", ["y si no sale de la cita cómo lo busco", "si lo detienen ahí en la cita dónde lo encuentro"]
)
def test_who_may_not_come_back_is_looked_for(talk, text):
    talk.say(APPOINTMENT)
    talk.say(text)
    assert "locator.ice.gov" in talk.said


def test_an_appointment_to_come_in_english(talk):
    talk.say("my mom has to report to ice on monday, i'm scared they will deport her")
    talk.say("should she go or not")
    assert "1 888 624 4752" in talk.said
    talk.say("what if they keep her there, how do i find her")
    assert "locator.ice.gov" in talk.said


def test_what_is_asked_of_another_matter_bears_out_no_check(talk):
    talk.was_asked("child", "el DIF de chiapas tiene a mi sobrino de 9, vivo en carolina")
    assert talk.say("que papeles me piden").reading.outcome is not Outcome.URGENT
    talk.was_asked("deportation", "my dad sees ice on friday and i am scared they deport him")
    assert talk.say("what time does the consulate open").reading.outcome is Outcome.ANSWER


def test_an_appointment_with_ice_is_answered_in_calm_too(talk):
    talk.say("qué papeles llevo a mi check in de ice la otra semana")
    assert "1 888 624 4752" in talk.said


def test_bail_of_a_jail_is_not_a_bond_of_immigration(talk):
    talk.say("agarraron a mi cuñado, está en la cárcel del condado y migración le puso un papel")
    talk.say("si pagamos la fianza lo recoge la migra?")
    assert talk.conversation.topic != "pale"
    assert "abogado penal" in talk.said


def test_the_bond_of_immigration_still_is(talk):
    talk.say("ice se llevó a mi cuñado")
    talk.say("de cuánto sale la fianza de él")
    assert (talk.conversation.topic, talk.conversation.section) == ("pale", "bond")


@pytest.mark.parametrize("text", ["desde ayer no me responde", "van dos días y no me contesta"])
def test_who_is_held_in_mexico_is_asked_for_there(talk, text):
    talk.say("a mi sobrina la detuvo migración en Tapachula, México")
    talk.say(text)
    assert "800 715 2000" in talk.said
    talk.say("y dónde la busco")
    assert "locator.ice.gov" not in talk.said
    assert talk.conversation.topic != "asistencia-consular-migratoria"


def test_who_is_safe_and_asks_for_their_children_is_answered(talk):
    talk.say("ya no quiero vivir así, mis hijos se quedaron en El Salvador")
    turn = talk.say("sí estoy a salvo, no voy a hacer nada, nomás triste. ¿hay forma de traérmelos?")
    assert (turn.conversation.topic, turn.conversation.section) == ("diagnostico-migratorio", "family")
    assert turn.conversation.answers["safe-now"] == "yes"


def test_who_is_not_safe_is_not_led_away(talk):
    talk.say("me quiero morir")
    turn = talk.say("no, no estoy a salvo, quiero traer a mis hijos")
    assert turn.conversation.topic is None


@pytest.mark.parametrize(
    "text",
    [
        "tengo la mica por mi marido y él me golpea, si lo dejo me la quitan",
        "my husband hits me, if i report him do i lose my green card",
    ],
)
def test_blows_beside_a_question_about_papers_are_urgent(talk, text):
    assert talk.say(text).reading.urgent.category == "violence"
    talk.say("y mis papeles qué pasa con ellos" if "marido" in text else "what happens with my papers")
    assert talk.conversation.section == "options"


@pytest.mark.parametrize(
    "text",
    [
        "mi marido toma y se pone agresivo, si lo denuncio pierdo la residencia?",
        "my husband gets drunk and aggressive, if i leave him do i lose my green card",
    ],
)
def test_papers_through_who_is_feared_are_answered_with_the_danger(talk, text):
    turn = talk.say(text)
    assert "911" in talk.said
    assert "1 800 799 7233" in talk.said
    assert turn.reading.urgent is not None or turn.conversation.section == "options"


@pytest.mark.parametrize(
    ("first", "text", "number"),
    [
        (BEATEN, "se puede quedar con el coche que está a su nombre?", "1 800 799 7233"),
        ("ice se llevó a mi esposo", "cuánto tarda el permiso de trabajo de alguien así?", "1 888 624 4752"),
    ],
)
def test_what_nothing_answers_names_who_does(talk, first, text, number):
    talk.say(first)
    talk.say(text)
    assert number in talk.said
