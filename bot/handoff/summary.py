"""A case in three lines, and in ten to read out by telephone. Pure: the transcript and all words are arguments."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.conversation import Conversation, Lang
from bot.conversation.case import Case

CUT = 160
AN_HOUR, A_DAY = 60, 24 * 60
"""Minutes."""
SAFE_FIRST = frozenset({"violence", "kidnapping", "self_harm"})
"""Somebody may be reading along: whether it is safe to write is asked before anything else."""
LANGUAGES: Mapping[Lang, str] = {"es": "language.es", "en": "language.en"}
CHANNELS = {"telegram": "Telegram", "whatsapp": "WhatsApp", "sms": "SMS", "web": "web"}

Say = Callable[..., str]
"""An interface text: key and values."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What the summary looks at."""

    case: Case
    category: str
    """In words."""
    level: str
    person: Conversation
    channel: str
    said: Sequence[str]
    """The person's own lines, oldest first."""
    now: datetime
    town: str = ""
    """The last place that they named; it need not be where they are."""
    country: str = ""
    """In words, where it is known."""

    @property
    def waited(self) -> str:
        """From its opening to its end, or to now."""
        return waited(self.case.opened_at, self.case.resolved_at or self.now)


def waited(since: datetime, now: datetime) -> str:
    """For how long, as people say it: `33 min`, `1 h 33`, `2 d 3 h`."""
    minutes = max(0, int((now - since).total_seconds()) // 60)
    if minutes < AN_HOUR:
        return f"{minutes} min"
    if minutes < A_DAY:
        return f"{minutes // AN_HOUR} h {minutes % AN_HOUR:02}"
    return f"{minutes // A_DAY} d {minutes % A_DAY // AN_HOUR} h"


def three_lines(heard: Heard, say: Say) -> tuple[str, str, str]:
    """What it is, what they said, where they are and how to talk to them."""
    key = "summary.what" if heard.case.resolved_at is None else "summary.what_was"
    what = say(key, category=heard.category, level=heard.level, waited=heard.waited)
    first, last = _ends(heard)
    said = say("summary.said", first=first, last=last) if last else say("summary.said_once", first=first)
    return what, said, "; ".join(_where(heard, say))


def ten_lines(heard: Heard, say: Say) -> tuple[str, ...]:
    """To read out, in the order in which they are asked for; what nobody knows is said too."""
    case, unknown = heard.case, say("summary.unknown")
    place = "; ".join(_places(heard, say)) or unknown
    first, last = _ends(heard)
    under_age = say("summary.minor") if heard.person.minor else say("summary.minor_unknown")
    answers = ", ".join(dict.fromkeys(heard.person.answers.values())) or unknown
    lines = (
        ("phone.who", say("phone.who_value", case=str(case.id)[:8])),
        ("phone.what", f"{heard.category} ({heard.level})"),
        ("phone.since", heard.waited),
        ("phone.country", heard.country or unknown),
        ("phone.place", place),
        ("phone.first", first or unknown),
        ("phone.last", last or first or unknown),
        ("phone.answers", answers),
        ("phone.age", under_age),
        ("phone.reach", _reach(heard, say)),
    )
    return tuple(f"{say(key)}: {value}" for key, value in lines)


def _ends(heard: Heard) -> tuple[str, str]:
    said = [_cut(text) for text in heard.said if text.strip()]
    first = next((text for text in said if heard.case.words and heard.case.words.split()[0] in text.lower()), "")
    first = first or (said[0] if said else heard.case.words)
    return first, said[-1] if said and said[-1] != first else ""


def _cut(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= CUT else f"{flat[:CUT]}…"


def _where(heard: Heard, say: Say) -> list[str]:
    person = heard.person
    known = say("summary.country", country=heard.country) if heard.country else say("summary.no_country")
    return [
        known,
        *_places(heard, say),
        *([say("summary.minor")] if person.minor else []),
        *([say("summary.fears")] if person.fears_government else []),
        _reach(heard, say),
    ]


def _places(heard: Heard, say: Say) -> list[str]:
    """Where they shared that they are, and what they named."""
    place = heard.case.place
    where = {"latitude": f"{place.latitude:.5f}", "longitude": f"{place.longitude:.5f}"} if place else {}
    shared = [say("summary.shared", **where)] if where else []
    return shared + ([say("summary.town", town=heard.town)] if heard.town else [])


def _reach(heard: Heard, say: Say) -> str:
    language = say(LANGUAGES[heard.person.lang or "es"])
    return say("phone.reach_value", channel=CHANNELS.get(heard.channel, heard.channel), language=language)
