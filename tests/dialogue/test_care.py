"""What is said in an open danger: the message is read, nothing is said twice, self-harm and kidnapping hold."""

from itertools import pairwise

import pytest

from bot.conversation import Outcome, ReplyKind

RANSOM = "tienen a mi papa en reynosa quieren 5 mil dolares o lo matan"
DOOR = "ice is at my door"
OPENINGS = {
    "kidnapping": RANSOM,
    "detention": "ice se llevó a mi hermano del trabajo",
    "violence": "mi marido me pega",
    "self_harm": "me quiero matar",
    "lost": "estamos perdidos en el desierto y ya no traemos agua",
    "missing": "mi tío no aparece, cruzó hace tres días por el desierto",
    "destitution": "no tenemos dónde dormir esta noche, nos corrieron",
    "medical": "mi hija no respira",
}


@pytest.mark.parametrize("category", OPENINGS)
def test_no_line_is_said_twice_in_a_row(talk, category):
    assert talk.say(OPENINGS[category]).reading.urgent.category == category
    said = []
    for text in ("mmm", "se llama juan", "pues así estamos", "ay dios"):
        talk.say(text)
        said.append(talk.turns[-1].replies[0].text)
    assert all(one != after for one, after in pairwise(said))


REASONS = [
    "my mom got deported and im alone with my little brother",
    "a mi mamá la deportaron la semana pasada",
    "my husband left me and took the kids",
    "se murió mi hermano ayer",
]


@pytest.mark.parametrize("text", REASONS)
def test_what_is_told_by_who_wants_to_die_is_its_reason(talk, text):
    talk.say("quiero morirme ya no puedo")
    talk.say(text)
    assert [told.category for told in talk.conversation.told] == ["self_harm"]
    assert "firme" not in talk.said


@pytest.mark.parametrize("text", ["no i have pills next to me", "tengo las pastillas en la mano", "estoy en el puente"])
def test_means_at_hand_step_up(talk, text):
    talk.say("me quiero morir")
    assert talk.say(text).reading.urgent.rule in ("means", "edge")
    assert "911" in talk.said


def test_a_life_in_danger_takes_the_place_of_what_holds(talk):
    talk.say("me quiero morir")
    talk.say("mi bebé no respira, está morado")
    assert talk.conversation.told[-1].category == "medical"


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (RANSOM, "dicen que no hable a la policia"),
        (RANSOM, "dont tell me to call police they said they would know"),
        ("the boss keeps our passports and doesnt let us leave the camp", "no he doesnt hit us but he has a gun"),
    ],
)
def test_what_belongs_to_a_kidnapping_stays_there(talk, told, text):
    talk.say(told)
    talk.say(text)
    assert talk.conversation.told[-1].category == "kidnapping"


@pytest.mark.parametrize(
    ("told", "text", "topic"),
    [
        (OPENINGS["detention"], "toma insulina", "asistencia-consular-migratoria"),
        (OPENINGS["detention"], "no contesta el telefono", "asistencia-consular-migratoria"),
        (DOOR, "they say they have a paper", "guia-detencion-autoridad"),
        ("my dad was deported to tijuana yesterday with nothing", "he doesnt have an ID", None),
        ("mi esposa desaparecio ayer en ciudad juarez", "no se a donde ir a denunciar", "protocolo-alba"),
        ("mi marido me golpeo hoy, estoy en LA", "y puedo sacar la visa u?", "diagnostico-migratorio"),
    ],
)
def test_a_fact_or_a_question_opens_the_section_that_fits(talk, told, text, topic):
    talk.say(told)
    turn = talk.say(text)
    assert turn.reading.answered
    assert topic in (None, *turn.reading.answered)


def test_a_second_need_gets_its_numbers_beside_the_first(talk):
    talk.say("ice se llevó a mi hermano del trabajo, estoy en chicago")
    talk.say("no tengo donde dormir")
    assert "211" in talk.said
    assert talk.conversation.told[-1].category == "detention"


def test_a_child_beside_the_expelled_raises_the_case(talk):
    talk.say("estoy en la central de reynosa me acaban de echar")
    turn = talk.say("vengo con mi niña de 4")
    assert any(getattr(event, "level", None) == "critical" for event in turn.events)


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (DOOR, "never mind it was the mailman"),
        (DOOR, "they left"),
        ("nos tocan la puerta son agentes", "falsa alarma era el vecino"),
        ("there was a shooting outside our hotel in cancun", "we r ok just scared"),
        ("cps se llevo a mis hijos ayer", "ya me los entregaron"),
    ],
)
def test_an_all_clear_in_other_words(talk, told, text):
    talk.say(told)
    talk.say(text)
    assert all(each.over for each in talk.conversation.told)


