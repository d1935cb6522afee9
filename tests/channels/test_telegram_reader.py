"""Beyond the contract of all channels: forged updates raise UnreadableError and nothing else."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.errors import UnreadableError
from bot.channels.telegram import authentic, callback_id, read
from tests.channels.cases.contract import NOW
from tests.channels.cases.telegram import BOT, CASES, load


def test_nothing_of_a_contact_is_kept() -> None:
    said = repr(read(load("contact"), BOT, NOW))
    assert not any(word in said for word in ("Luis", "Gómez", "6311234567", "55555", "VCARD"))


def test_nothing_of_the_person_but_the_chat_is_kept() -> None:
    assert not any(word in repr(read(load("text"), BOT, NOW)) for word in ("Ana", "Pérez", "anaperez"))


@pytest.mark.parametrize(("name", "addressed"), [("group_mention", False), ("group_plain_command", True)])
def test_in_groups_before_the_bot_knows_its_name(name: str, addressed: bool) -> None:
    assert (read(load(name), None, NOW) is not None) is addressed


def test_a_megabyte_of_text_is_cut() -> None:
    payload = load("text")
    payload["message"]["text"] = "ayuda " * 180_000
    message = read(payload, BOT, NOW)
    assert message is not None
    assert len(message.text) == 4096


def test_a_lone_surrogate_is_dropped() -> None:
    payload = json.loads(json.dumps(load("text")).replace("matr", "\\ud83d matr"))
    message = read(payload, BOT, NOW)
    assert message is not None
    message.text.encode()


@pytest.mark.parametrize(
    "payload",
    [
        None, [], "update", 7, True, {}, {"update_id": "1"}, {"update_id": None}, {"update_id": True},
        {"update_id": 10**30}, {"update_id": 1, "message": "hola"}, {"update_id": 1, "message": []},
        {"update_id": 1, "message": {"text": "hola"}}, {"update_id": 1, "callback_query": {"id": "1"}},
        {"update_id": 1, "my_chat_member": {"chat": {}}}, {"message": {}},
    ],
)  # fmt: skip
def test_what_is_no_update_is_unreadable(payload: object) -> None:
    with pytest.raises(UnreadableError):
        read(payload, BOT, NOW)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("text", 7), ("text", ["a"]), ("text", {"a": 1}), ("date", "hoy"), ("date", 10**20), ("date", None),
        ("date", float("nan")), ("chat", None), ("chat", {"id": "987", "type": "private"}),
        ("chat", {"id": 1, "type": ["private"]}), ("chat", {"id": 1.5, "type": "private"}),
        ("chat", {"id": 2**70, "type": "private"}), ("message_id", {}),
    ],
)  # fmt: skip
def test_wrong_types_are_unreadable_or_harmless(path: str, value: object) -> None:
    payload = load("text")
    payload["message"][path] = value
    if path == "message_id":  # nothing of ours depends on it
        assert read(payload, BOT, NOW) is not None
        return
    with pytest.raises(UnreadableError):
        read(payload, BOT, NOW)


@pytest.mark.parametrize("latitude", [float("nan"), float("inf"), 91, "norte", None, {}])
def test_a_place_that_is_nowhere_is_unreadable(latitude: object) -> None:
    payload = load("location")
    payload["message"]["location"]["latitude"] = latitude
    with pytest.raises(UnreadableError):
        read(payload, BOT, NOW)


def paths(node: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    children = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in children:
        yield (*path, key)
        yield from paths(child, (*path, key))


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=4,
)
SPOTS = [(name, path) for name in CASES for path in paths(load(name))]


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(SPOTS), JUNK)
def test_no_forgery_raises_anything_else(spot: tuple[str, tuple[Any, ...]], junk: object) -> None:
    name, (*way, last) = spot
    payload: Any = load(name)
    node = payload
    for key in way:
        node = node[key]
    node[last] = junk
    try:
        message = read(payload, BOT, NOW)
    except UnreadableError:
        return
    callback_id(payload)
    if message is not None:
        assert isinstance(message.sent_at, datetime)
        assert message.sent_at.utcoffset() == timedelta(0)
        f"{message.text}{message.payload}{message.address}".encode()


def test_what_is_quoted_is_not_even_looked_at() -> None:
    payload = load("text")
    deep: Any = "hola"
    for _ in range(5000):
        deep = {"reply_to_message": deep}
    payload["message"]["reply_to_message"] = deep
    assert read(payload, BOT, NOW) is not None


@pytest.mark.parametrize(
    ("header", "secret", "ours"),
    [
        ("s3cret", "s3cret", True), ("s3creT", "s3cret", False), ("", "s3cret", False), (None, "s3cret", False),
        ("", "", False), (None, None, False), ("x", None, False), ("s3crét\udcff", "s3cret", False),
    ],
)  # fmt: skip
def test_only_our_secret_is_authentic(header: str | None, secret: str | None, ours: bool) -> None:
    assert authentic(header, secret) is ours


@pytest.mark.parametrize(
    ("payload", "expected"),
    [
        ({"callback_query": {"id": "7"}}, "7"), ({"callback_query": {"id": 7}}, None), ({"callback_query": 7}, None),
        ({"message": {}}, None), ([], None), (None, None),
    ],
)  # fmt: skip
def test_the_id_of_a_tap(payload: object, expected: str | None) -> None:
    assert callback_id(payload) == expected
