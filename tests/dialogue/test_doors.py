"""Doors by what the person said of themselves: the fallback's, and the lines of a help text."""

import pytest

from bot.conversation import Desk
from bot.dialogue.person.signals import read_signals
from knowledge.model import Knowledge
from tests.support.talk import Talk

UNKNOWN = "zorgon blimp"


@pytest.mark.parametrize(
    ("text", "citizen"),
    [
        ("soy mexicano y ciudadano americano", "MX"),
        ("im american, retired", "US"),
        ("I have a US passport", "US"),
        ("somos hondureños", "HN"),
        ("soy de Guatemala", "GT"),
        ("we are Cuban", "ZZ"),
        ("mi esposo es gringo", None),
        ("my wife is from Honduras", None),
        ("vivo en Guatemala", None),
    ],
)
def test_whose_citizen_somebody_says_they_are(text: str, citizen: str | None, knowledge: Knowledge) -> None:
    assert read_signals(text, knowledge).citizen == citizen


@pytest.mark.parametrize(
    ("citizen", "country", "door", "closed"),
    [
        (None, None, "079", "inm.gob.mx"),
        ("MX", "MX", "079", "inm.gob.mx"),
        (None, "MX", "inm.gob.mx", "888 624"),
        ("US", "MX", "inm.gob.mx", "079"),
        ("ZZ", "US", "888 624", "079"),
    ],
)
def test_the_fallback_names_a_door_that_is_open(
    citizen: str | None, country: str | None, door: str, closed: str, talk: Talk
) -> None:
    talk.remember(citizen=citizen, country=country)
    talk.say(UNKNOWN)
    assert door in talk.said
    assert closed not in talk.said


def test_who_fears_their_government_is_shown_none_of_it(talk: Talk) -> None:
    talk.remember(fears_government=True, citizen="ZZ")
    talk.say(UNKNOWN)
    assert "escribe “persona”" in talk.said
    assert "inm.gob.mx" not in talk.said


def test_what_concerns_one_country_comes_last_or_not_at_all(talk: Talk) -> None:
    talk.say("mi papá falleció anoche en el hospital en Dallas")
    assert "Guatemala" not in talk.said
    assert talk.said.index("Honduras") > talk.said.index("079")


@pytest.mark.parametrize(
    "text", ["soy hondureño y mi hermano murió anoche en Dallas", "murió ayer un hondureño, mi esposo"]
)
def test_what_concerns_their_country_comes_first(text: str, talk: Talk) -> None:
    talk.say(text)
    lines = talk.said
    assert lines.index("Honduras") < lines.index("Cruz Roja")


@pytest.mark.parametrize(
    "turns",
    [
        ("mi papá falleció anoche en Dallas", "queremos llevarlo a Zacatecas"),
        ("mi hermano murió ayer en Chicago", "somos de Oaxaca"),
        ("mi hijo cruzó por Altar el lunes y no contesta", "iba pa Phoenix"),
        ("mi hermana está perdida en el desierto cerca de Tucson",),
    ],
)
def test_the_place_of_somebody_else_removes_no_number(turns: tuple[str, ...], talk: Talk) -> None:
    for turn in turns:
        talk.say(turn)
    assert talk.conversation.country is None


def test_a_place_said_before_the_danger_is_carried_into_it(talk: Talk) -> None:
    talk.say("mi hijo vive conmigo en Tijuana")
    talk.say("me hablaron que tienen a mi cuñado")
    assert talk.conversation.country == "MX"
    assert "desde Estados Unidos" not in talk.said


NO_ANSWER = ["zorgon blimp", "can i adjust my status with the 245i", "puedo pedir el parole militar"]


@pytest.mark.parametrize("text", NO_ANSWER)
def test_while_nobody_is_there_no_reader_is_offered(text: str, talk: Talk) -> None:
    for said in (text, text):
        talk.say(said)
        assert "escriba “persona”." not in talk.said
        assert "write “person”." not in talk.said
        assert not {"Hablar con una persona", "Talk to a person"} & set(talk.labels)


@pytest.mark.parametrize("text", NO_ANSWER)
def test_on_duty_a_person_is_offered_and_no_lack_of_one_is_told(text: str, talk: Talk) -> None:
    talk.remember(desk=Desk(on_duty=True))
    talk.say(text)
    assert "persona" in talk.said or "person" in talk.said
    assert "no hay nadie" not in talk.said
    assert "Nobody is" not in talk.said
    assert "{" not in talk.said
