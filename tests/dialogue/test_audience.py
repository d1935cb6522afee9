"""For whom an answer is: who said of which country they are, and where, is not given the answer of others."""

import pytest

from bot.conversation import Outcome
from bot.dialogue.person.told import closed, nationality_said, told_by
from knowledge.model import Knowledge
from knowledge.schema.topics import People
from tests.support.talk import Talk, person, topic_of, who_said


@pytest.mark.parametrize(
    ("citizen", "text", "people"),
    [
        (None, "perdí mi pasaporte", None),
        ("MX", "quiero regresar a mi pueblo", {People.MEXICANS}),
        ("MX", "mi esposa es de Colombia y quiere quedarse", None),
        ("US", "my passport was stolen", {People.AMERICANS, People.FOREIGNERS}),
        ("US", "my dad is from Jalisco, can I get his birth certificate", None),
        ("US", "can i get a mexican passport", None),
        ("ZZ", "perdí mi pasaporte", {People.FOREIGNERS}),
        ("ZZ", "mi hija es mexicana, cómo le saco pasaporte", None),
    ],
)
def test_whom_a_person_may_ask_for(
    citizen: str | None, text: str, people: set[People] | None, knowledge: Knowledge
) -> None:
    assert told_by(person(nationality=citizen), text, knowledge).people == people


@pytest.mark.parametrize(
    ("country", "text", "shut"),
    [
        (None, "mi hermano está preso", False),
        (None, "mi hermano está preso en Arizona", True),
        ("US", "mi hermano está preso", True),
        ("ES", "mi hermano está preso", False),
        (None, "mi hermano está preso en España", False),
    ],
)
def test_what_is_done_elsewhere_is_not_said_of_the_united_states(
    country: str | None, text: str, shut: bool, knowledge: Knowledge
) -> None:
    topic = knowledge.topics["asistencia-consular-penal"]
    assert ("abroad" in closed(topic, who_said(text, knowledge, country=country), text, knowledge)) is shut


def test_where_a_topic_has_words_for_here_those_of_another_place_are_shut_by_their_topics_place_too(
    knowledge: Knowledge,
) -> None:
    topic = knowledge.topics["indemnizacion-laboral"]
    shut = closed(topic, person(country="CA"), "me caí en el trabajo", knowledge)
    assert "how" in shut  # its place is the topic's: the United States
    assert "canada" not in shut


def test_a_section_for_everybody_stays_open_in_a_topic_for_mexicans(knowledge: Knowledge) -> None:
    shut = closed(knowledge.topics["pale"], person(nationality="ZZ"), "tengo corte", knowledge)
    assert "court" not in shut
    assert "what" in shut


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("soy estadounidense y perdí mi pasaporte en Mérida", "embajada"),
        ("i am a us citizen, my passport was stolen in tulum", "embassy"),
        ("somos canadienses y se nos perdieron los pasaportes en Puebla", "embajada"),
        ("soy gringo y perdí mi pasaporte en Cancún", "embajada"),
        ("se me venció el pasaporte, soy cubano y vivo en Veracruz", "embajada"),
        ("my wife is French and her passport was stolen in Oaxaca", "embassy"),
        ("extravié el pasaporte en la playa, soy argentina", "embajada"),
        ("US citizen here, lost my passport in Vallarta", "embassy"),
        ("we are Dutch, we lost our passports near Sayulita", "embassy"),
    ],
)
def test_the_paper_of_another_country_is_not_mexicos(text: str, said: str, talk: Talk) -> None:
    turn = talk.say(text)
    assert turn.reading.outcome in (Outcome.CLARIFY, Outcome.FALLBACK)
    assert said in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "soy mexicana y perdí mi pasaporte en Houston",
        "my son is american, his mexican passport was lost",
        "soy hondureño y perdí mi pasaporte en Tapachula",
        "mi patrón es americano y me quitó el pasaporte",
    ],
)
def test_whose_passport_we_do_know_of(text: str, talk: Talk) -> None:
    assert "lo da el gobierno de su país" not in talk.say(text).replies[0].text
    assert "gives that passport" not in talk.said


def test_the_country_said_once_is_kept_for_what_is_asked_later(talk: Talk) -> None:
    talk.say("soy de Canadá")
    turn = talk.say("se me perdió el pasaporte, cómo saco otro")
    assert turn.reading.outcome is Outcome.CLARIFY


@pytest.mark.parametrize(
    "need",
    ["me dan apoyo para mi pasaje de regreso a mi pueblo, me deportaron", "ayuda para los que acaban de deportar"],
)
def test_nobody_is_refused_basic_help_for_where_they_are_from(need: str, talk: Talk) -> None:
    talk.told(nationality="SV")
    talk.say(need)
    if talk.turns[-1].reading.outcome is Outcome.CLARIFY:
        assert "Grupos Beta" in talk.said
        assert "infodigna" in talk.said


def test_in_an_open_danger_a_foreigner_is_given_help_and_not_an_embassy(talk: Talk) -> None:
    talk.say("me robaron todo en la vía, no tengo nada ni dónde quedarme, estoy en Irapuato")
    talk.say("soy de El Salvador")
    talk.say("dónde puedo pasar la noche")
    assert "es para personas mexicanas" not in talk.said


