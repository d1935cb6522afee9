import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.cleaning import clean


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("so\x00corro", "socorro"),
        ("so\u200bco\u2060rro\ufeff", "socorro"),
        ("\u202eayuda\u202c \u200fya", "ayuda ya"),
        ("\ud83d hola \udc00", " hola "),
        ("uno\r\ndos\ttres", "uno\ndos\ttres"),
        ("José ñandú ¿qué? 😀", "José ñandú ¿qué? 😀"),
        ("", ""),
    ],
)
def test_only_what_can_be_seen_is_kept(typed: str, read: str) -> None:
    assert clean(typed) == read


def test_a_megabyte_is_cut() -> None:
    assert clean("a" * 1_000_000) == "a" * 4096


def test_words_behind_much_that_cannot_be_seen_are_read() -> None:
    assert clean("\x00" * 20_000 + "ayuda") == "ayuda"


@given(st.text(alphabet=st.characters(), max_size=200))
def test_no_text_raises_and_all_can_be_written_down(text: str) -> None:
    clean(text).encode()
