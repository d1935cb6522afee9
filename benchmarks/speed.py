"""Understanding against plain fuzzy matching, and at ten times the topics, in one run: `python -m benchmarks.speed`.

One core. `ours` is topics, sections and danger together; `rapidfuzz` is process.extract with token_set_ratio over the
same phrases, which finds neither danger nor sections.
"""

import random
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from types import MappingProxyType
from unittest.mock import patch

import numpy as np
from rapidfuzz import fuzz, process

from benchmarks.engine import phrases
from bot.dialogue.engine import assess_alone
from bot.dialogue.ranking import ranker as rankers
from bot.dialogue.ranking import sections
from bot.dialogue.ranking.ranker import Ranker, ranker_of
from bot.dialogue.signals import ranking
from bot.wiring.running import warm
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TIMES = 10
MESSAGES, FUZZY = 1000, 20


def milliseconds(read: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Of each message, sorted."""
    found: list[float] = []
    for text in texts:
        start = time.process_time()
        read(text)
        found.append((time.process_time() - start) * 1000)
    return sorted(found)


def grown(knowledge: Knowledge, ranker: Ranker) -> tuple[Knowledge, Ranker]:
    """The same with every topic ten times, under other names."""
    more = range(1, TIMES)
    copies = {
        f"{t.id}-{n}": t.model_copy(update={"id": f"{t.id}-{n}"}) for n in more for t in knowledge.topics.values()
    }
    topics = {**knowledge.topics, **copies}  # the glossary names the first ones
    columns = [
        replace(c, topic=f"{c.topic}-{n}") if c.topic and n else c for n in range(TIMES) for c in ranker.model.columns
    ]
    noise = np.random.default_rng(1).normal(1, 0.05, (1, len(columns))).astype(np.float32)
    outer = np.tile(ranker.model.outer, TIMES) * noise
    opened = np.tile(ranker.model.opened, (TIMES, 1))
    model = replace(ranker.model, columns=tuple(columns), outer=outer, opened=opened)
    return replace(knowledge, topics=MappingProxyType(topics)), Ranker(model, ranker.features)


def main() -> None:
    """Print the table."""
    knowledge = load_knowledge()
    ranker = ranker_of(knowledge)
    warm(knowledge)
    known = phrases(knowledge)
    texts = random.Random(1).choices(known, k=MESSAGES)

    def ranked(held: Knowledge, text: str) -> None:
        _ = assess_alone(text, held, NOW).ranking

    def understood(text: str) -> None:
        s = assess_alone(text, knowledge, NOW)
        _ = s.danger, s.ranking

    ours = milliseconds(understood, texts)
    fuzzy = milliseconds(lambda t: process.extract(t, known, scorer=fuzz.token_set_ratio, limit=3), texts[:FUZZY])
    more, wider = grown(knowledge, ranker)
    weights = ranking.weights_of(knowledge)
    # Not those of before, which are remembered.
    texts = [text for text in random.Random(2).choices(known, k=MESSAGES) if text not in set(texts)]
    small = milliseconds(partial(ranked, knowledge), texts)
    # Nothing is trained or written for names that nobody reads.
    with (
        patch.object(rankers, "kept", lambda *_: wider.model),
        patch.object(ranking, "weights_of", lambda _: weights),
        patch.object(sections, "kept", lambda _root, _name, make, read: read(make())),
    ):
        ranked(more, "como saco mi pasaporte")
        large = milliseconds(partial(ranked, more), texts)
    half, fuzzy_half = statistics.median(ours), statistics.median(fuzzy)
    print(f"{len(knowledge.topics)} topics, {len(known)} phrases, one core")
    print(f"ours       p50 {half:.2f} ms  p99 {ours[int(len(ours) * 0.99)]:.2f} ms")
    print(f"rapidfuzz  p50 {fuzzy_half:.2f} ms  = {fuzzy_half / half:.1f} times ours")
    print(
        f"topics alone p50 {statistics.median(small):.2f} ms; at {TIMES} times the topics "
        f"{statistics.median(large):.2f} ms = {statistics.median(large) / statistics.median(small):.1f} times"
    )


if __name__ == "__main__":
    main()
