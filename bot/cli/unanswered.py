"""What people asked in vain: grouped by likeness, and put where it belongs with a test."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rapidfuzz import fuzz

from bot.conversation import Conversation
from bot.dialogue.danger_context import read_conversation
from bot.dialogue.phrasing import spell_out
from bot.dialogue.stems import STOP_WORDS, stems_of
from bot.dialogue.understanding import understand
from bot.storage import Phrase
from knowledge.appending import with_phrase
from knowledge.frames import fold
from knowledge.model import Knowledge

LIKE = 72
"""Likeness of the stems (0-100) from which two wordings are one question."""
LANGS = {"es": "es", "en": "en", "mixed": "mix"}
TESTS = "unanswered.yaml"


class UnplaceableError(ValueError):
    """A group that cannot be put there; the text says why."""


@dataclass(frozen=True, slots=True)
class Group:
    """One question in several wordings, the commonest first; `id`: the number of its oldest message."""

    id: int
    wordings: tuple[str, ...]
    count: int
    lang: str


def grouped(phrases: Iterable[Phrase], knowledge: Knowledge) -> list[Group]:
    """The commonest first; what is a phrase of a topic by now is left out."""
    known = {fold(p) for t in knowledge.phrases.values() for s in t.sections.values() for p in (*s.es, *s.en, *s.mix)}
    groups: list[tuple[str, list[Phrase]]] = []
    for phrase in sorted(phrases, key=lambda phrase: phrase.id):
        if fold(phrase.text) in known or not fold(phrase.text):
            continue
        stems = _stems(phrase.text, knowledge)
        like = max(groups, key=lambda group: fuzz.ratio(stems, group[0]), default=None)
        if like is not None and fuzz.ratio(stems, like[0]) >= LIKE:
            like[1].append(phrase)
        else:
            groups.append((stems, [phrase]))
    return sorted((_group(members) for _, members in groups), key=lambda group: (-group.count, group.id))


def _stems(text: str, knowledge: Knowledge) -> str:
    words = spell_out(text, knowledge.spelling).split()
    stems = {stems_of(word)[0] for word in words if word not in STOP_WORDS}
    return " ".join(sorted(stems)) or " ".join(words)


def _group(members: Sequence[Phrase]) -> Group:
    first_written = {fold(phrase.text): phrase.text for phrase in reversed(members)}
    counts = Counter(fold(phrase.text) for phrase in members)
    wordings = tuple(first_written[folded] for folded, _ in counts.most_common())
    langs = Counter(phrase.lang for phrase in members if phrase.lang in LANGS)
    return Group(members[0].id, wordings, len(members), langs.most_common(1)[0][0] if langs else "es")


def today_answer(group: Group, knowledge: Knowledge) -> str:
    """What the commonest wording would get now."""
    understood = understand(group.wordings[0], Conversation(), knowledge)
    if not understood.topics:
        return "nothing"
    best = understood.topics[0]
    return f"{'' if understood.clear else 'not sure: '}{best.topic}/{best.section} {best.score:.2f}"


def place(group: Group, answer: str, knowledge: Knowledge) -> tuple[Path, Path]:
    """Append the wordings to the phrases of `topic/section`, and to the tests; both files. Raises UnplaceableError."""
    topic_id, _, section_id = answer.partition("/")
    topic = knowledge.topics.get(topic_id)
    if topic is None or topic.section(section_id) is None or topic_id not in knowledge.phrases:
        raise UnplaceableError(f"no section is called {answer!r} (write TOPIC/SECTION, of a topic with phrases)")
    if dangerous := next((text for text in group.wordings if _reports_danger(text, knowledge)), None):
        raise UnplaceableError(f"this reports danger, which belongs to urgent/: {dangerous!r}")
    phrases, tests = knowledge.root / "phrases" / f"{topic_id}.yaml", knowledge.root.parents[1] / "tests" / TESTS
    changed = phrases.read_text(encoding="utf-8")
    for text in group.wordings:
        changed = with_phrase(changed, section_id, LANGS[group.lang], text)
    with tests.open("a", encoding="utf-8") as file:
        file.writelines(f"- {{text: {_quoted(text)}, answer: {answer}}}\n" for text in group.wordings)
    phrases.write_text(changed, encoding="utf-8")
    return phrases, tests


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _reports_danger(text: str, knowledge: Knowledge) -> bool:
    # A message of its own: the time does not matter.
    return any(read_conversation(text, Conversation(), knowledge, datetime(2000, 1, 1, tzinfo=UTC)))
