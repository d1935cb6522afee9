"""The pure dialogue engine: `take_turn(conversation, message, knowledge, now)`."""

from bot.dialogue.engine import after_silence, last_resort, take_turn
from knowledge.model import Knowledge

__all__ = ["Knowledge", "after_silence", "last_resort", "take_turn"]
