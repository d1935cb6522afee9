"""What people asked in vain: grouped by likeness, and what puts a group where it belongs, with its tests."""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from rapidfuzz import fuzz, process

from bot.dialogue.engine import assess_alone
from bot.dialogue.signals import Signals
from bot.dialogue.words.features import stems_of
from bot.dialogue.words.phrasing import spell_out
from bot.storage import Phrase
from knowledge.frames import fold
from knowledge.model import Knowledge

LIKE = 72
"""Likeness of the stems (0-100) from which two wordings are one question."""
LOOKED_AT = 2000
"""Phrases that are grouped where somebody waits for the answer, the newest."""
LANGS = {"es": "es", "en": "en", "mixed": "mix"}
PHRASES, TESTS = "knowledge/training/phrases", "tests/unanswered.yaml"
"""Where both are written, in the repository."""


class UnplaceableError(ValueError):
    """A group that cannot be put there; the text says why, `kind` for programs: no_section or danger."""

    def __init__(self, kind: Literal["no_section", "danger"], why: str) -> None:
        super().__init__(why)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Group:
    """One question in several wordings, the commonest first; `id`: the number of its oldest message."""

    id: int
    wordings: tuple[str, ...]
    count: int
    lang: str


def grouped(phrases: Iterable[Phrase], knowledge: Knowledge) -> list[Group]:
    """The commonest first; what is a phrase of a topic by now is left out."""
    known = {fold(p) for t in knowledge.phrases.values() for s in t.sections.values() for p in s.texts()}
    firsts: list[str] = []
    groups: list[list[Phrase]] = []
    for phrase in sorted(phrases, key=lambda phrase: phrase.id):
        if fold(phrase.text) in known or not fold(phrase.text):
            continue
        stems = _stems(phrase.text, knowledge)
        like = process.extractOne(stems, firsts, scorer=fuzz.ratio, score_cutoff=LIKE)
        if like is not None:
            groups[like[2]].append(phrase)
        else:
            firsts.append(stems)
            groups.append([phrase])
    return sorted(map(_group, groups), key=lambda group: (-group.count, group.id))


def _stems(text: str, knowledge: Knowledge) -> str:
    words = spell_out(text, knowledge.spelling).split()
    stems = {stems_of(word)[0] for word in words if word not in knowledge.stop_words}
    return " ".join(sorted(stems)) or " ".join(words)


def _group(members: Sequence[Phrase]) -> Group:
    first_written = {fold(phrase.text): phrase.text for phrase in reversed(members)}
    counts = Counter(fold(phrase.text) for phrase in members)
    wordings = tuple(first_written[folded] for folded, _ in counts.most_common())
    langs = Counter(phrase.lang for phrase in members if phrase.lang in LANGS)
    return Group(members[0].id, wordings, len(members), langs.most_common(1)[0][0] if langs else "es")


def today_answer(group: Group, knowledge: Knowledge) -> tuple[str, bool, float]:
    """What the commonest wording would get now: `topic/section` (empty: nothing), whether surely, and its score."""
    ranking = _alone(group.wordings[0], knowledge).ranking
    if not ranking.candidates:
        return "", False, 0.0
    best = ranking.candidates[0]
    return f"{best.topic}/{best.section}", ranking.verdict == "answer", best.score


@dataclass(frozen=True, slots=True)
class Placement:
    """A group as phrases of an answer, with a test each: what `kb unanswered --place` writes, or an editor pastes."""

    group: Group
    topic: str
    section: str
    lang: str

    @property
    def command(self) -> str:
        """What writes both, where the database is at hand."""
        return f"ventanilla kb unanswered --place {self.group.id} {self.topic}/{self.section}"

    @property
    def phrases(self) -> str:
        """To be added to the topic's file of phrases, at the same place."""
        lines = "".join(f"    - {_quoted(text)}\n" for text in self.group.wordings)
        return f"sections:\n  {self.section}:\n    {self.lang}:\n{lines}"

    @property
    def tests(self) -> str:
        """To be added to the tests."""
        answer = f"{self.topic}/{self.section}"
        return "".join(f"- {{text: {_quoted(text)}, answer: {answer}}}\n" for text in self.group.wordings)


def placement(group: Group, answer: str, knowledge: Knowledge) -> Placement:
    """The group at `topic/section`. Raises UnplaceableError."""
    topic_id, _, section_id = answer.partition("/")
    if knowledge.section(answer) is None or topic_id not in knowledge.phrases:
        raise UnplaceableError(
            "no_section", f"no section is called {answer!r} (write TOPIC/SECTION, of a topic with phrases)"
        )
    if dangerous := next((text for text in group.wordings if _reports_danger(text, knowledge)), None):
        raise UnplaceableError("danger", f"this reports danger, which belongs to urgent/: {dangerous!r}")
    return Placement(group, topic_id, section_id, LANGS[group.lang])


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _reports_danger(text: str, knowledge: Knowledge) -> bool:
    found = _alone(text, knowledge).danger
    return found.danger is not None or found.check is not None


def _alone(text: str, knowledge: Knowledge) -> Signals:
    # A message of its own: the time does not matter.
    return assess_alone(text, knowledge, datetime(2000, 1, 1, tzinfo=UTC))
