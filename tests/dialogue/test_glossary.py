"""Acronyms are explained, ambiguous wordings asked about, and an older translation says so."""

from datetime import date

import pytest

from bot.conversation import Outcome
from bot.dialogue.ranking.glossary import defined, meanings, reached
from knowledge.schema.topics import Changed
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("text", "topic", "said"),
    [
        ("que es el INM", "derecho-documentacion-migratoria", "Instituto Nacional de Migración"),
        ("Hola, ¿qué es el INM?", "derecho-documentacion-migratoria", "Instituto Nacional de Migración"),
        ("INM", "derecho-documentacion-migratoria", "Instituto Nacional de Migración"),
        ("what does CIAM mean", "ciam", "stands for Centro de Información"),
        ("¿Qué significa PALE?", "pale", "Programa de Asesorías Legales Externas"),
        ("OIM siglas", "oim", "Organización Internacional para las Migraciones"),
        ("what does DACA stand for?", "daca", "Deferred Action for Childhood Arrivals"),
        ("S.R.E.", "delegaciones-sre", "Secretaría de Relaciones Exteriores"),
        ("what is the United Nations?", "registro-organismos-internacionales", "United Nations"),
        ("que es la uma", "visas-consulado", "117.31 pesos"),
        ("ICE", "guia-detencion-autoridad", "Inmigración y Control de Aduanas"),
    ],
)
def test_a_word_is_explained_in_one_sentence(talk, text, topic, said):
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.ANSWER
    assert turn.reading.answered == (topic,)
    assert said in talk.said
    assert talk.said.count("\n\n") == 1 + talk.said.startswith("Soy")  # the sentence, then its source
    choice = turn.replies[-1].choices[0]
    assert choice.label == talk.knowledge.topics[topic].title.say(turn.reading.reply_lang)


@pytest.mark.xfail(reason="the new engine does not do this yet", strict=False)
@pytest.mark.parametrize(
    ("text", "topic", "section"),
    [
        ("que es el CIAM", "ciam", "what"),
        ("que es la cluni", "ley-fomento-osc", "cluni"),
        ("qué es el Programa de Asesorías Legales Externas", "pale", "what"),
    ],
)
def test_a_topic_that_says_it_answers_itself(talk, text, topic, section):
    turn = talk.say(text)
    assert (turn.conversation.topic, turn.conversation.section) == (topic, section)
    assert turn.replies[-1].text.startswith(talk.knowledge.topics[topic].title.es)


def test_the_button_and_the_sources_lead_on(talk):
    talk.say("que significa la h2a")
    turn = talk.say("1")
    assert (turn.conversation.topic, turn.conversation.section) == ("fraude-visas-h2", "rights")
    talk.say("que significa la h2a")
    talk.say("2")
    assert "De dónde sale lo que dije de “H-2A”" in talk.said


@pytest.mark.parametrize(
    ("text", "term"),
    [("CNHD", "cndh"), ("que es el CONAPERD", "conapred"), ("que es la DGVOC", "dgvosc"), ("what is UNCHR", "acnur")],
)
def test_a_misspelt_acronym_is_understood(knowledge, text, term):
    assert defined(text, knowledge).term.id == term


@pytest.mark.xfail(reason="the new engine does not do this yet", strict=False)
@pytest.mark.parametrize("text", ["que es SARE", "qué es la COFEPRIS", "que es ACNUDH", "que es CEDAW"])
def test_another_acronym_is_not_taken_for_ours(talk, text):
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.FALLBACK


@pytest.mark.parametrize(("text", "term"), [("qué es iCSO", "icso"), ("what is iCSO", "icso")])
def test_systems_in_which_organisations_register(knowledge, text, term):
    assert defined(text, knowledge).term.id == term


@pytest.mark.parametrize(
    "text", ["sale", "ice", "respect", "nos", "un", "dale", "para", "que es eso", "que es", "", "INM y COMAR"]
)
def test_everyday_words_are_no_acronyms(knowledge, text):
    assert defined(text, knowledge) is None


def test_a_misspelt_acronym_that_is_near_two_is_asked_about(talk):
    turn = talk.say("CAIM")
    assert turn.reading.outcome is Outcome.CLARIFY
    assert {topic.topic for topic in turn.reading.topics[:2]} == {"ciam", "vaim"}


