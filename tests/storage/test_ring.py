"""Files that need no free disk: what was sent, and who was helped, survive a kill and a restart."""

import errno
import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.conversation import InboundMessage, Kind
from bot.conversation.ports import OutboxRow
from bot.storage import DatabaseOutbox, Helped, SentJournal
from bot.storage.crypto import Cipher
from bot.storage.helped import mark_of
from bot.storage.ring import Ring
from tests.storage.conftest import on_sqlite
from tests.support.outbox import claim, unsent

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
MESSAGE = InboundMessage("telegram", "77", "52155", Kind.TEXT, NOW, "me pega")


def test_the_file_is_whole_and_private_from_the_start(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.ring"
    ring = Ring(path, 10, 64)
    assert (path.stat().st_size, path.stat().st_mode & 0o777) == (640, 0o600)
    assert path.stat().st_blocks * 512 >= 640
    for number in range(25):
        assert ring.write(number, "x")
    assert path.stat().st_size == 640
    assert Ring(path, 10, 64).records == [[number, "x"] for number in range(15, 25)]


def test_a_restart_goes_on_behind_the_last_record(tmp_path: Path) -> None:
    for number in range(13):
        assert Ring(tmp_path / "a", 5, 64).write(number)
    assert Ring(tmp_path / "a", 5, 64).records == [[8], [9], [10], [11], [12]]


def test_half_a_record_is_none(tmp_path: Path) -> None:
    ring = Ring(tmp_path / "a", 5, 64)
    for number in range(3):
        ring.write(number)
    content = (tmp_path / "a").read_bytes()
    (tmp_path / "a").write_bytes(content[: 64 + 10] + bytes(54) + content[128:])
    assert Ring(tmp_path / "a", 5, 64).records == [[0], [2]]


def test_without_a_file_nothing_is_kept_and_nothing_breaks(tmp_path: Path, monkeypatch, caplog) -> None:
    (tmp_path / "file").write_text("")
    assert not Ring(tmp_path / "file" / "a", 5, 64).write(1)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "no space")

    ring = Ring(tmp_path / "a", 5, 64)
    monkeypatch.setattr(os, "pwrite", full)
    assert not ring.write(1)
    assert "Traceback" not in caplog.text


def test_who_was_helped_is_known_after_a_restart(tmp_path: Path) -> None:
    cipher, path = Cipher("k" * 40), tmp_path / "v.helped"
    helped = Helped(cipher, path)
    assert not helped.of(MESSAGE)
    helped.begin(MESSAGE, "Llame al 911")
    assert Helped(cipher, path).of(MESSAGE) == "", "not said yet"
    helped.done(MESSAGE)
    assert Helped(cipher, path).of(MESSAGE) == mark_of("Llame al 911")
    assert not Helped(cipher, path).of(replace(MESSAGE, delivery_id="78"))
    assert not Helped(cipher, None).of(MESSAGE)
    content = path.read_bytes()
    assert not any(word in content for word in (b"52155", b"me pega", b"Llame", b"telegram"))
    helped.forget(MESSAGE)
    assert not helped.of(MESSAGE)


# What was sent


@pytest.fixture
def journal_at(tmp_path: Path) -> Path:
    return tmp_path / "v.sent"


@on_sqlite
async def test_what_was_sent_before_a_kill_is_not_sent_again(world, journal_at: Path) -> None:
    await world.say(replies=["uno", "dos"])
    before = DatabaseOutbox(world.database, SentJournal(journal_at))
    (row,) = await claim(before, NOW)
    before.said(row, "tg-1", whole=True)
    after = DatabaseOutbox(world.database, SentJournal(journal_at))
    assert await after.settle(NOW) == {}
    assert [row.reply.text for row in await unsent(world.database)] == ["dos"]
    case = await world.case()
    lines = (await world.cases.messages(case.conversation_id, None, 10))[0]
    assert [line.delivery for line in lines][:3] == [None, "sent", "queued"]
    assert [row.reply.text for row in await claim(after, NOW)] == ["dos"]


@on_sqlite
async def test_what_is_doubtful_is_sent_again_and_of_a_long_reply_only_the_rest(world, journal_at: Path) -> None:
    await world.say(replies=["uno"], who="a")
    await world.say(replies=["dos"], who="b")
    before = DatabaseOutbox(world.database, SentJournal(journal_at))
    first, second = await claim(before, NOW)
    before.said(second, "tg-1", whole=False)
    after = DatabaseOutbox(world.database, SentJournal(journal_at))
    assert await after.settle(NOW) == {second.id: ["tg-1"]}
    assert [row.id for row in await claim(after, NOW)] == [first.id, second.id]


@on_sqlite
async def test_a_restored_database_meets_a_newer_journal(world, journal_at: Path) -> None:
    """Its numbers come a second time: another reply must not count as sent."""
    await world.say(replies=["uno"])
    (row,) = await claim(world.outbox, NOW)
    journal = SentJournal(journal_at)
    other = OutboxRow(row.id, row.conversation_id, "telegram", "1", row.reply, 0, NOW.replace(hour=11))
    journal.note(other, "tg-1", whole=True)
    after = DatabaseOutbox(world.database, SentJournal(journal_at))
    assert await after.settle(NOW) == {}
    assert [row.reply.text for row in await unsent(world.database)] == ["uno"]
