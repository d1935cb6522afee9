"""What follows an answer is answered: of another topic that it names, without what is denied, with its second half."""

import pytest

from bot.dialogue.bearing.situations import closed_in_thread
from knowledge.model import Knowledge
from tests.support.talk import Talk

IN_MEXICO = "soy de Guatemala y estoy en Tijuana, donde me ve un doctor sin pagar"


@pytest.mark.parametrize(
    "then",
    [
        "y mi nieta puede entrar al kinder de aqui sin papeles",
        "no el doctor ya, la escuela",
    ],
)
def test_another_topic_of_ours_that_is_named_is_gone_to(then: str, talk: Talk) -> None:
    talk.say(IN_MEXICO)
    talk.say(then)
    assert talk.conversation.topic == "acceso-educacion-sin-documentos"


def test_what_is_meant_in_place_of_the_open_topic_is_asked_for_where_it_may_be_several(talk: Talk) -> None:
    talk.say(IN_MEXICO)
    turn = talk.say("ya no es lo del doctor, es la escuela")
    offered = [one.payload for one in turn.replies[-1].choices]
    assert talk.conversation.topic == "acceso-educacion-sin-documentos" or any(
        "acceso-educacion-sin-documentos" in one for one in offered
    )


@pytest.mark.parametrize("then", ["y a mi hija de 5 años tambien la atienden?", "y mi esposo, lo atienden igual"])
def test_who_asks_the_same_for_somebody_else_stays(then: str, talk: Talk) -> None:
    talk.say(IN_MEXICO)
    talk.say(then)
    assert talk.conversation.topic == "atencion-salud-imss-prospera"


@pytest.mark.parametrize(
    ("topic", "section", "told", "denied"),
    [
        ("visitante-razones-humanitarias", "denied", "me la rechazaron", "todavia no me la han rechazado"),
        ("visitante-razones-humanitarias", "denied", "they turned it down", "they have not denied it"),
        ("coinversion-social", "donee-lost", "nos quitaron la autorizacion", "nunca nos la han revocado"),
        ("curp", "returned", "fui deportada en mayo", "a mi nunca me han deportado"),
        ("salarios-no-pagados", "deceased", "mi primo murio en la obra", "no se ha muerto, sigue en el hospital"),
    ],
)
def test_a_situation_that_is_denied_shuts_its_section(
    topic: str, section: str, told: str, denied: str, knowledge: Knowledge
) -> None:
    state = Talk(knowledge).conversation.having(topic=topic, shown=(section,))
    assert section not in closed_in_thread(knowledge.topics[topic], state, told, knowledge)
    assert section in closed_in_thread(knowledge.topics[topic], state, denied, knowledge)


@pytest.mark.parametrize("text", ["ya no esta vigente", "no la he podido renovar", "it is no longer valid"])
def test_a_no_that_tells_of_the_situation_shuts_nothing(text: str, knowledge: Knowledge) -> None:
    state = Talk(knowledge).conversation.having(topic="daca")
    expired = {one.id for one in knowledge.topics["daca"].sections if one.only == ("expired",)}
    assert expired.isdisjoint(closed_in_thread(knowledge.topics["daca"], state, text, knowledge))


@pytest.mark.parametrize(
    "then", ["nadie nos la ha quitado, la queremos pedir por primera vez. tiene fecha limite?", "hay fecha limite?"]
)
def test_a_date_that_no_source_gives_is_said_of_what_is_asked(then: str, talk: Talk) -> None:
    talk.say("como le hacemos para ser donataria autorizada")
    talk.say(then)
    assert (talk.conversation.topic, talk.conversation.section) == ("coinversion-social", "donee")
    assert "fecha límite" in talk.said


@pytest.mark.parametrize("then", ["a mi no me la han negado, donde se pide", "todavia no la pido, en que oficina es"])
def test_where_it_is_asked_for_is_not_denied_where_a_section_says_it(then: str, talk: Talk) -> None:
    talk.say("tarjeta humanitaria en mexico")
    talk.say(then)
    assert talk.conversation.section == "requirements"
    assert "oficina de migración" in talk.said


@pytest.mark.parametrize(
    ("first", "then", "topic"),
    [
        ("cuanto cuesta la matricula consular", "y cuanto tarda, tambien se me vencio el pasaporte", "pasaporte"),
        ("requisitos del pasaporte", "cuanto sale, ademas mi ine ya esta vencida", "credencial-votar-extranjero"),
    ],
)
def test_a_paper_told_of_beside_the_question_is_not_dropped(first: str, then: str, topic: str, talk: Talk) -> None:
    talk.say(first)
    turn = talk.say(then)
    assert turn.replies[-1].choices[0].payload.split("|")[1] == topic


@pytest.mark.parametrize(
    "then", ["how much is it, also my passport expired", "cuanto sale? tambien se me vencio el pasaporte"]
)
def test_what_is_asked_before_another_need_is_answered(then: str, talk: Talk) -> None:
    talk.say("quiero dar un poder a mi hermana en el consulado")
    turn = talk.say(then)
    assert (talk.conversation.topic, talk.conversation.section) == ("poder-notarial-consular", "cost")
    assert turn.replies[-1].choices[0].payload.split("|")[1] == "pasaporte"


@pytest.mark.parametrize("then", ["no, yo pregunto por la visa U", "i am asking about the u visa"])
def test_a_term_that_is_asked_for_by_name_is_answered(then: str, talk: Talk) -> None:
    talk.say("fui victima de un asalto hace tres años, donde se denuncia")
    talk.say(then)
    assert talk.conversation.topic == "diagnostico-migratorio"
