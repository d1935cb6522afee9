"""The console's own words, and the language they are in."""

from functools import cache

from fastapi import Request

from api.chat.words import LANGS, accepted, chosen
from api.service import service_of
from bot.conversation import Lang
from bot.wiring import Service

COOKIE = "console_lang"
LEVELS = ("level.critical", "level.urgent", "level.priority")
KEYS = (
    "console.all",
    "console.answer",
    "console.back",
    "console.bad_hour",
    "console.became",
    "console.bot",
    "console.busy",
    "console.by_category",
    "console.by_hour",
    "console.call_back",
    "console.call_back_at",
    "console.call_back_hint",
    "console.call_back_off",
    "console.call_back_zone",
    "console.call_now",
    "console.canned",
    "console.canned_ask",
    "console.canned_none",
    "console.case",
    "console.category",
    "console.channel",
    "console.claim",
    "console.claims",
    "console.closed",
    "console.code",
    "console.conversation",
    "console.country",
    "console.day",
    "console.days",
    "console.delivery.delivered",
    "console.delivery.failed",
    "console.delivery.held",
    "console.delivery.queued",
    "console.delivery.read",
    "console.delivery.sent",
    "console.desk_time",
    "console.did.answered",
    "console.did.called_back",
    "console.did.claimed",
    "console.did.labelled",
    "console.did.lapsed",
    "console.did.linked",
    "console.did.noted",
    "console.did.opened",
    "console.did.printed",
    "console.did.raised",
    "console.did.read",
    "console.did.released",
    "console.did.reopened",
    "console.did.resolved",
    "console.did.to_call_back",
    "console.did.transferred",
    "console.due",
    "console.editors",
    "console.empty",
    "console.ended",
    "console.ended_fact",
    "console.failed",
    "console.figures",
    "console.filter",
    "console.first_page",
    "console.follow_up",
    "console.follow_ups",
    "console.form_expired",
    "console.go_home",
    "console.gone",
    "console.held",
    "console.helped",
    "console.helped_not",
    "console.history",
    "console.in_numbers",
    "console.in_queue",
    "console.insert",
    "console.item",
    "console.labels",
    "console.labels_hint",
    "console.language",
    "console.late",
    "console.left",
    "console.level",
    "console.link",
    "console.link_to",
    "console.linked",
    "console.local_time",
    "console.locked",
    "console.log_in",
    "console.log_out",
    "console.median",
    "console.mine",
    "console.minutes",
    "console.more",
    "console.name",
    "console.nav",
    "console.next",
    "console.no_category",
    "console.no_operator",
    "console.not_claimed",
    "console.not_found",
    "console.not_sent_yet",
    "console.not_yours",
    "console.note",
    "console.note_add",
    "console.notes",
    "console.notes_hint",
    "console.nothing",
    "console.notice.coming",
    "console.notice.over",
    "console.notice.said",
    "console.notice.stopped",
    "console.notice_begins",
    "console.notice_dates",
    "console.notice_en",
    "console.notice_ends",
    "console.notice_es",
    "console.notice_long",
    "console.notice_missing",
    "console.notice_topics",
    "console.notice_typed",
    "console.notice_unknown",
    "console.notices",
    "console.notices_hint",
    "console.operator",
    "console.other_language",
    "console.other_open",
    "console.out_of_hours",
    "console.outcome",
    "console.outcome.helped",
    "console.outcome.not_needed",
    "console.outcome.other",
    "console.outcome.referred",
    "console.outcome.unreachable",
    "console.overdue",
    "console.owed",
    "console.password",
    "console.person",
    "console.person_left",
    "console.place",
    "console.place_shared",
    "console.polling_off",
    "console.print",
    "console.publish",
    "console.queue",
    "console.reason",
    "console.reason.danger",
    "console.reason.failure",
    "console.reason.person",
    "console.reason.weak_answers",
    "console.release",
    "console.reopen",
    "console.resolve",
    "console.restore",
    "console.review_by",
    "console.rule",
    "console.safe_first",
    "console.save",
    "console.search",
    "console.search_for",
    "console.search_none",
    "console.search_part",
    "console.send",
    "console.send_hint",
    "console.since",
    "console.skip",
    "console.span",
    "console.stale",
    "console.status",
    "console.status.claimed",
    "console.status.open",
    "console.status.resolved",
    "console.stopped",
    "console.summary",
    "console.the_bot",
    "console.title",
    "console.too_long",
    "console.too_often",
    "console.transfer",
    "console.transfer_do",
    "console.unanswered",
    "console.unanswered_hint",
    "console.unhelpful",
    "console.unhelpful_hint",
    "console.unknown",
    "console.unreachable",
    "console.unresolved",
    "console.unreviewed",
    "console.unusable",
    "console.uses",
    "console.waiting",
    "console.waits",
    "console.why",
    "console.why_stopped",
    "console.window",
    "console.window_closed",
    "console.window_knocks",
    "console.window_waits",
    "console.withdraw",
    "console.withdraw_hint",
    "console.words",
    "console.wrong",
    "console.your_text",
)
"""Those that templates use, there without `console.`."""

__all__ = ["COOKIE", "LANGS", "category_name", "lang_of", "other_lang", "say_in", "words"]


def lang_of(request: Request) -> Lang:
    """The one that was chosen, else the one that the browser likes best."""
    picked = chosen(request.cookies.get(COOKIE))
    return picked or accepted(request.headers.get("accept-language", ""))


def other_lang(request: Request) -> Lang:
    """The one to change to."""
    return next(lang for lang in LANGS if lang != lang_of(request))


def say_in(request: Request, key: str, **values: object) -> str:
    """One text."""
    return service_of(request).say(key, lang_of(request), **values)


def words(request: Request) -> dict[str, str]:
    """All that templates need."""
    return _words(lang_of(request))


def category_name(request: Request, category: str | None) -> str:
    """A kind of danger in words."""
    known = service_of(request).knowledge.categories.get(category or "")
    if known:
        return known.label.say(lang_of(request))
    return category or say_in(request, "console.no_category")


@cache
def _words(lang: Lang) -> dict[str, str]:
    said = {key.removeprefix("console."): Service.say(key, lang) for key in KEYS}
    return said | {key: Service.say(key, lang) for key in LEVELS}
