"""The channels that the settings ask for."""

import logging

from bot.channels.telegram import TelegramChannel
from bot.channels.twilio import Twilio
from bot.conversation.ports import Channel
from bot.settings import Settings

log = logging.getLogger(__name__)


def telegram_of(settings: Settings) -> TelegramChannel | None:
    """None without a token."""
    token = settings.telegram_token
    return TelegramChannel(token.get_secret_value(), settings.telegram_api_url) if token else None


def twilio_of(settings: Settings) -> Twilio | None:
    """None without a token."""
    secret = settings.twilio_auth_token
    token = secret.get_secret_value().strip() if secret else ""
    if not token:  # an empty one would let anybody sign
        return None
    if not settings.twilio_account_sid:
        log.warning("VENTANILLA_TWILIO_ACCOUNT_SID is not set: nothing can be sent through Twilio")
    return Twilio(
        settings.twilio_account_sid,
        token,
        settings.twilio_api_url,
        public_url=settings.public_url,
        sender=settings.twilio_from,
        templates=[sid.strip() for sid in settings.twilio_choices_template.split(",") if sid.strip()],
    )


def channels_of(telegram: TelegramChannel | None, twilio: Twilio | None) -> dict[str, Channel]:
    """All that can be sent to, by name."""
    built: tuple[Channel, ...] = (*filter(None, [telegram]), *(twilio.channels if twilio else ()))
    return {channel.name: channel for channel in built}
