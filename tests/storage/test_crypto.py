"""Keys, encryption and the private file of the key."""

import os
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidTag

from bot.storage import load_or_make_secret
from bot.storage.crypto import Cipher
from bot.storage.errors import WeakSecretKeyError

ONE, OTHER = Cipher("a" * 32), Cipher("b" * 32)


@pytest.mark.parametrize("text", ["", "ayuda", "¿dónde? 🆘", "\0", "x" * 100_000])
def test_comes_back_and_never_looks_the_same_twice(text: str) -> None:
    blob = ONE.encrypt(text, "t.c")
    assert ONE.decrypt(blob, "t.c") == text
    assert blob != ONE.encrypt(text, "t.c")


def test_half_an_emoji_is_no_error() -> None:
    assert ONE.decrypt(ONE.encrypt("a\ud83d", "t.c"), "t.c") == "a?"
    assert ONE.address_key("telegram", "\ud83d")


@pytest.mark.parametrize("position", [0, 1, 13, -1])
def test_a_changed_byte_is_noticed(position: int) -> None:
    blob = bytearray(ONE.encrypt("ayuda", "t.c"))
    blob[position] ^= 1
    with pytest.raises(InvalidTag):
        ONE.decrypt(bytes(blob), "t.c")


def test_another_key_opens_nothing_and_finds_nobody() -> None:
    with pytest.raises(InvalidTag):
        OTHER.decrypt(ONE.encrypt("ayuda", "t.c"), "t.c")
    assert ONE.address_key("telegram", "1") != OTHER.address_key("telegram", "1")
    assert ONE.check != OTHER.check


def test_an_address_is_another_one_on_another_channel() -> None:
    assert ONE.address_key("telegram", "1") == Cipher("a" * 32).address_key("telegram", "1")
    assert len({ONE.address_key(*who) for who in [("telegram", "1"), ("whatsapp", "1"), ("telegram", "11")]}) == 3


def test_a_short_key_is_refused_without_being_shown() -> None:
    with pytest.raises(WeakSecretKeyError, match="32 characters") as caught:
        Cipher("hunter2")
    assert "hunter2" not in str(caught.value)


def test_the_key_is_made_once_in_a_private_file(tmp_path: Path) -> None:
    path = tmp_path / "var" / "secret.key"
    secret = load_or_make_secret(path)
    assert len(secret) >= 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert load_or_make_secret(path) == secret
    assert os.listdir(path.parent) == ["secret.key"]


def test_a_race_for_the_key_has_one_winner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "secret.key"
    first = load_or_make_secret(path)
    monkeypatch.setattr(Path, "exists", lambda self: False)
    assert load_or_make_secret(path) == first


def test_a_text_opens_in_its_place_alone() -> None:
    blob = ONE.encrypt("ayuda", "messages.text")
    assert ONE.decrypt(blob, "messages.text") == "ayuda"
    with pytest.raises(InvalidTag):
        ONE.decrypt(blob, "notes.text")


def test_what_an_older_version_wrote_is_read_by_the_migration_alone() -> None:
    nonce = bytes(12)
    blob = b"\x01" + nonce + ONE._aead.encrypt(nonce, b"ayuda", b"\x01")
    assert ONE.decrypt_older(blob, "messages.text") == "ayuda"
    assert ONE.decrypt_older(ONE.encrypt("ayuda", "messages.text"), "messages.text") == "ayuda"
    for other in (blob, b"\x02" + blob[1:]):
        with pytest.raises(InvalidTag):
            ONE.decrypt(other, "")
