"""What a message says not to mean is not answered again; what it means instead is, also from what was said before."""

import pytest

from bot.dialogue.thread.complaints import parted
from bot.dialogue.thread.stays import put_right
from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("text", "meant", "denied"),
    [
        ("not the visa, the work permit", "the work permit", "not the visa"),
        ("no la beca, el seguro", "el seguro", "no la beca"),
    ],
)
def test_what_is_denied_is_told_from_what_is_meant(text: str, meant: str, denied: str, knowledge: Knowledge) -> None:
    assert put_right(text, knowledge) == (meant, denied)


@pytest.mark.parametrize("text", ["not sure what that is", "no tengo pasaporte", "nothing, thanks"])
def test_a_plain_no_denies_no_topic(text: str, knowledge: Knowledge) -> None:
    assert not put_right(text, knowledge)[1]


@pytest.mark.parametrize(
    ("turns", "topic", "section"),
    [
        # What was asked of the one is asked of the other.
        (
            ("como saco el pasaporte", "cuanto cuesta", "no, no del pasaporte, de la matricula consular"),
            "matricula-consular",
            "cost",
        ),
        (
            ("how do i get the consular id", "how much is it", "not the consular id, the passport"),
            "pasaporte",
            "cost",
        ),
        (
            ("que necesito para la matricula", "no de la matricula, lo de registrar a la niña cuánto cobran"),
            "registro-nacimiento-hijos-eua",
            "cost",
        ),
    ],
)
def test_the_denied_topic_is_out(turns: tuple[str, ...], topic: str, section: str, talk: Talk) -> None:
    for text in turns:
        talk.say(text)
    assert (talk.conversation.topic, talk.conversation.section) == (topic, section)


def test_what_is_meant_is_looked_for_in_what_was_said_before(talk: Talk) -> None:
    talk.say("i was born in mexico and was never registered, what do i do")
    talk.say("could i buy a house in michoacan with my savings")
    talk.remember(topic="registro-nacimiento-extemporaneo-exterior", section="what", shown=("what",))
    talk.say("not the registration, the house")
    assert "Buying a house" in talk.said
    assert "registered" not in talk.said


def test_another_section_of_what_is_denied_may_be_meant(talk: Talk) -> None:
    talk.say("necesito un poder notarial")
    talk.say("no un poder, un testamento")
    assert (talk.conversation.topic, talk.conversation.section) == ("poder-notarial-consular", "will")


def test_what_we_have_nothing_of_is_admitted(talk: Talk) -> None:
    talk.say("como saco la curp de mi hijo")
    before = talk.said
    talk.say("no la curp, el uniforme de beisbol")
    assert talk.said != before
    assert "CURP" not in talk.said


@pytest.mark.parametrize(
    "reported", ["la maestra dice no, dice falta el acta", "el director dijo no, dijo que falta curp"]
)
def test_a_no_that_somebody_else_says_denies_nothing(reported: str, talk: Talk) -> None:
    talk.say("en la escuela no aceptan a mi hija sin papeles, vivimos en Puebla")
    talk.say(reported)
    assert talk.conversation.topic == "acceso-educacion-sin-documentos"


@pytest.mark.parametrize(
    ("first", "then", "topic"),
    [
        ("cuanto sale el pasaporte", "no es el pasaporte es la matricula consular", "matricula-consular"),
        ("how do i get my passport", "its not the passport its the consular id card", "matricula-consular"),
        ("ayuda del consulado para ir al doctor", "no pregunte del doctor pregunte de las escuelas", None),
    ],
)
def test_what_is_meant_is_heard_without_a_comma(first: str, then: str, topic: str | None, talk: Talk) -> None:
    talk.say(first)
    before = talk.conversation.topic
    talk.say(then)
    assert talk.conversation.topic == topic if topic else talk.conversation.topic != before


@pytest.mark.parametrize(
    "then",
    ["no es del sueldo es de la renta el casero me quiere sacar", "its not my pay its my rent he wants us out"],
)
def test_another_trouble_leaves_what_was_open(then: str, talk: Talk) -> None:
    talk.say("my boss did not pay me" if "pay" in then else "mi patrón no me pagó")
    talk.say(then)
    assert talk.conversation.topic != "salarios-no-pagados"
    assert "legal aid" in talk.said


@pytest.mark.parametrize("text", ["no tengo acta tengo pasaporte viejo", "no se si se puede hoy", "no hay citas"])
def test_what_is_lacked_or_not_known_is_not_denied(text: str, knowledge: Knowledge) -> None:
    assert parted(text, knowledge) == text
