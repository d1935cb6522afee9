"""Commands in plain words, greetings, and what is not done here: tip lines, others' data, one's own case."""

import pytest

from bot.conversation import Outcome


@pytest.mark.parametrize(
    "text",
    [
        "Stop",
        "STOP ALL",
        "unsubscribe",
        "stop texting me",
        "/stop",
        "quiero darme de baja",
        "ya no me escriban por favor",
    ],
)
def test_a_stop_leaves(talk, text):
    talk.say(text)
    assert talk.conversation.left


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("/language english", "en"),
        ("/idioma español", "es"),
        ("contésteme en inglés por favor", "en"),
        ("y en español", "es"),
        ("please answer in spanish", "es"),
        ("puede hablarme en inglés?", "en"),
        ("sorry i do not understand spanish", "en"),
        ("can you write in english", "en"),
    ],
)
def test_the_language_changes_when_asked_in_words(talk, text, lang):
    assert talk.say(text).reading.outcome is Outcome.COMMAND
    assert (talk.conversation.lang, talk.conversation.lang_chosen) == (lang, True)


def test_a_change_of_language_keeps_the_open_question(talk):
    talk.say("/borrar")
    talk.say("in english please")
    assert talk.conversation.flow == "delete"
    assert "?" in talk.turns[-1].replies[-1].text


@pytest.mark.parametrize("text", ["en portugués", "do you speak french?", "habla usted ruso"])
def test_other_languages_are_admitted(talk, text):
    talk.say("/idioma")
    assert talk.say(text).reading.outcome is Outcome.SMALLTALK
    assert "English" in talk.said


@pytest.mark.parametrize(
    "text", ["pásame con un humano ya", "comuníqueme con alguien de verdad", "connect me to a real person now"]
)
def test_a_person_is_asked_for_in_other_words(talk, text):
    assert talk.say(text).reading.outcome is Outcome.COMMAND
    assert "no hay nadie en este chat" in talk.said or "nobody in this chat" in talk.said


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("buenas buenas", "Dígame qué necesita"),
        ("hola hola", "Dígame qué necesita"),
        ("buenas noches ocupo ayuda", "llame ya al 911"),
        ("hola disculpe, muchas gracias", "Con gusto"),
        ("???", "Aquí estoy"),
        ("…", "Aquí estoy"),
        ("eres chatgpt?", "asistente automático"),
        ("qué piensas del presidente", "No doy opiniones"),
        ("who would you vote for", "I give no opinions"),
    ],
)
def test_small_talk_in_other_wordings(talk, text, part):
    assert talk.say(text).reading.outcome is Outcome.SMALLTALK
    assert part in talk.said


@pytest.mark.parametrize("text", ["hola mi hermano está detenido", "buenas, me quiero matar"])
def test_a_greeting_in_front_hides_no_danger(talk, text):
    assert talk.say(text).reading.outcome is Outcome.URGENT


@pytest.mark.parametrize(
    "text",
    [
        "a dónde llamo para reportar a unos indocumentados con la migra",
        "quiero echarle la migra a mi cuñado",
        "how do i report an illegal immigrant to ice",
        "número para denunciar ilegales",
        "dame la dirección de mi ex",
        "necesito el teléfono de una persona que les escribió",
        "quién más les ha escrito",
        "did my husband write to you",
        "busco a mi mujer que me dejó",
        "ayúdeme a localizar a mi esposo que se fue con otra",
    ],
)
def test_nobody_is_reported_or_given_away(talk, text):
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.SMALLTALK
    assert "No doy" in talk.said or "I do not give" in talk.said or "I give" in talk.said
    assert "520" not in talk.said


@pytest.mark.parametrize(
    "text",
    [
        "quiero denunciar que golpearon a unos indocumentados",
        "mi patron dice que va a reportarme con la migra",
        "mi jefe quiere echarle la migra a mis compañeros",
        "my landlord threatens to call ice on me",
        "a dónde reporto un abuso de la migra",
    ],
)
def test_who_is_threatened_with_a_report_is_not_turned_away(talk, text):
    assert talk.say(text).reading.outcome is not Outcome.SMALLTALK


@pytest.mark.parametrize(
    "text",
    [
        "busco a mi esposa que cruzó el desierto y no contesta",
        "ayúdenme a encontrar a mi hijo que se fue al norte y no llama",
    ],
)
def test_who_is_missing_is_still_looked_for(talk, text):
    assert talk.say(text).reading.outcome in (Outcome.URGENT, Outcome.CHECK, Outcome.ANSWER)


@pytest.mark.parametrize(
    "text",
    [
        "voy a ganar mi caso?",
        "will i win my case",
        "cuántos días me quedan para apelar",
        "califico para la visa T",
        "am i eligible for a green card",
        "me pueden deportar por un robo de hace 10 años",
        "can i be deported for a misdemeanor",
        "deme asesoría legal",
        "en qué va mi solicitud",
        "what is the status of my case",
    ],
)
def test_nobodys_own_case_is_judged(talk, text):
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.SMALLTALK
    assert [c for c in talk.labels if "PALE" in c]


def test_who_fears_their_government_is_sent_to_no_consulate(talk):
    talk.remember(fears_government=True)
    talk.say("califico para asilo en estados unidos")
    assert not [label for label in talk.labels if "PALE" in label or "consul" in label.lower()]


@pytest.mark.parametrize(
    "text", ["califico para la matrícula consular", "puedo pedir refugio en México", "qué es PALE"]
)
def test_what_we_do_know_is_still_answered(talk, text):
    assert talk.say(text).reading.outcome is Outcome.ANSWER


@pytest.mark.parametrize("text", ["qué es la COMAR y qué es el CIAM", "what is the INM? and what is PALE?"])
def test_two_words_are_both_explained(talk, text):
    assert len(set(talk.say(text).reading.answered)) == 2
