"""Where a thread has no more to say: never the same twice, never a general no where a word of theirs stands with us."""

import pytest

from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("first", "then", "thing"),
    [
        ("en la escuela piden acta y mi hija no tiene, somos hondureños", "y el uniforme?", "«uniforme»"),
        ("como renuevo mi pasaporte mexicano", "y los tatuajes", "«tatuajes»"),
        ("how do i get a mexican passport in texas", "what about my tattoo?", "“tattoo”"),
    ],
)
def test_a_thing_of_which_nothing_is_said_is_named(first: str, then: str, thing: str, talk: Talk) -> None:
    talk.say(first)
    talk.say(then)
    assert thing in talk.said
    assert "Quien lo sabe" in talk.said or "Who knows" in talk.said


@pytest.mark.parametrize("then", ["y mi licencia de texas", "y con mi licencia de idaho"])
def test_a_word_that_stands_in_a_text_is_not_denied(then: str, talk: Talk) -> None:
    talk.say("que necesito para la matricula")
    talk.say(then)
    assert "No encontré eso" not in talk.said
    assert "licencia de EE. UU." in talk.said


@pytest.mark.parametrize(
    ("first", "then", "decides"),
    [
        ("que necesito para la matricula", "y sin el acta puedo sacarla?", "Si no tiene acta"),
        ("como saco el pasaporte", "puedo ir sin cita?", "sin cita"),
    ],
)
def test_without_it_is_answered_by_the_sentence_for_that(first: str, then: str, decides: str, talk: Talk) -> None:
    whole = talk.say(first).replies[-1].text
    talk.say(then)
    assert decides in talk.said
    assert len(talk.said) < len(whole)


def test_what_nothing_decides_without_it_is_admitted(talk: Talk) -> None:
    talk.say("requisitos para ser donataria autorizada")
    before = talk.said
    talk.say("hay modo de recibir donativos sin ser donataria?")
    assert "mis fuentes no" in talk.said.lower()
    assert talk.said != before


def test_nobody_reads_the_same_twice_in_a_row(talk: Talk) -> None:
    said = []
    for text in (
        "como registro en el consulado a mi bebe sin su papa",
        "el papa no quiere ir al consulado",
        "es que nos separamos y no se donde anda, yo sola no puedo?",
        "entonces yo sola no",
    ):
        talk.say(text)
        said.append(talk.said)
    assert len(set(said)) == len(said)
