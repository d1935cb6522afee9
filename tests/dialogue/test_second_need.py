"""Who names two needs gets the first answered and the second as the first button."""

import pytest

from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("text", "answered", "offered"),
    [
        ("se me venció el pasaporte y tampoco tengo ine, cómo los renuevo", "pasaporte", "credencial-votar-extranjero"),
        (
            "cuánto cuesta la matrícula consular? también necesito la ine",
            "matricula-consular",
            "credencial-votar-extranjero",
        ),
    ],
)
def test_the_second_is_offered_first(talk: Talk, text: str, answered: str, offered: str) -> None:
    turn = talk.say(text)
    if turn.reading.answered == (answered, offered):
        return  # both were clear, and both were answered
    assert talk.conversation.topic == answered
    assert turn.replies[-1].choices[0].payload.split("|")[1] == offered
    assert "primer botón" in talk.said
    talk.say("1")
    assert talk.conversation.topic == offered


def test_one_need_has_no_such_line(talk: Talk) -> None:
    talk.say("se me venció el pasaporte, cómo lo renuevo")
    assert "primer botón" not in talk.said


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (
            "mil gracias señorita. nomas me falta, mi papa es diabetico y no tiene seguro, donde lo atienden",
            "ventanilla-salud",
        ),
        (
            "thank you so much. i worry about my dad tho, he has high blood pressure and no insurance, where can he go",
            "ventanilla-salud",
        ),
    ],
)
def test_what_is_asked_beside_thanks_or_a_worry_is_answered(talk: Talk, text: str, topic: str) -> None:
    talk.say("cómo participa mi asociación en el ecosoc")
    talk.say(text)
    assert talk.conversation.topic == topic


@pytest.mark.parametrize(
    "worry",
    [
        "gracias, muy amable. nomas que mi niño con la tos en la noche, a donde lo llevo si no nos reciben",
        "ay no, me da miedo que mi niño se ponga grave de los pulmones en la noche",
    ],
)
def test_a_comfort_has_no_step_of_an_unrelated_topic(talk: Talk, worry: str) -> None:
    talk.say("cómo participa mi asociación en el ecosoc")
    step = talk.knowledge.topics["ecosoc-estatus-consultivo"].do.es.partition("{")[0]
    talk.say(worry)
    assert step not in talk.said
    assert "911" in talk.said
    assert not any("estatus" in choice.payload for choice in talk.conversation.offered)


@pytest.mark.parametrize("first", ["cómo participa mi asociación en el ecosoc", "qué es el pacto mundial"])
def test_what_holds_the_emergency_number_is_not_kept_behind_a_menu(talk: Talk, first: str) -> None:
    talk.say(first)
    talk.say("muchas gracias. es que mi niña con tos en la noche, a donde la llevo si no nos reciben")
    assert "911" in talk.said


def test_a_worry_about_the_open_matter_has_its_step(talk: Talk) -> None:
    talk.say("cuánto cuesta el pasaporte")
    talk.say("tengo mucho miedo de que no me lo den")
    assert "➡" in talk.said
