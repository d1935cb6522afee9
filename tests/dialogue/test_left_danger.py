"""After a help text: a matter of its own is answered and the danger let go, and what belongs to it gets its line."""

import pytest

from bot.conversation import CaseNeeded, Outcome
from bot.dialogue.danger.matter import MATTER, own_matter
from bot.dialogue.danger.moves import NONE, lessons_of
from knowledge.schema.base import Level
from knowledge.schema.taught import Bearing

DETAINED = "ice se llevó a mi primo de la obra"
REMOVED = "me acaban de deportar por matamoros"
HELD = "trabajo de nana en dallas y la patrona me quitó el pasaporte y no me deja salir"
LOST = "mi cuñado se perdió en el desierto de arizona y ya no trae agua"


def test_what_is_written_in_danger_is_seldom_a_matter_of_its_own_and_what_changes_the_subject_mostly_is(knowledge):
    moves = [text for text, move in lessons_of(knowledge, "move") if move != NONE][::15]
    threads = [thread for field in knowledge.threads.values() for thread in field.threads]
    others = [one.text for thread in threads for one in thread.then if one.bearing is Bearing.OTHER][::4]
    left = [text for text in moves if own_matter(text, knowledge) >= MATTER]
    found = [text for text in others if own_matter(text, knowledge) >= MATTER]
    assert len(left) <= 0.03 * len(moves), left
    assert len(found) >= 0.6 * len(others)


def test_a_need_that_is_only_told_is_answered(talk):
    talk.say(REMOVED)
    assert talk.say("y mis muebles que se quedaron en la casa de phoenix").reading.answered == (
        "recuperacion-pertenencias",
    )


def test_once_turned_away_no_cue_of_the_danger_leads_back(talk):
    talk.say(REMOVED)
    talk.say("cómo saco el pasaporte de mi niña, qué piden")
    turn = talk.say("me traje una camioneta con placas de colorado, cuánto tiempo la puedo traer aquí")
    assert "911" not in talk.said
    assert turn.reading.outcome is not Outcome.QUESTION


def test_a_word_of_danger_leads_back(talk):
    talk.say(LOST)
    assert talk.say("qué piden para el pasaporte").reading.answered == ("pasaporte",)
    talk.say("mi cuñado ya no responde, lo último fue que no puede caminar")
    assert "911" in talk.said


@pytest.mark.parametrize(
    ("first", "text", "says"),
    [
        (HELD, "no, mi compañera no contesta su teléfono", "siga intentando"),
        (DETAINED, "no agarran en el 911", "otra vez"),
        (LOST, "si marco al 911 desde guanajuato contestan en arizona?", "contesta donde usted está"),
        (LOST, "su hermano se quiere meter al desierto a buscarlo", "no vaya nadie"),
        (REMOVED, "no tengo conocidos aquí y dicen que secuestran", "donde haya gente"),
        ("murió mi padrino anoche en un choque en georgia", "nadie nos dice dónde quedó el cuerpo", "hospitales"),
        ("mi mamá se desmayó y no reacciona, está en zamora", "yo estoy en boise, quién la puede llevar", "ambulancia"),
    ],
)
def test_a_line_answers_what_is_meant(talk, first, text, says):
    talk.say(first)
    talk.say(text)
    assert says in talk.said


def test_a_neighbour_took_her_to_be_seen(talk):
    talk.say("mi mamá se desmayó y no reacciona, está en zamora")
    talk.say("ya la llevó una comadre, está en el centro de salud")
    assert "hágalo ya" not in talk.said


@pytest.mark.parametrize("text", ["es diabético y no se llevó su insulina", "él se pone insulina y no la trae"])
def test_detained_without_medicine_is_raised(talk, text):
    talk.say(DETAINED)
    turn = talk.say(text)
    assert "hoy" in turn.replies[0].text
    assert any(isinstance(event, CaseNeeded) and event.level is Level.CRITICAL for event in turn.events)


