"""Sends the outbox after the commit, in order for each person, with retries; runs due timers."""

from bot.delivery.loop import Delivery
from bot.delivery.pauses import Pauses, Retries

__all__ = ["Delivery", "Pauses", "Retries"]
