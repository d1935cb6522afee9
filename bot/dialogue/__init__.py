"""The pure dialogue engine: `take_turn(conversation, message, knowledge, now)`."""

from bot.dialogue.engine import last_resort, take_turn
from knowledge.model import Knowledge

__all__ = ["Knowledge", "last_resort", "take_turn"]