def test_topics_for_mexicans_that_are_basic_help_name_what_anybody_has(knowledge: Knowledge) -> None:
    led = {name for topic in knowledge.topics.values() for name in topic.instead}
    assert led
    assert all(People.MEXICANS not in knowledge.topics[name].people for name in led)


@pytest.mark.parametrize(
    ("country", "heard", "shut"),
    [("MX", "limpio casas en Saltillo", True), ("MX", "trabajé en Texas", False), ("US", "limpio casas", False)],
)
def test_who_is_in_mexico_gets_no_office_of_the_united_states(
    country: str, heard: str, shut: bool, knowledge: Knowledge
) -> None:
    topic = knowledge.topics["salarios-no-pagados"]
    state = who_said(heard, knowledge, country=country)
    assert ("status" in closed(topic, state, heard, knowledge)) is shut


def test_who_was_sent_back_registers_in_mexico(talk: Talk) -> None:
    talk.say("me deportaron hace 3 semanas, viví en Denver")
    talk.say("no tengo acta, nunca me registraron cuando nací en la sierra")
    assert "Llame a su consulado" not in talk.said


@pytest.mark.parametrize(
    ("text", "citizen"),
    [
        ("nosotros somos de Quetzaltenango", "GT"),
        ("soy de San Pedro Sula Honduras", "HN"),
        ("we are from Managua", "NI"),
        ("soy de Guadalajara", "MX"),
        ("nací en Uruapan Michoacán y vivo en Reno", "MX"),
        ("somos de un rancho de Durango", "MX"),
        ("mi mamá vive en Saltillo y yo en Waco", None),
        ("trabajo en Mérida de mesero", None),
        ("soy de Dallas", None),
        ("soy nicaragüense y busco a mi prima", "NI"),
        ("por ser cubana no me rentan", "CU"),
        ("somos 3 ecuatorianos en la terminal", "EC"),
        ("we are five Salvadorans at the bus station", "SV"),
        ("nosotros los colombianos", "CO"),
        ("venimos huyendo de Nicaragua", "NI"),
        ("era salvadoreña, no mexicana", "SV"),
        ("mi vecino es un peruano", None),
        ("soy sinaloense", "MX"),
        ("no soy mexicana", "ZZ"),
    ],
)
def test_of_which_country_somebody_is_also_by_a_town_of_it(
    text: str, citizen: str | None, knowledge: Knowledge
) -> None:
    assert nationality_said(text, knowledge) == citizen


def test_who_said_their_country_keeps_it_when_they_deny_another(talk: Talk) -> None:
    talk.say("somos de Tegucigalpa")
    talk.say("es que no somos mexicanos")
    assert talk.conversation.citizen == "HN"


@pytest.mark.parametrize(
    "text", ["y si agarran a mi esposo allá cómo lo buscamos", "cómo sé dónde tiene la migra a mi primo"]
)
def test_who_is_not_mexican_is_told_whose_line_it_is(text: str, talk: Talk) -> None:
    talk.say("somos de Quetzaltenango, mi esposo se va para Estados Unidos")
    talk.say(text)
    assert "CIAM" not in talk.said or any(one in talk.said for one in ("de otro país", "cualquier", "Si es de México"))


@pytest.mark.parametrize(("country", "never"), [("MX", "1 888 624 4752"), ("US", "Grupos Beta")])
def test_a_foreigner_is_given_help_of_where_they_are(country: str, never: str, talk: Talk) -> None:
    talk.told(nationality="HN", **({"country": country} if country else {}))
    talk.say("me pueden dar pasaje para mi tierra")
    assert "servicio para personas mexicanas" in talk.said
    assert never not in talk.said.split("\n\n")[0]


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (
            "soy salvadoreña y tuve a mi bebé en Tijuana",
            "mi niña nació en Tijuana y no me la quieren registrar, qué hago",
        ),
        ("somos haitianos", "mi hijo nació aquí en Monterrey, cómo lo registro como mexicano si no tengo papeles"),
    ],
)
def test_a_child_born_in_mexico_is_registered_there(first: str, then: str, talk: Talk) -> None:
    talk.say(first)
    talk.say(then)
    assert talk.conversation.topic == "derecho-registro-civil"


@pytest.mark.parametrize(
    "text",
    [
        "mi hijo nació en Tucson y quiero que también tenga la nacionalidad mexicana",
        "mi hija nació en Houston, cómo la hago mexicana también",
        "mi hijo nació en Phoenix, quiero que sea mexicano también",
    ],
)
def test_a_child_born_in_the_united_states_is_still_registered_as_such(talk: Talk, text: str) -> None:
    talk.say(text)
    assert talk.conversation.topic == "registro-nacimiento-hijos-eua"


@pytest.mark.parametrize(
    "text",
    [
        "estamos en Tapachula esperando que la comar resuelva, cuánto más tarda",
    ],
)
def test_a_town_that_is_named_is_not_what_is_wanted(text: str, talk: Talk) -> None:
    talk.say(text)
    assert talk.conversation.topic == "condicion-refugiado"


@pytest.mark.parametrize("text", ["dónde duermo en Tapachula", "hay casa de migrantes en Tapachula"])
def test_who_wants_a_roof_in_a_town_is_given_its_shelter(text: str, talk: Talk) -> None:
    talk.say(text)
    given = {topic_of(choice.payload) for choice in talk.conversation.offered} | {talk.conversation.topic}
    assert given & {"albergue-belen-tapachula", "chiapas-albergues-especiales"}
