"""Processor time a turn of phrases that never come twice, load time and memory.

A warm server, as it is after a quarter of a minute. Run: python -m benchmarks.engine
"""

import gc
import random
import resource
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime

from bot.cli.main import GARBAGE
from bot.conversation import Conversation, InboundMessage, Kind
from bot.dialogue.engine import take_turn
from bot.wiring.running import warm
from knowledge.frames import FrameSet
from knowledge.loader import load_knowledge
from knowledge.model import Knowledge

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TURNS = 500
MILLISECONDS = (2, 8)
"""What half of the turns may take, and 99 of 100."""


SECONDS, MEGABYTES = 2, 150
"""What loading all content may take."""
CONTENT_ALONE = """
import re, time
from pathlib import Path
from bot.wiring.running import warm
from knowledge.frames import FrameSet
from knowledge.loader import load_knowledge
def highest():  # ru_maxrss would be that of the process that started this one
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(1)) / 1024
before, start = highest(), time.perf_counter()
load_knowledge()
print(time.perf_counter() - start, before, highest())
"""


def content_alone() -> str:
    """A process that loads the content and nothing else: what it takes, and its highest memory."""
    done = subprocess.run([sys.executable, "-c", CONTENT_ALONE], capture_output=True, text=True, check=True)
    seconds, before, after = map(float, done.stdout.split())
    kept = "kept" if seconds < SECONDS and after < MEGABYTES else "MISSED"
    said = f"load all content alone: {seconds:.2f} s, {after:.0f} MB at its highest ({before:.0f} MB before)"
    return f"{said}; under {SECONDS} s and {MEGABYTES} MB: {kept}"


def phrases(knowledge: Knowledge) -> list[str]:
    return [
        text for topic in knowledge.phrases.values() for section in topic.sections.values() for text in section.texts()
    ]


def turn_times(knowledge: Knowledge, texts: list[str]) -> list[float]:
    """Seconds of processor a turn; every conversation is three messages long."""
    times: list[float] = []
    conversation = Conversation()
    for number, text in enumerate(texts):
        if number % 3 == 0:
            conversation = Conversation()
        message = InboundMessage("bench", str(number), "1", Kind.TEXT, NOW, text=text)
        start = time.process_time()
        turn = take_turn(conversation, message, knowledge, NOW)
        times.append(time.process_time() - start)
        conversation = turn.conversation
    return times


def main() -> None:
    gc.set_threshold(*GARBAGE)  # as the server does
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.perf_counter()
    knowledge = load_knowledge()
    loaded = time.perf_counter()
    warm(knowledge)
    _ = [*FrameSet.compiled()]
    gc.freeze()
    indexed = time.perf_counter()
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    texts = random.Random(1).sample(list(dict.fromkeys(phrases(knowledge))), TURNS)
    times = sorted(turn_times(knowledge, texts))
    print(f"topics {len(knowledge.topics)}, phrases {len(phrases(knowledge))}")
    print(content_alone())
    print(f"load content {loaded - start:.2f} s; first turns with their indexes {indexed - loaded:.2f} s")
    print(f"memory {before / 1024:.0f} MB before, {after / 1024:.0f} MB with content and indexes")
    half, most = statistics.median(times) * 1000, times[int(len(times) * 0.99)] * 1000
    kept = "kept" if half <= MILLISECONDS[0] and most <= MILLISECONDS[1] else "MISSED"
    print(
        f"engine a turn: p50 {half:.2f} ms, p99 {most:.2f} ms; at most {MILLISECONDS[0]} and {MILLISECONDS[1]}: {kept}"
    )


if __name__ == "__main__":
    main()
