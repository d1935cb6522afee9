"""Who may do what with a case, and what becomes of it. Pure: "now" and new ids are arguments."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from bot.conversation.case import Case, CaseOutcome
from bot.conversation.events import CaseNeeded
from knowledge.schema.base import Level


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
    """It is resolved, for good."""


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


def claim(case: Case, operator: str, now: datetime) -> Case:
    """The case is the operator's. Once more by the holder changes nothing. ClosedError, HeldByAnotherError."""
    _refuse_closed(case)
    if case.claimed_by == operator:
        return case
    if case.claimed_by:
        raise HeldByAnotherError(case.claimed_by)
    return replace(case, status="claimed", claimed_by=operator, claimed_at=now)


def release(case: Case, operator: str, note: str | None, now: datetime) -> Case:
    """Back to the queue, in its old place. ClosedError, HeldByAnotherError, NotClaimedError."""
    _refuse_others(case, operator)
    return replace(case, status="open", claimed_by=None, claimed_at=None, note=note or case.note)


def replied(case: Case, operator: str, now: datetime) -> Case:
    """The operator answered. ClosedError, HeldByAnotherError, NotClaimedError."""
    _refuse_others(case, operator)
    return replace(case, answered_at=case.answered_at or now)


def resolve(case: Case, operator: str, outcome: CaseOutcome, note: str | None, now: datetime) -> Case:
    """Closed for good. ClosedError, HeldByAnotherError, NotClaimedError."""
    _refuse_others(case, operator)
    return replace(case, status="resolved", outcome=outcome, note=note or case.note, resolved_at=now)


def _refuse_closed(case: Case) -> None:
    if case.status == "resolved":
        raise ClosedError(case.claimed_by)


def _refuse_others(case: Case, operator: str) -> None:
    _refuse_closed(case)
    if case.claimed_by is None:
        raise NotClaimedError(None)
    if case.claimed_by != operator:
        raise HeldByAnotherError(case.claimed_by)
