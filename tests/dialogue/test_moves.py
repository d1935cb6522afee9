"""What is meant in an open danger, whatever its words: moves taught by sentences, who is in it, and how it ends."""

from itertools import pairwise

import pytest

from bot.conversation import Outcome
from bot.dialogue.danger.moves import SURE, moves_in, speaks_of

VIOLENCE = "mi marido me pega"
CAPTIVE = "nos tienen encerrados en una casa, no nos dejan salir hasta que paguemos"
RANSOM = "tienen a mi papa en reynosa quieren 5 mil dolares o lo matan"
MISSING = "mi tío no aparece, cruzó hace tres días por el desierto"
DYING = "me quiero matar"
MOVES = [
    ("te lo juro que marqué y nadie levanta el teléfono", "no-answer"),
    ("my phone has no minutes left", "no-credit"),
    ("si hago ruido me oye", "cannot-speak"),
    ("y si por llamar me deportan porque no tengo papeles", "police-deport"),
    ("otra vez volvió mi marido", "returned"),
    ("the ambulance crew is here with us", "help-here"),
    ("la patrulla se llevó esposado a mi marido", "aggressor-taken"),
    ("what do i tell them when they pick up", "what-to-say"),
    ("su mamá ya está con ella", "with-somebody"),
    ("mi abuelo no quiere salir de la casa", "will-not-go"),
]


@pytest.mark.parametrize(("text", "move"), MOVES)
def test_a_move_is_heard_in_other_words(knowledge, text, move):
    first, likelihood = next(iter(moves_in(text, knowledge).items()))
    assert (first, likelihood >= SURE) == (move, True)


@pytest.mark.parametrize(("text", "who"), [("tienen a mi cuñada", "other"), ("nos tienen amarrados", "own")])
def test_of_whom_a_message_speaks(knowledge, text, who):
    assert speaks_of(text, knowledge) == who


@pytest.mark.parametrize("text", ["otra vez está aquí mi marido", "volvió y está afuera", "he came home again"])
def test_who_comes_back_is_no_relief(talk, text):
    talk.say(VIOLENCE)
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.URGENT
    assert not talk.conversation.told[-1].over


def test_who_comes_back_was_looked_for(talk):
    talk.say(MISSING)
    talk.say("ya regresó mi tío a la casa")
    assert talk.conversation.told[-1].over


def test_an_aggressor_whom_the_police_took_is_nobody_to_be_helped(talk):
    talk.say(VIOLENCE)
    talk.say("la patrulla se lo llevó esposado")
    assert [told.category for told in talk.conversation.told] == ["violence"]
    assert talk.conversation.told[-1].over


@pytest.mark.parametrize("text", ["yo estoy bien, vivo en denver", "im safe, im in boston"])
def test_the_safety_of_who_writes_ends_no_danger_of_another(talk, text):
    talk.say(RANSOM)
    talk.say(text)
    assert not talk.conversation.told[-1].over


def test_lines_for_the_family_are_not_said_to_the_captive(talk):
    talk.say(CAPTIVE)
    for text in ("piden tres mil por cada uno", "somos nueve y una bebé", "pues aquí andamos", "mmm"):
        talk.say(text)
        assert "oír a su familiar" not in talk.said
        assert "atiende el teléfono" not in talk.said


@pytest.mark.parametrize(
    ("opening", "text", "category"),
    [
        (MISSING, "me hablaron que lo tienen y que mande dinero", "kidnapping"),
        ("se murió mi mamá ayer", "mi hermana dice que se quiere ir con ella", "self_harm"),
        (VIOLENCE, "ya no despierta por más que le hablo", "medical"),
    ],
)
def test_a_danger_becomes_another(talk, opening, text, category):
    talk.say(opening)
    talk.say(text)
    assert talk.conversation.told[-1].category == category


def test_what_somebody_else_took_is_no_question_to_the_writer(talk):
    talk.say(DYING)
    talk.say("soy su hijo, mi mamá está dormida y yo escribo")
    turn = talk.say("creo que se tomó un frasco de pastillas")
    assert turn.reading.outcome is Outcome.URGENT
    assert "qué frasco" in talk.said


def test_a_short_line_stays_with_the_danger_though_a_topic_was_open(talk):
    talk.say("cuánto cuesta el acta de nacimiento")
    talk.say("vamos encerrados en la caja de un tráiler y no hay aire")
    for text in ("como cincuenta", "salió de laredo", "no entra la llamada"):
        assert talk.say(text).reading.answered == ()


def test_a_service_question_leaves_it_with_the_number(talk):
    talk.say("estamos perdidos en el desierto y ya no traemos agua")
    turn = talk.say("¿cuánto cuesta el pasaporte?")
    assert turn.reading.answered == ("pasaporte",)
    assert "911" in turn.replies[0].text


def test_nobody_answers_gives_the_next_numbers(talk):
    talk.say(VIOLENCE)
    talk.say("marqué tres veces y nadie contesta")
    assert "1 800 799 7233" in talk.said


def test_the_list_ends_in_questions(talk):
    talk.say(VIOLENCE)
    said = [talk.say(text).replies[0].text for text in ("mmm", "pues sí", "ay", "este", "pues así", "no sé", "mmm")]
    assert all(one != after for one, after in pairwise(said))
    assert len(set(said)) >= len(said) - 1


def test_an_age_that_is_said_changes_the_words(talk):
    talk.say(VIOLENCE.replace("marido", "papá"))
    talk.say("tengo 13")
    assert talk.conversation.minor
    assert "tu edad" in talk.said


def test_a_check_that_is_not_answered_is_no_parrot(talk):
    talk.was_asked("kidnapping", "la señora con la que trabajo me tiene mi pasaporte")
    said = [talk.say(text).replies[0].text for text in ("en los angeles", "vivo ahí")]
    assert said[0] != said[1]
