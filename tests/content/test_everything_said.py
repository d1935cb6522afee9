"""Whatever the engine can be brought to say: every number, fee and web address in it comes from the registers.

The texts alone are proved in test_content.py; here they come as people get them, with all that the engine adds.
"""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from functools import cache
from itertools import product

import pytest

from bot.conversation import Conversation, Desk, InboundMessage, Kind, OpenDanger
from bot.conversation.messages import Location
from bot.conversation.payload import make
from bot.dialogue.decision import Definition, Line
from bot.dialogue.engine import assess, take_turn
from bot.dialogue.message import read
from bot.dialogue.rendering.answers import answer, render_definition
from bot.dialogue.rendering.danger import render_line
from bot.dialogue.rendering.words import Voice
from bot.dialogue.signals import Signals
from bot.dialogue.taps import COMMANDS
from knowledge.ical import as_calendar
from knowledge.lint.digits import blocked_in
from knowledge.lint.spots import register_texts
from knowledge.lint.typed_number import ARTICLE
from knowledge.model import Knowledge
from knowledge.render import fill
from knowledge.schema.base import LANGS, Lang
from knowledge.schema.protocols import Protocol
from knowledge.schema.topics import Aspect
from tests.content.test_content import ADDRESS, DAYS, addresses, numbers, registered
from tests.support.talk import NOON, person

Said = Iterator[tuple[str, str]]
AT = {"opened_at": NOON, "heard_at": NOON}
COUNTRIES = (None, "US", "MX", "CA", "GT")
WRITERS = ((False, False, False), (False, True, True), (True, False, True), (True, True, False))
"""A minor, who fears a government, a person on duty: each two of them in every way."""
SHORT = re.compile(r"(?<![\w.,:/-])(?!(?:19|20)\d\d(?!\d))\d{3,4}(?![\w%]|[.,:/-]\d)")
"""Short codes: 911, 079. Years and parts of longer numbers are none."""
LONGER = re.compile(r"\+?\d(?:[\s().-]{0,2}\d){4,}")
OURS = re.compile(r"\b31\.5\d*, -110\.2\d*|\b[0-9A-F]{8}, \d{4}-\d\d-\d\d|\bFaltan \d+ días|\b\d+ days (?:to go|left)")
"""What we say back: the person's own place, the receipt of an erasure; days counted to a date."""
MONEY = re.compile(
    r"(?:[$€£]\s?\d[\d.,]*\d|\d[\d.,]*(?:\s(?:mil|thousand|millones|million)(?:\sde)?)?\s"
    r"(?:USD|MXN|CAD|pesos|d[óo]lares|dollars|euros))(?!\w)"
)


def turned(knowledge: Knowledge, lang: Lang, today: date, kind: Kind, said: str, **state: object) -> str:
    """All bubbles of a turn and their choices; `said` is what a button carries, or words."""
    conversation = Conversation(greeted=True, lang=lang, lang_chosen=True, **state)  # type: ignore[arg-type]
    now = datetime.combine(today, time(12), tzinfo=UTC)
    place = Location(31.5, -110.2) if kind is Kind.LOCATION else None
    text, payload = ("", said) if kind is Kind.TAP else (said, "")
    message = InboundMessage("test", "1", "1", kind, now, text, payload, place)
    replies = take_turn(conversation, message, knowledge, now).replies
    return "\n\n".join("\n".join((reply.text, *(choice.label for choice in reply.choices))) for reply in replies)


def tapped(knowledge: Knowledge, lang: Lang, today: date) -> Said:
    """Every section, its sources and its Spanish; groups, events and what can be done with them."""
    taps = [
        make(kind, topic.id, section.id)
        for topic in knowledge.topics.values()
        for section in topic.sections
        for kind in ("s", "o", "n")
    ]
    taps += [make("g", group.id) for group in knowledge.menu]
    taps += [make(kind, event) for event in knowledge.events for kind in ("e", "i")]
    taps += [make("d", term) for term in knowledge.glossary]
    taps += [make("t", "gone"), make("f", "pale", "what", "yes"), make("f", "pale", "what", "no")]
    for tap in taps:
        yield tap, turned(knowledge, lang, today, Kind.TAP, tap)


