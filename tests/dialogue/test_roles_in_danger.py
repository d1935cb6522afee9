"""Who is in the danger, who corrects us, and what is answered to the question that we asked."""

import pytest

from bot.conversation import Outcome

LOCKED = "me tienen encerrada con llave y no me dejan salir"
RANSOM = "secuestraron a mi hermano en reynosa y piden ocho mil dolares"
WORKED = "nos tienen trabajando a la fuerza en un rancho y no nos dejan salir"
LOST = "estamos perdidos en el desierto, mi compadre y yo, sin agua"
MISSING = "mi sobrina desaparecio cruzando por sasabe hace tres dias"
ROBBED = "me asaltaron y me golpearon unos hombres en las vias del tren"


def _open(talk):
    return [told.category for told in talk.conversation.told if not told.over]


@pytest.mark.parametrize(
    "text",
    [
        "nos piden rescate por mi marido",
        "el pollero tiene a mi señor y no lo suelta, quiere que le mande 4 mil",
        "no sueltan a mi papá hasta que paguemos, me hablan a cada rato",
        "they have my wife and want me to send 6 thousand, i am alone with the baby",
    ],
)
def test_who_is_asked_for_money_is_not_spoken_to_as_the_captive(talk, text):
    talk.say(text)
    assert _open(talk) == ["kidnapping"]
    assert talk.conversation.told[-1].other
    assert "Baje el volumen" not in talk.said
    assert "Turn the sound down" not in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "nos tienen encerrados a mi esposo y a mi en una casa, quieren dinero",
        "mi novio me quito el telefono y me tiene encerrada",
        "tienen a mi hermana aqui conmigo, no nos dejan salir",
    ],
)
def test_who_is_held_with_somebody_is_still_the_captive(talk, text):
    talk.say(text)
    assert not talk.conversation.told[-1].other


def test_who_was_held_first_is_not_safe_because_another_is_held_too(talk):
    talk.say("nos tienen encerrados en una bodega")
    talk.say("a mi primo no lo sueltan, lo tienen amarrado")
    assert not talk.conversation.told[-1].other


@pytest.mark.parametrize("text", ["yo estoy en houston", "estoy aca en fresno, ahorita no puedo hablar"])
def test_where_the_captive_is_makes_them_no_relative(talk, text):
    talk.say("me tiene encerrada un señor y no me deja salir de su casa")
    talk.say(text)
    assert not talk.conversation.told[-1].other
    assert "usted está a salvo" not in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "no es ningun secuestro, es mi pareja",
        "yo ando en chicago. el que me encierra es el papa de mis hijos",
        "its not kidnapping its my boyfriend",
    ],
)
def test_who_is_held_by_their_own_at_home_gets_that_help(talk, text):
    talk.say(LOCKED)
    talk.say(text)
    assert _open(talk) == ["violence"]
    assert talk.turns[-1].reading.outcome is Outcome.URGENT
    assert not talk.conversation.told[-1].other
    assert "1 800 799 7233" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "ya se durmio, necesito un lugar donde irme con mis hijos sin que sepa",
        "busco un refugio para esconderme con la niña antes que despierte",
    ],
)
def test_who_asks_where_to_flee_to_is_told_where_a_roof_is_asked_for(talk, text):
    talk.say("mi marido me pega, estoy en atlanta")
    talk.say(text)
    assert talk.conversation.told[-1].said[-1] == "place-to-go"
    assert "1 800 799 7233" in talk.said


@pytest.mark.parametrize("text", ["no tengo dinero ni conocidos por alla", "de donde saco tanto dinero"])
def test_money_for_a_ransom_is_no_need_of_food(talk, text):
    talk.say(RANSOM)
    talk.say(text)
    assert _open(talk) == ["kidnapping"]
    assert "comer y dormir" not in talk.said
    assert "911" in talk.turns[-1].replies[0].text


def test_hunger_beside_a_ransom_has_the_danger_first(talk):
    talk.say(RANSOM)
    talk.say("y no tengo que comer hoy, me quede sin nada")
    assert talk.conversation.told[-1].category == "kidnapping"
    assert "911" in talk.turns[-1].replies[0].text


@pytest.mark.parametrize("text", ["entonces como le hago con el deposito", "que hago con la cuenta que me mandaron"])
def test_what_to_do_with_the_money_is_answered(talk, text):
    talk.say(RANSOM)
    talk.say(text)
    assert talk.conversation.told[-1].said[-1] == "to-pay"


@pytest.mark.parametrize(
    "texts",
    [
        (
            "ya me agarraron, mi compadre ya no se levanto y lo tuve que dejar debajo de un arbol",
            "se quedo alla por una cerca",
        ),
        (
            "mi compadre se quedo atras acostado, ya no respondia",
            "no el no esta aqui, se quedo por un arroyo. les aviso?",
        ),
    ],
)
def test_who_was_left_behind_is_searched_for(talk, texts):
    talk.say(LOST)
    for text in texts:
        talk.say(text)
        assert "lost" in _open(talk)
        assert "juntos" not in talk.said
        assert talk.conversation.told[-1].said[-1].startswith("one-stayed")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("ya salimos a la calle. nos va a echar la policia a nuestro pais?", "own-out-police"),
        ("i ran away now. where can i sleep", "own-out-sleep"),
        ("por fin estoy afuera. y mi pasaporte que?", "own-out-papers"),
    ],
)
def test_who_got_out_is_answered_what_comes_next(talk, text, line):
    talk.say(WORKED)
    talk.say(text)
    assert not _open(talk)
    assert talk.conversation.told[-1].said[-1] == line


