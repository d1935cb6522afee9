"""What Twilio posts, and its signature."""

import hashlib
import json
from itertools import count
from typing import Any
from urllib.parse import urlencode

from twilio.request_validator import RequestValidator

_ids = count(1)
WHATSAPP = "whatsapp:+15005550006"
SMS = "+15005550006"
FORM = "application/x-www-form-urlencoded"


def message(person: str, words: str = "", **fields: Any) -> dict[str, str]:
    """An inbound message of WhatsApp or SMS, by the person's address."""
    sid = f"SM{next(_ids):032x}"
    whatsapp = {"ProfileName": "Guadalupe Ramos", "WaId": person.partition("+")[2], "MessageType": "text"}
    return {
        "SmsMessageSid": sid, "NumMedia": "0", "SmsSid": sid, "SmsStatus": "received", "Body": words,
        "To": WHATSAPP if person.startswith("whatsapp:") else SMS, "NumSegments": "1", "MessageSid": sid,
        "AccountSid": "AC" + "0" * 31 + "1", "From": person, "ApiVersion": "2010-04-01",
        **(whatsapp if person.startswith("whatsapp:") else {}), **fields,
    }  # fmt: skip


def status(sid: str, said: str, code: str = "") -> dict[str, str]:
    """A status callback."""
    fields = {
        "SmsSid": sid, "SmsStatus": said, "MessageStatus": said, "To": "whatsapp:+525512345678", "MessageSid": sid,
        "AccountSid": "AC" + "0" * 31 + "1", "From": WHATSAPP, "ApiVersion": "2010-04-01",
    }  # fmt: skip
    return fields | ({"ErrorCode": code} if code else {})


def signed(fields: dict[str, str], url: str, token: str) -> dict[str, Any]:
    """A form, as httpx takes it."""
    signature = RequestValidator(token).compute_signature(url, fields)
    return {"content": urlencode(fields), "headers": {"X-Twilio-Signature": signature, "content-type": FORM}}


def signed_json(payload: object, url: str, token: str) -> tuple[str, dict[str, Any]]:
    """A JSON body: its query, and the rest as httpx takes it."""
    return signed_text(json.dumps(payload), url, token)


def signed_text(body: str, url: str, token: str) -> tuple[str, dict[str, Any]]:
    """As `signed_json`, whatever the body says."""
    query = f"?bodySHA256={hashlib.sha256(body.encode()).hexdigest()}"
    signature = RequestValidator(token).compute_signature(url + query, {})
    return query, {"content": body, "headers": {"X-Twilio-Signature": signature, "content-type": "application/json"}}