def gaps_and_definitions(knowledge: Knowledge, lang: Lang, today: date) -> Said:
    """What no source answers, of each topic and aspect; every term."""
    v, s = (
        Voice(Conversation(), knowledge, lang, today),
        silent(Conversation(lang=lang, lang_chosen=True), knowledge, today),
    )
    for topic, aspect in product(knowledge.topics.values(), Aspect):
        yield f"{topic.id} gap {aspect}", answer(topic, topic.sections[0], v, gap=aspect).text
    for term in knowledge.glossary.values():
        yield term.id, render_definition(Definition(term.id), s.message, s, s.state).replies[0].text


def helped(knowledge: Knowledge, lang: Lang, today: date) -> Said:
    """First words, checks, lines and questions of every kind of danger, in every country, to every kind of writer."""
    for protocol, country, (minor, fears, on_duty) in product(knowledge.protocols.values(), COUNTRIES, WRITERS):
        who = OpenDanger(category=protocol.of, kind=protocol.id, level=protocol.level, rule="", **AT)
        state = person(Conversation(danger=who), country=country, minor=minor, fears_government=fears)
        state = state.having(lang=lang, lang_chosen=True, greeted=True, desk=Desk(on_duty=on_duty))
        yield f"{protocol.id} {country} {minor} {fears} {on_duty}", rendered(protocol, state, knowledge, today)
    for category in knowledge.categories:
        for words in (knowledge.categories[category].check, knowledge.categories[category].check_no):
            if words is not None:
                yield f"{category} check", fill(words.say(lang), knowledge, lang, today).text
    for country in COUNTRIES:
        situation = person(country=country).situation
        yield f"place {country}", turned(knowledge, lang, today, Kind.LOCATION, "", situation=situation)


def silent(state: Conversation, knowledge: Knowledge, today: date) -> Signals:
    """The signals of a message without words in this state."""
    now = datetime.combine(today, time(12), tzinfo=UTC)
    return assess(read(InboundMessage("test", "1", "1", Kind.TEXT, now, text=""), knowledge), state, knowledge, now)


def rendered(protocol: Protocol, state: Conversation, knowledge: Knowledge, today: date) -> str:
    """Each text of a protocol and each shared line as it is said in this state."""
    s = silent(state, knowledge, today)
    parts = [name for name in ("first", "other", "second", "ask", "ask_other") if getattr(protocol, name)]
    parts += [f"{name}.{n}" for name in ("care", "care_other") for n in range(len(getattr(protocol, name)))]
    ids = [f"kind.{protocol.id}/{part}" for part in parts]
    ids += [f"line.{name}" for name in knowledge.lines.said] if protocol.general else []
    lines = [render_line(Line(one), s.message, s, state) for one in ids]
    return "\n\n".join(reply.text for line in lines for reply in line.replies)


