"""Reminders ended and asked for in words: what is spoken of ends, all of it and nothing else; how many days before."""

import pytest

from bot.conversation import Desk
from knowledge.frames import fold
from knowledge.model import Knowledge
from knowledge.reminding import leads_in
from tests.support.talk import Talk

CSW, CLUNI, ECOSOC = "event/csw71", "limit/cluni-report-2027", "limit/ecosoc-ngo-deadline-2027"
THREE = {
    "es": ["avíseme del plazo de ECOSOC", "avíseme del informe de la CLUNI", "avíseme de la CSW"],
    "en": ["remind me of the ECOSOC deadline", "remind me of the CLUNI report", "remind me of the CSW"],
}
EVENT = "¿cuándo es la CSW?"
ENDED = [
    # what is said behind three reminders, and what is left of them
    (["ya no me avise de nada"], []),
    ([EVENT, "ya no me avise de nada"], []),
    ([EVENT, "no me recuerde nada más"], []),
    (["ya no quiero avisos"], []),
    (["no quiero más recordatorios, gracias"], []),
    (["ya no quiero ningún aviso"], []),
    (["deje de avisarme"], []),
    (["cancele los avisos"], []),
    ([EVENT, "don't remind me of anything anymore"], []),
    (["I don't want any reminders"], []),
    (["stop all the reminders"], []),
    # one of them, by its name; of one event both the day and the deadline
    (["ya no me avise de la CSW"], [ECOSOC, CLUNI]),
    (["avíseme del plazo de la CSW", "ya no me avise de la CSW"], [ECOSOC, CLUNI]),
    (["ya no quiero avisos de ECOSOC"], [CLUNI, CSW]),
    # all but one
    (["cancele todos los avisos menos el de la CSW"], [CSW]),
    (["ya no me avise de nada, solo de ECOSOC"], [ECOSOC]),
    (["cancel all my reminders except the CSW"], [CSW]),
    # behind the list, or what was just set: by its name, its place, or as "it"
    (["mis avisos", "cancele el de la CSW"], [ECOSOC, CLUNI]),
    (["mis avisos", "quite el de ECOSOC"], [CLUNI, CSW]),
    (["mis avisos", "cancele el de la CSW y el de ECOSOC"], [CLUNI]),
    (["mis avisos", "cancele el de la CSW", "y el de ECOSOC también"], [CLUNI]),
    (["my reminders", "remove the CSW one"], [ECOSOC, CLUNI]),
    (["cancele un aviso", "el de la CSW"], [ECOSOC, CLUNI]),
    (["cancele un aviso", "el primero"], [CLUNI, CSW]),
    (["cancele un aviso", "todos"], []),
    (["cancel a reminder", "the ECOSOC one"], [CLUNI, CSW]),
    (["avíseme de la CSW", "quítelo"], [ECOSOC, CLUNI]),
    (["remind me of the CSW", "cancel it"], [ECOSOC, CLUNI]),
    (["remind me of the CSW", "no, forget it"], [ECOSOC, CLUNI]),
    # nothing ends
    (["no cancele mis avisos"], [ECOSOC, CLUNI, CSW]),
    (["please don't cancel my reminders"], [ECOSOC, CLUNI, CSW]),
    (["mis avisos", "¿cuándo es el de ECOSOC?"], [ECOSOC, CLUNI, CSW]),
    (["cancele los avisos de la OEA"], [ECOSOC, CLUNI, CSW]),
    (["¿cómo cancelo mi cita del pasaporte?"], [ECOSOC, CLUNI, CSW]),
    (["cancele un aviso", "no, ninguno"], [ECOSOC, CLUNI, CSW]),
]


def reminded(knowledge: Knowledge, lang: str) -> Talk:
    talk = Talk(knowledge)
    talk.remember(desk=Desk(reminds_on=frozenset({"test"})))
    for one in THREE[lang]:
        talk.say(one)
    assert [one.about for one in talk.conversation.reminding.items] == [ECOSOC, CLUNI, CSW]
    return talk


@pytest.mark.parametrize(("words", "left"), ENDED)
@pytest.mark.parametrize("lang", ["es", "en"])
def test_what_is_spoken_of_ends(words: list[str], left: list[str], lang: str, knowledge: Knowledge) -> None:
    talk = reminded(knowledge, lang)
    for one in words:
        talk.say(one)
    assert sorted(one.about for one in talk.conversation.reminding.items) == sorted(left), talk.said


def test_it_is_said_that_others_are_left(knowledge: Knowledge) -> None:
    talk = reminded(knowledge, "es")
    talk.say("ya no me avise de la CSW")
    assert "2" in talk.said
    assert "mis avisos" in talk.said.lower()
    talk.say("ya no quiero avisos")
    assert talk.said == "Listo, quité todos sus avisos."


def test_the_only_one_just_set_ends_as_it(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.remember(desk=Desk(reminds_on=frozenset({"test"})))
    talk.say("remind me of the CSW")
    talk.say("cancel it")
    assert talk.conversation.reminding.items == ()
    talk.say("cancel it")
    assert "reminder" not in talk.said.lower(), "nothing is there to be ended"


LEADS = [
    ("30 y 7 días antes", (30, 7)),
    ("30, 7 y 1 días antes", (30, 7, 1)),
    ("un mes y una semana antes", (30, 7)),
    ("avíseme 7 y 1 días antes", (7, 1)),
    ("30 and 7 days before", (30, 7)),
    ("a month and a week before", (30, 7)),
    ("two weeks and three days before", (14, 3)),
    ("un mes antes", (30,)),
    ("avíseme el 30 de mayo, 7 días antes", (7,)),
    ("el 7 de marzo", ()),
]


@pytest.mark.parametrize(("said", "days"), LEADS)
def test_days_before_that_are_named_together(said: str, days: tuple[int, ...], knowledge: Knowledge) -> None:
    assert leads_in(fold(said), knowledge) == days


def test_days_before_count_from_the_day_that_is_said_next(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.remember(desk=Desk(reminds_on=frozenset({"test"})))
    talk.say("avíseme 30 días antes de que se venza mi pasaporte")
    talk.say("el 20 de marzo de 2027")
    assert [one.day for one in talk.conversation.reminding.items] == ["2027-02-18"], talk.said


@pytest.mark.parametrize("lang", ["es", "en"])
def test_start_undoes_stop(lang: str, knowledge: Knowledge) -> None:
    talk = reminded(knowledge, lang)
    talk.say("STOP")
    assert talk.conversation.reminding.muted
    talk.say("START")
    assert not talk.conversation.reminding.muted
    assert "3" in talk.turns[-1].replies[-1].text


def test_the_button_that_opens_a_chat_undoes_nothing(knowledge: Knowledge) -> None:
    talk = reminded(knowledge, "es")
    talk.say("BAJA")
    talk.say("/start")
    assert talk.conversation.reminding.muted
