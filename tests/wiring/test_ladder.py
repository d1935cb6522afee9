"""The ladder with a simulated clock: alerts, claims that run out, a restart in the middle, the night shift."""

import asyncio
import hmac
import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from time import monotonic
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot import handoff
from bot.channels.telegram import TelegramChannel
from bot.conversation import CaseNeeded, Conversation, InboundMessage, Kind, OpenDanger, Outcome, Reading, Turn
from bot.handoff.shifts import Rota, Shift
from bot.settings import Settings
from bot.storage import Alerts, Cases, Database, DatabaseOutbox, DatabaseStore
from bot.storage.alerts import CALLS
from bot.storage.bursts import BUDGET
from bot.storage.queue import Wanted
from bot.storage.tables import timers
from bot.wiring import alerts
from bot.wiring.alerting import SINGLE, TICK, TIMEOUT, Alerting
from bot.wiring.desk import desk_at, times_of
from bot.wiring.ladder import Ladder
from knowledge.schema.base import Level
from tests.support.bot_api import Answer, BotApi
from tests.support.outbox import unsent
from tests.support.sqlite import new_sqlite

NOW = datetime(2026, 11, 20, 18, tzinfo=UTC)  # noon of a Friday in Mexico City
MINUTE = timedelta(minutes=1)
ZONE = "America/Mexico_City"
NIGHT = Rota((Shift("ana", 4, 9 * 60, 17 * 60), Shift("noc", 4, 22 * 60, 6 * 60), Shift("lun", 0, 9 * 60, 17 * 60)))
WORDS = "me llamo Filomena, vivo en Tucson, mi tel 5551234567"


@dataclass
class Heard:
    """Where alerts arrive; `deaf` refuses them."""

    told: list[tuple[alerts.Alert, str]] = field(default_factory=list)
    deaf: bool = False

    async def __call__(self, alert: alerts.Alert, text: str) -> None:
        if self.deaf:
            raise TimeoutError
        self.told.append((alert, text))