def talked(knowledge: Knowledge, lang: Lang, today: date) -> Said:
    """Commands, small talk, answers to open questions, ambiguous wordings, what is not understood or has no words."""
    for name in COMMANDS:
        yield name, turned(knowledge, lang, today, Kind.TEXT, f"/{name}")
    for talk in knowledge.smalltalk:
        yield talk.id, fill(talk.reply.say(lang), knowledge, lang, today).text
    for subject in knowledge.beyond:
        yield subject.id, fill(subject.reply.say(lang), knowledge, lang, today).text
    for flow in knowledge.flows.values():
        for question in flow.questions:
            for option in question.options:
                tap = make("q", flow.id, question.id, option.id)
                yield tap, turned(knowledge, lang, today, Kind.TAP, tap, flow=flow.id)
    for one in knowledge.ambiguous.values():
        yield one.id, turned(knowledge, lang, today, Kind.TEXT, one.phrases[0])
    for weak, fears in product((0, 1), (False, True)):
        situation = person(fears_government=fears).situation
        yield "nothing", turned(knowledge, lang, today, Kind.TEXT, "zxqv wkjr", weak=weak, situation=situation)
    for kind in (Kind.VOICE, Kind.PHOTO, Kind.STICKER, Kind.CONTACT, Kind.OTHER):
        yield kind, turned(knowledge, lang, today, kind, "")
    calendar = as_calendar(list(knowledge.events.values()), knowledge, lang, "x").decode()
    yield (
        "calendar",
        re.sub(r"\r\n |(?m:^(?:UID|DT\w+|SEQUENCE|LAST-MODIFIED|CREATED|PRODID|TRIGGER)\b.*$)", "", calendar),
    )


@cache
def known(knowledge: Knowledge) -> tuple[frozenset[str], frozenset[str], str]:
    """Numbers, addresses and all texts of the registers; the calendar is one."""
    held, addressed = registered()
    events = [text for event in knowledge.events.values() for text in strings(event.model_dump(mode="json"))]
    texts = "\n".join([*(text for _, text in register_texts(knowledge)), *events])
    here = [address for text in events for address in addresses(text)]
    hosts = [re.sub(r"^https?://(?:www\.)?([^/?#:]+).*", r"\1", address) for address in here]
    return held | frozenset(numbers(texts)), addressed | {*here, *hosts}, texts


def strings(value: object) -> Iterator[str]:
    """All texts inside a value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from strings(inner)


@cache  # most is said alike to a minor, to who fears the government, whoever is on duty
def strange(text: str, knowledge: Knowledge) -> tuple[str, ...]:
    """Numbers, fees and addresses of no register; what is blocked; what was not filled in."""
    return tuple(_strange(text, knowledge))


def _strange(text: str, knowledge: Knowledge) -> Iterator[str]:
    held, addressed, texts = known(knowledge)
    text = OURS.sub("…", text)
    yield from (number for number in numbers(text) if number not in held)
    yield from (address for address in addresses(text) if address not in addressed)
    bare = ARTICLE.sub("…", ADDRESS.sub("…", text))
    # A longer number is looked at whole, above; what is blocked is said below.
    codes = (code for code in SHORT.findall(LONGER.sub("…", bare)) if not re.search(rf"(?<!\d){code}(?!\d)", texts))
    yield from (code for code in codes if not list(blocked_in(code, knowledge.blocked)))
    yield from (fee for fee in MONEY.findall(bare) if fee not in texts)
    yield from (f"{number.value} is blocked" for number in blocked_in(text, knowledge.blocked))
    yield from re.findall(r"\{[^}]*\}", text)


@pytest.mark.parametrize(("lang", "today"), list(zip(LANGS, DAYS, strict=True)), ids=str)
@pytest.mark.parametrize("way", [tapped, gaps_and_definitions, helped, talked])
def test_nothing_said_has_a_number_of_its_own(way, knowledge: Knowledge, lang: Lang, today: date) -> None:
    said = list(way(knowledge, lang, today))
    assert len(said) > 20
    parts = ((place, part) for place, text in said for part in text.split("\n\n"))
    assert [f"{place}: {what}" for place, part in parts for what in strange(part, knowledge)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("marque 913", ["913"]),
        ("marque 911 o 079", []),
        ("cuesta 77 dólares", ["77 dólares"]),
        ("pague $77.50", ["$77.50"]),
        ("llame al 1 800 999 7777", ["18009997777"]),
        ("vea www.example.net", ["www.example.net"]),
        ("marque 066", ["066 is blocked"]),
        ("en 2018, el 9 de mayo, a las 12:30", []),
    ],
)
def test_what_would_be_found(knowledge: Knowledge, text: str, found: list[str]) -> None:
    assert list(strange(text, knowledge)) == found
