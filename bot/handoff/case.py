"""Who may do what with a case, and what becomes of it. Pure: "now" and new ids are arguments."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from bot.conversation.case import Case, CaseOutcome
from bot.conversation.events import CaseNeeded
from bot.handoff.times import DEFAULT, Times
from knowledge.schema.base import Level

AHEAD = timedelta(days=60)
"""As far as a call-back may be promised."""


class HandoffError(Exception):
    """An operator may not do this; `claimed_by` says who holds the case, or held it last."""

    def __init__(self, claimed_by: str | None) -> None:
        super().__init__(f"{type(self).__name__}: claimed by {claimed_by or 'nobody'}")
        self.claimed_by = claimed_by


class HeldByAnotherError(HandoffError):
    """Somebody else holds it, or was faster."""


class NotClaimedError(HandoffError):
    """Nobody holds it: claim it first."""


class ClosedError(HandoffError):
    """It is resolved."""


class BadHourError(HandoffError):
    """The hour of a call-back is over, or too far ahead."""


def need(case: Case | None, event: CaseNeeded, new_id: UUID, conversation_id: UUID, now: datetime) -> Case:
    """Open a case, or raise the one that is not resolved; nothing is ever lowered."""
    level = event.level if event.category else Level.PRIORITY
    if case is None or case.status == "resolved":
        return Case(
            new_id, conversation_id, level, event.reason, now, event.category,
            rule=event.rule, words=event.words, country=event.country,
        )  # fmt: skip
    country = event.country or case.country
    more_urgent = level.rank < case.level.rank
    if not event.category or (case.category and not more_urgent):
        return replace(case, country=country)
    # What raises a case names it, so that the operator reads the worst first.
    return replace(
        case,
        level=level if more_urgent else case.level,
        category=event.category,
        reason=event.reason,
        rule=event.rule,
        words=event.words,
        country=country,
    )


def opened_by(
    case: Case | None, level: Level, category: str | None, new_id: UUID, conversation_id: UUID, now: datetime
) -> Case:
    """An operator opens a case, or raises the one that is not resolved; nothing is lowered, what weighed stays."""
    if case is None or case.status == "resolved":
        return Case(new_id, conversation_id, level, "operator", now, category)
    level = min(case.level, level, key=lambda one: one.rank)
    return replace(case, level=level, category=category or case.category, grouped_under=None)


def claim(case: Case, operator: str, now: datetime) -> Case:
    """The case is the operator's. Once more by the holder changes nothing. ClosedError, HeldByAnotherError."""
    _refuse_closed(case)
    if case.claimed_by == operator:
        return case
    if case.claimed_by:
        raise HeldByAnotherError(case.claimed_by)
    return replace(case, status="claimed", claimed_by=operator, claimed_at=now, awaited_since=now, grouped_under=None)


def release(case: Case, operator: str, note: str | None, now: datetime) -> Case:
    """Back to the queue, in its old place. ClosedError, HeldByAnotherError, NotClaimedError."""
    _refuse_others(case, operator)
    return replace(_unheld(case), note=note or case.note)


def transfer(case: Case, operator: str, to: str, now: datetime, *, coordinates: bool = False) -> Case:
    """Another's from now on; a coordinator may pass on what others hold, and what nobody holds. As `release`."""
    _refuse_closed(case)
    if not coordinates:
        _refuse_others(case, operator)
    if case.claimed_by == to:
        return case
    return replace(case, status="claimed", claimed_by=to, claimed_at=now, awaited_since=now, grouped_under=None)


def lapse(case: Case, since: datetime) -> Case | None:
    """A claim ran out without an answer: back to the queue, first of its level. None where it was answered."""
    if case.status != "claimed" or case.awaited_since != since:
        return None
    return replace(_unheld(case), in_time=False)


def replied(case: Case, operator: str, now: datetime) -> Case:
    """The operator answered. ClosedError, HeldByAnotherError, NotClaimedError."""
    _refuse_others(case, operator)
    called = case.call_back_at is not None and case.call_back_at <= now
    return replace(
        case, answered_at=case.answered_at or now, awaited_since=None, in_time=True,
        call_back_at=None if called else case.call_back_at,
    )  # fmt: skip


def call_back(case: Case, operator: str, at: datetime | None, now: datetime) -> Case:
    """The holder promises an hour that is safe for the person; None takes it back. As `release`; BadHourError."""
    _refuse_others(case, operator)
    if at is not None and not now < at <= now + AHEAD:
        raise BadHourError(case.claimed_by)
    return replace(case, call_back_at=at)


def bring_back(case: Case, at: datetime, now: datetime) -> Case | None:
    """The hour has come: back to the queue, first of its level. None where it was moved, done or taken back."""
    if case.call_back_at != at:
        return None
    if case.opened_at >= at:
        return case if case.status == "open" else None  # the timer comes twice
    return replace(_begun_again(case, now), in_time=False)


def heard(case: Case, now: datetime) -> Case:
    """The person wrote: whoever holds the case owes a word."""
    owed = case.awaited_since or now if case.status == "claimed" else None
    return replace(case, heard_at=now, awaited_since=owed)


def resolve(
    case: Case, operator: str, outcome: CaseOutcome, note: str | None, now: datetime, *, follow_up: bool = False
) -> Case:
    """Closed, until the person writes again. ClosedError, HeldByAnotherError, NotClaimedError."""
    _refuse_others(case, operator)
    return replace(
        case, status="resolved", outcome=outcome, note=note or case.note, resolved_at=now, follow_up=follow_up,
        awaited_since=None, call_back_at=case.call_back_at if follow_up else None,
    )  # fmt: skip


def reopen(case: Case, now: datetime, times: Times = DEFAULT, *, calm: bool = False) -> Case | None:
    """The person wrote again; None where it is too long ago. `calm`: a thank-you wakes nobody."""
    if case.resolved_at is None or now - case.resolved_at > times.reopen_within:
        return None
    level = Level.PRIORITY if calm else case.level
    return replace(_begun_again(case, now), heard_at=now, in_time=True, level=level, answered_at=None)


def take_up(case: Case, operator: str, now: datetime) -> Case:
    """An operator opens it again, to ask how it went: theirs at once, and nobody waits yet. As `claim`."""
    if case.status != "resolved":
        return claim(case, operator, now)
    begun = _begun_again(case, now)
    return replace(begun, status="claimed", claimed_by=operator, claimed_at=now, in_time=True, answered_at=None)


def label(case: Case, labels: tuple[str, ...]) -> Case:
    """These labels instead of those it has; each once, sorted."""
    return replace(case, labels=tuple(sorted({one.strip() for one in labels if one.strip()})))


def _begun_again(case: Case, now: datetime) -> Case:
    return replace(
        _unheld(case), opened_at=now, counts_from=None, grouped_under=None, resolved_at=None, outcome=None,
        follow_up=False,
    )  # fmt: skip


def _unheld(case: Case) -> Case:
    return replace(case, status="open", claimed_by=None, claimed_at=None, awaited_since=None)


def _refuse_closed(case: Case) -> None:
    if case.status == "resolved":
        raise ClosedError(case.claimed_by)


def _refuse_others(case: Case, operator: str) -> None:
    _refuse_closed(case)
    if case.claimed_by is None:
        raise NotClaimedError(None)
    if case.claimed_by != operator:
        raise HeldByAnotherError(case.claimed_by)
