"""What is asked after an event, or in the topic of a forum: one field of it, in today's tense."""

import json
from pathlib import Path

import pytest

from bot.conversation import Conversation, Outcome
from knowledge.model import Knowledge
from tests.support.talk import Talk


@pytest.mark.parametrize(
    ("turns", "event", "says"),
    [
        (("cuándo es la COP32", "dónde"), "cop32-unfccc", "Dónde: Adís Abeba"),
        (("asamblea de la oea 2026", "ya pasó?"), "oas-ga-56", "Esa fecha ya pasó."),
        (("asamblea de la oea 2026", "y la de 2027?"), "oas-ga-57", "se esperaría en 2027"),
        (("cuándo es la COP31", "ya se acabó?"), "cop31-unfccc", "Termina hoy."),
        (("cuándo es la COP31", "y la que sigue?"), "cop32-unfccc", "Etiopía"),
        (("when is the CSW", "can we still register"), "csw71", "January 2027"),
        (("cuándo es la CSW", "es presencial?"), "csw71", "no dicen si también se puede participar en línea"),
        (("cuándo es la CSW", "pagan los gastos"), "csw71", "no cobra ni paga el viaje"),
        (("cuándo es la CSW", "y si no tenemos ecosoc"), "csw71", "Sin ese estatus"),
        (("cuándo es la COP32", "necesitamos visa?"), "cop32-unfccc", "no dicen qué visa"),
        (("foro permanente indígena", "cuándo fue el anterior"), "unpfii-26", "25.ª sesión"),
        (("qué es el estatus ecosoc", "hasta cuándo"), "ecosoc-ngo-deadline-2027", "1 de junio de 2027"),
        (("qué es el estatus ecosoc", "y para 2026?"), "ecosoc-ngo-deadline-2027", "Esa fecha ya pasó."),
        (("delegados juveniles", "cuándo cierra la convocatoria"), "youth-delegates-unga82", "No hay fecha anunciada"),
        (("delegados juveniles", "hasta qué edad"), "youth-delegates-unga82", "18 a 24 años"),
        (("cuándo es la COP32", "¿De dónde sale esto?"), "cop32-unfccc", "onvista.de"),
        (("cuándo fue la mispa", "cuándo es la próxima"), "oas-mispa-9", "De la siguiente edición no tengo fecha."),
    ],
)
def test_what_is_open_answers(talk: Talk, turns: tuple[str, ...], event: str, says: str) -> None:
    for text in turns:
        turn = talk.say(text)
    assert (turn.reading.outcome, turn.reading.events) == (Outcome.ANSWER, (event,))
    assert says in talk.said


def test_another_subject_is_the_same_question(talk: Talk) -> None:
    talk.say("cuándo es el próximo foro de agenda 2030")
    assert set(talk.say("y de migración?").reading.events) == {"imrf-2030", "crm", "gfmd-summit"}


@pytest.mark.parametrize("topic", ["pasaporte", "ime-becas", "somos-mexicanos", "consulado-movil"])
@pytest.mark.parametrize(
    "text",
    [
        "cuándo cierra la convocatoria",
        "se puede virtual?",
        "y para 2027?",
        "mi cita es el lunes",
        "se me vence en enero",
    ],
)
def test_the_calendar_leaves_other_threads_alone(knowledge: Knowledge, topic: str, text: str) -> None:
    talk = Talk(knowledge, Conversation(greeted=True, topic=topic))
    assert talk.say(text).reading.events == ()
    assert "calendario" not in talk.said.split("\n")[0]


@pytest.mark.parametrize("text", ["vence en enero mi visa", "en abril me deportaron", "mi cita es el lunes"])
def test_a_date_of_ones_own_is_no_forum(talk: Talk, text: str) -> None:
    assert talk.say(text).reading.events == ()


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("82nd GA", ("unga-82",)),
        ("la 82 asamblea", ("unga-82",)),
        ("COP 17", ("cbd-cop17", "unccd-cop17")),
        ("XXX cumbre iberoamericana", ("cumbre-iberoamericana-xxx",)),
        ("pacto mundial cuándo se revisa", ("imrf-2030",)),
        ("cuándo es la COP", ("cop31-unfccc", "cop32-unfccc")),
        ("primeros diez días de febrero de 2018", ("cal2018-07", "cal2018-08", "cal2018-09")),
        ("qué foros hay antes de Navidad", ("un-water-conference-2026", "cop31-unfccc")),
    ],
)
def test_editions_and_days_said_shortly(talk: Talk, text: str, events: tuple[str, ...]) -> None:
    assert talk.say(text).reading.events == events


TUNE = Path(__file__).parents[1] / "evaluation" / "tune" / "not_calendar.jsonl"


def test_everyday_dates_stay_out_of_an_open_event(knowledge: Knowledge) -> None:
    texts = [json.loads(line)["text"] for line in TUNE.read_text(encoding="utf-8").splitlines()]
    state = Conversation(greeted=True, event="csw71")
    taken = [text for text in texts if Talk(knowledge, state).say(text).reading.events]
    assert len(taken) <= 2, taken


@pytest.mark.parametrize(
    "text",
    [
        "esos son de fuera, yo pregunto por los de méxico, los que organiza la cancillería",
        "y eventos de relaciones exteriores aquí en méxico hay?",
        "no, los de la sre",
    ],
)
def test_events_of_the_ministry_itself_are_said_to_be_missing(talk, text):
    talk.say("qué eventos vienen")
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.FALLBACK
    assert "dgvosc" in talk.said
    assert "África" not in talk.said


@pytest.mark.parametrize(
    ("text", "first"),
    [("qué la cop31 no había pasado ya?", "Termina hoy"), ("ya fue la csw71?", "Todavía no")],
)
def test_whether_it_was_already_is_said_first(talk, text, first):
    talk.say("cuándo es la cop31")
    talk.say(text)
    assert talk.said.startswith(first) or first in talk.said.split("\n\n")[1]
