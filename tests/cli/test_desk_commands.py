"""`shifts`, `operators` and `demo`, on a database of their own."""

import asyncio
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from click.testing import CliRunner, Result
from sqlalchemy import insert

from bot import handoff, wiring
from bot.cli.main import main
from bot.settings import Settings
from bot.storage import Audit, Cases, Database, Logins, Operators
from bot.storage import logins as logins_module
from bot.storage.operators import Operator
from bot.storage.queue import Wanted
from bot.storage.tables import deliveries
from bot.wiring import starting

Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path, monkeypatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VENTANILLA_DATABASE_URL", f"sqlite:///{tmp_path / 'demo.sqlite3'}")
    monkeypatch.setenv("VENTANILLA_SECRET_KEY", "k" * 32)

    def command(*args: str, **more: object) -> Result:
        return CliRunner().invoke(main, list(args), **more)

    return command


def look(work: Callable[[Database], object]) -> object:
    """In the database that the commands wrote."""

    async def inside() -> object:
        settings = wiring.read_settings()
        database = await Database.open(settings.database_url, "k" * 32)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(inside())


def test_shifts(run):
    assert run("shifts", "add", "ana", "mon,Tue", "22:00", "06:00", "--langs", "es,en").stdout.startswith("ana: mon")
    assert run("shifts", "add", "ben", "sun", "00:00", "24:00").exit_code == 0
    assert run("shifts", "holiday", "2026-12-25", "Navidad").output == "2026-12-25 is a holiday.\n"
    assert run("shifts", "holiday", "2026-12-25").exit_code == 0, "once more changes nothing"
    assert run("shifts", "list").output.splitlines() == [
        "1\tmon\t22:00-06:00\tana\tes,en", "2\ttue\t22:00-06:00\tana\tes,en", "3\tsun\t00:00-24:00\tben\tes",
        "\t2026-12-25\tholiday",
    ]  # fmt: skip
    assert run("shifts", "remove", "2").exit_code == 0
    assert run("shifts", "remove", "2").exit_code == 1
    assert "tue" not in run("shifts", "list").output
    assert "no open account called zoe" in run("shifts", "add", "zoe", "mon", "09:00", "17:00").stderr
    run("operators", "add", "ana", "--role", "operator")
    assert run("shifts", "add", "ana", "fri", "09:00", "17:00").stderr.count("no open account") == 0


@pytest.mark.parametrize("args", [
    ("ana", "mon", "25:00", "06:00"), ("ana", "mon", "nine", "17:00"), ("ana", "someday", "09:00", "17:00"),
    ("ana", "mon", "09:61", "17:00"), ("ana", "mon", "09:00", "17:00", "--langs", "xx"),
    ("ana", "mon", "09:00", "09:00"),
])  # fmt: skip
def test_a_shift_that_is_none(run, args):
    assert run("shifts", "add", *args).exit_code == 2
    assert run("shifts", "list").output == ""


def test_a_second_factor_is_set_shown_once_and_taken_off(run, monkeypatch):
    quick = logins_module.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(logins_module, "_hasher", quick)
    run("operators", "add", "ana", "--role", "operator")
    assert run("operators", "password", "ana", "--stdin", input="una clave bastante larga\n").exit_code == 0
    assert run("operators", "password", "ana", "--stdin", input="corta\n").exit_code == 1
    address = run("operators", "totp", "ana").output.strip()

    async def enters(database: Database) -> str:
        code = pyotp.parse_uri(address).now()
        return await Logins(database).log_in("ana", "una clave bastante larga", code, datetime.now(UTC))

    assert look(enters)
    assert "password alone" in run("operators", "totp", "ana", "--off").output
    assert run("operators", "totp", "nobody").exit_code == 1


def test_an_account_gets_another_role(run):
    run("operators", "add", "ana", "--role", "operator")
    assert run("operators", "role", "ana", "auditor").output == "ana is auditor.\n"
    assert run("operators", "list").output.startswith("ana\tauditor\t")
    assert run("operators", "role", "ana", "king").exit_code == 2
    assert run("operators", "role", "zoe", "auditor").exit_code == 1


def test_a_token_of_a_program(run):
    run("operators", "add", "ana", "--role", "operator")
    made = run("operators", "token", "ana", "--scopes", "cases:read, audit:read", "--label", "tablero", "--days", "9")
    token = made.stdout.strip()
    assert len(token) == 43

    def whose(at) -> Operator:
        return look(lambda database: Operators(database, None).authenticate(token, at))

    assert whose(datetime.now(UTC)).scopes == {"cases:read", "audit:read"}
    assert whose(datetime.now(UTC) + timedelta(days=10)) is None
    assert run("operators", "tokens").output == "1\tana\ttablero\taudit:read,cases:read\tactive\n"
    assert run("operators", "revoke", "1").exit_code == 0
    assert run("operators", "revoke", "1").exit_code == 1
    assert run("operators", "tokens").output.endswith("revoked\n")
    assert run("operators", "token", "ana", "--scopes", "everything", "--label", "x").exit_code == 1
    assert run("operators", "token", "zoe", "--scopes", "cases:read", "--label", "x").exit_code == 1


