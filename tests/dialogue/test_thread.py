"""A message that goes on with the open topic: its own words choose the section; no card is repeated as an answer."""

from itertools import pairwise

import pytest

from bot.conversation import Outcome
from bot.dialogue.excerpts.replies import MOST_SECTIONS, MOST_TOPICS
from bot.dialogue.words.aspects import aspects_in, held_in
from knowledge.model import Knowledge
from knowledge.schema.topics import Aspect
from tests.support.talk import Talk

CHANGES_OF_SUBJECT = [
    ("quiero pedir refugio", "estoy en tapachula", "condicion-refugiado", "where"),
    ("como llevo a mi papa que murio en junio a mexico", "y las cenizas", "traslado-restos", "ashes"),
    ("my boss didnt pay me 2 weeks", "how long do i have", "salarios-no-pagados", "deadline"),
    ("franquicia de repatriados que herramientas", "y los perros", "franquicia-repatriados", "household"),
    ("como participan los delegados juveniles de la onu", "que edad", "delegados-juveniles", "who"),
    (
        "i am from el salvador and want to ask for asylum in mexico",
        "how long do I have",
        "condicion-refugiado",
        "requirements",
    ),
    ("soy de honduras y kiero pedir refugio en mexico", "cuanto tiempo tengo", "condicion-refugiado", "requirements"),
    ("que es la matricula consular", "la perdí, la reponen?", "matricula-consular", "validity"),
    ("what is the matricula", "how long does it last", "matricula-consular", "validity"),
    ("what presents can i bring to mexico for christmas", "how much is the deposit", "programa-paisano", "cost"),
]


@pytest.mark.parametrize(("before", "text", "topic", "section"), CHANGES_OF_SUBJECT)
def test_in_a_thread_the_sections_compete_by_their_own_words(
    before: str, text: str, topic: str, section: str, knowledge: Knowledge
) -> None:
    talk = Talk(knowledge)
    talk.say(before)
    talk.say(text)
    assert (talk.conversation.topic, talk.conversation.section) == (topic, section)


REPEATED = [
    ("quiero pedir refugio", "y mi esposa?", "y mi cuñado?"),
    ("cuanto cuesta el pasaporte", "hay descuento? tengo 70 años", "y para mi esposa? ella tiene 58"),
    ("como mando dinero a mexico", "a michoacan", "y si me lo roban"),
    ("quiero lo de la pension alimenticia, mi ex vive en usa", "somos de guerrero", "no manda nada"),
    ("i want to get residency in mexico as a retiree", "i live in texas", "my wife is 60"),
    ("como sacamos la cluni", "y si cambiamos de representante legal", "cuanto cuesta"),
]


