"""Taps of the calendar: an event, more of a list, an event into the person's own calendar."""

from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2s

from bot.conversation import Conversation, Outcome
from bot.dialogue.decision import Decision, Events
from bot.dialogue.message import Message
from bot.dialogue.signals import Signals
from bot.dialogue.words.payload import make
from knowledge import calendar
from knowledge.model import Knowledge
from knowledge.schema.calendar import Event

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def make_more(start: int, events: Sequence[Event], knowledge: Knowledge) -> str:
    """The payload of "more" from `start` on: the events as one short word, a bit for each id, in base 36."""
    numbers = {event_id: n for n, event_id in enumerate(sorted(knowledge.events))}
    mask, digits = sum(1 << numbers[event.id] for event in events), ""
    while mask:
        mask, rest = divmod(mask, len(DIGITS))
        digits = DIGITS[rest] + digits
    return make("m", str(start), digits, _version(knowledge))


def _version(knowledge: Knowledge) -> str:
    """Four characters that change with the events there are."""
    return blake2s("|".join(sorted(knowledge.events)).encode(), digest_size=2).hexdigest()


def _show(m: Message, s: Signals, state: Conversation, event: str, what: str = "all") -> Decision:
    return _shown((event,), what if what == "how" else "", s)


def _more(
    m: Message, s: Signals, state: Conversation, start: str, packed: str, version: str, _first: str = ""
) -> Decision:
    """ValueError where the calendar has other events by now."""
    mask, ids = int(packed, len(DIGITS)), sorted(s.knowledge.events)
    if version != _version(s.knowledge) or mask < 0 or mask >> len(ids):
        raise ValueError("the calendar has changed")
    events = [s.knowledge.events[event_id] for n, event_id in enumerate(ids) if mask >> n & 1]
    ordered = calendar.in_order(events, s.today)
    if not 0 <= int(start) < len(ordered):
        raise ValueError("there is no more")
    return _shown(tuple(event.id for event in ordered), "", s, int(start))


def _save(m: Message, s: Signals, state: Conversation, event: str) -> Decision:
    return _shown((event,), "save", s)


def _shown(ids: tuple[str, ...], asked: str, s: Signals, start: int = 0) -> Decision:
    first = s.knowledge.events[ids[start]]
    act = Events(ids, asked=asked, offset=start)
    return Decision(Outcome.ANSWER, (act,), why="tapped", changes={"event": first.id, "topic": None, "section": None})


TAPS: Mapping[str, Callable[..., Decision]] = {"e": _show, "m": _more, "i": _save}
"""The letters of the calendar's buttons."""
