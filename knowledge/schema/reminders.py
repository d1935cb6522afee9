"""What people say of reminders, as frames (see knowledge/frames.py)."""

from knowledge.schema.base import Frozen, Text


class ReminderWords(Frozen):
    """Wishes for, about and against reminders."""

    ask: tuple[Text, ...]
    tell: tuple[Text, ...]
    """To be told something once more: `recuérdeme cuánto cuesta`."""
    list: tuple[Text, ...]
    cancel: tuple[Text, ...]
    keep: tuple[Text, ...] = ()
    """Words that only sound like `cancel`."""
    it: tuple[Text, ...] = ()
    """`cancel` behind a reminder that was set, listed or ended: "quítelo"."""
    one: tuple[Text, ...] = ()
    """`cancel` behind one that was ended, or the question which one ends: "el de la CSW"."""
    all: tuple[Text, ...]
    """Beside `cancel`: every one of them."""
    but: tuple[Text, ...] = ()
    """Beside `all`: not what is named behind it."""
    see: tuple[Text, ...]
    """Whole messages that open what waits."""
    on: tuple[Text, ...]
    """Whole messages that undo BAJA."""
    stop: tuple[Text, ...]
    """BAJA and what carriers act on as well: of the words for /salir those that hold for good."""
    closes: tuple[Text, ...]
    """The deadline is meant, not the event."""
    missed: tuple[Text, ...] = ()
    """They were too late for it."""
    leads: dict[int, tuple[Text, ...]]
    """How many days before."""
    beside: tuple[Text, ...]
    """Words that name no matter."""

    @classmethod
    def heard(cls) -> tuple[str, ...]:
        """The fields that are wishes."""
        return tuple(name for name in cls.model_fields if name not in ("leads", "beside"))
