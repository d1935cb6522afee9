"""The engine's decisions, one by one. Whole conversations stand in tests/conversations."""

from datetime import timedelta

import pytest

from bot.conversation import (
    CaseNeeded,
    CaseView,
    Conversation,
    DeletionConfirmed,
    Desk,
    Kind,
    LeftConversation,
    Level,
    Location,
    NotUnderstood,
    Outcome,
    PlaceGiven,
    ReplyKind,
)
from bot.dialogue.decision import Decision, Offer
from bot.dialogue.engine import assess_alone
from bot.dialogue.rendering.render import render
from bot.dialogue.rendering.words import topic_button
from tests.support.talk import NOON, Talk

LOST = "estamos perdidos en el desierto y ya no traemos agua"
GIBBERISH = "zxqv wkjr plomf"


def claimed(talk, category="lost"):
    talk.remember(case=CaseView(claimed=True, category=category, level=Level.CRITICAL))


@pytest.mark.parametrize("text", ["/start", "/start from_flyer", "/START"])
def test_start_says_who_answers_and_offers_topics(talk, text):
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.COMMAND
    assert "no es del gobierno" in talk.said
    assert "911" in talk.said
    assert talk.labels


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("/ayuda", "911"),
        ("/help", "911"),
        ("ayuda", "911"),
        ("/menu", "elija un tema"),
        ("Menú", "elija un tema"),
        ("/privacidad", "No guardo su nombre"),
        ("quiero hablar con una persona", "no hay nadie en este chat"),
        ("/persona", "no hay nadie en este chat"),
        ("I want to talk to a human", "nobody in this chat"),
        ("english please", "go on in English"),
        ("/idioma", "idioma"),
    ],
)
def test_commands_and_their_plain_words(talk, text, part):
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.COMMAND
    assert part in talk.said


@pytest.mark.parametrize(
    "text", ["/menu por favor", "quiero el menu de requisitos del pasaporte", "stop and tell me about passports"]
)
def test_a_command_is_a_whole_message(talk, text):
    assert talk.say(text).reading.outcome is not Outcome.COMMAND


def test_a_person_is_promised_only_while_on_duty(talk):
    talk.remember(desk=Desk(on_duty=True))
    turn = talk.say("/persona")
    assert "Hay una persona de guardia" in talk.said
    assert turn.events == (CaseNeeded("person", Level.PRIORITY),)


@pytest.mark.parametrize(("text", "opens"), [("/persona", "empieza hoy a las 13:00"), ("/person", "today at 13:00")])
def test_where_nobody_reads_it_is_said_when_somebody_will(talk, text, opens):
    talk.remember(desk=Desk(opens_at=NOON + timedelta(hours=1)), lang="es" if text == "/persona" else "en")
    talk.say(text)
    assert opens in talk.said


def test_two_weak_answers_in_a_row_ask_for_a_person(talk):
    first = talk.say(GIBBERISH)
    assert first.reading.outcome is Outcome.FALLBACK
    assert first.events == (NotUnderstood(GIBBERISH, "other"),)
    second = talk.say(GIBBERISH + " brtk")
    assert CaseNeeded("weak_answers", Level.PRIORITY) in second.events


def test_an_answer_in_between_starts_the_count_anew(talk):
    talk.say(GIBBERISH)
    talk.say("cuanto cuesta el pasaporte")
    assert not any(isinstance(e, CaseNeeded) for e in talk.say(GIBBERISH).events)


def test_the_language_follows_the_message_until_one_is_chosen(talk):
    assert talk.say("how much is a Mexican passport at the consulate").reading.reply_lang == "en"
    assert talk.say("cuanto cuesta la matricula consular").reading.reply_lang == "es"
    talk.say("English")
    assert talk.say("cuanto cuesta la matricula consular").reading.reply_lang == "en"


def test_another_danger_gets_its_own_help(talk):
    talk.say(LOST)
    turn = talk.say("mi hermano ya no respira, esta inconsciente")
    assert turn.reading.urgent.category == "medical"
    assert turn.reading.outcome is Outcome.URGENT


