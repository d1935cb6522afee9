"""Words that name a danger, and words that make what sounds like one none: frames of the categories, by ear."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from bot.conversation import Conversation
from bot.dates.reading import dates_in
from bot.dialogue.words.phrasing import heard_in, heard_items, heard_unless
from knowledge.frames import FramesUnless
from knowledge.model import Knowledge
from knowledge.schema.turned import Milder


@lru_cache(maxsize=8)
def _names(knowledge: Knowledge) -> FramesUnless[str]:
    """By category."""
    of = knowledge.categories.values()
    return heard_unless(
        ((category.id, frame) for category in of for frame in category.named),
        ((category.id, frame) for category in of for frame in category.named_unless),
    )


@lru_cache(maxsize=8)
def _milder(knowledge: Knowledge) -> Mapping[str, FramesUnless[str]]:
    """By category, under its own id."""
    return {name: heard_items(_milder_of(name, knowledge)) for name in knowledge.categories}


def _milder_of(name: str, knowledge: Knowledge) -> Sequence[Milder]:
    """What makes a danger's words none: its own, and those of others that sound like it, too."""
    return [one for each in knowledge.categories.values() for one in each.milder if name == each.id or name in one.also]


def category_named(text: str, knowledge: Knowledge) -> str | None:
    """The danger that a message names, whatever it sounds like."""
    return next((match.key for match in _names(knowledge).standing(*heard_in(text, knowledge.spelling))), None)


def harmless_in(category: str, text: str, state: Conversation, knowledge: Knowledge, today: date) -> Milder | None:
    """What makes the words of this danger harmless: at any time, or in a conversation about a topic.

    Then the message before must not speak of what takes it back, either: a son whose passport is asked for may be lost.
    """
    frames = _milder(knowledge)[category]
    found = {match.key for match in frames.standing(*heard_in(text, knowledge.spelling))}
    last = next((one.text for one in reversed(state.heard)), "")
    back = {match.key for heard in heard_in(last, knowledge.spelling) for match in frames.unless.find(heard)}

    def holds(one: Milder) -> bool:
        within = not one.after or (state.topic in one.after and one.id not in back)
        return one.id in found and within and (not one.days or _ended_days_ago(one.days, text, today))

    return next(filter(holds, _milder_of(category, knowledge)), None)


def _ended_days_ago(days: int, text: str, today: date) -> bool:
    """Whether all times that a text tells ended at least so many days ago."""
    ends = [span.last for span in dates_in(text, today, past=True).spans]
    return bool(ends) and max(ends) <= today - timedelta(days)
