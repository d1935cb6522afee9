"""The editors' page: what was not understood, what is due for another look, and what is stopped."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response
from pydantic import TypeAdapter
from starlette.responses import RedirectResponse

from api.console import page
from api.console.guard import Caller, ConsoleRoute, Form
from api.console.looking import stamp
from api.console.policy import PATH
from api.console.words import lang_of, say_in
from api.content_shapes import Line
from api.guard import EDITORS, allow
from api.service import service_of
from bot.conversation import Lang
from bot.storage import Notices, Withdrawal, Withdrawals
from bot.storage.notices import Published
from bot.storage.phrases import Phrases
from bot.storage.ratings import Rated, Ratings
from bot.wiring.editing import draft_of
from knowledge.due import due
from knowledge.model import Knowledge
from knowledge.notices import wrong_in
from knowledge.withdrawing import can_be_withdrawn

router = APIRouter(prefix=PATH, route_class=ConsoleRoute)
SHOWN = 100
LONGEST_REASON = 300
LATELY, A_WEEK = timedelta(days=90), timedelta(days=7)
_LINE: TypeAdapter[str] = TypeAdapter(Line)


@router.get("/editors", openapi_extra=allow(EDITORS))
async def editors(request: Request, _: Caller) -> Response:
    """Nothing here names a person: phrases were masked before they were kept."""
    return await _page(request, item=request.query_params.get("item", "")[:64])


@router.post("/editors/withdraw", openapi_extra=allow(EDITORS))
async def withdraw(request: Request, caller: Caller, form: Form) -> Response:
    """Stop a fact, a contact or a topic on every process within a minute, or let it be said again."""
    service, now = service_of(request), datetime.now(UTC)
    item, why = form.get("item", "").strip(), form.get("why", "").strip()[:LONGEST_REASON]
    known = can_be_withdrawn(item, service.knowledge) or item in {
        one.id for one in await Notices(service.database).all()
    }
    if not why or not known:
        return await _page(request, notice=say_in(request, "console.no_item"), item=item, why=why, status=422)
    decision = Withdrawal(item, form.get("do") != "undo", why, caller.name, now)
    await Withdrawals(service.database).record(decision)
    return RedirectResponse(f"{PATH}/editors", 303)


@router.post("/editors/notice", openapi_extra=allow(EDITORS))
async def publish(request: Request, caller: Caller, form: Form) -> Response:
    """Said in front of the topics named, from a day to a day, on every process within a minute."""
    service = service_of(request)
    topics = frozenset(one.strip() for one in form.get("topics", "").split(",") if one.strip())
    try:
        es, en = (_LINE.validate_python(form.get(lang, "")) for lang in ("es", "en"))
        begins, ends = (date.fromisoformat(form.get(name, "")) for name in ("begins", "ends"))
    except ValueError:
        return await _page(request, notice=say_in(request, "console.notice_missing"), typed=form, status=422)
    if wrong := wrong_in(draft_of(topics, es, en, begins, ends), service.knowledge, _today(request)):
        words = f"{say_in(request, f'console.notice_{wrong.kind}')} {wrong.item}".strip()
        return await _page(request, notice=words, typed=form, status=422)
    await Notices(service.database).publish(topics, es, en, begins, ends, caller.name, datetime.now(UTC))
    return RedirectResponse(f"{PATH}/editors#notices", 303)


async def _page(
    request: Request, *, notice: str = "", item: str = "", why: str = "", typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:  # fmt: skip
    service, today = service_of(request), _today(request)
    phrases, _ = await Phrases(service.database).page(None, SHOWN)
    withdrawals = Withdrawals(service.database)
    stopped = await withdrawals.stopped()
    rated = await Ratings(service.database).unhelpful(datetime.now(UTC) - LATELY, SHOWN)
    published = reversed(await Notices(service.database).all())
    lang = lang_of(request)
    values = {
        "rated": [(one, *_answer(one, service.knowledge, lang)) for one in rated],
        "notices": [(one, _standing(one, one.id in stopped, today)) for one in published][:SHOWN],
        "topics": sorted((topic.title.say(lang), topic.id) for topic in service.knowledge.topics.values()),
        "typed": typed or {"begins": str(today), "ends": str(today + A_WEEK)},
        "phrases": [(stamp(request, one.at), one) for one in phrases],
        "due": due(service.knowledge, today)[:SHOWN],
        "stopped": sorted(stopped),
        "decisions": [(stamp(request, one.at), one) for one in reversed(await withdrawals.history())][:SHOWN],
        "notice": notice,
        "item": item,
        "why": why,
    }
    return page.show(request, "console_editors.html", values, status)


def _answer(one: Rated, knowledge: Knowledge, lang: Lang) -> tuple[str, list[str]]:
    """Its title, and what of it can be stopped."""
    topic = knowledge.topics.get(one.topic)
    section = topic.section(one.section) if topic else None
    if topic is None or section is None:
        return f"{one.topic} · {one.section}", []
    name = section.title or (knowledge.aspects[section.aspect].button if section.aspect else None)
    title = f"{topic.title.say(lang)} · {name.say(lang)}" if name else topic.title.say(lang)
    return title, [item for item in (*section.sources, topic.id) if can_be_withdrawn(item, knowledge)]


def _standing(one: Published, stopped: bool, today: date) -> str:
    """stopped, over, coming or said."""
    if stopped:
        return "stopped"
    return "over" if one.ends < today else "coming" if one.begins > today else "said"


def _today(request: Request) -> Any:
    return datetime.now(ZoneInfo(service_of(request).settings.timezone)).date()
