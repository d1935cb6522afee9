"""Who says that we answered something else is answered otherwise or told that we have nothing; never the same again."""

import pytest

from bot.dialogue.thread.complaints import complaint_in
from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("no me entiende. nadie se murió. busco una beca", "busco una beca"),
        ("that's not what i asked, i have the visa already. do you know about dentists", "do you know about dentists"),
        ("u didnt answer me, are dogs allowed inside the office", "are dogs allowed inside the office"),
        ("eso no fue lo que pregunté", ""),
    ],
)
def test_what_is_denied_or_had_already_is_not_asked(text: str, asks: str, knowledge: Knowledge) -> None:
    complaint = complaint_in(text, knowledge)
    assert complaint is not None
    assert complaint.asks == asks


@pytest.mark.parametrize(
    "text",
    [
        "mi hermano se fue a cruzar y no me contesta",
        "en el consulado no me contestan",
        "the lawyer didn't answer me, who else can i call",
        "no entiendo",
        "¿y si el juez no me entiende?",
    ],
)
def test_what_others_do_not_answer_is_no_complaint(text: str, knowledge: Knowledge) -> None:
    assert complaint_in(text, knowledge) is None


@pytest.mark.parametrize(
    ("first", "complaint"),
    [
        ("como saco la matricula consular", "no me contestó. ¿dejan entrar con mi perro al consulado?"),
        ("how do i get a mexican passport", "u didnt answer me, are dogs allowed inside the consulate"),
        (
            "quiero denunciar un robo en el tren",
            "no me entiende, nadie robó. busco clases de guitarra para un muchacho",
        ),
    ],
)
def test_the_answer_that_was_given_is_barred(first: str, complaint: str, talk: Talk) -> None:
    talk.say(first)
    before, menu = talk.said, set(talk.labels)
    talk.say(complaint)
    assert talk.said != before
    assert "no se lo contesté" in talk.said or "did not answer that" in talk.said
    assert not menu & set(talk.labels)
    assert talk.conversation.barred


def test_what_is_asked_by_itself_afterwards_is_answered_though_it_was_barred(talk: Talk) -> None:
    talk.say("cuanto cuesta la matricula consular")
    talk.say("eso no es lo que pregunté, ¿dejan entrar con perro?")
    assert talk.conversation.barred
    talk.say("¿cuánto cuesta la matrícula consular?")
    assert (talk.conversation.topic, talk.conversation.section) == ("matricula-consular", "cost")


def test_a_complaint_that_asks_for_a_topic_of_ours_is_answered_by_it(talk: Talk) -> None:
    talk.say("como saco la matricula consular")
    talk.say("no me entiende, lo que necesito es una visa para visitar a mi hermano en México")
    assert talk.conversation.topic != "matricula-consular"


def test_what_we_admitted_is_not_admitted_in_the_same_words(talk: Talk) -> None:
    talk.say("dónde consigo una prótesis para mi primo")
    before = talk.said
    assert "prótesis" in before
    talk.say("no me entiende, busco una prótesis")
    assert talk.said != before
