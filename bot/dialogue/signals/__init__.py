"""A message in the light of its conversation: danger, act, ranked sections, calendar and place queries."""

from bot.dialogue.signals.signals import Signals, assess, assess_alone

__all__ = ["Signals", "assess", "assess_alone"]
