"""Questions about the forum calendar, and what is said and tapped then."""

from pathlib import Path
from typing import Any

import icalendar
import pytest
import yaml

from bot.conversation import Conversation, Desk, InboundMessage, Kind, Outcome
from bot.dialogue import take_turn
from bot.dialogue.calendar.replies import PAGE, packed, unpacked
from bot.dialogue.calendar.turns import TAPS
from bot.dialogue.calendar.words import may_ask
from bot.dialogue.dates.tokens import tokens
from bot.dialogue.words.payload import LIMIT
from knowledge.ical import DOMAIN, can_be_entered
from knowledge.model import Knowledge
from knowledge.schema.calendar import Status
from tests.support.talk import NOON, Talk

QUESTIONS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "calendar_questions.yaml").read_text(encoding="utf-8")
)
CAPTION = 1024
"""Characters that Telegram takes beside a file."""
ENOUGH = 0.95
"""Of our own questions; those of strangers are measured elsewhere."""


def right(question: dict[str, Any], events: tuple[str, ...]) -> bool:
    if "all" in question:
        return set(events) == set(question["all"])
    return bool(events) and events[0] in question["any"]


def test_most_questions_are_answered_right(knowledge: Knowledge) -> None:
    wrong = []
    for question in QUESTIONS:
        turn = Talk(knowledge).say(question["text"])
        if not right(question, turn.reading.events):
            wrong.append(f"{question['text']}: {turn.reading.outcome} {turn.reading.events[:4]}")
    assert len(QUESTIONS) >= 150
    assert len(wrong) <= (1 - ENOUGH) * len(QUESTIONS), "\n".join(wrong)


def test_every_question_names_events_that_exist(knowledge: Knowledge) -> None:
    named = {event for question in QUESTIONS for event in question.get("all", question.get("any"))}
    assert named <= knowledge.events.keys()


def test_an_inferred_date_is_never_said_as_certain(knowledge: Knowledge) -> None:
    for lang, words in (("es", "no hay fecha oficial"), ("en", "there is no official date")):
        for event in knowledge.events.values():
            if event.status is Status.INFERRED:
                talk = Talk(knowledge, Conversation(greeted=True, lang=lang, lang_chosen=True))
                talk.send(Kind.TAP, payload=f"e|{event.id}|all")
                assert words in talk.said, event.id


def test_every_event_can_be_shown_whole(knowledge: Knowledge) -> None:
    for lang in ("es", "en"):
        for event in knowledge.events.values():
            talk = Talk(knowledge, Conversation(greeted=True, lang=lang, lang_chosen=True))
            turn = talk.send(Kind.TAP, payload=f"e|{event.id}|all")
            assert turn.reading.events == (event.id,)
            assert event.title.say(lang) in talk.said
            assert "{" not in talk.said
            assert all(len(choice.payload.encode()) <= LIMIT for choice in talk.conversation.offered)
            for choice in talk.conversation.offered:
                again = Talk(knowledge, talk.conversation).send(Kind.TAP, payload=choice.payload)
                assert again.reading.outcome is Outcome.ANSWER, choice


def test_many_are_paged_by_three(talk: Talk) -> None:
    turn = talk.say("qué hubo en enero de 2018")
    assert len(turn.reading.events) == 6
    assert talk.labels[-1] == "Ver más (3)"
    assert len(talk.labels) == PAGE + 1
    turn = talk.tap("Ver más (3)")
    assert len(talk.labels) == PAGE
    assert turn.reading.events[:1] == ("cal2018-01",)
    assert "4ª Reunión del Grupo de Asesoría Mutua" in talk.said
    turn = talk.say("la segunda")
    assert len(turn.reading.events) == 1


def test_events_are_packed_into_a_short_word(knowledge: Knowledge) -> None:
    everything = [knowledge.events[event_id] for event_id in sorted(knowledge.events)]
    word = packed(everything, knowledge)
    assert unpacked(word, knowledge) == everything
    assert len(f"m|99|{word}|abcd") <= LIMIT


@pytest.mark.parametrize(
    "payload",
    ["m|3|zzz|0000", "m|3|!|0000", "m|x|1|0000", "e|gone|all", "i|gone", "m|-1|1|0000", "e|csw71", "m|3", "e|a|b|c|d"],
)
def test_an_old_button_is_explained(talk: Talk, payload: str) -> None:
    turn = talk.send(Kind.TAP, payload=payload)
    if payload != "e|csw71":
        assert turn.reading.outcome is Outcome.COMMAND
        assert "ya cambió" in talk.said


