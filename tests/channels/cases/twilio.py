"""WhatsApp's and SMS's payloads as Twilio posts them, and what each becomes."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

from bot.channels.twilio import Twilio
from bot.channels.twilio_reader import read
from bot.conversation import InboundMessage, Kind, Location
from tests.channels.cases.contract import NOW, Contract, Sending
from tests.support.twilio_api import Answer, TwilioApi

QUESTION = "¿Cómo saco mi matrícula consular?"
PHOTO = "¿Es mi acta buena?"
NOGALES = Location(31.332731, -110.942214)
WHATSAPP_TO, SMS_TO, DEFAULT = "whatsapp:+15005550006", "+15005550006", "+15005550001"
ANA, ANA_SMS = f"whatsapp:+5215512345678>{WHATSAPP_TO}", f"+16025550142>{SMS_TO}"
UNNUMBERED = {"address": f"whatsapp:MX.13491208655302741918>{WHATSAPP_TO}", "answered_here": True}


def whatsapp(kind: Kind, text: str = "", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "text": text, "address": ANA, "sent_at": NOW, **more}


def sms(kind: Kind, text: str = "", **more: Any) -> dict[str, Any]:
    return {"kind": kind, "text": text, "address": ANA_SMS, "sent_at": NOW, **more}


WHATSAPP_CASES: dict[str, dict[str, Any] | None] = {
    "text": whatsapp(Kind.TEXT, QUESTION),
    "json": whatsapp(Kind.TEXT, QUESTION),
    "json_with_numbers": whatsapp(Kind.PHOTO, PHOTO),
    "json_location": whatsapp(Kind.LOCATION, location=NOGALES),
    "hidden_characters": whatsapp(Kind.TEXT, "socorro ayuda"),
    "emoji_only": whatsapp(Kind.TEXT, "😭😭🙏"),
    "empty": whatsapp(Kind.TEXT),
    "quoted": whatsapp(Kind.TEXT, "¿y cuánto cuesta?"),
    "forwarded": whatsapp(Kind.TEXT, "Esto me llegó"),
    "from_an_advertisement": whatsapp(Kind.TEXT, "hola"),
    "tap": whatsapp(Kind.TAP, payload="s|pasaporte|costo|1a2b"),
    "tap_interactive": whatsapp(Kind.TAP, payload="k|lost|yes"),
    "tap_without_payload": whatsapp(Kind.TEXT, "La primera"),
    "tap_of_somebody_elses_template": whatsapp(Kind.TEXT, "Me interesa"),
    "list_item": whatsapp(Kind.TAP, payload="t|matricula-consular|1a2b"),
    "list_item_of_somebody_else": whatsapp(Kind.TEXT, "Horarios"),
    "location": whatsapp(Kind.LOCATION, location=NOGALES),
    "contact": whatsapp(Kind.CONTACT),
    "contact_not_fetched": whatsapp(Kind.CONTACT),
    "voice": whatsapp(Kind.VOICE),
    "voice_not_fetched": whatsapp(Kind.VOICE),
    "photo": whatsapp(Kind.PHOTO, PHOTO),
    "photos": whatsapp(Kind.PHOTO, PHOTO),
    "sticker": whatsapp(Kind.STICKER),
    "video": whatsapp(Kind.OTHER),
    "document": whatsapp(Kind.OTHER, "mi carta"),
    "media_without_type": whatsapp(Kind.OTHER),
    "reaction": None,
    "unknown_type": whatsapp(Kind.OTHER),
    "unknown_type_with_words": whatsapp(Kind.TEXT, "me detuvo la migra"),
    "hidden_number": whatsapp(Kind.TEXT, QUESTION, **UNNUMBERED),
    "hidden_number_without_from": whatsapp(Kind.TEXT, QUESTION, **UNNUMBERED),
    "hidden_number_empty_from": whatsapp(Kind.TEXT, QUESTION, **UNNUMBERED),
    "hidden_number_whatsapp_id_alone": whatsapp(Kind.TEXT, QUESTION, **UNNUMBERED),
    "number_and_id": whatsapp(Kind.TEXT, QUESTION),
    "another_number_of_ours": whatsapp(Kind.TEXT, QUESTION, address="whatsapp:+5215512345678>whatsapp:+15005550009"),
    "without_our_number": whatsapp(Kind.TEXT, QUESTION, address=f"whatsapp:+5215512345678>{DEFAULT}"),
    "stop": whatsapp(Kind.BLOCKED),
    "start": whatsapp(Kind.TEXT, "START"),
    "help": whatsapp(Kind.TEXT, "HELP"),
    "status_at_the_wrong_door": None,
    "messenger": None,
    "rcs": None,
}
SMS_CASES: dict[str, dict[str, Any] | None] = {
    "text": sms(Kind.TEXT, QUESTION),
    "json": sms(Kind.TEXT, QUESTION),
    "mexican_number": sms(Kind.TEXT, QUESTION, address=f"+525512345678>{SMS_TO}"),
    "hidden_characters": sms(Kind.TEXT, "socorro ayuda"),
    "emoji_only": sms(Kind.TEXT, "😭😭🙏"),
    "empty": sms(Kind.TEXT),
    "number": sms(Kind.TEXT, "1"),
    "photo": sms(Kind.PHOTO, PHOTO),
    "voice": sms(Kind.VOICE),
    "contact": sms(Kind.CONTACT),
    "contact_of_iphone": sms(Kind.CONTACT),
    "video": sms(Kind.OTHER),
    "sticker": sms(Kind.STICKER),
    "unknown_media": sms(Kind.OTHER, "mi carta"),
    "stop": sms(Kind.BLOCKED),
    "start": sms(Kind.TEXT, "START"),
    "help": sms(Kind.TEXT, "HELP"),
    "stop_without_the_field": sms(Kind.TEXT, "STOP"),
    "through_a_messaging_service": sms(Kind.TEXT, QUESTION),
    "old_names": sms(Kind.TEXT, QUESTION),
    "another_number_of_ours": sms(Kind.TEXT, QUESTION, address="+16025550142>+15005550009"),
    "without_our_number": sms(Kind.TEXT, QUESTION, address=f"+16025550142>{DEFAULT}"),
    "short_code": sms(Kind.TEXT, "Su saldo es 0", address=f"22395>{SMS_TO}", answered_here=True),
    "name_for_a_number": sms(Kind.TEXT, "Su paquete llega hoy", address=f"CORREOS>{SMS_TO}", answered_here=True),
}


def load(path: Path) -> Any:
    text = path.read_text().strip()
    return json.loads(text) if path.suffix == ".json" else dict(parse_qsl(text, keep_blank_values=True))


def expected(channel: str) -> Callable[[Any, Any], InboundMessage]:
    return lambda payload, fields: InboundMessage(channel, payload["SmsSid"], **fields)


def sender(channel: str, address: str) -> Callable[[], AbstractAsyncContextManager[Sending]]:
    @asynccontextmanager
    async def sending() -> AsyncIterator[Sending]:
        with TwilioApi() as api:
            account = Twilio(api.sid, api.token, api.url, templates=("HX1", "HX2", "HX3"), timeout=0.5)
            through = next(each for each in account.channels if each.name == channel)

            def arrived() -> list[tuple[str, list[str]]]:
                variables = [json.loads(sent.fields.get("ContentVariables", "{}")) for sent in api.sent]
                labels = [[said[n] for n in ("2", "4", "6") if n in said] for said in variables]
                return list(zip([sent.text for sent in api.sent], labels, strict=True))

            fails = {
                "gone": lambda: api.answer(Answer.of(21610)),
                "too_many": lambda: api.answer(Answer.of(20429, 429)),
                "refused": lambda: api.answer(Answer.of(21617)),
                "broken": lambda: api.answer(Answer(502, b"<html>")),
                "hangs": lambda: api.answer(Answer(500, hang=True)),
                "wrong_token": lambda: api.answer(Answer.of(20003, 401)),
            }
            yield Sending(through, address, arrived, fails)
            await account.close()

    return sending


def contract(name: str, cases: Any, address: str, never: frozenset[Kind]) -> Contract:
    return Contract(
        name=name,
        folder=Path(__file__).parents[1] / name,
        load=load,
        read=lambda payload: read(payload, NOW, DEFAULT),
        cases=cases,
        expected=expected(name),
        sending=sender(name, address),
        never=never,
        private=("Pérez", "anaperez", "Luis", "Gómez", "6311234567", "Casa de Ana", "Elías", "PHOENIX"),
    )


WHATSAPP_CONTRACT = contract("whatsapp", WHATSAPP_CASES, ANA, frozenset({Kind.EDITED, Kind.GROUP}))
SMS_CONTRACT = contract("sms", SMS_CASES, ANA_SMS, frozenset({Kind.EDITED, Kind.GROUP, Kind.TAP, Kind.LOCATION}))
