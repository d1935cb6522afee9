"""What every channel keeps: a reader, a sender and a statement of what it can show, fed with real payloads.

A channel that stands in `bot.channels` or is built by `bot.wiring` without its cases here fails.
"""

import copy
import importlib
import inspect
import pkgutil
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

import bot.channels
from bot.channels.rendering import PAYLOAD_BYTES, fit, numbered, units
from bot.channels.telegram import TelegramChannel
from bot.channels.twilio import Twilio, capabilities
from bot.conversation import Choice, Kind, Reply, ReplyKind
from bot.conversation.ports import (
    Capabilities,
    DeliveryError,
    PermanentError,
    RateLimitedError,
    RetryableError,
    UnreachableError,
)
from bot.settings import Settings
from bot.wiring.channels import channels_of, twilio_of
from tests.channels.cases import telegram, terminal, twilio, web
from tests.channels.cases.contract import Contract

ALL = (telegram.CONTRACT, twilio.WHATSAPP_CONTRACT, twilio.SMS_CONTRACT, terminal.CONTRACT, web.CONTRACT)
CONTRACTS = {contract.name: contract for contract in ALL}
PAYLOADS = [(contract, path) for contract in ALL for path in sorted(contract.folder.iterdir())]
every_channel = pytest.mark.parametrize("contract", ALL, ids=CONTRACTS)

HELLO = Reply(ReplyKind.ANSWER, "Vea https://www.gob.mx *sin formato* <b> & it's free")
FAILURES: dict[str, type[DeliveryError]] = {
    "gone": UnreachableError,
    "too_many": RateLimitedError,
    "refused": PermanentError,
    "broken": RetryableError,
    "hangs": RetryableError,
    "wrong_token": RetryableError,
}
"""What each does to the reply that waits: the same on every channel."""
NOTHING_CAN_FAIL = {"terminal", "web"}
SHOWN: dict[str, Capabilities] = {
    "telegram": TelegramChannel.capabilities,
    "whatsapp": capabilities(3, marks=True),
    "whatsapp with one template": capabilities(1, marks=True),
    "sms": capabilities(0),
    "terminal": terminal.Terminal.capabilities,
    "web": web.WebChannel.capabilities,
}


def named_in_code() -> set[str]:
    """Names of the classes that send."""
    names = set()
    for module in pkgutil.iter_modules(bot.channels.__path__):
        for _, kind in inspect.getmembers(importlib.import_module(f"bot.channels.{module.name}"), inspect.isclass):
            if hasattr(kind, "send") and isinstance(getattr(kind, "name", None), str):
                names.add(kind.name)
    return names


async def test_every_channel_has_its_cases() -> None:
    account = Twilio("AC1", "token")
    wired = channels_of(TelegramChannel("1:x"), account)
    await account.close()
    assert named_in_code() | wired.keys() == CONTRACTS.keys()
    assert wired.keys() >= {"telegram", "whatsapp", "sms"}


async def test_twilio_is_built_from_its_settings() -> None:
    told = {"twilio_account_sid": "AC1", "twilio_auth_token": "token", "public_url": "https://ventanilla.example/"}
    account = twilio_of(Settings(_env_file=None, **told, twilio_choices_template=" HX2, HX3 "))
    assert account
    await account.close()
    assert account.public_url == "https://ventanilla.example"
    assert account.channels[0].capabilities.fewest_buttons == 2
    assert twilio_of(Settings(_env_file=None, **told | {"twilio_auth_token": ""})) is None


@every_channel
def test_every_payload_stands_in_the_table(contract: Contract) -> None:
    assert sorted(path.stem for path in contract.folder.iterdir()) == sorted(contract.cases)


@every_channel
def test_every_kind_of_message_is_decided(contract: Contract) -> None:
    seen = {fields["kind"] for fields in contract.cases.values() if fields}
    assert seen | contract.never == set(Kind)
    assert not seen & contract.never
    assert {"text", "hidden_characters", "emoji_only"} <= contract.cases.keys()


