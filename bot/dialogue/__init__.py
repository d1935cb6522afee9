"""The pure dialogue engine: `take_turn(conversation, message, knowledge, now)`."""

from bot.dialogue.engine import after_silence, take_turn

__all__ = ["after_silence", "take_turn"]
