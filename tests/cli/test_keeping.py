"""`keys rotate`, `backup` and `restore`, tried on a database with people in it."""

import asyncio
import sqlite3
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result
from cryptography.exceptions import InvalidTag
from sqlalchemy import LargeBinary, func, insert, select, type_coerce, update

from bot import handoff, wiring
from bot.cli.main import main
from bot.conversation import CaseNeeded, Conversation, InboundMessage, Kind, Outcome, Reading, Reply, ReplyKind, Turn
from bot.storage import Audit, Cases, Database, DatabaseStore, Floods, Operators, upgrade
from bot.storage.limit_tables import blocks, case_openings, log_in_failures
from bot.storage.queue import Wanted
from bot.storage.tables import cases, messages, metadata, outbox
from bot.storage.throttle import Throttle
from bot.storage.types import Encrypted
from knowledge.schema.base import Level

Run = Callable[..., Result]
NOW = datetime.now(UTC)
KEY = "k" * 32


@pytest.fixture
def run(tmp_path, monkeypatch) -> Run:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VENTANILLA_DATABASE_URL", f"sqlite:///{tmp_path / 'v.sqlite3'}")

    def command(*args: str, **more: object) -> Result:
        return CliRunner().invoke(main, list(args), **more)

    assert command("db", "upgrade").exit_code == 0
    return command


def within(work: Callable[[Database], object]) -> object:
    """On the database as the settings open it."""

    async def inside() -> object:
        settings = wiring.read_settings()
        async with Database.opened(settings.database_url, wiring.secret_of(settings)) as database:
            return await work(database)

    return asyncio.run(inside())


async def say(database: Database, who: str, text: str, *events: object, replies: tuple[Reply, ...] = ()) -> None:
    message = InboundMessage("telegram", f"{who}-{len(text)}", who, Kind.TEXT, NOW, text)
    async with DatabaseStore(database, handoff).turn() as turn:
        await turn.claim_delivery(message, NOW)
        conversation_id, *_ = await turn.load(message, NOW)
        reading = Reading("es", "es", Outcome.FALLBACK)
        await turn.save(conversation_id, message, Turn(Conversation(), replies, events, reading), NOW)


async def two_people(database: Database) -> None:
    danger = CaseNeeded("danger", Level.URGENT, "violence", words="me pega")
    await say(database, "rosa", "me pega", danger, replies=(Reply(ReplyKind.HELP, "llame al 911"),))
    (case,), _ = await Cases(database, handoff).find(Wanted(), None, 1)
    await Cases(database, handoff).label(case.id, "ana", ("niños",), NOW)
    await Cases(database, handoff).note(case.id, "ana", "habla mixteco", NOW)
    await say(database, "luz", "una pregunta", CaseNeeded("person", Level.PRIORITY))


async def told(database: Database) -> tuple[set[str], set[str]]:
    """What is said in it, and the labels."""
    async with database.read() as connection:
        said = set(await connection.scalars(select(messages.c.text)))
    found, _ = await Cases(database, handoff).find(Wanted(), None, 9)
    return said, {label for case in found for label in case.labels}


EVERYTHING = ({"me pega", "llame al 911", "una pregunta"}, {"niños"})


def test_everything_is_written_with_another_key_and_the_old_one_opens_nothing(run, tmp_path):
    within(two_people)
    key = tmp_path / "v.key"
    old = key.read_text()
    said = run("keys", "rotate")
    assert (said.exit_code, "texts are written" in said.output) == (0, True)
    assert key.read_text() != old
    assert key.stat().st_mode & 0o777 == 0o600
    assert not (tmp_path / "v.key.new").exists()
    assert within(told) == EVERYTHING
    within(lambda database: say(database, "rosa", "sigo aquí"))
    found, _ = within(lambda database: Cases(database, handoff).find(Wanted(), None, 9))
    assert len(found) == 2, "rosa is known again by her address"
    key.write_text(old)
    assert run("operators", "list").exit_code == 1


async def limits(database: Database) -> list[int]:
    async with database.read() as connection:
        counted = [select(func.count()).select_from(table) for table in (blocks, case_openings, log_in_failures)]
        sources = select(func.count()).select_from(cases).where(cases.c.source.is_not(None))
        return [await connection.scalar(query) or 0 for query in (*counted, sources)]


async def flooded(database: Database) -> None:
    await two_people(database)
    records = Cases(database, handoff)
    (case, *_), _ = await records.find(Wanted(), None, 9)
    await Floods(database, records).block(case.id, "ana", "cien iguales", NOW)
    await Throttle(database).begin("ana", "network 1.2.3.4", NOW)
    async with database.write() as connection:
        await connection.execute(insert(case_openings), {"source": b"x" * 32, "at": NOW})


