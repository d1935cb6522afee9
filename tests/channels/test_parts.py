"""A reply's parts as each channel shows them; the real telegram.Bot and Twilio client over the loopback."""

import re
from collections.abc import Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import TypeAdapter
from telegram import MessageEntity

from bot.channels.rendering import fit, numbered, units
from bot.channels.telegram import TelegramChannel, entities
from bot.channels.twilio import Twilio, capabilities
from bot.channels.whatsapp_marks import marked
from bot.conversation import UNDECORATED, Choice, Part, Reply, ReplyKind, Role, Span
from bot.conversation.parts import BLANK_LINE, led
from bot.conversation.ports import Capabilities
from tests.channels.cases.twilio import ANA, ANA_SMS
from tests.support.bot_api import BotApi
from tests.support.twilio_api import SID, TOKEN, TwilioApi

TITLE, SOURCE = "Matrícula 🪪 consular", "Fuente: Consulado, 2026: https://consulmex.sre.gob.mx/san_jose/_a"
BLOCKS = (
    Part(Role.TITLE, TITLE),
    Part(Role.NOTE, "Para quien vive fuera.", "\n"),
    Part(Role.ANSWER, "Cuesta *41* USD."),
    Part(Role.MORE, "Se paga ~allá~.", " "),
    Part(Role.NEXT, "➡ Pida su cita."),
    Part(Role.SOURCE, SOURCE),
)
CARD = Reply.of(ReplyKind.ANSWER, BLOCKS)
TEXT = f"{TITLE}\nPara quien vive fuera.\n\nCuesta *41* USD. Se paga ~allá~.\n\n➡ Pida su cita.\n\n{SOURCE}"  # as ever
YES_NO = (Choice(label="Sí", payload="a:1"), Choice(label="No", payload="a:2"))
PAIR = re.compile(r"(?<![^\W_])([*_~`])(?=\S)(.*?)(?<=\S)\1(?![^\W_])")
"""What WhatsApp takes for marks: around words, with nothing of a word outside of them."""
HOSTILE = st.text("*_~` a1.\n\t/(¿é😀", max_size=40) | st.sampled_from(["https://x.mx/_a_", "(*https://x.mx/*", "a_b"])

words = st.text(max_size=40) | HOSTILE
parts = st.builds(Part, st.sampled_from(Role), words, st.sampled_from(["", " ", "\n", BLANK_LINE]))
blocks = st.lists(parts | words, max_size=8)
replies = st.builds(
    Reply.of, st.just(ReplyKind.ANSWER), blocks, st.lists(st.sampled_from(YES_NO), unique=True).map(tuple)
)


def stretch(text: str, entity: MessageEntity) -> str:
    """As Telegram counts: in UTF-16 code units."""
    return text.encode("utf-16-le")[entity.offset * 2 : (entity.offset + entity.length) * 2].decode("utf-16-le")


def test_the_text_is_the_parts_joined_and_the_parts_are_those_of_the_text() -> None:
    assert CARD.text == TEXT
    assert CARD.parts == (BLOCKS[0]._replace(gap=""), *BLOCKS[1:])


def test_what_has_one_part_has_nothing_to_tell_apart() -> None:
    assert Reply.of(ReplyKind.ANSWER, ("Hola", "", Part(Role.SOURCE, ""))) == Reply(ReplyKind.ANSWER, "Hola")


def test_the_first_words_answer_and_others_are_more() -> None:
    assert [part.role for part in Reply.of(ReplyKind.ANSWER, (BLOCKS[0], "a", "b")).parts] == [
        Role.TITLE,
        Role.ANSWER,
        Role.MORE,
    ]


