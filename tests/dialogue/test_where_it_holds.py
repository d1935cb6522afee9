"""What holds in one country or state alone is not said of another, nor where nobody told which."""

import pytest

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