def test_a_closed_account_opens_again_tokens_rotate_and_the_log_is_signed_cli(run, monkeypatch):
    quick = logins_module.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(logins_module, "_hasher", quick)
    monkeypatch.setenv("VENTANILLA_TOKEN_DAYS", "30")
    ends = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}"

    def opens(token: str) -> bool:
        return (
            look(lambda database: Operators(database, None).authenticate(token.strip(), datetime.now(UTC))) is not None
        )

    first = run("operators", "add", "ana", "--role", "operator").stdout
    assert run("operators", "list").output == f"ana\toperator\tactive\t{ends}\n"
    run("operators", "password", "ana", "--stdin", input="una clave bastante larga\n")
    now = datetime.now(UTC)
    look(lambda database: Logins(database).log_in("ana", "una clave bastante larga", "", now))
    assert len(run("operators", "sessions", "ana").output.splitlines()) == 1
    assert run("operators", "sessions", "ana", "--end").output == "1 sessions of ana ended.\n"
    assert run("operators", "sessions", "ana").output == ""
    second = run("operators", "rotate", "ana").stdout
    run("operators", "token", "ana", "--scopes", "cases:read", "--label", "x")
    assert run("operators", "rotate", "ana", "--number", "1").exit_code == 0
    assert run("operators", "rotate", "ana", "--number", "2").exit_code == 1
    run("operators", "disable", "ana")
    third = run("operators", "enable", "ana").stdout
    assert [opens(token) for token in (first, second, third)] == [False, False, True]
    assert run("operators", "enable", "zoe").exit_code == 1
    assert run("operators", "add", "cli", "--role", "coordinator").exit_code == 1
    entries, _ = look(lambda database: Audit(database).page(None, 50))
    assert {entry.who for entry in entries} == {"cli", "ana"}
    assert [entry.action for entry in entries if entry.who == "ana"] == ["logged in"]


@pytest.mark.parametrize(("url", "required", "warns"), [
    ("https://v.example", "none", True), ("https://v.example", "coordinators", False),
    ("http://v.example", "none", False),
])  # fmt: skip
def test_a_public_service_without_second_factors_is_warned_of(monkeypatch, caplog, url, required, warns):
    settings = Settings(_env_file=None, public_url=url, totp_required=required)
    starting.warn_of(settings)
    assert ("VENTANILLA_TOTP_REQUIRED" in caplog.text) == warns


def test_a_demo_is_filled_once_in_a_database_of_its_own(run, monkeypatch, tmp_path):
    said = run("demo").output
    assert "Log in at /console as demo, password " in said
    password = said.strip().rpartition(" ")[2]

    async def inside(database: Database):
        cases, _ = await Cases(database, handoff).find(Wanted(), None, 50)
        token = await Logins(database).log_in("demo", password, "", datetime.now(UTC))
        texts = [line.text for case in cases for line in await Cases(database, handoff).newest(case.conversation_id, 9)
                 if line.author == "person"]  # fmt: skip
        return cases, token, texts

    cases, token, texts = look(inside)
    assert token
    assert {case.status for case in cases} == {"open", "claimed", "resolved"}
    assert any(case.awaited_since and case.claimed_by == "demo" for case in cases), "somebody waits for the learner"
    assert any(case.place for case in cases), "a place to open in a map"
    assert {case.level.value for case in cases} == {"critical", "urgent", "priority"}
    assert sum("EJEMPLO" in text or "EXAMPLE" in text for text in texts) >= 6, "clearly fictitious"
    password = run("demo").output.strip().rpartition(" ")[2]
    again, token, _ = look(inside)
    assert (len(again), bool(token)) == (len(cases), True), "who lost the password gets another, and the same queue"
    monkeypatch.setenv("VENTANILLA_DATABASE_URL", f"sqlite:///{tmp_path / 'real.sqlite3'}")
    assert run("demo").exit_code == 1
    assert not (tmp_path / "real.sqlite3").exists()


def test_a_database_without_its_driver_is_said_in_words(run, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.setenv("VENTANILLA_DATABASE_URL", "postgresql://somebody@127.0.0.1:1/nothing")
    said = run("db", "upgrade")
    assert (said.exit_code, said.exception.__class__) == (1, SystemExit)
    assert "psycopg[binary]" in said.stderr


def test_retention_counts_and_lets_go(run, monkeypatch):
    monkeypatch.setenv("VENTANILLA_RETENTION_DELIVERIES_DAYS", "2")

    async def write(database: Database) -> None:
        async with database.write() as connection:
            row = {"channel": "web", "delivery_id": "d", "received_at": datetime.now(UTC) - timedelta(days=3)}
            await connection.execute(insert(deliveries), row)

    run("db", "upgrade")
    look(write)
    for args, count in ((["--dry-run"], 1), (["--dry-run"], 1), ([], 1), ([], 0)):
        rows = dict(line.split("\t") for line in run("retention", *args).output.splitlines())
        assert rows["deliveries"] == str(count)
        assert set(rows) >= {"cases", "messages", "conversations", "unanswered", "audit"}
    monkeypatch.setenv("VENTANILLA_RETENTION_AUDIT_DAYS", "30")
    assert run("retention").exit_code == 1, "the log is kept a year at least"
