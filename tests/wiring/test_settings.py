"""Settings from files, so that no secret stands in the environment."""

from pathlib import Path

import pytest

from bot.wiring import StartError, read_settings

KEY = "VENTANILLA_SECRET_KEY"
LONG = "k" * 40


@pytest.fixture(autouse=True)
def somewhere_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(KEY, raising=False)
    return tmp_path


def test_a_setting_stands_in_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text(f"{LONG}\n")
    monkeypatch.setenv(f"{KEY}_FILE", str(tmp_path / "key"))
    key = read_settings().secret_key
    assert key is not None
    assert key.get_secret_value() == LONG


def test_an_empty_file_sets_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "key").write_text("\n")
    monkeypatch.setenv(f"{KEY}_FILE", str(tmp_path / "key"))
    assert read_settings().secret_key is None


def test_a_file_that_cannot_be_read_or_says_it_again_stops_the_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"{KEY}_FILE", str(tmp_path / "missing"))
    with pytest.raises(StartError, match="SECRET_KEY_FILE cannot be read: FileNotFoundError"):
        read_settings()
    monkeypatch.setenv(KEY, LONG)
    with pytest.raises(StartError, match="both set"):
        read_settings()
    (tmp_path / "short").write_text("short")
    monkeypatch.delenv(KEY)
    monkeypatch.setenv(f"{KEY}_FILE", str(tmp_path / "short"))
    with pytest.raises(StartError, match="needs 32 characters"):
        read_settings()
