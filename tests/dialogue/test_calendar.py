"""The forum calendar: talks in a table, our own questions, buttons, files."""

from pathlib import Path
from typing import Any

import icalendar
import pytest
import yaml

from bot.conversation import Conversation, Desk, InboundMessage, Kind, Outcome
from bot.conversation.payload import LIMIT
from bot.dialogue.engine import take_turn
from bot.dialogue.policies.aside import TAPS
from bot.dialogue.rendering.calendar import PAGE
from bot.dialogue.rendering.words import make_more
from knowledge.ical import DOMAIN, can_be_entered
from knowledge.model import Knowledge
from knowledge.reminding import ahead_of, event_of
from knowledge.schema.calendar import Status
from tests.support.talk import NOON, Talk

HERE = Path(__file__).parent
TALKS: list[dict[str, Any]] = yaml.safe_load((HERE / "calendar.yaml").read_text(encoding="utf-8"))
QUESTIONS: list[dict[str, Any]] = yaml.safe_load((HERE / "calendar_questions.yaml").read_text(encoding="utf-8"))
CAPTION = 1024
"""Characters that Telegram takes beside a file."""
ENOUGH = 0.944
"""Of our own questions; those of strangers are measured elsewhere."""


@pytest.mark.parametrize("row", TALKS, ids=lambda row: " · ".join(row["said"]))
def test_talks(row: dict[str, Any], talk: Talk) -> None:
    for text in row["said"]:
        turn = talk.say(text)
    events = turn.reading.events
    if "all" in row:
        assert set(events) == set(row["all"]), talk.said
    if "first" in row:
        assert events[:1] == (row["first"],), talk.said
    assert not (row.get("none") and events)
    assert row.get("says", "") in talk.said
    assert "without" not in row or row["without"] not in talk.said


def test_most_questions_are_answered_right(knowledge: Knowledge) -> None:
    wrong = []
    for row in QUESTIONS:
        events = Talk(knowledge).say(row["text"]).reading.events
        right = set(events) == set(row["all"]) if "all" in row else bool(events) and events[0] in row["any"]
        wrong += [] if right else [f"{row['text']}: {events[:4]}"]
    assert len(wrong) <= (1 - ENOUGH) * len(QUESTIONS), "\n".join(wrong)


REMIND = {"es": "Avíseme", "en": "Remind me"}


@pytest.mark.parametrize("lang", ["es", "en"])
def test_a_reminder_is_offered_under_what_lies_ahead_where_one_can_be_sent(lang: Any, knowledge: Knowledge) -> None:
    offered = set()
    for event in knowledge.events.values():
        talk = Talk(knowledge, Conversation(greeted=True, lang=lang, lang_chosen=True))
        talk.remember(desk=Desk(reminds_on=frozenset({"test"})))
        talk.send(Kind.TAP, payload=f"e|{event.id}|all")
        if REMIND[lang] not in talk.labels:
            continue
        offered.add(event.id)
        talk.tap(REMIND[lang])
        (one,) = talk.conversation.reminding.items
        assert one.leads, event.id
        assert event_of(one.about, knowledge, talk.now.date()) == event.id
        talk.send(Kind.TAP, payload=f"e|{event.id}|all")
        assert REMIND[lang] not in talk.labels, "it is set"
    assert {"csw71", "ecosoc-ngo-deadline-2027"} <= offered
    ahead = {one.id for one in knowledge.events.values() if ahead_of(one, knowledge, NOON.date())}
    assert offered == ahead
    assert not any(knowledge.events[one].history for one in offered)


def test_where_none_can_be_sent_no_reminder_is_offered_and_an_old_button_leads_nowhere(talk: Talk) -> None:
    talk.send(Kind.TAP, payload="e|csw71|all")
    assert REMIND["es"] not in talk.labels
    talk.remember(desk=Desk(reminds_on=frozenset({"test"})))
    talk.send(Kind.TAP, payload="r|a|limit/gone-deadline")
    assert talk.conversation.reminding.items == ()


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("avíseme cuando haya convocatoria de jóvenes delegados", "Todavía no hay fecha publicada"),
        ("cancele mis avisos", "No tiene avisos"),
        ("cancel my reminders", "No tiene avisos"),
    ],
)
def test_nobody_is_reminded_of_2018_and_who_has_none_hears_that(said: str, words: str, talk: Talk) -> None:
    talk.remember(desk=Desk(reminds_on=frozenset({"test"})), lang="es", lang_chosen=True)
    talk.say(said)
    assert words in talk.said


