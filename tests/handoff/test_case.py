"""The life of a case, transition by transition."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from bot.conversation import CaseNeeded
from bot.handoff import (
    Case,
    ClosedError,
    HandoffError,
    HeldByAnotherError,
    NotClaimedError,
    claim,
    need,
    opened_by,
    release,
    replied,
    resolve,
)
from knowledge.schema.base import Level

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
ID, OTHER_ID, WHO = UUID(int=1), UUID(int=2), UUID(int=3)


def danger(level: Level, category: str = "violence", country: str | None = None) -> CaseNeeded:
    return CaseNeeded("danger", level, category, f"{category}-rule", f"{category} words", country)


ASKED = CaseNeeded("person", Level.PRIORITY)


def opened(event: CaseNeeded = ASKED) -> Case:
    return need(None, event, ID, WHO, NOW)


@pytest.mark.parametrize("event", [ASKED, CaseNeeded("weak_answers", Level.CRITICAL)])
def test_without_danger_there_is_no_category_and_the_level_is_priority(event: CaseNeeded) -> None:
    case = opened(event)
    assert (case.category, case.level, case.status) == (None, Level.PRIORITY, "open")
    assert (case.reason, case.opened_at, case.conversation_id, case.id) == (event.reason, NOW, WHO, ID)


def test_danger_opens_with_what_weighed() -> None:
    case = opened(danger(Level.URGENT, country="US"))
    assert (case.category, case.level, case.rule, case.words, case.country) == (
        "violence", Level.URGENT, "violence-rule", "violence words", "US",
    )  # fmt: skip


RAISES = [
    (ASKED, danger(Level.PRIORITY, "death"), ("death", Level.PRIORITY, "danger")),
    (ASKED, danger(Level.CRITICAL), ("violence", Level.CRITICAL, "danger")),
    (danger(Level.URGENT), danger(Level.CRITICAL, "medical"), ("medical", Level.CRITICAL, "danger")),
    (danger(Level.CRITICAL), danger(Level.URGENT, "detention"), ("violence", Level.CRITICAL, "danger")),
    (danger(Level.URGENT), danger(Level.URGENT, "missing"), ("violence", Level.URGENT, "danger")),
    (danger(Level.URGENT), ASKED, ("violence", Level.URGENT, "danger")),
    (danger(Level.PRIORITY), CaseNeeded("weak_answers", Level.CRITICAL), ("violence", Level.PRIORITY, "danger")),
]


@pytest.mark.parametrize(("first", "then", "expected"), RAISES)
def test_a_case_is_raised_and_never_lowered(first: CaseNeeded, then: CaseNeeded, expected: tuple[object, ...]) -> None:
    case = need(opened(first), then, OTHER_ID, WHO, LATER)
    assert (case.category, case.level, case.reason) == expected
    assert (case.id, case.opened_at) == (ID, NOW)


def test_a_raised_case_stays_with_its_holder_and_learns_the_country() -> None:
    case = need(claim(opened(), "ana", NOW), danger(Level.CRITICAL, country="MX"), OTHER_ID, WHO, LATER)
    assert (case.status, case.claimed_by, case.country) == ("claimed", "ana", "MX")
    assert need(case, danger(Level.CRITICAL), OTHER_ID, WHO, LATER).country == "MX"


def test_after_a_resolved_case_a_new_one_is_opened() -> None:
    done = resolve(claim(opened(), "ana", NOW), "ana", "helped", None, NOW)
    case = need(done, ASKED, OTHER_ID, WHO, LATER)
    assert (case.id, case.status, case.claimed_by, case.opened_at) == (OTHER_ID, "open", None, LATER)


def test_claiming_again_changes_nothing() -> None:
    case = claim(opened(), "ana", NOW)
    assert (case.status, case.claimed_by, case.claimed_at) == ("claimed", "ana", NOW)
    assert claim(case, "ana", LATER) is case


def test_release_puts_it_back_with_a_note_that_a_later_silence_keeps() -> None:
    case = release(claim(opened(), "ana", NOW), "ana", "ya llamé", LATER)
    assert (case.status, case.claimed_by, case.claimed_at, case.note) == ("open", None, None, "ya llamé")
    assert case.opened_at == NOW
    assert release(claim(case, "ben", LATER), "ben", None, LATER).note == "ya llamé"


def test_the_first_answer_counts() -> None:
    case = replied(claim(opened(), "ana", NOW), "ana", NOW)
    assert replied(case, "ana", LATER).answered_at == NOW


def test_resolve_keeps_who_and_how() -> None:
    case = resolve(claim(opened(), "ana", NOW), "ana", "referred", "al consulado", LATER)
    assert (case.status, case.outcome, case.note, case.resolved_at, case.claimed_by) == (
        "resolved", "referred", "al consulado", LATER, "ana",
    )  # fmt: skip


ACTS = {
    "claim": lambda case: claim(case, "ana", LATER),
    "release": lambda case: release(case, "ana", None, LATER),
    "replied": lambda case: replied(case, "ana", LATER),
    "resolve": lambda case: resolve(case, "ana", "helped", None, LATER),
}
REFUSED = [
    *((act, "claimed", "ben", HeldByAnotherError) for act in ACTS),
    *((act, "resolved", "ana", ClosedError) for act in ACTS),
    *((act, "open", None, NotClaimedError) for act in ACTS if act != "claim"),
]


@pytest.mark.parametrize(("act", "status", "holder", "error"), REFUSED)
def test_a_refusal_says_who_holds_it(act: str, status: str, holder: str | None, error: type[HandoffError]) -> None:
    case = replace(opened(), status=status, claimed_by=holder)
    with pytest.raises(error) as caught:
        ACTS[act](case)
    assert caught.value.claimed_by == holder


def test_an_operator_opens_with_the_level_they_say() -> None:
    case = opened_by(None, Level.URGENT, None, ID, WHO, NOW)
    assert (case.reason, case.level, case.category, case.status, case.rule) == (
        "operator",
        Level.URGENT,
        None,
        "open",
        "",
    )


def test_an_operator_raises_and_never_lowers_and_what_weighed_stays() -> None:
    case = claim(opened(danger(Level.URGENT, "detention")), "ana", NOW)
    raised = opened_by(case, Level.CRITICAL, "violence", OTHER_ID, WHO, LATER)
    assert (raised.id, raised.level, raised.category, raised.rule) == (ID, Level.CRITICAL, "violence", "detention-rule")
    assert (raised.claimed_by, raised.opened_at) == ("ana", NOW)
    assert opened_by(raised, Level.PRIORITY, None, OTHER_ID, WHO, LATER) == raised