def test_who_fears_their_government_is_not_sent_to_a_consulate(talk):
    talk.say("soy de honduras y estoy pidiendo refugio porque el gobierno me persigue")
    talk.say("unos hombres me acaban de golpear y me quieren matar")
    contacts = [c for c in talk.knowledge.contacts.values() if c.serves.value != "everybody"]
    digits = {c.value.lstrip("+") for c in contacts if len(c.value) > 5}
    plain = "".join(c for c in talk.said if c.isdigit())
    assert not any(number in plain for number in digits)
    assert "CIAM" not in talk.said


def test_a_place_shared_in_calm_is_not_kept(talk):
    turn = talk.send(Kind.LOCATION, location=Location(19.4, -99.1))
    assert turn.events == ()
    assert "no la guardo" in talk.said


def test_while_a_person_holds_the_case_the_bot_is_silent(talk):
    talk.say(LOST)
    claimed(talk)
    assert talk.say("cuanto cuesta el pasaporte").replies == ()
    assert talk.say("gracias").replies == ()
    assert talk.say(LOST).replies == ()


def test_new_danger_breaks_the_silence(talk):
    talk.say(LOST)
    claimed(talk)
    assert talk.say("mi hermano ya no respira, esta inconsciente").reading.outcome is Outcome.URGENT


def test_leaving_says_one_neutral_line_and_works_in_a_held_case(talk):
    talk.say(LOST)
    claimed(talk)
    turn = talk.say("/salir")
    assert talk.said == "Hasta luego."
    assert turn.events == (LeftConversation(),)
    assert turn.conversation.left


def test_deleting_asks_first_and_gives_a_receipt(talk):
    talk.say("cuanto cuesta el pasaporte")
    talk.say("/borrar")
    assert "¿Lo borro?" in talk.said
    turn = talk.say("si")
    (event,) = turn.events
    assert isinstance(event, DeletionConfirmed)
    assert event.receipt in talk.said
    assert turn.conversation == Conversation()


def test_not_deleting_keeps_everything(talk):
    talk.say("/borrar")
    turn = talk.say("no")
    assert turn.events == ()
    assert "No borré nada" in talk.said


@pytest.mark.parametrize("kind", [Kind.VOICE, Kind.PHOTO, Kind.OTHER])
def test_what_we_cannot_read_gets_the_emergency_number(talk, kind):
    talk.send(kind)
    assert "911" in talk.said


def test_a_caption_is_read_like_a_text(talk):
    assert talk.send(Kind.PHOTO, text=LOST).reading.urgent.category == "lost"


def test_an_edited_message_is_read_again(talk):
    assert talk.send(Kind.EDITED, text=LOST).reading.urgent.category == "lost"


def test_a_group_is_told_to_write_in_private_and_nothing_else(talk):
    turn = talk.send(Kind.GROUP, text=LOST, payload="https://t.me/a_bot")
    assert len(turn.replies) == 1
    assert "en privado" in talk.said
    assert "https://t.me/a_bot" in talk.said
    assert turn.events == ()


def test_whoever_blocked_us_gets_nothing(talk):
    assert talk.send(Kind.BLOCKED).replies == ()


def _ratings(talk):
    return [label for label in talk.labels if label in ("Sí me sirvió", "No me sirvió")]


def test_feedback_is_asked_after_an_answer_at_most_once_in_five_turns(talk):
    talk.say("cuanto cuesta el pasaporte")
    assert len(_ratings(talk)) == 2
    for text in ("cuanto cuesta la matricula", "que es el ciam", "gracias", "cuanto cuesta el pasaporte"):
        talk.say(text)
        assert _ratings(talk) == []
    talk.say("cuanto cuesta la matricula")
    assert len(_ratings(talk)) == 2


def test_feedback_is_never_asked_after_danger(talk):
    talk.say(LOST)
    talk.say("cuanto cuesta el pasaporte")
    assert _ratings(talk) == []


