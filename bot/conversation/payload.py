"""What a button carries: kind, content ids and version, 64 bytes at most, so that an old one still resolves."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2s

from bot.conversation.messages import Choice
from knowledge.model import Knowledge

LIMIT = 64
_SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Tap:
    """A button that was read; what each kind opens is told by the table `TAPS` of the policy of commands."""

    kind: str
    parts: tuple[str, ...]


def make(kind: str, *parts: str) -> str:
    """The payload. ValueError over 64 bytes: the linter keeps ids short enough."""
    payload = _SEPARATOR.join((kind, *parts))
    if len(payload.encode()) > LIMIT:
        raise ValueError(f"a button would carry more than {LIMIT} bytes: {payload}")
    return payload


def read(payload: str) -> Tap | None:
    """The tap, or None for what no version of ours made."""
    kind, *parts = payload.split(_SEPARATOR)
    return Tap(kind, tuple(parts)) if len(kind) == 1 and parts and len(payload) <= LIMIT else None


def pages_in(choices: Iterable[Choice]) -> list[tuple[str, str]]:
    """The topics that buttons open, each with its section, "" for the topic itself."""
    taps = (read(one.payload) for one in choices)
    return [(tap.parts[0], tap.parts[1] if tap.kind == "s" else "") for tap in taps if tap and tap.kind in ("t", "s")]


@lru_cache(maxsize=4096)
def version(knowledge: Knowledge, topic_id: str) -> str:
    """Four characters that change with the topic's content."""
    topic = knowledge.topics[topic_id]
    return blake2s(topic.model_dump_json().encode(), digest_size=2).hexdigest()