def test_an_empty_month_says_so_and_offers_the_next(talk: Talk) -> None:
    turn = talk.say("y para febrero próximo hay algún foro")
    assert turn.reading.events == ()
    assert turn.reading.outcome is Outcome.ANSWER
    assert "febrero de 2027" in talk.said
    assert "CSW71" in talk.said
    assert "dgvosc" in talk.said


def test_what_only_2018_knows_is_offered_not_answered(talk: Talk) -> None:
    turn = talk.say("foro urbano mundial próxima edición cuándo")
    assert turn.reading.events == ()
    assert turn.reading.answered == ("foro-urbano-mundial",)  # whose card knows the edition of today


def test_a_forum_that_we_do_not_have_is_admitted(talk: Talk) -> None:
    turn = talk.say("cuándo es el foro mundial del agua")
    assert turn.reading.events == ()
    assert turn.reading.answered == ()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("qué foros hay el 31 de febrero", "no existe"),
        ("foros del año 1900", "1900"),
        ("foros en 2999", "2999"),
        ("foros del 8 al 4 de mayo", "al revés"),
        ("foros en marzo de 2018 el próximo año", "dos fechas"),
        ("foros en avril de 2027", "abril"),
        ("foros el lunes 4 de abril de 2027", "día de la semana"),
        ("any forums on 5/6/2027", "month in letters"),
        ("qué hay en juillet", "julio"),
        ("foros en março de 2027", "marzo"),
        ("forums in mars 2027", "March"),
        ("foros en el mes 13", "no existe"),
        ("foros del año 0", "año 0"),
        ("foros en el año 3000", "3000"),
        ("la COP de 2999", "2999"),
        ("cuándo es la COP el 31 de noviembre", "no existe"),
        ("foros entre 2027 y 2026", "al revés"),
    ],
)
def test_a_date_that_cannot_be_gets_a_question(talk: Talk, text: str, says: str) -> None:
    turn = talk.say(text)
    assert turn.reading.outcome is Outcome.QUESTION
    assert turn.reading.events == ()
    assert says in talk.said


def test_from_an_event_to_how_and_to_the_topics(talk: Talk) -> None:
    talk.say("cuándo es la CSW")
    assert talk.labels[0] == "Cómo participar"
    turn = talk.tap("Cómo participar")
    assert "ECOSOC" in talk.said
    assert turn.reading.events == ("csw71",)
    assert talk.labels
    talk.say("cuándo es la CSW")
    turn = talk.tap("Qué registrar")
    assert turn.reading.answered


def test_questions_about_the_event_just_shown(talk: Talk) -> None:
    talk.say("cuándo es la COP32")
    assert talk.say("y dónde es").reading.events == ("cop32-unfccc",)
    assert talk.say("hasta cuándo me puedo inscribir").reading.events == ("cop32-unfccc",)
    assert talk.say("y cómo participo").reading.events == ("cop32-unfccc",)
    talk.say("cuánto cuesta la matrícula consular")
    assert talk.conversation.event is None


def test_a_link_only_where_the_world_reaches_us(talk: Talk, knowledge: Knowledge) -> None:
    talk.say("cuándo es la CSW")
    talk.tap("A mi calendario")
    assert "http" not in talk.said
    talk = Talk(knowledge, Conversation(greeted=True, desk=Desk(public_url="https://example.org")))
    talk.say("cuándo es la CSW")
    talk.tap("A mi calendario")
    assert "https://example.org/calendar.ics?id=csw71&lang=es" in talk.said
    assert "https://example.org/calendar.ics?topic=women&lang=es" in talk.said


def test_on_telegram_the_file_itself_is_sent(knowledge: Knowledge) -> None:
    saved = {event_id for event_id, event in knowledge.events.items() if can_be_entered(event) and not event.history}
    for lang in ("es", "en"):
        for event_id in saved:
            state = Conversation(greeted=True, lang=lang, lang_chosen=True, desk=Desk(public_url="https://example.org"))
            message = InboundMessage("telegram", "1", "1", Kind.TAP, NOON, payload=f"i|{event_id}")
            (reply,) = take_turn(state, message, knowledge, NOON).replies
            assert reply.document is not None
            assert reply.document.name == f"{event_id}.ics"
            (entry,) = icalendar.Calendar.from_ical(reply.document.content).walk("VEVENT")
            assert entry["uid"] == f"{event_id}@{DOMAIN}"
            assert len(reply.text) < CAPTION
            assert "calendar.ics?topic=" in reply.text


