"""What the danger scorer gains from each kind of evidence, on the frozen sets: `python -m benchmarks.danger`.

Each line trains anew without something. Recall is help or a check, at the thresholds in use.
"""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.dialogue.danger.features import DangerFeatures
from bot.dialogue.danger.judging import CHECK, HELP
from bot.dialogue.danger.model import DangerScorer
from bot.dialogue.danger.rules import read_rules
from bot.dialogue.danger.taught_turns import turns_of
from bot.dialogue.danger.training import Lesson, lessons_of, train
from bot.dialogue.danger.turns import marks_of
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge

FROZEN = Path(__file__).parents[1] / "tests" / "evaluation" / "danger.jsonl"
KINDS = {
    "everything": "cwbkpKBSTHx",
    "pieces of words only": "c",
    "stems only": "wb",
    "no kinds in order": "cwbkpx",
    "no pieces of words": "wbkpKBSTHx",
}


class _Some(DangerFeatures):
    """Some kinds of features."""

    def __init__(self, knowledge: Knowledge, kinds: str) -> None:
        super().__init__(knowledge)
        self._of, self._kept = super().of, kinds

    def of(self, text: str) -> Mapping[str, int]:  # type: ignore[override]
        return {name: n for name, n in self._of(text).items() if name[0] in self._kept}


def _line(name: str, knowledge: Knowledge, reads: DangerFeatures, lessons: tuple[Lesson, ...], *, rules: bool) -> str:
    signs: Callable[[str], frozenset[str]] = lambda text: (  # noqa: E731
        read_rules(text, knowledge).signs if rules else frozenset()
    )
    scorer = DangerScorer(
        train(lessons, turns_of(knowledge), reads.of, signs, lambda turn: marks_of(turn.text, turn.before, knowledge)),
        reads,
    )
    rows = [json.loads(line) for line in FROZEN.read_text(encoding="utf-8").splitlines()]
    likely = [(bool(row["urgent"]), scorer.likelihood(scorer.score(row["text"]), signs(row["text"]))) for row in rows]
    urgent, calm = ([value for is_urgent, value in likely if is_urgent is wanted] for wanted in (True, False))
    recall, alarms = sum(v >= CHECK for v in urgent) / len(urgent), sum(v >= HELP for v in calm) / len(calm)
    return f"{name:24} recall {recall:.3f}  specificity {1 - alarms:.3f}"


def main() -> None:
    """Print the table."""
    knowledge = load_knowledge()
    lessons = lessons_of(knowledge)
    for name, kinds in KINDS.items():
        print(_line(name, knowledge, _Some(knowledge, kinds), lessons, rules=True), flush=True)
    whole = DangerFeatures(knowledge)
    print(_line("no rules", knowledge, whole, lessons, rules=False), flush=True)
    sentences = tuple(lesson for lesson in lessons if lesson.weight == 1)
    print(_line("no ordinary phrases", knowledge, whole, sentences, rules=True), flush=True)


if __name__ == "__main__":
    main()
