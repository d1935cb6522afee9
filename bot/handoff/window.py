"""WhatsApp takes free words only for a day after the person's last message; later only an approved template. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.conversation import Lang, Reply, ReplyKind
from bot.texts import say

LASTS = timedelta(hours=24)
ON_THE_WAY = timedelta(minutes=1)
"""What is queued in the last moment would arrive too late."""
CHANNELS = frozenset({"whatsapp"})


def closes_at(channel: str, *heard: datetime | None) -> datetime | None:
    """Until when free words are taken, by when the person wrote; None: always, or only the provider knows."""
    last = max((at for at in heard if at is not None), default=None)
    return last + LASTS - ON_THE_WAY if last is not None and channel in CHANNELS else None


def knock(lang: Lang | None, templates: Mapping[Lang, str] | None = None) -> Reply | None:
    """The template that asks the person to write; None where none is set."""
    spoken = lang or "es"
    template = (templates or {}).get(spoken, "")
    return Reply(ReplyKind.KNOCK, say("knock", spoken), template=template) if template else None