def test_every_event_can_be_shown_whole_and_its_buttons_lead_on(knowledge: Knowledge) -> None:
    for lang, unsure in (("es", "no hay fecha oficial"), ("en", "there is no official date")):
        for event in knowledge.events.values():
            talk = Talk(knowledge, Conversation(greeted=True, lang=lang, lang_chosen=True))
            turn = talk.send(Kind.TAP, payload=f"e|{event.id}|all")
            assert turn.reading.events == (event.id,)
            assert event.title.say(lang) in talk.said
            assert "{" not in talk.said
            assert event.status is not Status.INFERRED or unsure in talk.said
            for choice in talk.conversation.offered:
                again = Talk(knowledge, talk.conversation).send(Kind.TAP, payload=choice.payload)
                assert again.reading.outcome is Outcome.ANSWER, choice


def test_many_are_paged_by_three(talk: Talk) -> None:
    turn = talk.say("qué hubo en enero de 2018")
    assert len(turn.reading.events) == 6
    assert len(talk.labels) == PAGE + 1
    talk.tap("Ver más (3)")
    assert len(talk.labels) == PAGE
    assert "4ª Reunión del Grupo de Asesoría Mutua" in talk.said


def test_a_list_of_all_events_fits_a_button(knowledge: Knowledge) -> None:
    assert len(make_more(99, list(knowledge.events.values()), knowledge)) <= LIMIT


@pytest.mark.parametrize(
    "payload", ["m|3|zzz|0000", "m|3|!|0000", "m|x|1|0000", "e|gone|all", "i|gone", "m|-1|1|0000", "m|3", "e|a|b|c|d"]
)
def test_an_old_button_is_explained(talk: Talk, payload: str) -> None:
    assert talk.send(Kind.TAP, payload=payload).reading.outcome is Outcome.COMMAND
    assert "ya cambió" in talk.said


def test_from_an_event_to_how_and_to_the_topics(talk: Talk) -> None:
    talk.say("cuándo es la CSW")
    assert talk.labels[0] == "Cómo participar"
    assert talk.tap("Cómo participar").reading.events == ("csw71",)
    assert "ECOSOC" in talk.said
    talk.say("cuándo es la CSW")
    assert talk.tap("Qué registrar").reading.answered


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
    for event in (one for one in knowledge.events.values() if can_be_entered(one) and not one.history):
        state = Conversation(greeted=True, lang="es", lang_chosen=True, desk=Desk(public_url="https://example.org"))
        message = InboundMessage("telegram", "1", "1", Kind.TAP, NOON, payload=f"i|{event.id}")
        (reply,) = take_turn(state, message, knowledge, NOON).replies
        assert reply.document is not None
        entries = icalendar.Calendar.from_ical(reply.document.content).walk("VEVENT")
        assert f"{event.id}@{DOMAIN}" in [entry["uid"] for entry in entries]
        assert len(reply.text) < CAPTION


def test_the_event_that_is_named_goes_into_the_calendar_not_the_open_one(talk: Talk) -> None:
    talk.say("¿cuándo es la COP?")
    talk.say("ponga el plazo de ECOSOC en mi calendario")
    assert "ECOSOC" in talk.said
    assert "COP32" not in talk.said


def test_what_has_to_be_done_for_a_register_is_no_question_of_dates(talk: Talk) -> None:
    talk.say("somos un grupo de vecinos y queremos la CLUNI, ¿qué tenemos que hacer?")
    assert talk.turns[-1].reading.policy != "calendar", talk.said


def test_only_what_has_a_day_is_offered_for_the_own_calendar(talk: Talk) -> None:
    talk.say("cuándo es la comisión de estupefacientes")
    assert talk.labels == ["Cómo participar", "Qué registrar"]
    talk.send(Kind.TAP, payload="i|cnd-70")
    assert "todavía no tiene un día" in talk.said


def test_every_kind_of_button_has_a_letter_of_its_own() -> None:
    assert {"e", "m", "i"} <= set(TAPS)
