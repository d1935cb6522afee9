"""No text makes the engine raise, every reply fits, every button resolves."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.rendering import fit
from bot.channels.telegram import TelegramChannel
from bot.conversation import Choice, Conversation, InboundMessage, Kind, Level, Location, OpenDanger, Outcome, payload
from bot.dialogue.engine import take_turn
from bot.dialogue.message import SLASHES, read
from bot.dialogue.rendering.answers import answer
from bot.dialogue.rendering.words import Voice, menu_choices, section_button, topic_button
from bot.texts import say
from tests.support.content import content
from tests.support.talk import Talk

KNOWLEDGE = content()
PHRASES = [
    phrase
    for phrases in KNOWLEDGE.phrases.values()
    for section in phrases.sections.values()
    for phrase in section.texts()
]
GONE = {say("button.gone", lang) for lang in ("es", "en")}
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

words = st.one_of(
    st.text(max_size=300),
    st.sampled_from(PHRASES),
    st.tuples(st.sampled_from(PHRASES), st.text(max_size=40)).map("".join),
    st.sampled_from(
        ["/start x", "/borrar", "/persona", "sí", "no", "1", "la primera", "menu", "ayuda", "STOP", "/salir"]
    ),
)
messages = st.builds(
    InboundMessage,
    channel=st.just("test"),
    delivery_id=st.text(max_size=5),
    address=st.just("1"),
    kind=st.sampled_from(Kind),
    sent_at=st.datetimes(datetime(1970, 1, 1), datetime(2999, 1, 1), timezones=st.just(UTC)),
    text=words,
    payload=st.one_of(st.text(max_size=64), st.from_regex(r"\A[stoqgckpnwld]\|[a-z-]{1,20}(\|[a-z]{1,9})?\Z")),
    location=st.one_of(
        st.none(), st.builds(Location, st.floats(-90, 90, allow_nan=False), st.floats(-180, 180, allow_nan=False))
    ),
)


@given(st.lists(messages, min_size=1, max_size=6))
def test_no_message_makes_the_engine_raise(said):
    conversation = Conversation()
    for message in said:
        turn = take_turn(conversation, message, KNOWLEDGE, NOW)
        conversation = Conversation.restored(turn.conversation.stored())
        assert all(reply.text.strip() for reply in turn.replies)
        # To a group the payload is the link to our own chat, which the channel makes and the reply ends with.
        ours = [reply.text.removesuffix(message.payload) for reply in turn.replies]
        assert "{" not in "".join(text for text in ours if text not in message.text)
        for reply in turn.replies:
            for part in fit(reply, TelegramChannel.capabilities):
                assert 0 < len(part.text) <= 4096


@given(st.lists(words, min_size=1, max_size=5))
def test_every_offered_button_resolves(said):
    talk = Talk(KNOWLEDGE)
    for text in said:
        talk.say(text)
    for choice in talk.conversation.offered:
        assert len(choice.payload.encode()) <= payload.LIMIT
        again = Talk(KNOWLEDGE, talk.conversation).send(Kind.TAP, payload=choice.payload)
        assert again.replies[0].text not in GONE


@given(st.lists(messages, min_size=1, max_size=3))
def test_equal_messages_give_equal_turns(said):
    first = second = Conversation()
    for message in said:
        one, two = (take_turn(state, message, KNOWLEDGE, NOW) for state in (first, second))
        assert (one.conversation, one.replies, one.reading) == (two.conversation, two.replies, two.reading)
        first, second = one.conversation, two.conversation


dangers = st.builds(
    OpenDanger,
    category=st.sampled_from(sorted(KNOWLEDGE.categories)),
    level=st.sampled_from(Level),
    kind=st.sampled_from([None, "watched"]),
    who=st.sampled_from(["own", "other", "unknown"]),
    state=st.sampled_from(["open", "handed"]),
    reader=st.sampled_from(["may_read", "reading"]),
    given=st.sampled_from([(), ("line.safe_phone",)]),
    opened_at=st.just(NOW),
    heard_at=st.just(NOW),
)
OFFERED = tuple(
    Choice(label=label, payload=payload.make(*carried))
    for label, carried in {"Pasaporte": ("t", "pasaporte"), "Sí, borrar": ("q", "delete", "delete-sure", "yes")}.items()
)
reached_for = st.one_of(  # commands as typed and in words, taps on whatever was offered, choices by number and name
    st.tuples(st.just(Kind.TEXT), st.sampled_from([*SLASHES, "/start x", "menú", "ayuda", "en inglés", "borrar todo"])),
    st.tuples(st.just(Kind.TEXT), st.sampled_from(["1", "la segunda", *(one.label for one in OFFERED)])),
    st.tuples(st.just(Kind.TAP), st.sampled_from([one.payload for one in OFFERED])),
    st.tuples(st.just(Kind.TAP), st.from_regex(r"\A[stoqgckpnwld]\|[a-z-]{1,20}(\|[a-z]{1,9})?\Z")),
)


READING = {" ".join(getattr(one, lang) for one in KNOWLEDGE.lines.said["reading"]) for lang in ("es", "en")}


@given(dangers, reached_for, st.sampled_from(["", "delete", "language"]))
def test_while_somebody_may_read_only_leaving_and_erasing_act(danger, reach, flow):
    kind, said = reach
    talk = Talk(KNOWLEDGE, Conversation(greeted=True, lang="es", danger=danger, flow=flow or None, offered=OFFERED))
    turn = talk.send(kind, payload=said) if kind is Kind.TAP else talk.say(said)
    if kind is Kind.TEXT and read(talk.message(kind, text=said), KNOWLEDGE).command in {"leave", "delete"}:
        assert turn.reading.policy == "command"
        return
    assert turn.reading.policy == "danger"
    assert not any(reply.choices for reply in turn.replies)
    assert talk.conversation.topic is None
    assert talk.conversation.flow == (flow or None)
    if kind is Kind.TAP or said.startswith("/"):  # words may tell something of the danger
        assert {reply.text for reply in turn.replies} <= READING
        assert not turn.events


@pytest.mark.parametrize("lang", ["es", "en"])
def test_every_section_and_menu_button_resolves(lang):
    conversation = Conversation(lang=lang, lang_chosen=True, greeted=True)
    tried = set()
    for topic in KNOWLEDGE.topics.values():
        buttons = [topic_button(topic, KNOWLEDGE, lang)]
        buttons += [section_button(topic, section, KNOWLEDGE, lang) for section in topic.sections]
        for section in topic.sections:
            buttons += answer(topic, section, Voice(conversation, KNOWLEDGE, lang, NOW.date())).choices
        for button in (one for one in buttons if one.payload not in tried):
            tried.add(button.payload)
            turn = Talk(KNOWLEDGE, conversation).send(Kind.TAP, payload=button.payload)
            assert turn.reading.outcome is Outcome.ANSWER, button
    for button in menu_choices(KNOWLEDGE, lang):
        assert Talk(KNOWLEDGE, conversation).send(Kind.TAP, payload=button.payload).replies[0].choices
