"""What goes wrong when a channel reads."""


class UnreadableError(ValueError):
    """The provider's payload is not what it says to be: answer 4xx, keep nothing."""
