"""Where the open topic has no answer, a likely other topic is asked for before it is said that nothing was found."""

import pytest

from bot.conversation import Outcome
from bot.dialogue.thread.other_topic import ASKED
from tests.support.talk import Talk

SCHOOL = "en la escuela no aceptan a mi hija sin papeles, vivimos en Oaxaca"
BORN = "mi hija nació en Chicago, cómo le hago para que sea mexicana"
WHERE = "y en el consulado o acá en Morelia la registro?"


def test_what_is_clearly_of_another_topic_is_answered_by_it(talk: Talk) -> None:
    talk.say(SCHOOL)
    turn = talk.say("y las vacunas dónde se las ponen?")
    assert talk.conversation.topic == "promocion-salud-migrantes"
    assert "Salud para migrantes en México" in talk.said
    assert turn.replies[-1].choices
    assert "CNDH" not in talk.said  # who knows of the open topic


def test_what_may_be_of_another_topic_or_of_the_open_one_leads_to_the_other_first(talk: Talk) -> None:
    talk.say(SCHOOL)
    turn = talk.say("y las vacunas?")  # the school may ask for them, too: an answer or a question
    first = turn.replies[-1].choices[0].payload.split("|")[1]
    assert "promocion-salud-migrantes" in (talk.conversation.topic, first)
    assert "CNDH" not in talk.said


def test_the_likely_other_topic_is_asked_for_with_who_knows_of_it(talk: Talk) -> None:
    talk.say(BORN)
    talk.say("vivimos en Morelia")
    turn = talk.say(WHERE)
    assert any("|actas-registro-civil-consulado|" in one.payload for one in turn.replies[-1].choices)


@pytest.mark.parametrize("yes", ["sí", "si, por favor", "1"])
def test_a_bare_yes_is_the_first_button(talk: Talk, yes: str) -> None:
    talk.say(BORN)
    first = talk.conversation.offered[0]
    talk.remember(remark=ASKED, weak=1)
    talk.say(yes)
    assert first.payload.split("|")[1:3] == [talk.conversation.topic, talk.conversation.section]


def test_who_says_no_stays_where_they_were(talk: Talk) -> None:
    talk.say(BORN)
    talk.remember(remark=ASKED, weak=1)
    talk.say("no")
    assert talk.conversation.topic == "registro-nacimiento-hijos-eua"


def test_here_or_at_the_consulate_is_of_the_open_topic(talk: Talk) -> None:
    talk.say(BORN)
    talk.say("vivimos en Morelia")
    talk.say(WHERE)
    assert (talk.conversation.topic, talk.conversation.section) == ("registro-nacimiento-hijos-eua", "in-mexico")


@pytest.mark.parametrize(
    "asked",
    [
        "my husband takes blood pressure pills, can we carry some months of them on the plane?",
        "how many boxes of pills may my husband bring over the border?",
    ],
)
def test_who_knows_of_the_open_topic_is_not_said_to_know_what_it_hardly_speaks_of(talk: Talk, asked: str) -> None:
    talk.say("what health help is there for mexicans abroad")
    turn = talk.say(asked)
    assert (
        turn.reading.outcome is Outcome.CLARIFY
        or talk.conversation.topic != "proyectos-salud-migrante"
        or ("if it is another one" in talk.said)
    )


def test_what_asks_of_that_is_of_no_other_topic(talk: Talk) -> None:
    talk.say("como pido desde Jalisco mi pension del seguro social gringo")
    talk.say("pero donde se arregla eso estando en mexico")
    assert "¿Pregunta por eso?" not in talk.said


def test_a_place_put_right_stays_with_what_was_asked(talk: Talk) -> None:
    talk.say("cómo mando dinero a mi familia")
    talk.say("no a México, a Honduras")
    assert talk.conversation.topic == "quien-es-quien-envio-dinero"
    assert "Consulados" not in talk.said
