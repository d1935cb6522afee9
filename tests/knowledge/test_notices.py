"""Dated notices in front of topics."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.conversation import Conversation
from bot.dialogue.rendering.answers import answer
from bot.dialogue.rendering.words import Voice
from knowledge.notices import in_front_of, with_notices, wrong_in
from knowledge.schema.base import Notice, Words
from knowledge.withdrawing import can_be_withdrawn, without

TODAY = date(2026, 11, 20)
WORDS = Words(es="El consulado de Houston cerró por el huracán. Llame: {ciam-us}", en="Closed. Call {ciam-us}")
CLOSED = Notice("notice-1", frozenset({"pasaporte"}), WORDS, TODAY, TODAY + timedelta(days=2))


def said(knowledge, today=TODAY, lang="es", topic="pasaporte"):
    found = knowledge.topics[topic]
    return answer(found, found.sections[0], Voice(Conversation(), knowledge, lang, today)).text


def test_it_stands_in_front_in_both_languages_and_its_numbers_come_from_the_registers(knowledge):
    noted = with_notices(knowledge, [CLOSED])
    first = said(noted).split("\n\n")[0]
    assert first.startswith("Aviso: El consulado de Houston cerró por el huracán. Llame: 1 520 623 7874")
    assert said(noted, lang="en").startswith("Notice: Closed. Call 1 520 623 7874")
    assert not said(noted, topic="curp").startswith("Aviso")


@pytest.mark.parametrize(("days", "is_said"), [(-1, False), (0, True), (2, True), (3, False)])
def test_from_its_first_day_to_its_last(knowledge, days, is_said):
    noted = with_notices(knowledge, [CLOSED])
    assert said(noted, TODAY + timedelta(days=days)).startswith("Aviso") is is_said


def test_the_newest_first_and_withdrawn_like_all_else(knowledge):
    noted = with_notices(knowledge, [CLOSED, replace(CLOSED, id="notice-2")])
    assert [one.id for one in in_front_of("pasaporte", noted, TODAY)] == ["notice-2", "notice-1"]
    assert can_be_withdrawn("notice-1", noted)
    assert [one.id for one in without(noted, ["notice-2"]).notices] == ["notice-1"]


@pytest.mark.parametrize(("change", "field", "kind"), [
    ({"topics": frozenset()}, "topics", "missing"),
    ({"topics": frozenset({"pasaporte", "no-such"})}, "topics", "unknown"),
    ({"ends": TODAY - timedelta(days=1), "begins": TODAY - timedelta(days=2)}, "ends", "dates"),
    ({"begins": TODAY + timedelta(days=3)}, "ends", "dates"),
    ({"ends": TODAY + timedelta(days=93)}, "ends", "dates"),
    ({"text": Words(es="x" * 401, en="x")}, "es", "long"),
    ({"text": Words(es="Llame al 713 555-1234", en="x")}, "es", "typed"),
    ({"text": Words(es="x", en="see https://evil.example")}, "en", "typed"),
    ({"text": Words(es="{no-such}", en="x")}, "es", "unknown"),
])  # fmt: skip
def test_what_cannot_be_said(knowledge, change, field, kind):
    wrong = wrong_in(replace(CLOSED, **change), knowledge, TODAY)
    assert (wrong.field, wrong.kind) == (field, kind)


def test_what_can(knowledge):
    assert wrong_in(CLOSED, knowledge, TODAY) is None
    dated = Words(es="Del 20 al 24 de noviembre de 2026, de 9:00 a 14:00, no hay citas.", en="No appointments.")
    assert wrong_in(replace(CLOSED, text=dated), knowledge, TODAY) is None
