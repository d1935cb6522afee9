"""The calendar after an event was shown, editions that it does not have, and deadlines."""

import pytest

from bot.conversation import Outcome


@pytest.mark.parametrize(
    "text", ["póngalo en mi calendario", "agrégalo a mi agenda", "save it to my calendar", "add it to calendar"]
)
def test_the_event_just_shown_is_saved(talk, text):
    talk.say("cuándo es la CSW71")
    assert talk.say(text).reading.events == ("csw71",)


def test_a_year_said_after_an_event_is_of_its_forum(talk, knowledge):
    talk.say("cuándo es la COP32")
    found = talk.say("y la de 2018?").reading.events
    assert found
    assert {knowledge.events[event].series for event in found} == {"climate-cop"}


def test_all_of_a_year_is_still_all(talk):
    talk.say("cuándo es la COP32")
    assert len(talk.say("qué hubo en 2018").reading.events) > 20


@pytest.mark.parametrize(
    "text", ["cuándo es la asamblea general de naciones unidas", "when is the UN general assembly", "UNGA 2027 when"]
)
def test_the_general_assembly_of_the_un_is_not_the_one_of_the_oas(talk, text):
    turn = talk.say(text)
    assert turn.reading.events == ("unga-82",)
    assert "OEA" not in talk.said.split("\n")[0]
    assert "OAS" not in talk.said.split("\n")[0]


@pytest.mark.parametrize(("text", "other"), [("cuándo fue la CSW 69", "CSW71"), ("when was COP29", "COP32")])
def test_an_edition_that_we_do_not_have_names_those_that_we_have(talk, text, other):
    assert talk.say(text).reading.outcome is Outcome.FALLBACK
    assert other in talk.said


def test_a_forum_known_only_from_2018_is_told_by_its_topic(talk):
    assert talk.say("cuándo es el próximo foro urbano mundial").reading.answered == ("foro-urbano-mundial",)


def test_what_closes_in_a_month_says_until_when(talk):
    talk.say("qué se vence en enero")
    assert "enero de 2027" in talk.said.split("CSW71")[1].split("•")[0]


@pytest.mark.parametrize("text", ["cuál es el próximo plazo", "what is the next deadline"])
def test_the_next_deadline_is_the_calendars(talk, text):
    assert talk.say(text).reading.events


@pytest.mark.parametrize("text", ["qué foros hay en Ginebra", "events in Geneva 2027"])
def test_no_forum_is_given_another_city(talk, text):
    talk.say(text)
    assert "New York" not in talk.said.replace("Nueva York", "New York").split("\n")[0]
    assert "HLPF" not in talk.said.split("\n")[0]