def test_children_left_alone_by_an_arrest_get_their_own_words_and_the_arrest_goes_on(talk):
    talk.say("they took my mom at work, immigration")
    talk.say("im 15 and its just me and my little brother at home now")
    assert talk.said.startswith("You are not alone")
    assert talk.conversation.told[-1].category == "detention"
    talk.say("can we visit her")
    assert "visit" in talk.said or "hours" in talk.said


def test_a_girl_taken_away_by_a_man_has_the_line_for_that(talk):
    turn = talk.say("una niña de 13 de mi grupo se va hoy con un hombre que conoció en internet, ya viene por ella")
    assert turn.reading.urgent.category == "kidnapping"
    assert "800 5533 000" in talk.said
    assert "cómo va vestido" not in talk.said
    talk.say("la mamá dice que ya hizo trato con él")
    assert "Aunque la familia" in talk.said
    talk.say("ella dice que prefiere morirse")
    assert "988" in talk.said


@pytest.mark.parametrize("said", ["era de el salvador", "mi tío era guatemalteco", "es hondureño"])
def test_where_somebody_is_from_takes_no_number_away(talk, said):
    talk.say("mi tío falleció ayer en un accidente en tennessee")
    talk.say(said)
    talk.say("mi tía dice que ya no quiere vivir sin él")
    assert "988" in talk.said
    assert "911" in talk.said


def test_a_ransom_for_a_friend_is_no_danger_of_ones_own(talk):
    talk.say("estoy en tapachula, nos asaltaron y se llevaron a mi prima")
    talk.say("me escribieron que quieren 5 mil dólares por ella o la matan")
    assert talk.conversation.told[-1].other
    talk.say("a la policía no voy, trabajan con ellos")
    assert "borre esto" not in talk.said


def test_who_is_back_and_safe_is_not_told_what_to_sign(talk):
    talk.say("a mi sobrino lo deportaron ayer por nogales, está en un albergue")
    assert "firme" not in talk.said
    assert "repatriación" in talk.said


def test_who_will_be_removed_still_is(talk):
    talk.say("a mi sobrino lo van a deportar mañana por nogales")
    assert "firme" in talk.said


def test_afraid_but_not_held(talk):
    talk.say("el coyote me amenaza con matarme si no le pago lo que falta, estoy en puebla")
    talk.say("por ahora estoy bien en casa de mi prima pero me da miedo")
    assert "Sin que le vean" not in talk.said


def test_thanks_before_calling_ends_kindly(talk):
    talk.say(DETAINED)
    turn = talk.say("bueno, ahorita marco, muchas gracias")
    assert turn.reading.outcome in (Outcome.QUESTION, Outcome.SMALLTALK)
    assert "Dígame cuál" not in talk.said


def test_the_question_of_safety_is_not_asked_of_who_answered_it(talk):
    talk.say("my cousin says she wants to kill herself")
    talk.say("ok her brother is with her now, shes ok")
    talk.say("where can she find a psychologist in spanish")
    assert "safe right now" not in talk.said


def test_a_borrowed_phone_asks_for_no_numbers(talk):
    talk.say(REMOVED)
    talk.say("no tengo teléfono, este me lo prestó una señora")
    assert talk.said.count("\n") < 3


def test_what_is_asked_beside_a_danger_tells_nothing_of_it(talk):
    talk.say("a mi hermano lo tienen secuestrado en matamoros, piden rescate")
    talk.say("cuánto cuesta el pasaporte de mi mamá")
    talk.say("ya nos mandaron un video de él golpeado")
    assert talk.conversation.told[-1].phase == "ransom"
    assert talk.conversation.told[-1].other


def test_safe_and_afraid_is_not_over(talk):
    talk.say("mi esposo me golpea y me amenaza")
    talk.say("me vine a casa de mi cuñada, tengo miedo que venga por mí")
    assert not talk.conversation.told[-1].over


def test_numbers_that_were_given_are_given_again_where_only_those_of_others_are_left(talk):
    talk.say("perdimos a mi hermana en el río anoche, no la encontramos")
    talk.say("la encontraron muerta")
    assert "520 623 7874" in talk.said
