"""What holds in one country or state alone is not said of another, nor where nobody told which."""

import pytest

from bot.conversation import Kind
from bot.conversation.payload import make
from knowledge.model import Knowledge
from tests.support.talk import Talk

ANSWERED = [
    (["a qué número denuncio maltrato en la pareja"], "vaim/violence-spain", False),
    (["teléfono para denunciar violencia"], "vaim/violence-spain", False),
    (["hotline for women who are abused by their husband"], "vaim/violence-spain", False),
    (["vivo en Dallas", "a qué número llamo si mi pareja me maltrata"], "vaim/violence-spain", False),
    (["ando en San José de Costa Rica", "a dónde hablo por violencia de pareja"], "vaim/violence-spain", False),
    (["vivo en Sevilla", "a dónde hablo por violencia de pareja"], "vaim/violence-spain", True),
    (["apostilla en Ohio"], "apostilla/more-states", False),
    (["apostillar un acta de Nevada"], "apostilla/more-states", True),
    (["apostillar un acta de Wyoming"], "apostilla/more-states", False),
    (["apostille in Illinois"], "apostilla/more-states", True),
    (["vivo en Nevada", "cuánto cuesta apostillar un acta"], "apostilla/more-states", True),
    (["vivo en Ohio", "cuánto cuesta apostillar un acta"], "apostilla/more-states", False),
    (["me accidenté en el trabajo en Quebec, quién me paga"], "indemnizacion-laboral/quebec", True),
    (["birth certificate copy from Oregon"], "acta-nacida-eua/texas", False),
    (["cómo saco el acta de mi niño que nació en Texas"], "acta-nacida-eua/texas", True),
    (["mi hijo nació en Ohio, cómo saco su acta"], "acta-nacida-eua/california", False),
]


@pytest.mark.parametrize(("said", "section", "answers"), ANSWERED, ids=[" / ".join(one[0]) for one in ANSWERED])
def test_what_holds_in_one_place_alone(said: list[str], section: str, answers: bool, talk: Talk) -> None:
    for text in said:
        talk.say(text)
    state = talk.conversation
    assert (f"{state.topic}/{state.section}" == section) is answers


def test_a_list_of_states_says_theirs_alone_and_cites_it(talk: Talk) -> None:
    talk.say("vivo en Georgia, cuánto cuesta la apostilla de un acta de aquí")
    assert talk.conversation.section == "more-states"
    assert "GSCCCA" in talk.said
    assert not [other for other in ("Illinois", "Nevada", "Nueva Jersey", "Arizona") if other in talk.said]
    assert "GSCCCA" in talk.said.partition("Fuente:")[2]


def test_a_list_of_states_is_whole_for_who_told_none_of_them(talk: Talk) -> None:
    talk.send(Kind.TAP, payload=make("s", "apostilla", "more-states"))
    assert all(other in talk.said for other in ("Illinois", "Nevada", "Nueva Jersey", "Georgia"))


def test_a_section_of_one_place_says_so(knowledge: Knowledge) -> None:
    countries = {"España": "ES", "Perú": "PE", "Texas": "US-TX", "California": "US-CA", "Nueva York": "US-NY"}
    bare = [
        f"{topic.id}/{section.id}"
        for topic in knowledge.topics.values()
        for section in topic.sections
        for name, place in countries.items()
        if section.title and section.title.es.split()[-2:] == ["en", name] and place not in section.places
    ]
    assert not bare


def test_a_state_is_not_said_to_be_unknown_before_an_answer_that_names_it(talk: Talk) -> None:
    talk.say("donde apostillo un acta de nacimiento de texas y cuanto cuesta")
    assert "no dicen nada" not in talk.said
    assert "En Texas" in talk.said
