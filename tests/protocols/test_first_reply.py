"""A first reply in danger is the danger's alone, unless the message asks something else; and no menu stands in it."""

import re

import pytest

from bot.conversation import Outcome, ReplyKind
from bot.dialogue.protocols.saying import REPLY_WORDS
from bot.dialogue.rendering.danger import words_in
from knowledge.model import Knowledge
from tests.support.talk import Talk

LABEL = re.compile(r" \([^()]*\)")
OWN = (ReplyKind.HELP, ReplyKind.CARE, ReplyKind.CHECK)
TELLS = (
    "ayer me aventaron por la garita de mexicali con puro pantalon y sin cartera",
    "hace rato los de ice agarraron a mi cunado saliendo de la obra en denver",
    "la migra le esta pegando a la puerta de mi departamento, traigo a los ninos",
    "me bajaron del camion y me quitaron la mochila con el pasaporte y el celular",
    "mi sobrina salio a la tienda el martes y no ha vuelto, tiene visa de trabajo",
    "immigration grabbed my uncle this morning outside the warehouse",
    "i got dropped off in nogales last night with no phone and no money",
    "my father in law passed away last night in fresno, he was from jalisco",
    "me regresan el jueves a el salvador y alla me busca la mara",
)
ASKS = (
    "se murio mi compadre anoche en houston, que papeles piden para llevarlo a zacatecas",
    "my aunt died last night in tucson, how do we take her home to sonora",
)


@pytest.mark.parametrize("said", TELLS)
def test_who_asks_nothing_gets_the_words_of_the_danger_alone(said: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    replies = talk.say(said).replies
    if talk.conversation.in_danger:
        assert [one.text for one in replies if one.kind not in OWN] == []
        assert words_in(LABEL.sub("", " ".join(one.text for one in replies))) <= REPLY_WORDS


@pytest.mark.parametrize("said", ASKS)
def test_who_asks_gets_an_answer_that_fits_the_reply(said: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    replies = talk.say(said).replies
    assert talk.conversation.in_danger
    assert [one for one in replies if one.kind not in OWN]
    assert words_in(LABEL.sub("", " ".join(one.text for one in replies))) <= REPLY_WORDS


@pytest.mark.parametrize("asked", ["y como saco mi acta de nacimiento", "donde renuevo el pasaporte", "que es la curp"])
@pytest.mark.parametrize("first", ["me robaron todo y no tengo donde dormir hoy", "me deportaron anoche y estoy solo"])
def test_no_answer_in_an_open_danger_carries_a_menu(first: str, asked: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(first)
    turn = talk.say(asked)
    if talk.conversation.in_danger and turn.reading.outcome is Outcome.ANSWER:
        assert not [one for one in turn.replies if one.choices]
