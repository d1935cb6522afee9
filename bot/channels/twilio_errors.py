"""Twilio's error codes, and the effect that each has. https://www.twilio.com/docs/api/errors

Only our own words are kept: Twilio's quote the phone number.
"""

import aiohttp
from twilio.base.exceptions import TwilioException

from bot.channels.errors import RefusedTemplateError
from bot.conversation.ports import (
    DeliveryError,
    OutsideWindowError,
    PermanentError,
    RateLimitedError,
    RetryableError,
    UnreachableError,
)

PAUSE = 5.0
"""Seconds: Twilio says "too many" and not for how long."""

# What the library lets through: its own errors, the connection's, time-outs, an answer that is not JSON.
RAISED = (TwilioException, aiohttp.ClientError, OSError, TimeoutError, ValueError)

_CODES: dict[int, tuple[type[DeliveryError], str]] = {
    14107: (RateLimitedError, "too many messages"),
    20429: (RateLimitedError, "too many requests"),
    63018: (RateLimitedError, "too many messages on this channel"),
    # Ours to mend: what waits must not be thrown away for a mistyped setting.
    20003: (RetryableError, "account or token refused"),
    20005: (RetryableError, "the account is not active"),
    20404: (RetryableError, "no such account"),
    21212: (RetryableError, "the sender's address is not valid"),
    21606: (RetryableError, "the sender's number cannot send"),
    63007: (RetryableError, "the sender's address is no channel of the account"),
    21211: (UnreachableError, "not a valid number"),
    21610: (UnreachableError, "the person stopped our messages"),
    21612: (UnreachableError, "the number cannot be reached from here"),
    21614: (UnreachableError, "not a mobile number"),
    63003: (UnreachableError, "the address is not on this channel"),
    63014: (UnreachableError, "the person blocked us"),
    63024: (UnreachableError, "the number is not on this channel"),
    21617: (PermanentError, "too long"),
    63016: (OutsideWindowError, "outside the 24-hour window"),
    21654: (RefusedTemplateError, "the template needs a sender"),
    21655: (RefusedTemplateError, "no such template"),
    21656: (RefusedTemplateError, "the template's variables do not fit"),
    # Only receipts have these; they stand here for their words.
    30003: (RetryableError, "the phone is off or out of reach"),
    30004: (PermanentError, "blocked"),
    30005: (UnreachableError, "unknown number"),
    30006: (UnreachableError, "a landline, or a carrier that cannot be reached"),
    30007: (PermanentError, "filtered by the carrier"),
    63013: (PermanentError, "against the channel's policy"),
}
_STATUSES: dict[int, type[DeliveryError]] = {
    401: RetryableError,
    403: RetryableError,
    404: RetryableError,
    408: RetryableError,
    429: RateLimitedError,
}


def outside_window(code: int) -> bool:
    """Whether a receipt with this code failed for the window alone."""
    return _CODES.get(code, (None,))[0] is OutsideWindowError


def said(code: int) -> str:
    """The code with our words for it."""
    return f"{code} {_CODES[code][1]}" if code in _CODES else str(code)


def ours(error: Exception) -> DeliveryError:
    """Twilio's error as one with a decided effect."""
    code, status = _number(error, "code"), _number(error, "status")
    if not status:
        return RetryableError(type(error).__name__)
    kind = _CODES[code][0] if code in _CODES else _STATUSES.get(status, _by_status(status))
    words = said(code or status)
    return RateLimitedError(words, PAUSE) if kind is RateLimitedError else kind(words)


def _by_status(status: int) -> type[DeliveryError]:
    return PermanentError if 400 <= status < 500 else RetryableError


def _number(error: Exception, name: str) -> int:
    found = getattr(error, name, 0)
    return found if isinstance(found, int) else 0
