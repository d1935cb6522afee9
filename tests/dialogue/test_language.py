"""The language of a message and of the answer."""

import pytest

from bot.conversation import Outcome
from bot.dialogue.language import language_of
from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("whats a matricula", "en"),
        ("what is the acta de nacimiento", "en"),
        ("my boss didnt pay me", "en"),
        ("good morning", "en"),
        ("hello can u help me", "en"),
        ("ok bye", "en"),
        ("hi im a volunteer at a shelter in el paso", "en"),
        ("i live in los angeles", "en"),
        ("vivo en las vegas", "es"),
        ("matricula", "es"),
        ("consulado en los angeles", "es"),
        ("me robaron", "es"),
        ("quiero mi passport y mi birth certificate", "mixed"),
        ("curp", "other"),
    ],
)
def test_names_of_papers_and_places_weigh_nothing(text: str, lang: str, knowledge: Knowledge) -> None:
    assert language_of(text, knowledge) == lang


@pytest.mark.parametrize(
    ("turns", "lang"),
    [
        (["hola", "how much is the passport"], "en"),
        (["hello", "mi pasaporte se venció"], "es"),
        (["how much is the passport", "gracias"], "en"),
        (["how much is the passport", "no me contestan"], "es"),
        (["cuanto cuesta el pasaporte", "can I pay there"], "en"),
        (["how much is the passport", "y Mexico City"], "en"),
        (["cuanto cuesta el pasaporte", "ok thanks"], "es"),
        (["quiero renovar mi INE from here", "how much cuesta", "and the photos?"], "es"),
        (["i need to replace my lost INE, como la repongo", "y cuanto cuesta"], "en"),
        (
            [
                "how do i get a copy of my birth certificate",
                "y mi prima ya la pidio alla en el pueblo, can she pick it up",
            ],
            "en",
        ),
        (
            ["i need to replace my lost INE, como la repongo", "y cuanto cuesta sacar una nueva aqui en el consulado"],
            "es",
        ),
        (["hi, mi pasaporte", "can i renew it in dallas", "mi ermana tomo muchas pastiyas y no despierta"], "es"),
        (["hola, my sister took pills y no despierta", "she is breathing", "le doy agua"], "es"),
        (
            [
                "quiero sacar la matricula",
                "que papeles llevo",
                "y cuanto sale",
                "gracias, can i also change my address there",
            ],
            "es",
        ),
        (
            ["quiero sacar la matricula", "que papeles llevo", "y cuanto sale", "can i also change my address there"],
            "en",
        ),
        (
            ["how do i register my son", "what do i bring", "how much is it", "ok thanks, y mi esposo tiene que ir"],
            "en",
        ),
        (["hi i need una cita", "in dallas texas", "ya tengo cita", "y mis papeles"], "es"),
    ],
)
def test_the_language_of_the_answer_does_not_flip_with_a_word(turns: list[str], lang: str, talk: Talk) -> None:
    for turn in turns:
        talk.say(turn)
    assert talk.conversation.lang == lang


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("hola disculpa my spanish is not that good, prefiero english", "en"),
        ("buenas, cuanto cuesta el pasaporte? in english please", "en"),
        ("hi, no hablo mucho ingles, where do i renew my passport", "es"),
        ("mi esposo no habla ingles, donde hay clases", None),
        ("my spanish is real poor, sorry. where do i vote", "en"),
        ("could we switch to english, where is the clinic", "en"),
        ("my english is poor sorry, how do i get my id", "es"),
        ("can we do spanish? i need the passport", "es"),
        ("entiendo poquito ingles, que dice esta carta", "es"),
        ("casi no hablo español, hablo mixteco, quien me ayuda", None),
        ("soy de haiti, hablo poco español, donde hay un albergue", None),
    ],
)
def test_a_wish_for_a_language_is_heard_in_a_longer_message(text: str, lang: str | None, talk: Talk) -> None:
    talk.say(text)
    assert (talk.conversation.lang if talk.conversation.lang_chosen else None) == lang


def test_a_wish_for_a_language_beside_a_question_does_not_swallow_it(talk: Talk) -> None:
    turn = talk.say("i dont speak spanish can my daughter go to high school in mexico")
    assert turn.reading.outcome is not Outcome.COMMAND
    assert talk.say("sorry i dont speak spanish").reading.outcome is Outcome.COMMAND
