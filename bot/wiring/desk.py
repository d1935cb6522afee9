"""Who stands behind the chat, as settings and rota say; the rota is read again every half minute."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot import handoff
from bot.conversation import Desk, Lang, Level
from bot.handoff import window
from bot.handoff.shifts import Rota, Shift, on_shift, upcoming
from bot.settings import Settings
from bot.storage import Shifts
from bot.storage.retention import Keeps

WRITES_FIRST = frozenset({"telegram", "sms"})
"""Channels that take our words whenever we write."""


def times_of(settings: Settings) -> handoff.Times:
    """When a case moves by itself."""
    alerting = settings.alert_telegram_chat or settings.alert_url
    return handoff.Times(
        answer_within=timedelta(minutes=settings.answer_minutes),
        reopen_within=timedelta(days=settings.reopen_days),
        remind_before=timedelta(minutes=settings.window_reminder_minutes),
        ladders=ladders_of(settings) if alerting else {},
    )


def ladders_of(settings: Settings) -> Mapping[Level, handoff.Ladder]:
    """After how long somebody is called for a case of each level, whether or not anybody can be."""
    given: Mapping[Level, str] = {
        Level.CRITICAL: settings.alert_critical,
        Level.URGENT: settings.alert_urgent,
        Level.PRIORITY: settings.alert_priority,
    }
    return {level: _minutes(text) for level, text in given.items()}


def life_of(settings: Settings) -> handoff.Life:
    """The life of a case, with times and templates as they are set."""
    return handoff.Life(times_of(settings), _templates(settings.twilio_window_template))


def reminder_templates(settings: Settings) -> Mapping[Lang, str]:
    """What says on WhatsApp that a reminder waits; none: nobody is reminded there."""
    return _templates(settings.twilio_reminder_template)


def _templates(given: str) -> Mapping[Lang, str]:
    sids = [sid.strip() for sid in given.split(",") if sid.strip()]
    return {"es": sids[0], "en": sids[-1]} if sids else {}


def keeps_of(settings: Settings) -> Keeps:
    """For how long each class is kept."""
    return Keeps(
        questions=timedelta(days=settings.retention_questions_days),
        cases=timedelta(days=settings.retention_cases_days),
        unanswered=timedelta(days=settings.retention_unanswered_days),
        audit=timedelta(days=settings.retention_audit_days),
        deliveries=timedelta(days=settings.retention_deliveries_days),
    )


def _minutes(given: str) -> handoff.Ladder:
    return tuple(sorted(timedelta(minutes=int(number)) for number in given.split(",") if number.strip()))


async def read_rota(shifts: Shifts) -> Rota:
    """As the pure rules want it, without those whose account is closed: nobody would come."""
    rows, days = await shifts.all()
    known = (
        Shift(row.operator, row.weekday, row.begins, row.ends, tuple(row.langs.split(",")))
        for row in rows if row.stands
    )  # fmt: skip
    return Rota(tuple(known), frozenset(days))


def desk_at(settings: Settings, rota: Rota, now: datetime) -> Desk:
    """Where there are shifts they say who is on duty, and when the next one begins."""
    always = Desk(
        on_duty=settings.on_duty,
        operated_by=settings.operated_by,
        public_url=settings.public_url or "",
        questions_days=settings.retention_questions_days,
        cases_days=settings.retention_cases_days,
        unanswered_days=settings.retention_unanswered_days,
        reminds_on=WRITES_FIRST | (window.CHANNELS if reminder_templates(settings) else frozenset()),
    )
    if not rota.shifts:
        return always
    here = now.astimezone(ZoneInfo(settings.timezone))
    following = upcoming(rota, here)
    opens_at = following.begins if following else None
    return always.model_copy(update={"on_duty": bool(on_shift(rota, here)), "opens_at": opens_at})