@pytest.mark.xfail(reason="the new engine does not do this yet", strict=False)
@pytest.mark.parametrize("text", ["ventanilla", "La ventanilla", "¿Qué es la ventanilla?", "VENTANILLA"])
def test_an_ambiguous_wording_asks_which(talk, text):
    turn = talk.say(text)
    means = ("ventanillas-comunitarias", "ventanilla-salud", "vaim")
    assert turn.reading.outcome is Outcome.CLARIFY
    assert tuple(topic.topic for topic in turn.reading.topics) == means
    assert [choice.label for choice in turn.replies[-1].choices][:-1] == [
        talk.knowledge.topics[topic].title.es for topic in means
    ]
    assert turn.reading.answered == ()


def test_the_topic_that_a_choice_leads_to_stands_first(talk):
    talk.say("ventanilla")
    turn = talk.say("2")
    assert turn.reading.answered == ("ventanilla-salud",)
    assert turn.reading.topics[0].topic == "ventanilla-salud"
    assert len(turn.reading.topics) <= 3


def test_a_longer_message_is_not_ambiguous(knowledge):
    assert meanings("necesito una copia de mi acta para la ventanilla de Houston", knowledge) == ()


def test_the_name_of_a_topic_is_not_read_as_an_article_and_a_word(knowledge):
    assert meanings("UN jobs", knowledge) == ()
    assert meanings("un albergue", knowledge)


@pytest.mark.xfail(reason="the new engine does not do this yet", strict=False)
def test_the_conversation_says_which(talk):
    talk.say("donde hay una ventanilla de salud en Houston")
    assert talk.say("la ventanilla").reading.outcome is Outcome.ANSWER


@pytest.fixture
def outdated(knowledge):
    """A section whose Spanish is newer than its English."""
    topic = knowledge.topics["ciam"]
    behind = topic.sections[0].model_copy(update={"changed": Changed(es=date(2026, 11, 1), en=date(2026, 1, 1))})
    changed = topic.model_copy(update={"sections": (behind, *topic.sections[1:])})
    return Talk(knowledge.saying(topics={**knowledge.topics, "ciam": changed}))


def test_an_older_translation_says_so_and_offers_the_spanish(outdated):
    turn = outdated.say("what is CIAM")
    assert "older than the Spanish one, which changed in November 2026" in outdated.said
    number = next(n for n, c in enumerate(turn.replies[-1].choices, 1) if c.label == "Leer en español")
    assert "es el centro de llamadas" in outdated.say(str(number)).replies[-1].text
    assert outdated.conversation.lang == "en"


def test_the_newer_spanish_says_nothing_of_it(outdated):
    outdated.say("que es el CIAM")
    assert "inglés" not in outdated.said
    assert "Leer en español" not in outdated.said


@pytest.mark.parametrize("word", ["AGONU", "NUT", "CISVAC", "NNA"])
def test_an_acronym_shows_no_language(word, talk):
    assert talk.say(f"what is {word.lower()}?").reading.reply_lang == "en"


@pytest.mark.parametrize(
    ("before", "text", "said"),
    [
        ((), "¿qué correo tiene la CIDH?", "Comisión Interamericana"),
        ((), "me da el número del CONAPRED", "CONAPRED, el consejo contra la discriminación"),
        (("vivo en Denver",), "how do i contact the INE", "1 866 986 8306"),
        ((), "el registro civil de Irapuato tiene teléfono?", "www.miregistrocivil.gob.mx"),
        ((), "gracias. ¿a qué teléfono le marco a la OIM?", "Organización Internacional para las Migraciones"),
        (("tengo miedo de mi gobierno, me busca",), "pásame el teléfono de la SRE", "no necesita ir a su consulado"),
    ],
)
def test_an_institution_is_reached_as_content_knows(talk, before, text, said):
    for one in (*before, text):
        talk.say(one)
    assert said in talk.said


@pytest.mark.parametrize(
    "text",
    ["me llamaron del número de la EEOC y piden dinero", "número de ICE", "perdí mi teléfono con la app del INE"],
)
def test_who_calls_is_no_institution_to_reach(text, knowledge):
    assert reached(text, knowledge) is None