@pytest.mark.parametrize(
    ("text", "lead", "found"),
    [
        ("Uno. Dos.", "Uno.", [("Uno.", BLANK_LINE), ("Dos.", " ")]),
        ("Uno.\nDos.", "Uno.", [("Uno.", BLANK_LINE), ("Dos.", "\n")]),
        ("Uno.", "Uno.", [("Uno.", BLANK_LINE)]),
        ("«Uno.» Dos.", "«Uno.", [("«Uno.» Dos.", BLANK_LINE)]),
        ("Uno. Dos.", "Otra cosa.", [("Uno. Dos.", BLANK_LINE)]),
    ],
)
def test_a_lead_is_told_apart_where_a_text_begins_with_it(text: str, lead: str, found: Sequence[object]) -> None:
    assert [(part.text, part.gap) for part in led(text, lead)] == found


@pytest.mark.parametrize("spans", [(), (Span(Role.TITLE, 3),), (Span(Role.TITLE, 3), Span(Role.ANSWER, 99))])
def test_spans_of_another_text_show_nothing(spans: tuple[Span, ...]) -> None:
    reply = Reply(ReplyKind.ANSWER, "otra *cosa*", spans=spans)
    assert (reply.parts, entities(reply), marked(reply)) == ((), [], reply.text)


def test_a_reply_kept_by_an_older_version_is_one_plain_text() -> None:
    kept = b'{"kind":"answer","text":"*Hola*","choices":[],"template":"","document":null}'
    reply = TypeAdapter(Reply).validate_json(kept)
    assert (reply, marked(reply)) == (Reply(ReplyKind.ANSWER, "*Hola*"), "*Hola*")
    assert TypeAdapter(Reply).validate_json(TypeAdapter(Reply).dump_json(CARD)) == CARD


@given(replies)
def test_any_parts_make_up_their_text(reply: Reply) -> None:
    assert "".join(part.gap + part.text for part in reply.parts) in (reply.text, "")


@given(blocks)
@example([Part(Role.TITLE, "😀 título 🪪"), "x", Part(Role.SOURCE, "é😀")])
def test_entities_select_exactly_the_title_and_the_source(given_blocks: list[Part | str]) -> None:
    reply = Reply.of(ReplyKind.ANSWER, given_blocks)
    shown = {Role.TITLE: MessageEntity.BOLD, Role.SOURCE: MessageEntity.ITALIC}
    wanted = [(shown[part.role], part.text.rstrip()) for part in reply.parts if part.role in shown]
    assert [(one.type, stretch(reply.text, one)) for one in entities(reply)] == [one for one in wanted if one[1]]


@given(blocks, st.integers(min_value=8, max_value=40))
def test_a_title_that_is_split_stays_one(given_blocks: list[Part | str], limit: int) -> None:
    reply = Reply.of(ReplyKind.ANSWER, given_blocks)
    whole = "".join(part.text for part in reply.parts if part.role is Role.TITLE)
    shows = Capabilities(text_limit=limit, buttons=0, label_limit=5)
    said = "".join(
        stretch(part.text, one) for part in fit(reply, shows) for one in entities(part) if one.type == "bold"
    )
    assert "".join(said.split()) == "".join(whole.split())


def wanted_marks(reply: Reply) -> list[str]:
    """Each line of a title and of a source's words, between its marks."""
    found = []
    for part in reply.parts:
        mark = {Role.TITLE: "*", Role.SOURCE: "_"}.get(part.role)
        for line in part.text.splitlines() if mark else ():
            address = re.search(r"\S*://", line)
            if (line[: address.start()] if address else line).strip():
                found.append(mark)
    return found


@given(replies)
@example(CARD)
@example(
    Reply.of(ReplyKind.ANSWER, (Part(Role.TITLE, "*_a_*"), "*b* _c_ ~d~ `e`", Part(Role.SOURCE, "_x* https://a.mx/_")))
)
def test_marks_of_a_text_are_none_and_ours_are_balanced(reply: Reply) -> None:
    for whole in fit(reply, capabilities(0, marks=True)):
        said = marked(whole)
        pairs = [pair[1] for line in said.splitlines() for pair in PAIR.finditer(line)]
        if whole.parts:
            assert pairs == wanted_marks(whole)


