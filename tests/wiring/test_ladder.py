"""The ladder with a simulated clock: alerts, claims that run out, a restart in the middle, the night shift."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from zoneinfo import ZoneInfo

import pytest

from bot import handoff
from bot.channels.telegram import TelegramChannel
from bot.conversation import CaseNeeded, Conversation, InboundMessage, Kind, Outcome, Reading, Turn
from bot.handoff.shifts import Rota, Shift
from bot.settings import Settings
from bot.storage import Cases, Database, DatabaseOutbox, DatabaseStore, upgrade
from bot.storage.queue import Wanted
from bot.wiring import alerts
from bot.wiring.desk import desk_at, times_of
from bot.wiring.ladder import Ladder
from knowledge.schema.base import Level
from tests.support.bot_api import Answer, BotApi
from tests.support.outbox import unsent

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
        self.ladder = Ladder(self.cases, self.times, (self.target,), lambda: self.rota, ZONE, "https://v.example")

    async def restart(self) -> None:
        await self.database.close()
        await self.start()

    async def run_until(self, at: datetime) -> None:
        """As the delivery does it, minute by minute."""
        while self.now <= at:
            for timer in await self.outbox.timers_due(self.now):
                if timer.kind == handoff.ALERT:
                    await self.ladder.alert(timer, self.knowledge, self.now)
                else:
                    act = {
                        handoff.ANSWER: self.ladder.lapse, handoff.WINDOW: self.ladder.window,
                        handoff.CALL_BACK: self.ladder.call_back,
                    }  # fmt: skip
                    await act[timer.kind](timer, self.knowledge, self.now)
                await self.outbox.timer_done(timer.id)
            self.now += MINUTE
        self.now = at

    async def danger(
        self, level: Level = Level.CRITICAL, who: str = "p", channel: str = "telegram", lang: str | None = None
    ) -> handoff.Case:
        self.said += 1
        message = InboundMessage(channel, f"d{self.said}", who, Kind.TEXT, self.now, WORDS)
        event = CaseNeeded("danger", level, "violence", "rule", WORDS, "US")
        async with self.store.turn() as turn:
            await turn.claim_delivery(message, self.now)
            conversation_id, *_ = await turn.load(message, self.now)
            read = Turn(Conversation(lang=lang), (), (event,), Reading("es", "es", Outcome.URGENT))
            await turn.save(conversation_id, message, read, self.now)
        (case, *_), _ = await self.cases.find(Wanted(status="open"), None, 10)
        return case

    @property
    def minutes(self) -> list[tuple[int, str]]:
        return [(alert.waiting_minutes, alert.to) for alert, _ in self.target.told]


@pytest.fixture
async def desk(tmp_path, knowledge):
    url = f"sqlite:///{tmp_path / 'v.sqlite3'}"
    upgrade(url)
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
    for secret in ("Filomena", "Tucson", "5551234567", "rule", "telegram"):
        assert secret not in text + json.dumps(alert.__dict__ if hasattr(alert, "__dict__") else str(alert))
    assert f"https://v.example/console/cases/{alert.case}" in text
    assert "Crítico" in text


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
    (timer,) = await desk.outbox.timers_due(NOW)
    for _ in range(2):
        await desk.ladder.alert(timer, desk.knowledge, NOW)
    assert len(await desk.outbox.timers_due(NOW + timedelta(days=1))) == 1


async def test_where_nobody_could_be_reached_the_same_rung_once_more(desk):
    desk.target.deaf = True
    await desk.danger()
    await desk.run_until(NOW)
    desk.target.deaf = False
    await desk.run_until(NOW + MINUTE)
    assert [alert.rung for alert, _ in desk.target.told] == [0]


async def test_a_claim_that_runs_out_begins_the_ladder_anew_and_tells_the_person(desk):
    case = await desk.danger()
    await desk.cases.claim(case.id, "ana", NOW)
    await desk.run_until(NOW + 10 * MINUTE)
    assert (await desk.cases.get(case.id)).status == "open"
    (row,) = await unsent(desk.database)
    assert "volvió al principio de la lista" in row.reply.text
    assert "911" in row.reply.text
    await desk.run_until(NOW + 12 * MINUTE)
    assert [alert.rung for alert, _ in desk.target.told] == [0, 1]


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
    assert (alert.kind, alert.to) == ("window", "ana")
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
def hook(status: int = 200) -> Iterator[tuple[str, list[dict]]]:
    got: list[dict] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            got.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", got
    server.shutdown()


async def test_a_group_and_a_webhook_get_the_same(knowledge):
    case = handoff.Case(*[__import__("uuid").UUID(int=1)] * 2, Level.CRITICAL, "danger", NOW, "violence")
    alert = alerts.alert_of(case, 0, knowledge, "ana", "https://v.example", NOW + 3 * MINUTE)
    with BotApi() as api, hook() as (url, got):
        channel = TelegramChannel(api.token, api.url)
        api.answer("sendMessage", Answer.blocked())
        assert await alerts.send(alert, (alerts.Group(channel, "-100"), alerts.Webhook(url))), "one of them is enough"
        assert await alerts.send(alert, (alerts.Group(channel, "-100"),))
        await channel.close()
        assert "Espera 3 min" in api.texts("-100")[-1]
    assert (got[0]["level"], got[0]["waiting_minutes"]) == ("critical", 3)
    with hook(500) as (url, _):
        assert not await alerts.send(alert, (alerts.Webhook(url),))
