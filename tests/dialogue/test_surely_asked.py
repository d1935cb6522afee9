"""Questions whose words are sure: fear of migration authorities at a consulate is no fear of one's own government."""

import pytest

from bot.dialogue.person.signals import read_signals

SAFE = "guia-que-hace-consulado"


@pytest.mark.parametrize(
    "text",
    [
        "si renuevo mi matrícula en el consulado, ¿le avisan a la migra de mí?",
        "if my dad goes to the consulate can immigration arrest him there?",
        "¿me puede agarrar ice afuera del consulado?",
    ],
)
def test_what_a_consulate_tells_migration_is_answered(talk, knowledge, text):
    assert not read_signals(text, knowledge).fears_government
    assert talk.say(text).reading.answered == (SAFE,)


def test_also_in_an_open_danger_which_stays_open(talk):
    talk.say("mi primo iba cruzando por sonoyta y desde el martes no contesta")
    turn = talk.say("y si llamo, el consulado no me reporta con la migra?")
    assert turn.reading.answered == (SAFE,)
    assert "911" in turn.replies[0].text
    assert not turn.conversation.told[-1].over


def test_the_next_question_is_not_the_fear(talk):
    talk.say("no me denuncia el consulado con la migra si no tengo papeles?")
    talk.say("¿cuánto cuesta el pasaporte?")
    assert talk.conversation.section != "safe"


def test_who_flees_their_government_is_not_sent_to_its_consulate(talk):
    talk.say("soy de nicaragua, estoy en tapachula y afuera hay un hombre que dijo que hoy nos mata")
    talk.say("a mi consulado no puedo ir, de allá venimos huyendo")
    assert talk.conversation.fears_government
    assert "también puede buscar" not in talk.said


def test_sent_from_abroad_a_consulate_of_mexico_is_not_theirs(talk):
    talk.say("soy de honduras")
    assert talk.say("si voy al consulado me reportan con la migra?").reading.answered != (SAFE,)


def test_a_shelter_that_asks_for_numbers_gets_them(talk):
    text = "necesitamos los teléfonos para denunciar extorsión, son para el cartel de nuestro albergue"
    assert talk.say(text).reading.answered == ("unidad-delitos-migrantes",)
