"""WhatsApp and SMS through Twilio: whose request it is, the sender, TwiML. The reader stands beside it."""

import asyncio
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.request_validator import RequestValidator
from twilio.rest import Client
from twilio.twiml.messaging_response import MessagingResponse

from bot.channels import twilio_errors, twilio_reader
from bot.channels.errors import RefusedTemplateError
from bot.channels.rendering import fit, with_numbers
from bot.channels.twilio_reader import SMS, WHATSAPP
from bot.channels.whatsapp_marks import marked
from bot.conversation import Choice, InboundMessage, Reply
from bot.conversation.messages import LEAVES_FROM
from bot.conversation.ports import Capabilities, Receipt, RetryableError

log = logging.getLogger(__name__)

API_URL = "https://api.twilio.com"
WEBHOOK_PATH = "/webhooks/twilio"
STATUS_PATH = f"{WEBHOOK_PATH}/status"
MOST_BUTTONS = 3
"""What WhatsApp takes without an approval."""

_PLAIN = Capabilities(text_limit=1600, buttons=0, label_limit=20)

# Its logger writes every address and header.
logging.getLogger("twilio.async_http_client").setLevel(logging.WARNING)


class Twilio:
    """One account: its channels, and what its webhooks need. Made in a running loop. `timeout` in seconds.

    `sender` is the address that a reply leaves from where the person's message named none. `templates` are the
    ContentSids of quick-reply templates: the last has three buttons, the one before it two, and so on.
    """

    def __init__(
        self,
        account_sid: str,
        auth_token: str,
        api_url: str = API_URL,
        *,
        public_url: str | None = None,
        sender: str = "",
        templates: Sequence[str] = (),
        timeout: float = 10.0,
    ) -> None:
        self.public_url = public_url
        self._account_sid = account_sid
        self._sender = sender
        self._timeout = timeout
        self._validator = RequestValidator(auth_token)
        self._http = AsyncTwilioHttpClient()
        # An environment of our own, or the library looks for its settings in the machine's.
        self._client = Client(account_sid, auth_token, http_client=self._http, environment={"": ""})
        self._client.api.base_url = api_url.rstrip("/")
        self.channels = (TwilioChannel(WHATSAPP, self, templates), TwilioChannel(SMS, self))

    async def close(self) -> None:
        """Close the connections."""
        await self._http.close()

    def authentic(self, path: str, body: str | Mapping[str, str], signature: str | None) -> bool:
        """Whether Twilio signed this request: form fields (all, also repeated ones), or the text of a JSON body.

        `path` with the query, as it came. Without a public address nothing is authentic.
        """
        # The validator has no case for a text without its hash in the query.
        hashed = "bodySHA256" in parse_qs(urlsplit(path).query)
        if not signature or not self.public_url or (isinstance(body, str) and not hashed):
            return False
        return bool(self._validator.validate(f"{self.public_url}{path}", body, signature))

    def read(self, fields: Mapping[str, object], received_at: datetime) -> InboundMessage | None:
        """As `twilio_reader.read`, with our own address."""
        return twilio_reader.read(fields, received_at, self._sender)

    def receipt(self, fields: Mapping[str, object]) -> Receipt | None:
        """As `twilio_reader.receipt`."""
        return twilio_reader.receipt(fields)

    def twiml(self, replies: Sequence[Reply] = ()) -> str:
        """The webhook's own answer; with replies only for somebody who cannot be sent to."""
        response = MessagingResponse()
        for reply in replies:
            for part in fit(reply, _PLAIN):
                response.message(part.text)
        return str(response)

    async def create(self, address: str, **content: Any) -> str:
        """Send to the person, from where they wrote to; Twilio's message id. Raises DeliveryError."""
        if not self._account_sid:
            raise RetryableError("TWILIO_ACCOUNT_SID is not set")
        person, _, leaves_from = address.partition(LEAVES_FROM)
        if self.public_url:
            content["status_callback"] = f"{self.public_url}{STATUS_PATH}"
        try:
            # The library's own client forgets its time-out.
            async with asyncio.timeout(self._timeout):
                sent = await self._client.messages.create_async(to=person, from_=leaves_from or self._sender, **content)
        except twilio_errors.RAISED as error:
            # The chain is cut: Twilio's words quote the number.
            raise twilio_errors.ours(error) from None
        return str(sent.sid or "")


class TwilioChannel:
    """WhatsApp or SMS of one account."""

    def __init__(self, name: str, account: Twilio, templates: Sequence[str] = ()) -> None:
        self.name = name
        self._account = account
        self._templates = dict(zip(range(MOST_BUTTONS, 0, -1), reversed(templates), strict=False))
        self.capabilities = capabilities(len(self._templates), marks=name == WHATSAPP)

    async def send(self, address: str, reply: Reply) -> str:
        """Send one reply that fits; Twilio's message id. Raises DeliveryError."""
        if reply.template:
            return await self._account.create(address, content_sid=reply.template)
        template = self._templates.get(len(reply.choices))
        if template:
            try:
                variables = _variables(self.capabilities.written(reply), reply.choices)
                return await self._account.create(address, content_sid=template, content_variables=variables)
            except RefusedTemplateError as error:
                log.warning("%s: sent as numbered lines, the template was refused: %s", self.name, error)
        return await self._account.create(address, body=self.capabilities.written(with_numbers(reply)))


def capabilities(templates: int, *, marks: bool = False) -> Capabilities:
    """What is shown with so many quick-reply templates; `marks`: as WhatsApp writes bold and slanted words."""
    shown = replace(_PLAIN, written=marked) if marks else _PLAIN
    if not templates:
        return shown
    # WhatsApp: 1,024 characters above buttons, 20 on one.
    fewest = MOST_BUTTONS + 1 - templates
    return replace(shown, buttons=MOST_BUTTONS, fewest_buttons=fewest, button_text_limit=1024)


def _variables(text: str, choices: Sequence[Choice]) -> str:
    """1 is the text; 2 and 3 title and id of the first button, 4 and 5 of the second, 6 and 7 of the third."""
    values = [text, *(value for choice in choices for value in (choice.label, choice.payload))]
    # Twilio takes no apostrophe in it, though JSON does (twilio-node#1082).
    return json.dumps({str(n): value for n, value in enumerate(values, start=1)}).replace("'", "\\u0027")