def test_what_only_the_old_key_knows_again_goes_with_it(run):
    within(flooded)
    assert within(limits) == [1, 1, 1, 2]
    assert run("keys", "rotate").exit_code == 0
    assert within(limits) == [0, 0, 0, 0]
    assert within(told) == EVERYTHING


def test_a_rotation_that_was_broken_off_is_finished(run, tmp_path, monkeypatch):
    within(two_people)
    monkeypatch.setattr("bot.cli.keeping.os.replace", lambda *_: (_ for _ in ()).throw(OSError("power cut")))
    assert run("keys", "rotate").exit_code == 1
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("VENTANILLA_DATABASE_URL", f"sqlite:///{tmp_path / 'v.sqlite3'}")
    assert run("operators", "list").exit_code == 1
    assert "finished" in run("keys", "rotate").output
    assert within(told) == EVERYTHING


def test_a_key_that_is_a_setting_is_given_by_stdin(run, monkeypatch, tmp_path):
    within(two_people)
    monkeypatch.setenv("VENTANILLA_SECRET_KEY", (tmp_path / "v.key").read_text())
    assert run("keys", "rotate").exit_code == 1
    assert run("keys", "rotate", "--stdin", input="short\n").exit_code == 1
    assert run("keys", "rotate", "--stdin", input=f"{KEY}\n").exit_code == 0
    monkeypatch.setenv("VENTANILLA_SECRET_KEY", KEY)
    assert within(told) == EVERYTHING


def test_nothing_is_rotated_or_restored_under_a_running_server(run, tmp_path):
    within(two_people)
    server = sqlite3.connect(tmp_path / "v.sqlite3")
    server.execute("SELECT count(*) FROM cases").fetchall()
    assert run("backup", "copy.db").exit_code == 0
    for command in (("keys", "rotate"), ("restore", "copy.db")):
        said = run(*command)
        assert (said.exit_code, "stop the server" in said.stderr) == (1, True)
    server.close()
    assert within(told) == EVERYTHING


def test_a_copy_is_put_back_and_who_was_erased_since_stays_erased(run, tmp_path):
    within(two_people)
    run("operators", "add", "ana", "--role", "operator")
    run("operators", "token", "ana", "--scopes", "cases:read", "--label", "x")
    assert run("backup", "copy.db").exit_code == 0
    assert Path("copy.db").stat().st_mode & 0o777 == 0o600
    assert b"pega" not in Path("copy.db").read_bytes()
    assert run("backup", "copy.db").exit_code == 1

    async def later(database: Database) -> None:
        records = Cases(database, handoff)
        found, _ = await records.find(Wanted(category=None), None, 9)
        luz = next(case for case in found if case.category is None)
        await records.erase(luz.conversation_id, "cora", NOW)
        await say(database, "eva", "llegué después")

    within(later)
    run("operators", "disable", "ana")
    said = run("restore", "copy.db")
    assert (said.exit_code, "1 people" in said.output) == (0, True)
    texts, labels = within(told)
    assert (texts, labels) == ({"me pega", "llame al 911"}, {"niños"})

    async def look(database: Database) -> None:
        async with database.read() as connection:
            assert (await connection.execute(select(outbox))).all() == [], "nothing pops up on a telephone weeks later"
            states = set(await connection.scalars(select(messages.c.delivery).where(messages.c.direction == "out")))
        assert states == {"failed"}
        (ana,) = await Operators(database, handoff).list_operators()
        assert ana.disabled_at
        entries, _ = await Audit(database).page(None, 50)
        assert [one.who for one in entries if one.action == "erased"] == ["cora"]
        assert entries[0].action == "restored"

    within(look)
    assert (tmp_path / "v.sqlite3.before").exists()


def test_a_person_is_erased_from_the_command_line_which_signs_for_it(run):
    within(two_people)
    found, _ = within(lambda database: Cases(database, handoff).find(Wanted(), None, 9))
    luz = next(case for case in found if case.category is None)
    said = run("erase", str(luz.id))
    assert (said.exit_code, said.output.startswith("D-")) == (0, True)
    assert within(told)[0] == {"me pega", "llame al 911"}
    assert run("erase", str(luz.conversation_id)).exit_code == 1
    entries, _ = within(lambda database: Audit(database).page(None, 50))
    assert (entries[0].who, entries[0].action, entries[0].item) == ("cli", "erased", str(luz.conversation_id))


def test_a_copy_of_another_key_is_not_put_back(run, tmp_path, monkeypatch):
    within(two_people)
    run("backup", "copy.db")
    run("keys", "rotate")
    said = run("restore", "copy.db")
    assert (said.exit_code, "SECRET_KEY" in said.stderr) == (1, True)
    assert within(told) == EVERYTHING