@pytest.mark.parametrize("turns", REPEATED)
def test_no_bubble_is_said_again_to_something_else(turns: tuple[str, ...], knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    said = [talk.say(text).replies[0].text for text in turns]
    assert all(one != other for one, other in pairwise(said))


def test_what_was_shown_is_answered_by_its_sentence(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("cuanto cuesta el pasaporte")
    whole = talk.said
    talk.say("hay descuento? tengo 70 años")
    assert "50 % de descuento los mayores de 60 años" in talk.said
    assert len(talk.said) < len(whole)


def test_the_same_question_gets_the_same_answer(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    first = talk.say("cuanto cuesta el pasaporte").replies[0].text
    assert talk.say("cuanto cuesta el pasaporte").replies[0].text == first


def test_a_circumstance_is_heard_and_the_sections_are_offered(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("quiero lo de la pension alimenticia, mi ex vive en usa")
    turn = talk.say("somos de guerrero")
    assert turn.reading.outcome is Outcome.CLARIFY
    assert talk.conversation.topic == "pension-alimenticia-internacional"
    assert "Qué estados sí o no" in talk.labels


def test_where_nothing_surely_answers_no_absence_is_claimed_and_who_knows_is_said(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("how do i bring my car to mexico, what is the permit")
    talk.say("can my brother drive it?")
    assert "My sources do not say how this is for your brother" in talk.said
    assert "heroespaisanos@inami.gob.mx" in talk.said
    assert 0 < len(talk.labels) <= MOST_SECTIONS + MOST_TOPICS


def test_a_fragment_is_of_the_open_topic(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("me llego una carta de la corte de inmigracion")
    assert talk.say("es para el 14 de enero").reading.outcome is Outcome.CLARIFY
    assert talk.conversation.topic == "pale"


def test_a_gap_is_not_said_of_what_the_text_holds(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("como sacamos la cluni")
    talk.say("cuanto cuesta")
    assert "Mis fuentes no dicen cuánto cuesta" not in talk.said
    assert "gratis" in talk.said


def test_a_phone_is_the_one_of_those_who_know(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("my boss didnt pay me 2 weeks")
    talk.say("do you have a phone number i can call")
    assert "no phone number" not in talk.said
    assert "1 866 487 9243" in talk.said


ASKED = [
    ("how long does it last", Aspect.VALIDITY),
    ("cuanto dura la matricula", Aspect.VALIDITY),
    ("cuanto dura el tramite", Aspect.DURATION),
    ("cuanto tarda", Aspect.DURATION),
    ("whats the phone number", Aspect.PHONE),
    ("y cuesta?", Aspect.COST),
    ("y pa empezar por donde comienzo", Aspect.HOW),
    ("where do we begin", Aspect.HOW),
    ("cuanto me va a salir", Aspect.COST),
    ("what office takes it", Aspect.WHERE),
    ("how many weeks till they decide", Aspect.DURATION),
]
NOT_ASKED = [
    ("will they call ice on me", Aspect.PHONE),
    ("y se puede mandar por correo", Aspect.PHONE),
    ("how long do i have", Aspect.DURATION),
    ("how long does it last", Aspect.DURATION),
    ("por donde le empezamos", Aspect.WHERE),
    ("where should we start", Aspect.WHERE),
    ("a donde marco", Aspect.WHERE),
]


@pytest.mark.parametrize(("text", "aspect"), ASKED)
def test_an_aspect_is_read_with_its_noun(text: str, aspect: Aspect, knowledge: Knowledge) -> None:
    assert aspect in aspects_in(text, knowledge)


@pytest.mark.parametrize(("text", "aspect"), NOT_ASKED)
def test_a_word_of_it_alone_asks_for_nothing(text: str, aspect: Aspect, knowledge: Knowledge) -> None:
    assert aspect not in aspects_in(text, knowledge)


def test_a_text_may_answer_another_aspect(knowledge: Knowledge) -> None:
    assert Aspect.COST in held_in("ley-fomento-osc", knowledge)["cluni"]


def test_the_same_choice_is_not_asked_twice(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("regresar a méxico")
    assert talk.turns[-1].reading.outcome is Outcome.CLARIFY
    offered = set(talk.labels)
    talk.say("para regresar")
    assert talk.turns[-1].reading.outcome is Outcome.ANSWER or set(talk.labels) != offered


TOLD_BY_ANOTHER_SECTION = [
    (("tengo audiencia en la corte de migracion",), "y si no voy", "Si faltó a su audiencia"),
    (("mi patron no me pago",), "me amenaza con la migra si reclamo", "aunque no tenga papeles"),
    (("quiero corregir mi nombre en mi acta",), "cuanto se tarda eso", "días hábiles"),
    (("my boss didnt pay my wages",), "will they tell ice", "does not ask for your immigration"),
    (("que es el profosc",), "está abierta la convocatoria?", "cerró en 2022"),
]


@pytest.mark.parametrize(("before", "text", "told"), TOLD_BY_ANOTHER_SECTION)
def test_what_a_topic_says_anywhere_is_said(
    before: tuple[str, ...], text: str, told: str, knowledge: Knowledge
) -> None:
    talk = Talk(knowledge)
    for each in before:
        talk.say(each)
    talk.say(text)
    assert told in talk.said


def test_a_gap_is_not_said_of_what_another_section_tells(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("how many years is the passport valid")
    talk.say("my mexican passport is expired")
    assert "My sources do not say" not in talk.said


STAYS = [
    (
        "quiero sacar mi matricula vivo en fresno",
        "no tengo nada de papeles mexicanos solo mi acta",
        "matricula-consular",
    ),
    ("quiero sacar mi matricula vivo en fresno", "sirve para volar??", "matricula-consular"),
    ("que es la cluni", "se puede en linea", "ley-fomento-osc"),
]
LEAVES = [
    ("how do i get a matricula", "what do i need for a carta poder", "poder-notarial-consular"),
    ("quiero registrar a mi bebe en el consulado", "ok y para el pasaporte mexicano de ella", "pasaporte"),
]


@pytest.mark.parametrize(("before", "text", "topic"), STAYS + LEAVES)
def test_a_thread_is_left_only_for_what_a_message_is_surely_about(
    before: str, text: str, topic: str, knowledge: Knowledge
) -> None:
    talk = Talk(knowledge)
    talk.say(before)
    talk.say(text)
    assert talk.conversation.topic == topic
    assert talk.conversation.event is None


def test_a_section_with_a_title_of_its_own_says_it_first(talk):
    talk.say("un niño viaja solo a México en avión, qué permiso lleva")
    topic = talk.knowledge.topics[talk.conversation.topic]
    section = topic.section(talk.conversation.section)
    assert section.title is not None
    assert talk.said.startswith(f"{section.title.es} · {topic.title.es}")
    first = talk.tap("Qué es") if "Qué es" in talk.labels else None
    assert first is None or first.replies[-1].text.startswith(topic.title.es)