@pytest.mark.parametrize("text", ["como salgo a la calle sin que me vean", "cuando salga de aqui a donde voy"])
def test_who_wants_to_get_out_is_not_out(talk, text):
    talk.say(WORKED)
    talk.say(text)
    assert _open(talk) == ["kidnapping"]


@pytest.mark.parametrize(
    "text",
    [
        "ya regreso mi sobrina pero viene lastimada, abusaron de ella. que se hace",
        "la encontramos, esta toda moreteada y le hicieron cosas",
        "she came home but beaten up, i think they did things to her",
    ],
)
def test_who_came_back_hurt_is_to_see_a_doctor_today(talk, text):
    talk.say(MISSING)
    talk.say(text)
    assert not _open(talk)
    assert "médico" in talk.said or "doctor" in talk.said
    talk.say("un medico primero, y que no la regresen a su pais")
    assert "urgencias" in talk.said or "emergency room" in talk.said


@pytest.mark.parametrize("text", ["ya regreso pero sangrando mucho y no responde", "encontraron el cuerpo golpeado"])
def test_who_came_back_gravely_hurt_or_dead_is_not_over(talk, text):
    talk.say(MISSING)
    talk.say(text)
    assert _open(talk)


def test_what_was_done_to_them_is_no_end(talk):
    talk.say("asaltaron a mi prima en el camino y la golpearon")
    talk.say("ya esta conmigo. abusaron de ella")
    assert _open(talk) == ["violence"]
    assert "urgencias" in talk.said


def test_a_doctor_is_the_answer_to_what_is_needed_first(talk):
    talk.say(ROBBED)
    talk.say("ya estoy en una tienda")
    talk.say("y ahora")
    talk.say("pues una clinica, y que no me echen a la migra")
    assert "urgencias" in talk.said


@pytest.mark.parametrize(
    "text", ["un doctor, sin que le avisen a migracion", "i want a doctor, dont let them call ice"]
)
def test_who_fears_to_be_reported_at_the_doctor_tells_of_no_agents(talk, text):
    talk.say(ROBBED)
    talk.say("ya estoy en la casa de una amiga, a salvo")
    turn = talk.say(text)
    assert turn.reading.check is None
    assert turn.reading.urgent is None
    assert "urgencias" in talk.said or "emergency room" in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "la migra está afuera, que no me entreguen a migracion",
        "ice is at my door and i dont want them to tell ice more",
        "me agarraron en el trabajo y no quiero que me entreguen a la migra",
        "the cops stopped my brother, i dont want them to call ice",
    ],
)
def test_agents_that_are_there_are_danger_all_the_same(talk, text):
    assert talk.say(text).reading.outcome in (Outcome.URGENT, Outcome.CHECK)


@pytest.mark.parametrize(
    ("told", "text", "topic"),
    [
        (WORKED, "can i work for another employer with this visa or do i have to leave", None),
        (RANSOM, "oiga y cuanto cuesta la matricula consular", "matricula-consular"),
        (WORKED, "how long can a farm worker stay in canada", "ptat"),
    ],
)
def test_a_clear_question_is_answered_beside_the_number(talk, told, text, topic):
    talk.say(told)
    turn = talk.say(text)
    assert topic is None or turn.reading.answered == (topic,)
    assert "911" in talk.said


@pytest.mark.parametrize(
    "text", ["como le hago para que me regresen a mi casa en mexico", "como puedo volver a mi pais"]
)
def test_how_to_go_home_is_no_part_of_a_night_without_a_roof(talk, text):
    talk.say("me robaron todo, estoy en denver y no tengo donde dormir")
    turn = talk.say(text)
    assert turn.reading.answered
    assert "no lo tengo comprobado" not in talk.said


def test_what_is_asked_after_the_end_is_read_by_itself(talk):
    talk.say("me robaron todo, estoy en denver y no tengo donde dormir")
    talk.say("ya me recibieron en un albergue con unas hermanas, ando bien")
    assert not _open(talk)
    turn = talk.say("oiga y cuanto cuesta la matricula consular")
    assert turn.reading.answered[:1] == ("matricula-consular",)


def test_a_sure_question_is_stronger_than_a_word_of_the_danger(talk):
    talk.say("me deportaron anoche, estoy en matamoros sin nada")
    turn = talk.say("donde se apostilla un acta")
    assert turn.reading.answered == ("apostilla",)


@pytest.mark.parametrize("text", ["a mis hijos quien me los trae", "can you get my kids back to me here"])
def test_who_asks_for_their_children_is_told_who_helps(talk, text):
    talk.say("me deportaron a mexicali ayer y mis hijos se quedaron alla")
    talk.say(text)
    assert "bring-children" in talk.conversation.told[-1].said


def test_who_was_left_behind_is_not_forgotten_in_custody(talk):
    talk.say("we are lost in the brush near falfurrias with no water")
    talk.say("border patrol got me but my cousin stopped moving, i left him under a tree")
    talk.say("he is not here, he stayed back by a hill. do i tell them")
    assert "not moving" in talk.said
