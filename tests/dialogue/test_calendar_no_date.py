"""The next forum: which and when, that a subject has none with a date near, and of which of several we speak."""

import pytest

from bot.conversation import Outcome
from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    "text",
    [
        "when is the next forum or consultation that orgs like us can take part in",
        "when is the next forum where organizations like ours can participate?",
        "cuando es la proxima consulta o foro donde podamos participar las asociaciones",
    ],
)
def test_the_next_one_where_we_can_take_part_has_a_date(text: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    turn = talk.say(text)
    assert turn.reading.events
    assert any(year in talk.said for year in ("2026", "2027"))


@pytest.mark.parametrize(
    ("text", "none", "nearest"),
    [
        ("somos una ong de Saltillo, cual es el proximo foro de migracion", "No conozco ningún foro", "Lo más cercano"),
        ("any upcoming forum on migration for civil society?", "I know of no forum", "The nearest one"),
    ],
)
def test_a_subject_without_a_near_date_says_so(text: str, none: str, nearest: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    turn = talk.say(text)
    assert none in talk.said
    assert nearest in talk.said
    assert set(turn.reading.events) == {"imrf-2030", "crm", "gfmd-summit"}


def test_a_forum_that_we_do_not_have_stands_beside_the_nearest_open_one(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    turn = talk.say("next UN forum for NGOs on ageing")
    assert turn.reading.outcome is Outcome.FALLBACK
    assert "not in my calendar" in talk.said
    assert "The nearest one" in talk.said


def test_which_of_several_is_meant_is_said_and_both_questions_answered(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    shown = talk.say("próximos foros de migración").reading.events
    turn = talk.say("y cobran o hay que ir en persona?")
    assert "hablo de este" in turn.replies[0].text
    assert "se paga" in turn.replies[0].text
    assert "en línea" in talk.said
    assert turn.reading.events == shown[:1]
    assert talk.labels


@pytest.mark.parametrize(
    ("turns", "none"),
    [
        (("qué es la asociación DPI", "y ahí hasta cuándo reciben, es más fácil?"), "No hallé las fechas"),
        (("cómo pedimos el estatus ecosoc", "y el dpi cuándo cierra"), "No hallé las fechas"),
        (("cómo pedimos el estatus ecosoc", "cuándo cierra", "qué es el dgc", "y ese cuándo cierra"), "No hallé las"),
        (("what is DPI association", "when does it close"), "I did not find the dates"),
    ],
)
def test_a_registration_without_a_deadline_says_so(turns: tuple[str, ...], none: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    for text in turns:
        turn = talk.say(text)
    assert none in talk.said
    assert turn.reading.answered == ("dpi-ngo-asociacion",)


@pytest.mark.parametrize(
    ("text", "event"),
    [
        ("osc en el pacto mundial para la migración, cómo nos registramos", "imrf-2030"),
        ("qué requisitos pide la oea para registrarnos", "oas-ga-57"),
        ("how do NGOs take part in the HLPF", "hlpf-2027"),
        ("las cop y los gobiernos locales", "cop3"),
    ],
)
def test_the_date_of_its_forum_is_a_tap_away(text: str, event: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(text)
    buttons = [choice for choice in talk.conversation.offered if choice.payload.startswith("e|")]
    assert len(buttons) == 1
    assert buttons[0].payload.startswith(f"e|{event}")
    section = next(choice.label for choice in talk.conversation.offered if choice.payload.startswith("s|"))
    talk.tap(section)
    assert any(choice.payload.startswith(f"e|{event}") for choice in talk.conversation.offered)


def test_no_topic_of_a_forum_makes_people_type_for_its_date(knowledge: Knowledge) -> None:
    told = [topic.do.say(lang) for topic in knowledge.topics.values() if topic.do for lang in ("es", "en")]
    assert not [one for one in told if "aquí “cuándo es" in one or "here “when is" in one]


@pytest.mark.parametrize(
    "text",
    [
        "no mandamos el informe anual de la cluni, que nos hacen",
        "we missed the cluni report, what are the consequences",
    ],
)
def test_what_comes_of_a_missed_deadline_is_no_date(text: str, knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say(text)
    assert (talk.conversation.topic, talk.conversation.event) == ("ley-fomento-osc", None)
    assert talk.conversation.section in {"duties", "report"}


def test_the_coming_months_reach_the_next_big_forum(knowledge: Knowledge) -> None:
    talk = Talk(knowledge)
    talk.say("qué foros de la onu vienen en los próximos meses")
    assert "CSW71" in talk.said
