"""Whose danger it is, told in the middle: a minor whom strangers want, a helper's wish, children with a neighbour."""

import pytest

from knowledge.model import Knowledge
from tests.support.danger_talk import DangerTalk

RECRUITED = (
    "mi niño de 14 quedo con unas personas del internet que lo van a poner a trabajar en otro estado",
    "unos hombres de la colonia quieren que mi sobrino de 15 se vaya con ellos, le ofrecen paga",
    "soy profe, a una alumna de 15 le consiguieron trabajo en un bar de la frontera y el viernes la recogen",
    "some men from town keep promising my 16 year old a job down south, he wants to go with them",
    "al chele, mi hijo de 13, lo quieren los mareros pa que les ande avisando",
)
"""Of who fears that somebody takes a minor away to work."""
ORDINARY = (
    "mi hija de 21 tiene oferta de un hotel en carolina con visa h2b, que sigue",
    "mi hijo de 16 quiere trabajar los fines de semana en la panaderia, se puede",
    "el equipo quiere llevarse a mi hijo de 15 a un torneo en dallas, que permiso firmo",
    "my 17 year old wants to work at the car wash this summer, what does he need",
    "los de la parroquia se llevan a mi hija de 14 a un campamento, ocupo carta notariada?",
)
"""What sounds like it and is none."""
COUSIN = "mi prima me escribio que se va a matar, se tomo un frasco"


def _talk(said: tuple[str, ...], knowledge: Knowledge) -> tuple[DangerTalk, str]:
    talk, last = DangerTalk(knowledge), ""
    for one in said:
        last = " ".join(reply.text for reply in talk.say(one))
    return talk, last


@pytest.mark.parametrize("said", RECRUITED)
def test_a_minor_whom_somebody_wants_to_take_is_heard_at_once(said: str, knowledge: Knowledge) -> None:
    talk, last = _talk((said,), knowledge)
    assert talk.state.danger is not None
    assert talk.state.danger.kind == "child_recruited"
    assert "Que no vaya" in last or "Do not let the child go" in last


@pytest.mark.parametrize("said", ORDINARY)
def test_work_and_journeys_of_the_young_are_no_danger(said: str, knowledge: Knowledge) -> None:
    talk, _ = _talk((said,), knowledge)
    assert talk.state.danger is None


@pytest.mark.parametrize("then", ["todavia lo tengo aqui en su cuarto, que hago?", "sigue en la casa, como lo paro"])
@pytest.mark.parametrize("first", RECRUITED[:2])
def test_who_is_at_home_still_is_not_spoken_of_as_held(first: str, then: str, knowledge: Knowledge) -> None:
    talk, last = _talk((first, then), knowledge)
    assert talk.state.danger is not None
    assert talk.state.danger.kind == "child_recruited"
    assert not {"orden", "último lugar", "juntando"} & {*last.split()}
    assert "lo estamos juntando" not in last


@pytest.mark.parametrize(
    "then",
    [
        "se me salio en la noche, dejo una carta",
        "ya no amanecio en su cama y no contesta",
        "he snuck out, his bed is empty",
    ],
)
def test_who_left_with_them_is_searched_for(then: str, knowledge: Knowledge) -> None:
    talk, last = _talk((RECRUITED[0], then), knowledge)
    assert talk.state.danger is not None
    assert talk.state.danger.kind in {"child_lured", "child_lost", "child_taken"}
    assert "911" in last


@pytest.mark.parametrize(
    "then",
    [
        "ya la tienen los doctores en urgencias. y ahora el que se quiere morir soy yo",
        "la internaron anoche. yo tampoco quiero vivir ya, no duermo de pensar en hacer lo mismo",
        "the paramedics took her, she is at the hospital. now i want to die too",
    ],
)
def test_a_helpers_own_wish_is_heard_behind_the_care_of_others(then: str, knowledge: Knowledge) -> None:
    talk, _ = _talk((COUSIN, then), knowledge)
    assert talk.state.danger is not None
    assert (talk.state.danger.kind, talk.state.danger.who, talk.state.danger.state) == ("ideation", "own", "open")


@pytest.mark.parametrize(
    "then", ["ya esta en el hospital, yo nomas ando muy cansada", "she is with the doctors, im exhausted"]
)
def test_a_tired_helper_wishes_no_death(then: str, knowledge: Knowledge) -> None:
    talk, _ = _talk((COUSIN, then), knowledge)
    assert talk.state.danger is not None
    assert talk.state.danger.who == "other"


@pytest.mark.parametrize(
    "then", ["Y sí, los niños están con su vecina", "y si, mis nietas están con mi comadre, la abuela"]
)
def test_children_with_a_grown_up_are_not_alone(then: str, knowledge: Knowledge) -> None:
    talk, _ = _talk(("la migra agarro a mi hija en el trabajo, no se donde la tienen", then), knowledge)
    assert talk.state.danger is not None
    assert talk.state.danger.kind == "relative_detained"


def test_who_is_held_at_work_is_told_not_to_fetch_papers_at_night(knowledge: Knowledge) -> None:
    first = "el dueño del rancho nos tiene sin salir y nos quito los pasaportes, texas"
    _, last = _talk((first, "queria sacar mi pasaporte de su cajon mientras duerme"), knowledge)
    assert "por ellos" in last
