"""What the danger scorer gains from each kind of evidence, on the frozen sets: `python -m benchmarks.danger`.

Each line trains anew without something. Recall is help or a check, at the thresholds in use.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from bot.dialogue.danger.features import danger_features_of
from bot.dialogue.danger.judging import CHECK, HELP
from bot.dialogue.danger.model import COUNTS, likelihood, mixed
from bot.dialogue.danger.rules import read_rules
from bot.dialogue.words.features import KIND_BITS, KINDS
from bot.training.danger import danger_odds, taught_by
from bot.training.danger_lessons import Lesson, lessons_of
from bot.training.matrix import bags_of, matrix_of
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge

FROZEN = Path(__file__).parents[1] / "tests" / "evaluation" / "danger.jsonl"
WITHOUT = {
    "everything": "",
    "pieces of words only": "wbkpKBSTHx",
    "stems only": "ckpKBSTHx",
    "no kinds in order": "KBSTH",
    "no pieces of words": "c",
}


def _line(name: str, without: str, lessons: Sequence[Lesson], knowledge: Knowledge, *, rules: bool = True) -> str:
    taught, ids_of = taught_by(lessons, knowledge), danger_features_of(knowledge).ids
    gone = np.isin(taught.vocabulary.ids >> KIND_BITS, [KINDS.index(kind) for kind in without])
    rows = taught.rows.copy()
    rows.data[gone[rows.indices]] = 0
    _, weights, bias = replace(taught, rows=rows).learn()
    asked = [json.loads(line) for line in FROZEN.read_text(encoding="utf-8").splitlines()]
    texts = [row["text"] for row in asked]
    asked_rows = matrix_of(bags_of(texts, ids_of), taught.vocabulary, COUNTS)
    scores = danger_odds(asked_rows @ np.where(gone[:, None], 0, weights) + bias)
    signs = [read_rules(text, knowledge).signs if rules else frozenset() for text in texts]
    likely = [likelihood(mixed(knowledge.weighing.signs, s, found)) for s, found in zip(scores, signs, strict=True)]
    urgent = [p for row, p in zip(asked, likely, strict=True) if row["urgent"]]
    calm = [p for row, p in zip(asked, likely, strict=True) if not row["urgent"]]
    recall, alarms = sum(p >= CHECK for p in urgent) / len(urgent), sum(p >= HELP for p in calm) / len(calm)
    return f"{name:24} recall {recall:.3f}  specificity {1 - alarms:.3f}"


def main() -> None:
    """Print the table."""
    knowledge = load_knowledge()
    lessons = lessons_of(knowledge)
    for name, without in WITHOUT.items():
        print(_line(name, without, lessons, knowledge), flush=True)
    print(_line("no rules", "", lessons, knowledge, rules=False), flush=True)
    sentences = [lesson for lesson in lessons if lesson.weight == 1]
    print(_line("no ordinary phrases", "", sentences, knowledge), flush=True)


if __name__ == "__main__":
    main()