@pytest.mark.parametrize(("contract", "path"), PAYLOADS, ids=lambda it: getattr(it, "stem", getattr(it, "name", "")))
def test_what_a_payload_becomes(contract: Contract, path) -> None:
    payload = contract.load(path)
    before = copy.deepcopy(payload)
    message, fields = contract.read(payload), contract.cases[path.stem]
    assert message == (fields and contract.expected(payload, fields))
    assert payload == before
    if message:
        assert message.channel == contract.name
        assert 0 < len(message.delivery_id) <= 200
        assert message.sent_at.utcoffset() == timedelta(0)
        assert not any(word in repr(message) for word in contract.private)


@every_channel
async def test_a_reply_arrives_as_it_is(contract: Contract) -> None:
    async with contract.sending() as sending:
        provider_id = await sending.channel.send(sending.address, HELLO)
    assert sending.channel.name == contract.name
    assert isinstance(provider_id, str)
    if contract.name != "web":  # its replies are read from the transcript
        assert provider_id
        assert sending.arrived() == [(HELLO.text, [])]


@every_channel
@pytest.mark.parametrize("count", [1, 2, 3, 40])
async def test_choices_arrive_as_buttons_or_numbered_lines(contract: Contract, count: int) -> None:
    choices = tuple(Choice(label=f"Opción {n}", payload=f"t|{n}") for n in range(count))
    async with contract.sending() as sending:
        reply = Reply(ReplyKind.CLARIFY, "¿Qué necesita?", choices)
        for part in fit(reply, sending.channel.capabilities):
            await sending.channel.send(sending.address, part)
    labels = [choice.label for choice in choices]
    if contract.name != "web":
        assert sending.arrived() in ([(reply.text, labels)], [(numbered(reply), [])])


@every_channel
@pytest.mark.parametrize("failure", FAILURES)
async def test_errors_are_typed(contract: Contract, failure: str) -> None:
    async with contract.sending() as sending:
        assert sending.fails.keys() == (set() if contract.name in NOTHING_CAN_FAIL else FAILURES.keys())
        if failure not in sending.fails:
            return
        sending.fails[failure]()
        with pytest.raises(DeliveryError) as caught:
            await sending.channel.send(sending.address, HELLO)
        assert type(caught.value) is FAILURES[failure]
        # It is kept and logged: no words of the person or of the provider, which quote the number.
        assert "5512345678" not in f"{caught.value!r}{caught.value.__cause__!r}"
        try:
            sent = await sending.channel.send(sending.address, HELLO)
        except RetryableError:  # the connection that the failed answer left was closed as it was used again
            sent = await sending.channel.send(sending.address, HELLO)
        assert sent


@given(st.sampled_from(sorted(SHOWN)), st.text(max_size=5000), st.lists(st.text(max_size=70), max_size=14))
def test_every_reply_fits_every_channel(name: str, text: str, labels: list[str]) -> None:
    shown = SHOWN[name]
    choices = tuple(Choice(label=label, payload=f"t|{n}") for n, label in enumerate(labels))
    for part in fit(Reply(ReplyKind.ANSWER, text, choices), shown):
        limit = shown.button_text_limit if part.choices and shown.button_text_limit else shown.text_limit
        assert 0 < units(part.text) <= limit
        assert not part.choices or shown.fewest_buttons <= len(part.choices) <= shown.buttons
        assert all(units(choice.label) <= shown.label_limit for choice in part.choices)
        assert all(len(choice.payload.encode()) <= PAYLOAD_BYTES for choice in part.choices)


def test_what_whatsapp_and_sms_show() -> None:
    assert (capabilities(0).text_limit, capabilities(0).buttons) == (1600, 0)
    assert (capabilities(3).text_limit, capabilities(3).buttons, capabilities(3).fewest_buttons) == (1600, 3, 1)
    assert capabilities(1).fewest_buttons == 3


@pytest.mark.parametrize("count", [1, 2, 3])
def test_one_template_has_three_buttons(count: int) -> None:
    choices = tuple(Choice(label=f"Opción {n}", payload=f"t|{n}") for n in range(count))
    (only,) = fit(Reply(ReplyKind.CLARIFY, "¿Qué necesita?", choices), capabilities(1))
    assert len(only.choices) == (3 if count == 3 else 0)