def test_a_rating_is_kept_without_who_said_it(talk):
    talk.say("cuanto cuesta el pasaporte")
    turn = talk.tap("No me sirvió")
    rated, question = turn.events
    assert (rated.topic, rated.section, rated.helped) == ("pasaporte", "cost", False)
    assert question.text == "cuanto cuesta el pasaporte"
    assert "otras palabras" in talk.said


@pytest.mark.parametrize(
    "text", ["/salir", "salir", "/menu", "menu", "/borrar", "/start", "ayuda", "/persona", "leave"]
)
def test_a_command_is_never_read_as_danger(talk, text):
    talk.say("que es el ciam")
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.COMMAND
    assert turn.reading.urgent is None


def test_what_is_added_to_a_held_case_is_no_new_danger(talk):
    talk.say(LOST)
    claimed(talk)
    for text in ("somos cuatro y un niño", "nos queda poca agua", "ya casi no tengo pila"):
        assert talk.say(text).replies == (), text


@pytest.mark.parametrize(
    "text", ["borren todo lo que escribí por favor", "quiero que borren mis datos", "please delete everything I wrote"]
)
def test_who_asks_to_be_erased_in_plain_words_is_asked_whether_sure(talk, text):
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.COMMAND
    assert turn.conversation.flow == "delete"


@pytest.mark.parametrize(
    ("said", "at"),
    [("7", 6), ("8)", 7), ("9.", 8), ("la 9", 8), ("nueve", 8), ("the ninth one", 8), ("10", 9), ("la décima", 9)],
)
def test_every_numbered_line_of_the_menu_can_be_said(talk, said, at):
    talk.say("/menu")
    title = talk.knowledge.menu[at].title
    assert talk.say(said).replies[-1].text in (title.es, title.en)


def test_first_contact_comes_after_the_first_answer_and_never_in_danger(knowledge):
    calm = Talk(knowledge, Conversation()).say("cuanto cuesta el pasaporte")
    assert [reply.kind for reply in calm.replies] == [ReplyKind.ANSWER, ReplyKind.NOTICE]
    assert len(calm.replies[-1].text.split()) <= 15
    talk = Talk(knowledge, Conversation())
    assert ReplyKind.NOTICE not in [reply.kind for reply in talk.say(LOST).replies]
    assert ReplyKind.NOTICE not in [reply.kind for reply in talk.say("somos cuatro").replies]


def test_the_first_words_are_given_once_and_the_number_each_time(talk):
    first = talk.say(LOST)
    assert first.reading.outcome is Outcome.URGENT
    assert first.replies[0].kind is ReplyKind.HELP
    talk.say("somos cuatro y un niño")
    assert first.replies[0].text not in talk.said
    assert talk.conversation.in_danger


def test_a_place_shared_in_danger_is_repeated_in_decimal_degrees(talk):
    talk.say(LOST)
    turn = talk.send(Kind.LOCATION, location=Location(31.123456, -111.98765))
    assert "31.12346, -111.98765" in talk.said
    assert PlaceGiven(31.123456, -111.98765) in turn.events


@pytest.mark.parametrize("text", ["ya no quiero vivir, me quiero matar", "mi esposo me acaba de golpear y sigue aqui"])
def test_a_minor_is_spoken_to_as_one(knowledge, text):
    grown, young = Talk(knowledge), Talk(knowledge)
    young.told(minor=True)
    assert grown.say(text).replies[0].text != young.say(text).replies[0].text
    assert "nombre completo" not in young.said


NEUTRAL = 80
"""Characters that a locked phone may show."""


@pytest.mark.parametrize("text", ["mi marido me acaba de pegar", "nos tienen secuestrados y piden dinero"])
def test_a_locked_phone_shows_nothing_of_the_matter(talk, text):
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.URGENT
    for word in ("golpe", "pega", "violen", "marido", "secuestr", "rescate"):
        assert word not in turn.replies[0].text[:NEUTRAL].lower()


