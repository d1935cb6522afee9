"""Who says that they speak of another thing is not answered with the old one."""

import pytest

from knowledge.model import Knowledge
from tests.support.talk import Talk

ANOTHER = [
    (
        "como saco el pasaporte",
        "oiga y otra cosa, mi tia quiere cobrar su pension de alla",
        "seguridad-social-exterior",
    ),
    ("como saco la curp", "por cierto, conoce una psicologa que hable español", "salud-emocional-consular"),
    (
        "mi esposa y yo queremos registrar al niño",
        "olvidelo, mejor digame como revalido mi carrera",
        "revalidacion-estudios",
    ),
    ("como saco la curp", "y aparte de eso mi patron no me pago la semana", "salarios-no-pagados"),
    ("how do i get a matricula", "one more thing, my boss did not pay me last week", "salarios-no-pagados"),
]
SAME = [
    ("como saco el pasaporte", "otra pregunta cuanto tarda", "duration"),
    ("como saco el pasaporte", "otra cosa cuanto cuesta", "cost"),
    ("quiero registrar a mi hijo nacido en texas", "oye otra cosa y si el papa no firma", "father"),
]


@pytest.mark.parametrize(("first", "then", "topic"), ANOTHER)
def test_another_thing_is_another_topic(first: str, then: str, topic: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(first)
    assert talk.say(then).conversation.topic == topic


@pytest.mark.parametrize(("first", "then", "section"), SAME)
def test_another_question_may_be_of_the_same(first: str, then: str, section: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    opened = talk.say(first).conversation.topic
    state = talk.say(then).conversation
    assert (state.topic, state.section) == (opened, section)


def test_what_is_not_understood_leaves_the_old_topic(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("me lastime en el trabajo y el patron no quiere pagar el doctor")
    talk.say("otra cosa, donde compro un acordeon usado")
    assert talk.conversation.topic is None


def test_a_tied_bit_without_an_answer_stays_in_its_topic(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("quiero regresarme a mexico con mis muebles")
    talk.say("por cierto, y los perros")
    assert talk.conversation.topic == "franquicia-repatriados"
