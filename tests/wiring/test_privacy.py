"""/privacidad says what the daily job does: both come from the same settings."""

from datetime import UTC, datetime, timedelta

import pytest

from bot import handoff
from bot.conversation import Conversation, InboundMessage, Kind
from bot.handoff.shifts import Rota, Shift
from bot.settings import Settings
from bot.storage import Cases, Database, DatabaseStore
from bot.storage.bursts import SOURCES_KEPT
from bot.storage.queue import Wanted
from bot.storage.retention import Retention
from bot.turn import handle_message, safe_turn
from bot.wiring.desk import desk_at, keeps_of
from tests.support.sqlite import new_sqlite

NOW = datetime.now(UTC)
ROTAS = (Rota(), Rota((Shift("ana", 0, 0, 24 * 60),)))


def said(knowledge, settings: Settings, text: str, rota: Rota = ROTAS[0]) -> str:
    desk = desk_at(settings, rota, NOW)
    message = InboundMessage("web", "1", "p", Kind.TEXT, NOW, text)
    return "\n".join(reply.text for reply in safe_turn(Conversation(desk=desk), message, knowledge, NOW).replies)


@pytest.mark.parametrize("rota", ROTAS)
@pytest.mark.parametrize("command", ["/privacidad", "/privacy"])
def test_the_days_of_the_settings_are_told(knowledge, command, rota):
    settings = Settings(
        _env_file=None, retention_questions_days=17, retention_cases_days=123, retention_unanswered_days=45
    )
    told = said(knowledge, settings, command, rota)
    for days in (17, 123, 45):
        assert f" {days} " in told


@pytest.mark.parametrize("command", ["/privacidad", "/privacy"])
def test_the_mark_of_a_network_is_told(knowledge, command):
    told = said(knowledge, Settings(_env_file=None), command)
    assert "network" in told or " red " in told
    assert f" {SOURCES_KEPT.days} " in told


@pytest.mark.parametrize(("days", "stays"), [(16, True), (18, False)])
async def test_what_is_told_is_what_is_done(knowledge, tmp_path, days, stays):
    settings = Settings(_env_file=None, retention_questions_days=17, retention_cases_days=20)
    assert " 17 " in said(knowledge, settings, "/privacidad")
    url = new_sqlite(tmp_path / "v.sqlite3")
    async with Database.opened(url, "k" * 32) as database:
        store, at = DatabaseStore(database, handoff), NOW - timedelta(days=days)
        message = InboundMessage("web", "d1", "p", Kind.TEXT, at, "cuánto cuesta el pasaporte")
        await handle_message(message, store, knowledge, desk_at(settings, ROTAS[0], at), at)
        gone = await Retention(database).let_go(keeps_of(settings), NOW)
        assert (gone["conversations"] == 0) == stays
        assert (gone["messages"] == 0) == stays
        assert await Cases(database, handoff).find(Wanted(), None, 1) == ([], None)