@pytest.mark.parametrize("text", [LOST, "mi esposo no ha vuelto de cruzar hace tres dias"])
def test_numbers_say_in_which_country_they_work(talk, text):
    turn = talk.say(text)
    assert turn.reading.urgent is not None
    assert "Estados Unidos" in talk.said
    assert "México" in talk.said


def test_nothing_is_said_after_leaving(talk):
    talk.say("cuanto cuesta el pasaporte")
    turn = talk.say("/salir")
    assert talk.said == "Hasta luego."
    assert turn.conversation.topic is None
    assert not turn.conversation.heard
    assert talk.labels == []


def test_who_does_not_understand_the_short_form_either_is_asked_for_the_word_and_then_a_person_is_there(talk):
    talk.say("como saco mi curp")
    said = [talk.say(one).replies[0].text for one in ("mas corto", "no entiendo", "no le entiendo")]
    assert len({*said}) == 3
    assert "palabra" in said[1]
    assert "guardada" in said[2]


@pytest.mark.parametrize(("wish", "shorter"), [("mas corto por favor", True), ("repita por favor", False)])
def test_the_last_answer_shorter_or_once_more(talk, wish, shorter):
    talk.say("cuanto cuesta el pasaporte")
    whole = talk.said
    turn = talk.say(wish)
    assert turn.reading.section == "pasaporte/cost"
    assert (len(talk.said) < len(whole)) is shorter


@pytest.mark.parametrize(
    ("text", "section"),
    [
        ("me no speak good english. how i get passport for my baby", "pasaporte/minors"),
        ("my english very bad, boss no pay me 2 week", "salarios-no-pagados/how"),
        ("hablo poco español, cuanto cuesta la matricula", "matricula-consular/cost"),
        ("yo mixteco. poco español. cuanto cuesta la matricula", "matricula-consular/cost"),
    ],
)
def test_how_well_somebody_reads_is_no_matter_and_makes_the_answer_short(talk: Talk, text: str, section: str) -> None:
    turn = talk.say(text)
    assert turn.reading.section == section
    short = talk.knowledge.section(section).short.say(turn.conversation.lang)
    assert short.partition("{")[0] in talk.said


@pytest.mark.parametrize(
    "told",
    ["perdon hablo poco español", "casi no se leer", "no entiendo bien el español", "sorry my english is not good"],
)
def test_who_reads_little_gets_short_forms_and_the_whole_by_a_button(talk: Talk, told: str) -> None:
    talk.say(told)
    assert talk.turns[-1].reading.outcome in {Outcome.SMALLTALK, Outcome.COMMAND}
    talk.say("cuanto cuesta el pasaporte")
    short = talk.said
    assert talk.conversation.section == "cost"
    whole = next(label for label in talk.labels if label in {"Decirlo completo", "Tell me all of it"})
    talk.tap(whole)
    assert len(talk.said) > len(short)


def test_a_short_form_says_nothing_that_an_editor_has_stopped(talk: Talk) -> None:
    talk.say("cuanto cuesta el pasaporte")
    topics = talk.knowledge.topics
    stopped = topics["pasaporte"].model_copy(update={"withdrawn": True})
    talk.knowledge = talk.knowledge.saying(topics={**topics, "pasaporte": stopped})
    talk.say("mas corto")
    assert talk.knowledge.texts["withdrawn"].es.partition("{")[0] in talk.said


def test_what_was_said_is_said_in_short_and_then_whole_again(talk):
    first = talk.say("cuanto cuesta el pasaporte").replies[0].text
    again = talk.say("cuanto cuesta el pasaporte").replies[0].text
    assert again != first
    assert len(again) < len(first)
    assert talk.say("cuanto cuesta el pasaporte").replies[0].text == first  # who asks a third time reads all of it


def test_nothing_is_said_again_of_a_state_that_was_denied(talk):
    talk.say("vivo en Colima, ¿dónde está la oficina de empleo?")
    talk.say("la oficina de empleo, yo soy de Colima no del Estado de México, ¿dónde está?")
    assert "Ecatepec" not in talk.said
    assert talk.conversation.situation.town.value == "Colima"


