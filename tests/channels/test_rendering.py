import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.rendering import fit, numbered, split, units
from bot.conversation import Choice, Reply, ReplyKind
from bot.conversation.ports import Capabilities

TELEGRAM = Capabilities(text_limit=4096, buttons=12, label_limit=60)
SMS = Capabilities(text_limit=160, buttons=0, label_limit=20)
YES_NO = (Choice(label="Sí", payload="a:1"), Choice(label="No", payload="a:2"))


def reply(text: str, *choices: Choice) -> Reply:
    return Reply(ReplyKind.ANSWER, text, choices)


def test_a_short_reply_stays_as_it_is() -> None:
    assert fit(reply("Hola", *YES_NO), TELEGRAM) == [reply("Hola", *YES_NO)]


def test_choices_go_with_the_last_part() -> None:
    parts = fit(reply("palabra " * 1000, *YES_NO), TELEGRAM)
    assert [part.choices for part in parts] == [(), YES_NO]


def test_where_there_are_no_buttons_choices_are_numbered_lines() -> None:
    assert fit(reply("¿Está en peligro?", *YES_NO), SMS) == [reply("¿Está en peligro?\n\n1. Sí\n2. No")]


def test_more_choices_than_buttons_become_numbered_lines() -> None:
    many = tuple(Choice(label=f"Opción {n}", payload=str(n)) for n in range(13))
    (only,) = fit(reply("Elija", *many), TELEGRAM)
    assert only.choices == ()
    assert only.text.endswith("\n13. Opción 12")


def test_a_payload_that_is_too_long_costs_the_buttons_and_not_the_message() -> None:
    (only,) = fit(reply("Llame al 911", Choice(label="Más", payload="ñ" * 33)), TELEGRAM)
    assert only == reply("Llame al 911\n\n1. Más")


def test_buttons_need_words_above_them() -> None:
    assert fit(reply("", *YES_NO), TELEGRAM) == [reply("1. Sí\n2. No")]


@pytest.mark.parametrize("nothing", ["", "  \n ", "\t"])
def test_nothing_to_say_is_no_message(nothing: str) -> None:
    assert fit(reply(nothing), TELEGRAM) == []


def test_only_a_long_label_is_cut() -> None:
    exact, long = Choice(label="x" * 60, payload="1"), Choice(label="x" * 61, payload="2")
    (only,) = fit(reply("Elija", exact, long), TELEGRAM)
    assert [choice.label for choice in only.choices] == ["x" * 60, "x" * 59 + "…"]


def test_labels_that_look_alike_once_cut_become_numbered_lines() -> None:
    alike = (Choice(label="x" * 60 + "a", payload="1"), Choice(label="x" * 60 + "b", payload="2"))
    (only,) = fit(reply("Elija", *alike), TELEGRAM)
    assert only == reply(f"Elija\n\n1. {'x' * 60}a\n2. {'x' * 60}b")


def test_numbered_labels_are_whole() -> None:
    assert numbered(reply("Elija", Choice(label="y" * 200, payload="1"))) == "Elija\n\n1. " + "y" * 200


@pytest.mark.parametrize(
    ("text", "limit", "parts"),
    [
        ("uno dos\n\ntres cuatro", 12, ["uno dos", "tres cuatro"]),
        ("Uno dos. Tres cuatro.", 14, ["Uno dos.", "Tres cuatro."]),
        ("uno dos tres", 8, ["uno dos", "tres"]),
        ("uno dos tres", 7, ["uno dos", "tres"]),
        ("abcdefghij", 4, ["abcd", "efgh", "ij"]),
        ("línea uno\nlínea dos", 12, ["línea uno", "línea dos"]),
        ("corto\n\n" + "z" * 14, 15, ["corto", "z" * 14]),
        ("Llame al 520 623 7874", 17, ["Llame al", "520 623 7874"]),
        ("😀😀😀", 4, ["😀😀", "😀"]),
        ("😀😀😀", 3, ["😀", "😀", "😀"]),
    ],
)
def test_where_texts_are_split(text: str, limit: int, parts: list[str]) -> None:
    assert split(text, limit) == parts


def test_a_lone_surrogate_does_not_keep_the_rest_from_being_sent() -> None:
    assert split("ayuda \ud83d ya", 100) == ["ayuda ? ya"]


@given(st.text(max_size=400), st.integers(min_value=2, max_value=60))
def test_every_part_fits_and_no_word_is_lost(text: str, limit: int) -> None:
    parts = split(text, limit)
    assert all(part and units(part) <= limit for part in parts)
    assert re.sub(r"\s", "", "".join(parts)) == re.sub(r"\s", "", text)


@given(st.text(max_size=300), st.lists(st.text(max_size=90), max_size=15))
def test_every_reply_fits_every_channel(text: str, labels: list[str]) -> None:
    choices = tuple(Choice(label=label, payload=str(n)) for n, label in enumerate(labels))
    for capabilities in (TELEGRAM, SMS):
        for part in fit(reply(text, *choices), capabilities):
            assert 0 < units(part.text) <= capabilities.text_limit
            assert len(part.choices) <= capabilities.buttons
            assert all(units(choice.label) <= capabilities.label_limit for choice in part.choices)