def test_only_what_has_a_day_is_offered_for_the_own_calendar(talk: Talk) -> None:
    talk.say("cuándo es la comisión de estupefacientes")
    assert talk.labels == ["Cómo participar", "Qué registrar"]
    talk.send(Kind.TAP, payload="i|cnd-70")
    assert "todavía no tiene un día" in talk.said


def test_a_question_about_dates_is_no_danger_but_danger_stays(talk: Talk) -> None:
    for text in ("por favor las fechas del HLPF y de la UNEA", "la COP32 y la UNEA, en qué país caen"):
        assert talk.say(text).reading.outcome is Outcome.ANSWER
    both = "cuándo es la COP32? secuestraron a mi hermano en la carretera y nos piden dinero"
    turn = Talk(talk.knowledge).say(both)
    assert turn.reading.urgent is not None


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("la próxima asamblea de la OEA, no la de Panamá", "oas-ga-57"),
        ("next climate cop but not the one in turkey", "cop32-unfccc"),
        ("cuál sigue de clima después de la COP31", "cop32-unfccc"),
    ],
)
def test_what_is_not_meant_is_left_out(talk: Talk, text: str, first: str) -> None:
    assert talk.say(text).reading.events[:1] == (first,)


def test_several_forums_are_no_single_one(talk: Talk) -> None:
    found = talk.say("próximos foros de migración").reading.events
    assert set(found) == {"imrf-2030", "crm", "gfmd-summit"}
    assert talk.say("2").reading.events == (found[1],)
    assert set(talk.say("foros indígenas").reading.events) == {"unpfii-26", "undrip-20"}


def test_words_of_a_name_may_stand_apart(talk: Talk) -> None:
    assert talk.say("la asamblea esa que hace la ONU cada año, ¿cuándo es?").reading.events == ("unga-82",)
    assert talk.say("what did the cops want? they stopped me").reading.events == ()


def test_topics_are_ranked_beside_the_events(talk: Talk) -> None:
    turn = talk.say("cuándo es el estatus consultivo ECOSOC, fecha límite")
    assert turn.reading.topics
    assert turn.reading.answered == ()


def test_local_time_is_counted_from_mexico_city(talk: Talk) -> None:
    talk.say("cuándo es la cop32")
    assert "9 h más que en la Ciudad de México" in talk.said


def test_english(talk: Talk) -> None:
    turn = talk.say("what is on in April 2018?")
    assert turn.reading.reply_lang == "en"
    assert turn.reading.events == tuple(f"cal2018-{n}" for n in (29, 30, 31, 32, 33, 34, 35))
    assert "I found 7 in the calendar" in talk.said
    assert talk.labels[-1] == "Show more (4)"


def test_ordinary_messages_are_put_aside_at_once(knowledge: Knowledge) -> None:
    for text in ("me detuvo la migra y no sé qué hacer", "cómo saco mi acta de nacimiento", "hola", "😀", "a" * 4000):
        assert not may_ask(tokens(text), knowledge)


def test_every_kind_of_button_has_a_letter_of_its_own() -> None:
    assert set(TAPS) == {"e", "m", "i"}


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("cuándo entra la primavera este año", ()),
        ("la migración de los ñus en qué mes es", ()),
        ("qué amable, joven", ()),
        ("oiga y usted es de migracion o que", ()),
        ("what is the 2030 Agenda", ()),
        ("we plant trees, which UN conference is for us", ("cbd-cop17",)),
        ("we plant trees in the yard, when do we water them", ()),
    ],
)
def test_everyday_words_ask_the_calendar_only_beside_a_forum(talk: Talk, text: str, meant: tuple[str, ...]) -> None:
    events = talk.say(text).reading.events
    assert set(meant) <= set(events) if meant else events == ()


def test_what_follows_an_event_is_no_danger(talk: Talk) -> None:
    reading = talk.say("y después de la COP31 qué sigue").reading
    assert reading.events in (("un-water-conference-2026",), ("cop32-unfccc",))
    assert reading.urgent is None