def test_what_is_offered_says_in_short_what_each_answers(talk):
    likely = (("pasaporte", "cost"), ("matricula-consular", "cost"))
    signals = assess_alone("cuanto cobran", talk.knowledge, NOON)
    choices = tuple(topic_button(talk.knowledge.topics[name], talk.knowledge, "es", one) for name, one in likely)
    said = Decision(Outcome.CLARIFY, (Offer(choices, likely=likely),))
    text = render(said, signals.message, signals, talk.conversation).replies[0].text
    assert "Pasaporte mexicano en el consulado: " in text
    assert "41 USD" in text


@pytest.mark.parametrize(
    "text",
    [
        "¿con la matrícula me abren una cuenta?",
        "es el lugar donde revisan el caso con un abogado, ¿verdad?",
        "todo lo acordamos por whatsapp y no me pagó el patrón",
    ],
)
def test_what_is_not_asked_is_not_said_to_be_lacking(text, talk):
    assert assess_alone(text, talk.knowledge, NOON).ranking.gap is None


def test_what_is_asked_and_lacks_is_said(talk):
    talk.say("cómo se hace donataria autorizada nuestra asociación")
    talk.say("¿y cuánto tarda?")
    assert "no dicen cuánto tarda" in talk.said


def test_who_told_where_they_are_is_not_answered_for_elsewhere(talk):
    talk.say("me lastimé en una obra en alabama y no me pagan el doctor")
    turn = talk.say("estoy en alabama, allá cómo le hago")
    assert turn.reading.section != "indemnizacion-laboral/from-mexico"


def test_a_question_where_beside_a_town_is_of_an_office_only_where_one_is_meant(talk):
    talk.say("mi mamá tiene diabetes y no tenemos seguro, vivimos en omaha")
    assert talk.say("dónde venden la insulina barata, en omaha").reading.policy != "directory"
    assert talk.say("ya dije omaha, dónde queda el consulado").reading.policy == "directory"


@pytest.mark.parametrize("payload", ["s|pasaporte|gone|ffff", "t|gone|0000", "x|y", "q|where|country|mx", "k|lost|yes"])
def test_an_old_button_resolves_or_explains(talk, payload):
    turn = talk.send(Kind.TAP, payload=payload)
    assert turn.replies[0].text
    assert turn.replies[0].choices


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("mi amiga esta muy mal", "other"),
        ("mi hermana dice que ya no puede mas con todo", "other"),
    ],
)
def test_a_question_whether_there_is_danger_remembers_for_whom(talk: Talk, text: str, who: str) -> None:
    assert talk.say(text).reading.outcome is Outcome.CHECK
    assert talk.conversation.danger is not None
    assert talk.conversation.danger.who == who


def test_a_check_is_answered_by_the_next_message(talk):
    assert talk.say("mi papa murio en dallas").reading.outcome is Outcome.CHECK
    talk.say("cuanto cuesta traerlo")
    talk.say("otra cosa, mi hijo nacio en houston, como saco su pasaporte mexicano paso a paso")
    assert talk.say("si ya tiene acta mexicana").reading.urgent is None


def test_what_was_said_in_short_beside_a_danger_is_not_said_word_for_word_again(talk):
    talk.say("mi papá se mató trabajando en una obra en Atlanta ayer, yo estoy en Oaxaca, cómo traemos el cuerpo")
    talk.say("¿a mi mamá le toca algo del seguro del trabajo?")
    before = talk.said
    talk.say("pero ella vivía con otro ya, ¿igual le toca?")
    assert talk.said != before


@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("/privacidad", "es de Honduras; tiene menos de 18 años"),
        ("/privacy", "you are from Honduras; you are under 18"),
    ],
)
def test_what_is_known_is_told_in_words_and_veiled_where_others_see_the_phone(
    command: str, told: str, talk: Talk
) -> None:
    talk.told(nationality="HN", minor=True)
    talk.say(command)
    assert f"{told}." in talk.said
    talk.remember(watched=True)
    talk.say(command)
    assert "Honduras" not in talk.said
