"""What we left unanswered is quoted where a word of it stands, else admitted; nothing untrue, nothing said twice."""

import pytest

from tests.support.talk import Talk

CARD = "como saco mi pasaporte mexicano en Denver"


@pytest.mark.parametrize(
    ("first", "complaint"),
    [
        ("quiero registrar en Jalisco a mi hija que nació en Utah", "no me ha contestado lo de la ortografía"),
        ("quiero registrar en Jalisco a mi hija que nació en Utah", "eso no es lo que pregunté, pregunto del acento"),
        ("how do i get the matricula consular", "you never answered about the tattoo"),
    ],
)
def test_what_no_source_says_is_admitted_plainly_with_who_knows(talk: Talk, first: str, complaint: str) -> None:
    talk.say(first)
    talk.say(complaint)
    assert "arriba" not in talk.said
    assert "said above" not in talk.said
    assert "no se lo contesté" in talk.said or "did not answer that" in talk.said
    assert "MiConsulado" in talk.said


@pytest.mark.parametrize("complaint", ["no me contestó lo de la tarjeta", "le pregunté por la tarjeta"])
def test_what_a_section_says_is_quoted(talk: Talk, complaint: str) -> None:
    talk.say(CARD)
    talk.say(complaint)
    assert "con tarjeta" in talk.said


def test_an_aspect_of_which_there_is_a_section_is_answered(talk: Talk) -> None:
    talk.say("cuanto cuesta la matricula consular")
    talk.say("le pregunté por los requisitos")
    assert talk.conversation.section == "requirements"


def test_a_second_complaint_has_other_words(talk: Talk) -> None:
    talk.say("quiero registrar en Jalisco a mi hija que nació en Utah")
    talk.say("no me contestó lo de la ortografía")
    before = talk.said
    talk.say("sigue sin contestarme lo de la ortografía")
    assert talk.said != before


def test_no_answer_of_others_is_no_complaint(talk: Talk) -> None:
    talk.say(CARD)
    talk.say("en el consulado no me contestan el teléfono")
    assert "no se lo contesté" not in talk.said


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("mi esposo pidió refugio en la comar", "pero se pasaron los 45 días, ¿dónde pongo una queja?"),
        ("donde queda la comar en tapachula", "y a dónde voy a quejarme de que no resuelven"),
    ],
)
def test_no_bubble_comes_twice_in_a_row(talk: Talk, first: str, then: str) -> None:
    talk.say(first)
    before = talk.said
    for again in (then, f"{then} pues"):
        talk.say(again)
        assert talk.said != before
        before = talk.said


def test_a_name_of_the_topic_is_no_word_that_was_asked_for(talk: Talk) -> None:
    talk.say("mi esposo pidió refugio con la comar en tapachula")
    talk.say("y a dónde me quejo de la comar")
    assert "arriba:" not in talk.said


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("quiero votar desde Dallas", "y mi esposa, que ya es ciudadana americana, puede votar también?"),
        ("quiero votar desde Dallas", "mi papá ya es ciudadano americano, él puede?"),
        ("how do i vote from Reno", "my sister became a us citizen last year, can she too?"),
        ("how do i vote from Fresno", "my uncle became an american citizen in march, can he too?"),
    ],
)
def test_what_the_text_says_of_their_case_is_not_denied(talk: Talk, first: str, then: str) -> None:
    talk.say(first)
    talk.say(then)
    assert "doble nacionalidad" in talk.said or "ual national" in talk.said
    assert not any(denial in talk.said for denial in ("no dicen", "no hablan", "do not say", "do not speak"))


@pytest.mark.parametrize("word", ["vieja", "ruca", "jefita"])
def test_words_that_are_theirs_alone_are_not_said_back(talk: Talk, word: str) -> None:
    talk.say("quien puede sacar la matricula")
    talk.say(f"mi {word} es de Nicaragua, también puede?")
    assert word not in talk.said
    assert "esa persona" in talk.said


@pytest.mark.parametrize(
    ("first", "named", "topic", "section"),
    [
        ("qué es el pacto mundial para la migración", "no, yo preguntaba por la OEA", "oea-registro", None),
        ("cuánto cuesta la matrícula consular", "no, yo preguntaba por el pasaporte", "pasaporte", "cost"),
    ],
)
def test_who_asked_of_another_thing_by_name_is_answered_on_it(
    talk: Talk, first: str, named: str, topic: str, section: str | None
) -> None:
    talk.say(first)
    talk.say(named)
    assert talk.conversation.topic == topic
    assert section is None or talk.conversation.section == section
