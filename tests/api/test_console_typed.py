"""What somebody typed when the session ended, or the form was too old: kept, where it was typed, for whom it was."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bot.storage import Audit, Logins
from tests.api.test_console import LOST, PASSWORD, Browser, ana, app, case_of, quick_hash, say, service

__all__ = ["ana", "app", "quick_hash", "service"]
PRIVATE = "creo que el esposo lee sus mensajes"


async def ended(service, browser: Browser) -> None:
    await Logins(service.database).log_out(browser.client.cookies["console"])


async def log_in_again(browser: Browser, name: str) -> None:
    await browser.post("/console/login", name=name, password=PASSWORD, **browser.hidden)


def field(browser: Browser, name: str) -> str:
    """What stands in a text field of the page."""
    return browser.page.partition(f'id="{name}"')[2].partition(">")[2].partition("</textarea>")[0].strip()


@pytest.fixture
async def case(service, ana) -> str:
    await say(service, LOST)
    await ana.post("/console/next")
    return f"/console/cases/{await case_of(service)}"


@pytest.mark.parametrize(("form", "name"), [("note", "note"), ("resolve", "resolve-note"), ("release", "release-note")])
async def test_an_internal_note_never_lands_in_the_reply_to_the_person(service, ana, case, form, name):
    await ended(service, ana)
    await ana.post(f"{case}/{form}", note=PRIVATE, outcome="helped")
    assert (ana.status, PRIVATE in ana.words) == (401, True)
    await log_in_again(ana, "ana")
    assert field(ana, "text") == ""
    assert field(ana, name) == PRIVATE


async def test_a_refused_resolve_shows_its_note_where_it_was_typed(service, ana, case):
    await ana.post(f"{case}/resolve", note=PRIVATE, outcome="referred", follow_up="1", version="99")
    assert ana.status == 409
    assert (field(ana, "text"), field(ana, "resolve-note")) == ("", PRIVATE)
    assert '<option value="referred" selected>' in ana.page
    assert 'name="follow_up" value="1" checked' in ana.page


async def test_a_note_of_who_does_not_hold_it_any_more_stays_internal(app, service, ana, case):
    await ana.post(f"{case}/transfer", to="ben")
    await ana.post(f"{case}/release", note=PRIVATE)
    assert ana.status == 409
    assert 'id="composer"' not in ana.page
    assert field(ana, "note") == PRIVATE


async def test_who_may_not_read_cases_sees_none_by_logging_in_with_a_draft(app, service, case):
    edi = Browser(app, "198.51.100.7")
    await edi.get("/console/login")
    typed = json.dumps({"form": "reply", "text": PRIVATE})
    await edi.post("/console/login", name="edi", password=PASSWORD, to=case, typed=typed, draft=PRIVATE)
    assert (edi.status, LOST in edi.words) == (403, False)


async def test_a_case_read_by_logging_in_stands_in_the_log(service, ana, case):
    await ended(service, ana)
    await ana.post(f"{case}/reply", text="hola")
    before = len(await Audit(service.database).of(case.rpartition("/")[2]))
    await log_in_again(ana, "ben")  # ana read it a moment ago: once an hour is enough
    last = (await Audit(service.database).of(case.rpartition("/")[2]))[-1]
    assert (last.who, last.action) == ("ben", "read")
    assert len(await Audit(service.database).of(case.rpartition("/")[2])) == before + 1


TODAY = datetime.now(UTC).date()
NOTICE = {"topics": "pasaporte", "es": "El consulado cerró por el huracán.", "en": "The consulate is closed.",
          "begins": str(TODAY), "ends": str(TODAY + timedelta(days=5))}  # fmt: skip


async def test_a_notice_typed_in_an_ended_session_is_not_lost(app, service):
    edi = await Browser(app).log_in("edi")
    await ended(service, edi)
    await edi.post("/console/editors/notice", **NOTICE)
    assert (edi.status, NOTICE["es"] in edi.words) == (401, True)
    await log_in_again(edi, "edi")
    assert (field(edi, "es"), field(edi, "en")) == (NOTICE["es"], NOTICE["en"])
    assert "todavía no se ha enviado" in edi.words
    await edi.post("/console/editors/notice", **NOTICE)
    assert (edi.status, "Se dice" in edi.words or "Se dirá" in edi.words) == (200, True)


async def test_a_notice_with_a_forged_token_is_shown_again_and_not_published(app, service):
    edi = await Browser(app).log_in("edi")
    await edi.post("/console/editors/notice", **{**NOTICE, "csrf": "0" * 64})
    assert (edi.status, field(edi, "es")) == (403, NOTICE["es"])
    await edi.get("/console/editors")
    assert NOTICE["es"] not in edi.words


@pytest.mark.parametrize("typed", ["{", "[]", '{"form": 1}', '"x"', "null", '{"text": {"a": 1}}'])
async def test_rubbish_in_what_the_log_in_carries_does_no_harm(app, service, case, typed):
    ben = Browser(app, "198.51.100.8")
    await ben.get("/console/login")
    await ben.post("/console/login", name="ben", password=PASSWORD, to=case, typed=typed)
    assert ben.status == 200


async def test_a_session_that_ends_at_a_get_is_a_plain_log_in(app, service, ana, case):
    await ended(service, ana)
    await ana.get(case)
    await log_in_again(ana, "ana")
    assert (ana.status, LOST in ana.words) == (200, True)
