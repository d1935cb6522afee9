"""The little pattern language of the editors."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.frames import FrameError, FrameSet, FramesUnless, compile_frame, fold, unkeyed


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("¿Dónde ESTÁ mi niño?", "donde esta mi nino"),
        ("can't", "can t"),
        ("  a\t\nb\x00c ", "a b c"),
        ("1 520-623", "1 520 623"),
        ("ﬁn ②", "fin 2"),
        ("🆘🙏", ""),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_every_letter_folds_as_unicode_says() -> None:
    for code in range(0x3000):
        plain = (c for c in unicodedata.normalize("NFKD", chr(code).lower()) if not unicodedata.combining(c))
        letters = "".join(c if c in "abcdefghijklmnopqrstuvwxyz0123456789" else " " for c in plain)
        assert fold(f"a{chr(code)}b").split() == f"a{letters}b".split(), hex(code)


def test_a_set_says_where_it_cannot_match() -> None:
    found = FrameSet(unkeyed(["buen* (dia|dias)", "hola"]))
    assert found.may_find("que buenas horas")
    assert not found.may_find("mi pasaporte")


@pytest.mark.parametrize(
    ("frame", "text", "found"),
    [
        ("no puede respirar", "ay no puede respirar ya", "no puede respirar"),
        ("no puede respirar", "no puede  respirarlo", None),
        ("no (puedo|puede) respirar", "no puedo respirar", "no puedo respirar"),
        ("no (puedo|puede) respirar", "no podia respirar", None),
        ("(mi|el)? hijo", "mi hijo", "mi hijo"),
        ("(mi|el)? hijo", "un hijo", "hijo"),
        ("ya? no", "ya no", "ya no"),
        ("ya? no", "no", "no"),
        ("sangr*", "esta sangrando mucho", "sangrando"),
        ("sangr*", "desangra", None),
        ("me ... mat*", "me van a matar", "me van a matar"),
        ("me ... mat*", "me mataron", "me mataron"),
        ("me ... mat*", "me a b c d mataron", "me a b c d mataron"),
        ("me ... mat*", "me a b c d e mataron", None),
        ("^hola$", "hola", "hola"),
        ("^hola$", "hola amigo", None),
        ("^hola", "hola amigo", "hola"),
        ("^hola", "amigo hola", None),
        ("hola$", "amigo hola", "hola"),
        ("(la migra|hielo) esta", "la migra esta afuera", "la migra esta"),
        ("Niño (está|anda)", "el nino anda solo", "nino anda"),
        ("(quit*|rob*) todo", "me robaron todo", "robaron todo"),
        ("(no se|nadie) ... (puede|van a) respirar*", "aqui nadie puede respirar", "nadie puede respirar"),
        ("(no se|nadie) ... (puede|van a) respirar*", "nadie van respirar", None),
        ("no (desoxirribonucleicamente) ...", "no desoxirribonucleicamente", "no desoxirribonucleicamente"),
        ("yo (desoxirribonucleicamente|mal)", "yo desoxirribonucleicamente", "yo desoxirribonucleicamente"),
        ("hola", "holanda", None),
        ("hola", "chola", None),
    ],
)
def test_what_a_frame_finds(frame: str, text: str, found: str | None) -> None:
    match = FrameSet([("key", frame)]).first(fold(text))
    assert (match.words if match else None) == found


@pytest.mark.parametrize(
    "frame",
    ["", "...", "hola?", "(hola)?", "(a|)", "((a) b)", "(a", "a)", "a b) c", "u-haul", "*", "^$", "¿?", "... ¿"],
)
def test_what_is_no_frame(frame: str) -> None:
    with pytest.raises(FrameError):
        compile_frame(frame)


def test_a_set_finds_all_in_the_order_given() -> None:
    frames = FrameSet([("b", "van a matar"), ("a", "mat*"), ("c", "matan"), ("d", "(me|los) van")])
    assert [(match.key, match.frame) for match in frames.find("me van a matar")] == [
        ("b", "van a matar"),
        ("a", "mat*"),
        ("d", "(me|los) van"),
    ]


def test_a_match_knows_its_place() -> None:
    match = FrameSet([("a", "van a")]).first("me van a matar")
    assert match is not None
    assert " me van a matar "[match.start : match.end].strip() == match.words == "van a"


def test_matches_touch_where_they_share_a_word() -> None:
    first, middle, last = FrameSet(unkeyed(["me van", "van a", "a matar"])).find("me van a matar")
    assert first.touches(middle)
    assert last.touches(middle)
    assert not first.touches(last)


def test_what_is_said_stands_unless_the_same_key_takes_it_back() -> None:
    frames = FramesUnless(FrameSet([("hit", "me pega"), ("gone", "se fue")]), FrameSet([("hit", "de chiste")]))
    assert [match.key for match in frames.standing("me pega y se fue")] == ["hit", "gone"]
    assert [match.key for match in frames.standing("me pega y se fue", "de chiste")] == ["gone"]
    assert not frames.standing("de chiste")


def test_what_is_said_is_untouched_unless_it_shares_words_with_what_takes_it_back() -> None:
    frames = FramesUnless(FrameSet([("age", "tengo 12")]), FrameSet([("age", "12 anos casada"), ("other", "tengo")]))
    assert frames.untouched("tengo 12 y mi tia lleva 12 anos casada")
    assert not frames.untouched("tengo 12 anos casada")


@given(st.text())
def test_no_text_breaks_folding(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")


@given(st.text(alphabet="ab ()|?*.^$-"))
def test_a_frame_compiles_or_says_why(source: str) -> None:
    try:
        frame = compile_frame(source)
    except FrameError:
        return
    assert frame.needs


BEGINNING = FrameSet((True, frame) for frame in ("y (no|si)?", "no se ... casa", "casa$", "ca*"))


@given(st.lists(st.sampled_from(["y", "no", "si", "se", "la", "casa", "carta"]), max_size=9))
def test_what_begins_in_a_text_is_what_each_end_of_it_begins_with(words: list[str]) -> None:
    ends = {at: [one for one in BEGINNING.find(" ".join(words[at:])) if one.start <= 1] for at in range(len(words))}
    longest = {at: max(len(one.words.split()) for one in here) for at, here in ends.items() if here}
    assert BEGINNING.begins(" ".join(words)) == longest