@dataclass
class Desk:
    """A database that survives restarts, and the clock."""

    url: str
    knowledge: object
    target: Heard = field(default_factory=Heard)
    rota: Rota = field(default_factory=Rota)
    times: handoff.Times = field(default_factory=handoff.Times)
    now: datetime = NOW
    said: int = 0

    async def start(self) -> None:
        self.database = await Database.open(self.url, "k" * 32)
        life = handoff.Life(self.times)
        self.store, self.cases = DatabaseStore(self.database, life), Cases(self.database, life)
        self.outbox = DatabaseOutbox(self.database)
        self.ladder = Ladder(self.cases, Alerts(self.database), ["group"])
        self.alerting = Alerting(
            Alerts(self.database), {"group": self.target}, self.times, lambda: self.knowledge, lambda: self.rota, ZONE,
            "https://v.example", lambda: self.now,
        )  # fmt: skip

    async def restart(self) -> None:
        await self.database.close()
        await self.start()

    async def run_until(self, at: datetime) -> None:
        """As the delivery and the alerting do it, minute by minute."""
        while self.now <= at:
            for timer in await self.outbox.timers_due(self.now):
                if timer.kind == handoff.ANSWER:
                    await self.ladder.lapse(timer, self.knowledge, self.now)
                else:
                    act = {handoff.WINDOW: self.ladder.window, handoff.CALL_BACK: self.ladder.call_back}
                    await act[timer.kind](timer, self.now)
                await self.outbox.timer_done(timer.id)
            await self.alerting.look()
            await self.alerting.settle()
            self.now += MINUTE
        self.now = at

    async def danger(
        self, level: Level = Level.CRITICAL, who: str = "p", channel: str = "telegram", lang: str | None = None,
        network: str = "", *, newest: bool = False,
    ) -> handoff.Case:  # fmt: skip
        conversation_id = await self.said_in_danger(level, who, channel, lang, network)
        found, _ = await self.cases.find(Wanted(status="open"), None, 300)
        return next(case for case in found if case.conversation_id == conversation_id) if newest else found[0]

    async def said_in_danger(
        self, level: Level = Level.CRITICAL, who: str = "p", channel: str = "web", lang: str | None = None,
        network: str = "", danger: OpenDanger | None = None,
    ) -> UUID:  # fmt: skip
        """One message; whose."""
        self.said += 1
        message = InboundMessage(channel, f"d{self.said}", who, Kind.TEXT, self.now, WORDS, network=network)
        event = CaseNeeded("danger", level, "violence", "rule", WORDS, "US")
        async with self.store.turn() as turn:
            await turn.claim_delivery(message, self.now)
            conversation_id, *_ = await turn.load(message, self.now)
            read = Turn(Conversation(lang=lang, danger=danger), (), (event,), Reading("es", "es", Outcome.URGENT))
            await turn.save(conversation_id, message, read, self.now)
        return conversation_id

    @property
    def minutes(self) -> list[tuple[int, str]]:
        """How long they waited, and who was called, alert by alert."""
        return [(alert.waiting_s // 60, called_in(text)) for alert, text in self.target.told]


def called_in(text: str) -> str:
    """Whom an alert calls."""
    return text.splitlines()[1].partition(" · ")[2]


@pytest.fixture
async def desk(tmp_path, knowledge):
    url = new_sqlite(tmp_path / "v.sqlite3")
    desk = Desk(url, knowledge)
    await desk.start()
    yield desk
    await desk.database.close()


async def test_at_once_again_next_on_shift_coordinator_until_somebody_claims(desk):
    desk.rota = NIGHT
    case = await desk.danger()
    await desk.run_until(NOW + 16 * MINUTE)
    both = "ana, noc, coordinación"
    assert desk.minutes == [(0, "ana"), (2, "ana"), (5, "ana, noc"), (10, both), (15, both)]
    await desk.cases.claim(case.id, "ana", desk.now)
    await desk.run_until(NOW + 20 * MINUTE)
    assert len(desk.minutes) == 5


async def test_never_words_name_phone_or_place(desk):
    await desk.danger()
    await desk.run_until(NOW)
    ((alert, text),) = desk.target.told
    for secret in ("Filomena", "Tucson", "5551234567", "rule"):
        assert secret not in text + json.dumps(asdict(alert))
    assert f"https://v.example/console/cases/{alert.case_id}" in text
    assert "Crítico" in text


async def test_an_alert_tells_nothing_of_what_the_danger_is(desk, knowledge):
    """Kind, who and reader stand in the case alone: an alert is read on locked screens and by mail servers."""
    threat = OpenDanger(
        category="violence", kind="threatened", level=Level.CRITICAL, who="own", reader="reading", told=WORDS,
        opened_at=NOW, heard_at=NOW,
    )  # fmt: skip
    await desk.said_in_danger(danger=threat)
    await desk.run_until(NOW)
    ((alert, text),) = desk.target.told
    told = (text + json.dumps(asdict(alert))).casefold()
    named = knowledge.protocols["threatened"].label
    facts = ("threatened", "own", "reading", "amenaza", "escribe", "tiene el tel")
    assert [word for word in (named.es, named.en, *facts) if word.casefold() in told] == []


async def test_a_restart_in_the_middle_loses_no_rung_and_repeats_none(desk):
    await desk.danger()
    await desk.run_until(NOW + 3 * MINUTE)
    await desk.restart()
    await desk.run_until(NOW + 11 * MINUTE)
    assert [waited for waited, _ in desk.minutes] == [0, 2, 5, 10]
    await desk.restart()
    desk.now = NOW + timedelta(hours=8)
    await desk.run_until(NOW + timedelta(hours=8))
    assert len(desk.minutes) == 5, "one call for the whole night, not a hundred"


async def test_a_timer_that_comes_twice_sets_one_next(desk):
    await desk.danger()
    for _ in range(2):
        await desk.alerting.look()
        await desk.alerting.settle()
    assert len(desk.target.told) == 1
    async with desk.database.read() as connection:
        kinds = (await connection.execute(select(timers.c.kind))).scalars().all()
    assert kinds == [handoff.ALERT] == [CALLS]


async def test_where_nobody_could_be_reached_it_is_said_again(desk):
    desk.target.deaf = True
    await desk.danger()
    await desk.run_until(NOW)
    desk.target.deaf = False
    await desk.run_until(NOW + MINUTE)
    assert [alert.event for alert, _ in desk.target.told] == ["again"]
    assert await desk.alerting.alerts.waiting() == 0


async def test_a_claim_that_runs_out_begins_the_ladder_anew_and_tells_the_person(desk):
    case = await desk.danger()
    await desk.cases.claim(case.id, "ana", NOW)
    await desk.run_until(NOW + 10 * MINUTE)
    assert (await desk.cases.get(case.id)).status == "open"
    (row,) = await unsent(desk.database)
    assert "volvió al principio de la lista" in row.reply.text
    assert "911" in row.reply.text
    await desk.run_until(NOW + 12 * MINUTE)
    assert [alert.event for alert, _ in desk.target.told] == ["new", "again"]


async def test_the_night_shift_is_called_and_the_next_morning_too(desk):
    desk.rota, desk.now = NIGHT, NOW + timedelta(hours=12)  # midnight of that Friday
    await desk.danger()
    await desk.run_until(desk.now + 5 * MINUTE)
    assert [to for _, to in desk.minutes] == ["noc", "noc", "noc, lun"]


async def test_a_raised_case_calls_at_once(desk):
    await desk.danger(Level.PRIORITY)
    await desk.run_until(NOW + 3 * MINUTE)
    assert desk.minutes == []
    await desk.danger(Level.CRITICAL)
    await desk.run_until(NOW + 4 * MINUTE)
    assert len(desk.minutes) == 1


async def test_who_speaks_the_language_is_called_first(desk):
    both = Shift("ana", 4, 9 * 60, 17 * 60, ("es", "en"))
    spanish, later = Shift("ben", 4, 9 * 60, 17 * 60), Shift("eve", 4, 20 * 60, 22 * 60, ("en",))
    soon = Shift("sol", 4, 18 * 60, 19 * 60)
    for rota, called in (
        ((both, spanish, soon), ["ana", "ana", "ana, sol"]),
        ((spanish, soon, later), ["ben, eve", "ben, eve", "ben, eve, sol"]),
        ((spanish, soon), ["ben, sol", "ben, sol", "ben, sol"]),
    ):
        desk.rota, desk.now, desk.target.told = Rota(rota), NOW, []
        case = await desk.danger(who="-".join(called), lang="en")
        await desk.run_until(NOW + 5 * MINUTE)
        assert [to for _, to in desk.minutes] == called
        await desk.cases.claim(case.id, "ana", desk.now)


async def test_before_whatsapp_closes_whoever_has_the_case_is_reminded_once(desk):
    case = await desk.danger(channel="whatsapp")
    await desk.cases.claim(case.id, "ana", NOW)
    await desk.cases.reply(case.id, "ana", "hola", NOW)
    await desk.restart()
    desk.now = NOW + timedelta(hours=21)
    await desk.run_until(NOW + timedelta(hours=23))
    ((alert, text),) = desk.target.told
    assert (alert.kind, called_in(text).rpartition(" · ")[2]) == ("window", "ana")
    assert "WhatsApp" in text
    assert "Filomena" not in text


async def test_a_reminder_that_is_not_needed(desk):
    case = await desk.danger(channel="whatsapp")
    await desk.cases.claim(case.id, "ana", NOW)
    await desk.cases.resolve(case.id, "ana", "helped", None, NOW)
    desk.now = NOW + timedelta(hours=21)
    await desk.run_until(NOW + timedelta(hours=25))
    assert desk.target.told == []


async def test_a_call_back_falls_due_at_its_hour_after_a_restart(desk):
    older = await desk.danger(who="older")
    case = await desk.danger()
    case = next(one for one in (await desk.cases.find(Wanted(status="open"), None, 9))[0] if one.id != older.id)
    await desk.cases.claim(case.id, "ana", NOW)
    await desk.cases.reply(case.id, "ana", "le escribo a las 6", NOW)
    at = NOW + timedelta(hours=6)
    await desk.cases.call_back(case.id, "ana", at, NOW)
    await desk.cases.claim(older.id, "ben", NOW)
    await desk.cases.reply(older.id, "ben", "hola", NOW)
    await desk.restart()
    desk.now = at - MINUTE
    await desk.run_until(at - MINUTE)
    assert [alert.kind for alert, _ in desk.target.told] == []
    desk.target.deaf = True
    await desk.run_until(at)
    desk.target.deaf = False
    await desk.run_until(at + MINUTE)
    assert "call_back" in [alert.kind for alert, _ in desk.target.told], "said again where nobody heard it"
    assert any("Toca llamarle" in text for _, text in desk.target.told)
    await desk.cases.release(older.id, "ben", None, at)
    assert (await desk.cases.claim_next("cleo", at)).id == case.id, "before who has waited longer"


def test_the_desk_says_when_it_opens():
    settings = Settings(_env_file=None, timezone=ZONE, on_duty=True)
    assert desk_at(settings, Rota(), NOW).on_duty, "no shifts: the setting"
    noon = desk_at(settings, NIGHT, NOW)
    assert (noon.on_duty, noon.opens_at.hour) == (True, 22)
    evening = desk_at(settings, NIGHT, NOW + timedelta(hours=7))
    assert (evening.on_duty, evening.opens_at) == (False, datetime(2026, 11, 20, 22, tzinfo=ZoneInfo(ZONE)))
    holiday = Rota(NIGHT.shifts, frozenset({date(2026, 11, 20)}))
    assert not desk_at(settings, holiday, NOW).on_duty


def test_without_a_target_there_is_no_ladder():
    assert times_of(Settings(_env_file=None)).ladders == {}
    alerting = times_of(Settings(_env_file=None, alert_url="http://x", alert_critical="0, 3", alert_priority=""))
    assert alerting.ladders[Level.CRITICAL] == (timedelta(0), 3 * MINUTE)
    assert alerting.ladders[Level.PRIORITY] == ()


@contextmanager
def hook(status: int = 200) -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """An address that takes alerts, and what it got: headers and body."""
    got: list[tuple[dict[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            got.append(({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", got
    server.shutdown()


async def test_a_group_and_a_webhook_get_the_same_each_on_its_own(desk):
    with BotApi() as api, hook() as (url, got):
        channel = TelegramChannel(api.token, api.url)
        api.answer("sendMessage", Answer.blocked())
        desk.alerting.targets = {"group": alerts.Group(channel, "-100"), "hook": alerts.Webhook(url, b"key")}
        case = await desk.danger()
        await desk.run_until(NOW)
        assert len(got) == 1, "the group failed"
        await desk.run_until(NOW + MINUTE)
        await channel.close()
        assert "Espera 1 min" in api.texts("-100")[-1]
        assert len(got) == 1, "what arrived is not said again"
    headers, body = got[0]
    assert json.loads(body) == {
        "event": "new", "case_id": str(case.id), "level": "critical", "category": "violence", "kind": "waiting",
        "channel": "telegram", "opened_at": "2026-11-20T18:00:00+00:00", "waiting_s": 0, "more": 0,
        "url": f"https://v.example/console/cases/{case.id}",
    }  # fmt: skip
    signed = hmac.new(b"key", headers["x-ventanilla-timestamp"].encode() + b"." + body, "sha256").hexdigest()
    assert headers["x-ventanilla-signature"] == f"sha256={signed}"


async def test_a_hook_that_refuses_is_asked_again(desk):
    with hook(500) as (url, got):
        desk.alerting.targets = {"hook": alerts.Webhook(url, b"key")}
        await desk.danger()
        await desk.run_until(NOW + MINUTE)
        assert len(got) == 2
    assert await desk.alerting.alerts.waiting() == 1


async def test_a_burst_is_one_line_and_who_weighs_most_has_a_line_of_their_own(desk):
    for number in range(40):
        await desk.said_in_danger(who=f"w{number}")
    await desk.danger(who="t", channel="telegram")
    await desk.run_until(NOW)
    assert [alert.channel for alert, _ in desk.target.told][:1] == ["telegram"]
    assert [alert.more for alert, _ in desk.target.told] == [0] * SINGLE + [41 - SINGLE - 1]
    alert, text = desk.target.told[-1]
    assert text.startswith(f"🔴 {41 - SINGLE} casos esperan")
    assert alert.url == "https://v.example/console"


async def test_what_stands_behind_a_case_is_told_with_it_and_calls_nobody(desk):
    for number in range(BUDGET + 5):
        await desk.said_in_danger(who=f"w{number}", network="203.0.113.7/32")
    await desk.run_until(NOW)
    assert sum(alert.more for alert, _ in desk.target.told) + len(desk.target.told) == BUDGET + 5
    assert len(desk.target.told) == SINGLE + 1


@pytest.fixture
async def hanging(desk) -> AsyncIterator[list[tuple[float, alerts.Alert]]]:
    """The alerting with its own loop, as it runs, before a hook that never answers."""
    asked: list[tuple[float, alerts.Alert]] = []

    async def dead(alert: alerts.Alert, text: str) -> None:
        asked.append((monotonic(), alert))
        await asyncio.sleep(3600)

    desk.alerting = replace(desk.alerting, targets={"hook": dead, "group": desk.target}, tick=TICK, timeout=TIMEOUT)
    running = asyncio.create_task(desk.alerting.run())
    yield asked
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


async def test_with_a_dead_hook_and_200_cases_a_new_critical_alert_leaves_within_5_seconds(desk, hanging, caplog):
    for number in range(200):
        await desk.said_in_danger(who=f"w{number}")
    for _ in range(100):
        if any(alert.more > 50 for _, alert in hanging):
            break
        await asyncio.sleep(0.05)
    desk.now += MINUTE
    case, opened = await desk.danger(who="real", newest=True), monotonic()
    async with asyncio.timeout(10):
        for told in (lambda: [alert for _, alert in hanging], lambda: [alert for alert, _ in desk.target.told]):
            while str(case.id) not in [alert.case_id for alert in told()]:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    assert monotonic() - opened < 5, "at the dead hook, and at the group, which hears"
    assert len(desk.alerting._under_way) <= (TIMEOUT / TICK + 1) * 2 * (SINGLE + 1)
    assert len([one for one in caplog.records if one.name == "bot.wiring.alerting"]) <= 1


async def test_lapses_and_call_backs_never_wait_behind_alerts(desk, hanging):
    cases = [await desk.danger(who=f"c{number}", newest=True) for number in range(3)]
    for case in cases:
        await desk.cases.claim(case.id, "ana", NOW)
    at = NOW + timedelta(minutes=10)
    started = monotonic()
    for timer in await desk.outbox.timers_due(at):
        assert timer.kind == handoff.ANSWER
        await desk.ladder.lapse(timer, desk.knowledge, at)
    assert monotonic() - started < 0.5
    assert [(await desk.cases.get(case.id)).status for case in cases] == ["open"] * 3
