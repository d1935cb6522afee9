"""What holds for some days only, said in front of chosen topics: «el consulado de Houston cerró por el huracán»."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from knowledge.model import Knowledge
from knowledge.render import PLACEHOLDER
from knowledge.schema.base import LANGS, Notice

LONGEST = 400
"""Characters."""
LASTS = timedelta(days=92)
"""Longer than that it is no notice: the content must change."""
_TYPED = re.compile(r"\d(?:[\s().\-–—/]{0,3}\d){5,}|https?:|www\.|\w\.(?:com|org|mx|gob)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wrong:
    """Why a notice cannot be shown: `field`, a kind, and what it is about."""

    field: str
    kind: str
    item: str = ""


def wrong_in(notice: Notice, knowledge: Knowledge, today: date) -> Wrong | None:
    """The first thing that is wrong; numbers and addresses come from the registers, as `{id}`."""
    if not notice.topics:
        return Wrong("topics", "missing")
    if unknown := sorted(notice.topics - knowledge.topics.keys()):
        return Wrong("topics", "unknown", unknown[0])
    if not today <= notice.ends or not notice.begins <= notice.ends <= notice.begins + LASTS:
        return Wrong("ends", "dates")
    for lang in LANGS:
        text = notice.text.say(lang)
        if len(text) > LONGEST:
            return Wrong(lang, "long")
        if typed := _TYPED.search(text):
            return Wrong(lang, "typed", typed[0])
        for name in PLACEHOLDER.findall(text):
            if knowledge.dated(name) is None:
                return Wrong(lang, "unknown", name)
    return None


def with_notices(knowledge: Knowledge, notices: Iterable[Notice]) -> Knowledge:
    """The same knowledge with these in front of their topics; those about topics that are gone say nothing."""
    given = tuple(notices)
    return knowledge.saying(notices=given) if given else knowledge


def in_front_of(topic_id: str, knowledge: Knowledge, today: date) -> list[Notice]:
    """What holds today for a topic, the newest first."""
    return [
        notice
        for notice in reversed(knowledge.notices)
        if topic_id in notice.topics and notice.begins <= today <= notice.ends
    ]
