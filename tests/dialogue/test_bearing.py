"""What a message is to the open topic, and what is said to an objection, a doubt, and who lacks what it takes."""

import pytest

from bot.conversation import Outcome
from bot.dialogue.bearing.model import bearing_of, explained, weights_of
from bot.dialogue.bearing.softmax import train
from bot.dialogue.bearing.training import STRICT, lessons_of
from bot.dialogue.ranking.denied import apart
from bot.dialogue.ranking.trained import ranker_of
from knowledge.model import Knowledge
from knowledge.schema.taught import Bearing
from tests.dialogue.test_understanding import after
from tests.support.talk import Talk

BEARINGS = [
    ("pasaporte", "quiero el pasaporte", "y en cuánto me sale", Bearing.GOES_ON),
    ("pasaporte", "quiero el pasaporte", "vivo con mis dos hermanas", Bearing.TELLS),
    ("pasaporte", "quiero el pasaporte", "no, no le pregunté eso", Bearing.OBJECTS),
    ("condicion-refugiado", "quiero refugio", "y dónde le saco la curp a mi hijo", Bearing.OTHER),
    ("ime-becas", "becas para mi hija", "my boss didn't pay me last month", Bearing.OTHER),
]


@pytest.mark.parametrize(("topic", "first", "text", "bearing"), BEARINGS)
def test_what_a_message_is(topic: str, first: str, text: str, bearing: Bearing, knowledge: Knowledge) -> None:
    choice = bearing_of(text, after(first, topic=topic), knowledge)
    assert choice.bearing is bearing
    assert sum(choice.likely.values()) == pytest.approx(1.0)
    assert explained(choice, choice.best, knowledge)


def test_the_same_lessons_give_the_same_weights(knowledge: Knowledge) -> None:
    lessons = []
    for lesson in lessons_of(knowledge, ranker_of(knowledge)):
        lessons.append((lesson.options, lesson.right))
        if len(lessons) == 50:
            break
    assert train(lessons, STRICT) == train(lessons, STRICT)
    assert train([], STRICT) == {}
    assert weights_of(knowledge)


@pytest.mark.parametrize("text", ["no, eso no", "ya lo sé", "eso no fue lo que le dije", "that is not my question"])
def test_an_objection_never_gets_the_same_text_again(text: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("cuánto cuesta la matrícula")
    before = talk.said
    talk.say(text)
    assert talk.said != before
    assert talk.turns[-1].reading.outcome is Outcome.CLARIFY
    talk.say(text)
    assert {"Dejar mi mensaje", "Leave my message"} & set(talk.labels)


@pytest.mark.parametrize("text", ["está seguro?", "no le creo", "are you sure about that"])
def test_a_doubt_gets_the_source_and_a_person(text: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("cuánto cuesta la matrícula")
    talk.say(text)
    assert any(word in talk.said for word in ("Hace bien en dudar", "You are right to doubt"))


def test_who_lacks_what_it_takes_is_answered_for_that(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("qué piden para la matrícula")
    talk.say("pero yo no tengo acta")
    assert "Si no tiene acta" in talk.said
    assert "comprobante de domicilio" not in talk.said


def test_what_was_just_said_is_not_denied(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("qué es la cluni")
    talk.say("dónde se saca")
    assert "Mis fuentes no dicen" not in talk.said
    assert "corresponsabilidad" in talk.said


def test_the_second_time_a_person_is_offered_in_place_of_the_same_list(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("fdsfsd sdfsdf")
    listed = talk.labels
    talk.say("blbl asdkj")
    assert talk.labels != listed
    assert "Dejar mi mensaje" in talk.labels  # nobody is there to talk to


@pytest.mark.parametrize(
    ("first", "text", "topic"),
    [
        (
            "quiero cita para la credencial del INE",
            "no, la del ine no. la que da el consulado para identificarse",
            "matricula",
        ),
        ("dónde leo la ley de migración", "esa no, la del fomento a las asociaciones civiles", "ley-fomento-osc"),
        ("quiero sacar mi pasaporte", "me dijeron que no, cuánto cuesta entonces", "pasaporte"),
    ],
)
def test_what_a_correction_denies_is_not_what_is_meant(first: str, text: str, topic: str, talk: Talk) -> None:
    talk.say(first)
    assert (talk.say(text).conversation.topic or "").startswith(topic)


@pytest.mark.parametrize("text", ["gracias, con esto ya la hice", "ok thank you so much, you are great"])
def test_thanks_in_a_sentence_are_answered_as_thanks(text: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("cuánto cuesta la matrícula")
    talk.say(text)
    assert talk.turns[-1].reading.outcome is Outcome.SMALLTALK
    assert "Con gusto" in talk.said or "welcome" in talk.said


@pytest.mark.parametrize("text", ["estoy muy preocupada, no puedo dormir", "es muy difícil, me da mucho miedo"])
def test_worry_gets_a_warm_word_and_a_step(text: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("cómo ayuda el consulado a un detenido por migración")
    talk.say(text)
    assert "Siento que esté pasando por esto" in talk.said
    assert "➡" in talk.said


def test_what_is_denied_is_told_from_what_is_meant(knowledge: Knowledge) -> None:
    meant, denied = apart("no I meant the diploma stamped, not the marriage paper", knowledge)
    assert meant == "the diploma stamped"
    assert denied == "not the marriage paper"


@pytest.mark.parametrize(
    ("text", "meant", "denied"),
    [
        ("me dio el de la visa, yo dije pasaporte", "pasaporte", "me dio el de la visa"),
        ("not the marriage one, the divorce", "the divorce", "not the marriage one"),
        ("la maestra dice no, dice falta el acta", "la maestra dice no, dice falta el acta", ""),
        ("me mandó mi hijo dinero y no llegó", "me mandó mi hijo dinero y no llegó", ""),
    ],
)
def test_who_reports_a_no_denies_nothing(text: str, meant: str, denied: str, knowledge: Knowledge) -> None:
    assert apart(text, knowledge) == (meant, denied)


def test_an_aspect_that_no_section_answers_is_admitted(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("what papers does the consulate issue")
    talk.say("how long does it take")
    assert "sources" in talk.said