def test_a_machine_that_was_lost(run, tmp_path):
    within(two_people)
    run("backup", "copy.db")
    for file in tmp_path.glob("v.sqlite3*"):
        file.unlink()
    said = run("restore", "copy.db")
    assert (said.exit_code, "no database to compare" in said.stderr) == (0, True)
    assert within(told) == EVERYTHING


async def test_a_text_that_was_moved_to_another_column_does_not_open(run):
    async def moved(database: Database) -> None:
        await two_people(database)
        words = select(type_coerce(cases.c.words, LargeBinary)).where(cases.c.category == "violence")
        async with database.write() as connection:
            blob = type_coerce(await connection.scalar(words), LargeBinary)
            await connection.execute(update(cases).where(cases.c.category == "violence").values(labels=blob))
        with pytest.raises(InvalidTag):
            await told(database)

    await asyncio.to_thread(within, moved)


async def as_before(database: Database) -> None:
    """Texts as older versions wrote them: bound to no row, the oldest not even to their column."""
    cipher = database.cipher
    async with database.write() as connection:
        for table in metadata.sorted_tables:
            for column in (one for one in table.columns if isinstance(one.type, Encrypted)):
                for *key, text in (await connection.execute(select(*table.primary_key, column))).all():
                    blob = cipher.encrypt(text or "", column.type.place)
                    if column.name == "note":
                        nonce = bytes(12)
                        blob = b"\x01" + nonce + cipher._aead.encrypt(nonce, (text or "").encode(), b"\x01")
                    mine = [one == value for one, value in zip(table.primary_key, key, strict=True)]
                    new = type_coerce(None if text is None else blob, LargeBinary)
                    await connection.execute(update(table).where(*mine).values({column.name: new}))


def without_newer(older: sqlite3.Connection) -> None:
    """What later migrations made."""
    older.execute("DROP TABLE looks")
    older.execute("DROP TABLE canned")
    older.execute("DROP TABLE checklists")
    older.execute("DROP TABLE checklist_tries")
    older.execute("DROP TABLE channel_rates")
    older.execute("ALTER TABLE outbox DROP COLUMN sender")
    older.execute("ALTER TABLE conversations DROP COLUMN masked_id")
    older.execute("ALTER TABLE messages DROP COLUMN spans")


def test_texts_of_older_versions_are_bound_to_their_rows_by_the_upgrade(run, tmp_path):
    within(two_people)
    within(as_before)
    with pytest.raises(InvalidTag):
        within(told)
    with sqlite3.connect(tmp_path / "v.sqlite3", isolation_level=None) as older:
        without_newer(older)
        older.execute("UPDATE alembic_version SET version_num = '0022'")
    older.close()
    assert run("db", "upgrade").exit_code == 0
    assert within(told) == EVERYTHING


async def test_a_text_that_was_moved_to_another_row_does_not_open(run):
    async def moved(database: Database) -> None:
        await two_people(database)
        (one, other), blob = (await _ids(database)), type_coerce(cases.c.words, LargeBinary)
        async with database.write() as connection:
            text = await connection.scalar(select(blob).where(cases.c.id == one))
            stolen = update(cases).where(cases.c.id == other).values(words=type_coerce(text, LargeBinary))
            await connection.execute(stolen)
        with pytest.raises(InvalidTag):
            await told(database)

    await asyncio.to_thread(within, moved)


async def _ids(database: Database) -> list[UUID]:
    async with database.read() as connection:
        return list(await connection.scalars(select(cases.c.id).order_by(cases.c.opened_at, cases.c.id)))


def test_labels_that_an_older_version_kept_in_plain_are_sealed_by_the_upgrade(run, tmp_path):
    within(two_people)
    within(as_before)
    path, url = tmp_path / "v.sqlite3", f"sqlite:///{tmp_path / 'v.sqlite3'}"
    with sqlite3.connect(path, isolation_level=None) as older:
        without_newer(older)
        older.execute("ALTER TABLE cases DROP COLUMN labels")
        older.execute("ALTER TABLE cases ADD COLUMN labels VARCHAR(400)")
        older.execute("UPDATE cases SET labels = 'niños' WHERE category = 'violence'")
        older.execute("UPDATE alembic_version SET version_num = '0021'")
    older.close()
    with pytest.raises(RuntimeError, match="key"):
        upgrade(url)
    assert run("db", "upgrade").exit_code == 0
    assert within(told) == EVERYTHING
    assert "niños".encode() not in b"".join(file.read_bytes() for file in tmp_path.glob("v.sqlite3*"))
