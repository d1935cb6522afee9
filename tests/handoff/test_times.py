"""When a case moves by itself."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot import handoff
from bot.conversation.case import Case
from knowledge.schema.base import Level

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CASE = Case(UUID(int=1), UUID(int=2), Level.CRITICAL, "danger", NOW, "violence")


def test_a_claim_that_is_not_answered_lapses_and_goes_first():
    held = handoff.claim(CASE, "ana", NOW)
    due = handoff.timers(CASE, held, NOW)[handoff.ANSWER]
    assert due.due_at == NOW + 10 * MINUTE
    after = handoff.lapse(held, held.awaited_since)
    assert (after.status, after.claimed_by, after.in_time, after.opened_at) == ("open", None, False, NOW)


def test_an_answer_in_time_forgets_the_timer_and_the_next_message_sets_it_anew():
    held = handoff.claim(CASE, "ana", NOW)
    answered = handoff.replied(held, "ana", NOW + MINUTE)
    assert handoff.timers(held, answered, NOW)[handoff.ANSWER] is None
    assert handoff.lapse(answered, NOW) is None
    wrote = handoff.heard(answered, NOW + 3 * MINUTE)
    assert handoff.timers(answered, wrote, NOW)[handoff.ANSWER].due_at == NOW + 13 * MINUTE
    more = handoff.heard(wrote, NOW + 5 * MINUTE)
    assert handoff.ANSWER not in handoff.timers(wrote, more, NOW), "the first unanswered message counts"


def test_another_holder_has_time_of_their_own():
    held = handoff.claim(CASE, "ana", NOW)
    passed = handoff.transfer(held, "ana", "ben", NOW + 9 * MINUTE)
    assert handoff.timers(held, passed, NOW)[handoff.ANSWER].due_at == NOW + 19 * MINUTE
    assert handoff.lapse(passed, NOW) is None


def test_only_the_holder_passes_on_and_the_coordinator():
    held = handoff.claim(CASE, "ana", NOW)
    with pytest.raises(handoff.HeldByAnotherError):
        handoff.transfer(held, "ben", "ben", NOW)
    with pytest.raises(handoff.NotClaimedError):
        handoff.transfer(CASE, "ben", "ana", NOW)
    assert handoff.transfer(held, "cora", "ben", NOW, coordinates=True).claimed_by == "ben"
    assert handoff.transfer(CASE, "cora", "ben", NOW, coordinates=True).status == "claimed"


def test_who_writes_again_opens_it_again_for_some_days():
    done = handoff.resolve(handoff.claim(CASE, "ana", NOW), "ana", "helped", None, NOW, follow_up=True)
    again = handoff.reopen(done, NOW + timedelta(days=2))
    assert (again.id, again.status, again.claimed_by, again.outcome) == (CASE.id, "open", None, None)
    assert (again.opened_at, again.level, again.follow_up) == (NOW + timedelta(days=2), Level.CRITICAL, False)
    assert handoff.reopen(done, NOW + timedelta(days=2), calm=True).level is Level.PRIORITY
    assert handoff.reopen(done, NOW + timedelta(days=4)) is None


def test_a_ladder_begins_where_nobody_has_the_case_and_ends_with_a_claim():
    opened = handoff.timers(None, CASE, NOW)[handoff.ALERT]
    assert (opened.due_at, opened.payload["rung"]) == (NOW, 0)
    held = handoff.claim(CASE, "ana", NOW)
    assert handoff.timers(CASE, held, NOW)[handoff.ALERT] is None
    assert handoff.timers(held, handoff.release(held, "ana", None, NOW), NOW + MINUTE)[handoff.ALERT].due_at > NOW
    calm = replace(CASE, level=Level.PRIORITY)
    assert handoff.timers(None, calm, NOW)[handoff.ALERT].due_at == NOW + 15 * MINUTE
    assert handoff.timers(calm, CASE, NOW)[handoff.ALERT].due_at == NOW, "raised: at once"
    assert handoff.ALERT not in handoff.timers(CASE, replace(CASE, country="US"), NOW)


def test_the_rungs_and_their_last_gap():
    minutes = [(handoff.rung(CASE, n, NOW).due_at - NOW) / MINUTE for n in range(7)]
    assert minutes == [0, 2, 5, 10, 15, 20, 25]
    assert handoff.rung(CASE, 0, NOW, handoff.Times(ladders={})) is None
    lone = handoff.Times(ladders={Level.CRITICAL: (timedelta(0),)})
    assert [(handoff.rung(CASE, n, NOW, lone).due_at - NOW) / MINUTE for n in range(3)] == [0, 10, 20]


def test_before_the_window_closes_whoever_has_the_case_is_reminded():
    heard = handoff.heard(CASE, NOW)
    due = handoff.timers(None, heard, NOW, channel="whatsapp")[handoff.WINDOW]
    assert due.due_at == NOW + timedelta(hours=22) - MINUTE
    assert handoff.WINDOW not in handoff.timers(None, heard, NOW, channel="telegram")
    assert handoff.WINDOW not in handoff.timers(heard, handoff.claim(heard, "ana", NOW), NOW, channel="whatsapp")
    later = handoff.timers(heard, handoff.heard(heard, NOW + MINUTE), NOW, channel="whatsapp")
    assert later[handoff.WINDOW].due_at == due.due_at + MINUTE
    done = handoff.resolve(handoff.claim(heard, "ana", NOW), "ana", "helped", None, NOW)
    assert handoff.timers(heard, done, NOW, channel="whatsapp")[handoff.WINDOW] is None


def test_the_window():
    assert handoff.closes_at("telegram", NOW) is None
    assert handoff.closes_at("whatsapp", None) is None, "the provider knows"
    assert handoff.closes_at("whatsapp", NOW, NOW + MINUTE, None) == NOW + timedelta(hours=24)
    assert handoff.knock("es") is None
    assert handoff.knock(None, {"es": "HX1", "en": "HX2"}).template == "HX1"
    assert handoff.knock("en", {"es": "HX1", "en": "HX2"}).template == "HX2"


def test_a_call_back_brings_the_case_back_first_of_its_level():
    held = handoff.replied(handoff.claim(CASE, "ana", NOW), "ana", NOW)
    at = NOW + timedelta(hours=6)
    promised = handoff.call_back(held, "ana", at, NOW)
    assert handoff.timers(held, promised, NOW)[handoff.CALL_BACK].due_at == at
    due = handoff.bring_back(promised, at, at + MINUTE)
    assert (due.status, due.in_time, due.opened_at, due.claimed_by) == ("open", False, at + MINUTE, None)
    assert handoff.bring_back(due, at, at + 2 * MINUTE) == due, "the timer comes twice"
    taken = handoff.claim(due, "ben", at + 2 * MINUTE)
    assert handoff.bring_back(taken, at, at + 2 * MINUTE) is None
    assert handoff.replied(taken, "ben", at + 3 * MINUTE).call_back_at is None
    assert handoff.replied(promised, "ana", at - MINUTE).call_back_at == at, "not yet"


def test_a_call_back_that_was_moved_taken_back_or_is_no_longer_needed():
    held, at = handoff.claim(CASE, "ana", NOW), NOW + timedelta(hours=6)
    promised = handoff.call_back(held, "ana", at, NOW)
    moved = handoff.call_back(promised, "ana", at + MINUTE, NOW)
    assert handoff.bring_back(moved, at, at) is None
    gone = handoff.call_back(promised, "ana", None, NOW)
    assert handoff.timers(promised, gone, NOW)[handoff.CALL_BACK] is None
    done = handoff.resolve(promised, "ana", "helped", None, NOW)
    assert handoff.timers(promised, done, NOW)[handoff.CALL_BACK] is None
    followed = handoff.resolve(promised, "ana", "helped", None, NOW, follow_up=True)
    assert handoff.bring_back(followed, at, at).status == "open", "to ask how it went"
    for wrong in (NOW, NOW + timedelta(days=61)):
        with pytest.raises(handoff.BadHourError):
            handoff.call_back(held, "ana", wrong, NOW)
    with pytest.raises(handoff.HeldByAnotherError):
        handoff.call_back(held, "ben", at, NOW)


def test_labels_stand_once():
    assert handoff.label(CASE, (" visa ", "niños", "visa", "")).labels == ("niños", "visa")