@given(replies, st.sampled_from([0, 1, 3]))
@example(
    Reply.of(ReplyKind.ANSWER, (Part(Role.TITLE, "t"), "https://a.mx/" + "_/" * 1200, Part(Role.SOURCE, "é " * 900))), 0
)
def test_marks_count_within_the_limit(reply: Reply, templates: int) -> None:
    shows = capabilities(templates, marks=True)
    for part in fit(reply, shows):
        limit = shows.button_text_limit if part.choices and shows.button_text_limit else shows.text_limit
        assert units(marked(part)) <= limit


@given(blocks, st.sampled_from(sorted(UNDECORATED)))
def test_in_danger_nothing_stands_out(given_blocks: list[Part | str], kind: ReplyKind) -> None:
    reply = Reply.of(kind, given_blocks)
    assert (reply.parts, entities(reply)) == ((), [])
    assert not PAIR.findall(marked(reply))


def test_addresses_and_names_keep_their_underscores() -> None:
    held = "Escriba a ayuda_osc@sre.gob.mx o https://x.mx/acta_2026_v2/_nueva_ *hoy*."
    reply = Reply.of(ReplyKind.ANSWER, (Part(Role.TITLE, "T"), held))
    assert marked(reply) == "*T*\n\nEscriba a ayuda_osc@sre.gob.mx o https://x.mx/acta_2026_v2/%5Fnueva%5F ∗hoy∗."


async def test_telegram_is_told_where_the_title_is() -> None:
    with BotApi() as api:
        channel = TelegramChannel(api.token, api.url, timeout=2)
        (reply,) = fit(CARD, channel.capabilities)
        await channel.send("987654321", reply)
        await channel.send("987654321", Reply(ReplyKind.HELP, CARD.text, spans=CARD.spans))
        await channel.close()
        card, danger = (call.params for call in api.of("sendMessage"))
    assert card["text"] == danger["text"] == TEXT
    before = units(TEXT.removesuffix(SOURCE))
    assert card["entities"] == [
        {"type": "bold", "offset": 0, "length": len(TITLE) + 1},
        {"type": "italic", "offset": before, "length": len(SOURCE)},
    ]
    assert card["link_preview_options"] == {"is_disabled": True}
    assert "parse_mode" not in card
    assert "entities" not in danger


async def test_whatsapp_gets_marks_and_sms_plain_text() -> None:
    with TwilioApi() as api:
        account = Twilio(SID, TOKEN, api.url, sender="whatsapp:+15005550001", templates=("HX1",))
        whatsapp, sms = account.channels
        card = Reply.of(ReplyKind.ANSWER, BLOCKS, YES_NO)
        for channel, address in ((whatsapp, ANA), (sms, ANA_SMS)):
            for reply in (card, Reply(ReplyKind.CHECK, "¿Está *en* peligro?"), Reply(ReplyKind.OPERATOR, "Soy *Ana*")):
                for part in fit(reply, channel.capabilities):
                    await channel.send(address, part)
        await account.close()
        sent = [one.text for one in api.sent]
    shown = (
        f"*{TITLE}*\nPara quien vive fuera.\n\nCuesta ∗41∗ USD. Se paga ∼allá∼.\n\n➡ Pida su cita.\n\n"
        "_Fuente: Consulado, 2026:_ https://consulmex.sre.gob.mx/san_jose/%5Fa\n\n1. Sí\n2. No"
    )
    assert sent[:3] == [shown, "¿Está ∗en∗ peligro?", "Soy *Ana*"]
    assert sent[3:] == [numbered(card), "¿Está *en* peligro?", "Soy *Ana*"]


async def test_a_template_with_buttons_gets_the_marks_too() -> None:
    with TwilioApi() as api:
        account = Twilio(SID, TOKEN, api.url, sender="whatsapp:+15005550001", templates=("HX2", "HX3"))
        (part,) = fit(Reply.of(ReplyKind.ANSWER, BLOCKS, YES_NO), account.channels[0].capabilities)
        await account.channels[0].send(ANA, part)
        await account.close()
        (sent,) = api.sent
    assert sent.fields["ContentSid"] == "HX2"
    assert sent.text == marked(CARD)
