"""The calendar's page and its file; the file is read by a second parser."""

import json
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2s
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
import icalendar
import pytest
import vobject

from bot.texts import say
from knowledge.deadlines import limits
from knowledge.ical import DOMAIN, as_calendar, can_be_entered
from knowledge.model import Knowledge
from knowledge.schema.calendar import Event, Status
from tests.support.app import app_before

TODAY = datetime.now(ZoneInfo("America/Mexico_City")).date()
WIDEST = 75
"""Octets of a line, RFC 5545 3.1."""


@pytest.fixture
def pages(service, knowledge):
    service.knowledge = knowledge
    service.say = say
    transport = httpx.ASGITransport(app_before(service))
    return httpx.AsyncClient(transport=transport, base_url="http://test")


async def entries(pages, query: str = ""):
    answer = await pages.get(f"/calendar.ics{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/calendar; charset=utf-8")
    return {str(e["uid"]): e for e in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")}


async def test_all_that_comes_in_one_file(pages, knowledge):
    found = await entries(pages)
    dated = {e.id for e in knowledge.events.values() if not e.history and can_be_entered(e)}
    due = {limit.id for limit in limits(knowledge, TODAY)}
    assert set(found) == {f"{each}@{DOMAIN}" for each in dated | due}
    assert not any("cal2018" in uid for uid in found)


async def test_a_deadline_is_an_entry_of_its_own_with_alarms(pages):
    found = await entries(pages)
    for uid in ("csw71-deadline", "cluni-report-2027", "ecosoc-ngo-deadline-2027"):
        before = [alarm.decoded("trigger") for alarm in found[f"{uid}@{DOMAIN}"].walk("VALARM")]
        assert before == [timedelta(hours=9) - timedelta(days=days) for days in (30, 7, 1)]
    assert found[f"csw71-deadline@{DOMAIN}"]["status"] == "TENTATIVE"
    assert not found[f"csw71@{DOMAIN}"].walk("VALARM")
    alone = await entries(pages, "?id=csw71-deadline")
    assert set(alone) == {f"csw71-deadline@{DOMAIN}"}
    assert set(await entries(pages, "?id=csw71")) == {f"csw71@{DOMAIN}", f"csw71-deadline@{DOMAIN}"}


async def test_a_month_is_a_note_on_its_first_day_and_no_banner(pages):
    entry = (await entries(pages, "?id=csw71&lang=en"))[f"csw71@{DOMAIN}"]
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (date(2027, 3, 1), date(2027, 3, 2))
    assert "March 2027, no day yet" in str(entry["summary"])


async def test_past_years_and_nothing_past(pages, knowledge, monkeypatch):
    day = datetime(2026, 11, 20, 18, tzinfo=UTC)  # one day in Mexico, too, whose evening is the next day's in UTC
    monkeypatch.setattr("api.calendar.now", lambda: day)
    over = {f"{e.id}@{DOMAIN}" for e in knowledge.events.values() if not e.history and e.ends and e.ends < day.date()}
    every, without = await entries(pages), await entries(pages, "?past=no")
    assert set(every) - set(without) == {uid for uid in over if uid in every}
    programme = await entries(pages, "?past=2018")
    assert programme
    assert all(uid.startswith("cal2018") for uid in programme)
    assert set(await entries(pages, "?past=1900")) == set(every)


async def test_after_a_deadline_the_page_says_what_is_still_possible(pages, knowledge, monkeypatch):
    monkeypatch.setattr("api.calendar.now", lambda: datetime(2027, 2, 10, 18, tzinfo=UTC))
    past = (await pages.get("/calendar?lang=es&past=2027")).text
    assert 'id="cluni-report-2027" class="limit"' in past
    assert "queda como extemporáneo" in past
    coming = (await pages.get("/calendar?lang=es")).text
    assert 'id="cluni-report-closing"' in coming, "the next one, by its pattern"
    assert 'id="cluni-report-2027"' not in coming


async def test_how_to_add_it_to_ones_own(pages):
    page = (await pages.get("/calendar?lang=es&topic=women")).text
    assert "webcal://test/calendar.ics?lang=es&amp;topic=women" in page
    assert all(name in page for name in ("Google Calendar", "iPhone", "Outlook"))


async def test_a_second_parser_reads_every_file(pages):
    for query in ("", "?lang=en", "?topic=climate", "?id=csw71&lang=es", "?id=cal2018-53"):
        content = (await pages.get(f"/calendar.ics{query}")).content
        parsed = vobject.readOne(content.decode())
        parsed.validate()
        assert parsed.version.value == "2.0"
        assert all(event.uid.value for event in parsed.vevent_list)


async def test_lines_are_folded_and_end_as_they_must(pages):
    content = (await pages.get("/calendar.ics")).content
    lines = content.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= WIDEST


async def test_days_are_whole_and_the_end_is_the_day_after(pages):
    entry = (await entries(pages, "?id=cop31-unfccc"))[f"cop31-unfccc@{DOMAIN}"]
    assert (entry.decoded("dtstart"), entry.decoded("dtend")) == (date(2026, 11, 9), date(2026, 11, 21))
    assert entry["dtstart"].params["VALUE"] == "DATE"
    assert (entry["status"], entry["sequence"]) == ("TENTATIVE", 1)  # announced, and nothing found says it was held


async def test_what_is_inferred_is_tentative(pages, knowledge):
    for uid, entry in (await entries(pages)).items():
        event = knowledge.events.get(uid.partition("@")[0])
        if event is None:
            continue  # a deadline
        assert entry["status"] == ("CONFIRMED" if event.status is Status.CONFIRMED else "TENTATIVE"), uid


def test_the_sequence_grows_and_the_uid_stays(knowledge: Knowledge):
    event = knowledge.events["csw71"]
    changed = event.model_copy(update={"sequence": 1, "start": "2027-03-08", "end": "2027-03-19"})
    first, second = (
        icalendar.Calendar.from_ical(as_calendar([one], knowledge, "es", "x")).walk("VEVENT")[0]
        for one in (event, changed)
    )
    assert first["uid"] == second["uid"]
    assert second["sequence"] > first["sequence"]
    assert second.decoded("dtend") - second.decoded("dtstart") == timedelta(days=12)


def shown(event: Event) -> str:
    """What a subscribed calendar shows of it, in short."""
    said = f"{event.title.es}|{event.title.en}|{event.place}|{event.start}|{event.end}|{event.status}"
    return blake2s(said.encode(), digest_size=6).hexdigest()


def test_a_change_raises_the_sequence(knowledge: Knowledge):
    """Title, place, date or status changed: raise the event's `sequence` and record both in calendar_entries.json."""
    recorded = json.loads((Path(__file__).parent / "calendar_entries.json").read_text(encoding="utf-8"))
    events = {e.id: e for e in knowledge.events.values() if not e.history and can_be_entered(e)}
    for event_id, (was, sequence) in recorded.items():
        event = events.get(event_id)
        if event is not None and shown(event) != was:
            assert event.sequence > sequence, f"{event_id} changed: its sequence must be above {sequence}"
    lines = {event_id: [shown(event), event.sequence] for event_id, event in events.items()}
    assert lines == recorded, f"record: {json.dumps(lines)}"


@pytest.mark.parametrize(
    "query", ["?id=nothing", "?id=crm", "?id=unea-8", "?topic=nothing", "?topic=new-york", "?id=%00"]
)
async def test_what_is_not_there_is_a_404(pages, query):
    answer = await pages.get(f"/calendar.ics{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (404, "application/problem+json")


async def test_unchanged_is_said_so(pages):
    answer = await pages.get("/calendar.ics?topic=women")
    again = await pages.get("/calendar.ics?topic=women", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(("lang", "word"), [("es", "Calendario de foros"), ("en", "Forum calendar")])
async def test_the_page(pages, lang, word):
    answer = await pages.get(f"/calendar?lang={lang}")
    assert answer.status_code == 200
    assert f'<html lang="{lang}">' in answer.text
    assert word in answer.text
    assert "<script" not in answer.text
    assert "style=" not in answer.text
    assert "script-src" not in answer.headers["content-security-policy"]
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert 'id="csw71"' in answer.text
    assert "cal2018" not in answer.text


async def test_the_page_takes_the_browsers_language(pages):
    answer = await pages.get("/calendar", headers={"accept-language": "en-GB,en;q=0.9,es;q=0.1"})
    assert '<html lang="en">' in answer.text


async def test_filters(pages, knowledge):
    climate = (await pages.get("/calendar?lang=es&topic=climate")).text
    assert 'id="cop32-unfccc"' in climate
    assert 'id="csw71"' not in climate
    past = (await pages.get("/calendar?lang=es&past=2018")).text
    assert all(f'id="{e.id}"' in past for e in knowledge.events.values() if e.history)
    assert 'id="csw71"' not in past
    nothing = (await pages.get("/calendar?lang=es&past=2018&topic=drugs")).text
    assert "No hay nada así" in nothing


@pytest.mark.parametrize("query", ["?topic=%3Cscript%3E", "?lang=xx", "?past=1900", "?topic=" + "x" * 3000])
async def test_strange_queries_show_the_page(pages, query):
    answer = await pages.get(f"/calendar{query}")
    assert answer.status_code == 200
    assert "<script" not in answer.text
    assert 'id="csw71"' in answer.text
