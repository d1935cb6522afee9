"""What the words of one message say by themselves: computed once, knows no conversation."""

from bot.dialogue.message.message import Message, read

__all__ = ["Message", "read"]