def test_that_they_left_is_no_relief_for_who_was_left_behind(talk):
    talk.say("the smuggler left us in the desert, we are lost")
    talk.say("they left")
    assert not talk.conversation.told[-1].over


def test_what_is_asked_beside_the_all_clear_is_answered(talk):
    talk.say(DOOR)
    assert talk.say("they left. it was a package lol. so the matricula?").reading.answered == ("matricula-consular",)


def test_after_another_matter_its_own_questions_are_answered(talk):
    talk.say(OPENINGS["detention"])
    talk.say("cuánto cuesta el pasaporte mexicano")
    assert talk.say("y para mi hijo de 5").reading.answered == ("pasaporte",)


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("fijese que llame al 424 y no contestan", "llevo 3 dias"),
        ("hola, ice is asking me questions at the airport?", "im us citizen, my spanish is so so"),
    ],
)
def test_a_bit_of_something_else_is_no_yes(talk, asked, text):
    talk.say(asked)
    assert talk.say(text).reading.outcome is not Outcome.URGENT


def test_a_no_to_the_check_leaves_the_question_that_was_asked(talk):
    talk.was_asked("violence", "cuanto cuesta el pasaporte")
    assert talk.say("no").reading.answered == ("pasaporte",)


def test_who_reads_this_is_said_once_and_again_where_it_changed(talk):
    talk.say(OPENINGS["detention"])
    assert "no hay nadie en este chat" in talk.said
    talk.say("mi marido me pega")
    assert "no hay nadie en este chat" not in talk.said
    desk = talk.conversation.desk.model_copy(update={"on_duty": True})
    talk.remember(desk=desk)
    talk.say("mi hija no respira")
    assert "persona de guardia" in talk.said


def test_what_follows_the_help_text_is_no_help_text(talk):
    talk.say(OPENINGS["lost"])
    turn = talk.say("somos cuatro")
    assert ReplyKind.HELP not in [reply.kind for reply in turn.replies]


def test_every_danger_has_lines_for_whoever_writes(knowledge):
    for category in knowledge.categories.values():
        lines = [line for line in knowledge.care[category.id].lines if not line.any and not line.phases]
        writers = ("own", "other") if category.other is not None else ("own",)
        assert all(any(line.who in (None, who) for line in lines) for who in writers), category.id


LOST = "andamos perdidas en el monte por sasabe y ya no hay agua"


@pytest.mark.parametrize(
    ("told", "text"),
    [
        (LOST, "le marco al 911 y no entra"),
        (LOST, "en emergencias no me contestan"),
        ("mi abuelo se desmayó y no respira bien", "ya les llamé y me colgaron"),
        ("my wife passed out and is not breathing well", "i tried 911 and they hung up on me"),
        ("my husband is beating me", "nobody answers at 911"),
    ],
)
def test_who_does_not_reach_the_emergency_number_is_told_what_there_is_without_it(talk, told, text):
    talk.say(told)
    turn = talk.say(text)
    assert "911" not in turn.replies[0].text[:140]
    assert len(turn.replies) > 1
    again = talk.say("qué hago" if "911 y" in text or "me" in text else "what do i do")
    assert "911" not in again.replies[0].text[:140]
    assert again.replies[0].text != turn.replies[0].text


@pytest.mark.parametrize(
    ("told", "text", "silent"),
    [
        ("no tenemos dónde dormir hoy con mis niños", "ya marqué al 211 y nadie contesta", "211"),
        ("estoy en chicago, ice se llevó a mi primo", "el ciam no contesta", "CIAM"),
        ("me quiero morir", "llamé al 988 y no me contestaron", "988"),
        ("i want to die", "the 988 line does not answer", "988"),
    ],
)
def test_a_line_that_did_not_answer_is_not_given_first_again(talk, told, text, silent):
    talk.say(told)
    turn = talk.say(text)
    assert silent not in turn.replies[0].text
    assert silent not in turn.replies[1].text.split("\n")[0]


def test_the_other_lines_of_the_danger_go_on_after_it(talk):
    talk.say(LOST)
    for text in ("el 911 no contesta", "seguimos aquí", "está oscuro", "tengo miedo"):
        talk.say(text)
    said = [turn.replies[0].text for turn in talk.turns[1:]]
    assert len(set(said)) == len(said)
