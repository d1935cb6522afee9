"""What goes wrong in a channel, beyond the errors of delivery in `bot.conversation.ports`."""

from bot.conversation.ports import PermanentError


class UnreadableError(ValueError):
    """The provider's payload is not what it says to be: answer 4xx, keep nothing."""


class RefusedTemplateError(PermanentError):
    """The template of the buttons is refused: the same words go out without it."""
