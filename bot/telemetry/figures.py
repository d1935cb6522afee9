"""What is counted and timed since the start of this process, for Prometheus; `/metrics` shows it beside the tables'."""

from prometheus_client import CollectorRegistry, Counter, Histogram, ProcessCollector

REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)
SECONDS = (0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)

TURN = Histogram(
    "ventanilla_turn_seconds", "A message, from the channel to its commit, or until it was refused", ["channel"],
    buckets=SECONDS, registry=REGISTRY,
)  # fmt: skip
ENGINE = Histogram("ventanilla_engine_seconds", "The engine's part of a turn", buckets=SECONDS, registry=REGISTRY)
SEND = Histogram(
    "ventanilla_send_seconds", "An attempt to send a reply: sent, retried, limited (429), given_up, unreachable, held",
    ["channel", "result"], buckets=SECONDS, registry=REGISTRY,
)  # fmt: skip
WRITER = Histogram(
    "ventanilla_writer_wait_seconds", "Until a transaction that writes had its connection and its lock",
    buckets=SECONDS, registry=REGISTRY,
)  # fmt: skip
NOT_STORED = Counter(
    "ventanilla_not_stored", "Messages that were not stored: the provider delivers them again", ["channel"],
    registry=REGISTRY,
)  # fmt: skip
HELPED = Counter(
    "ventanilla_helped_past_database", "First words to somebody in danger that left while nothing could be stored",
    ["channel"], registry=REGISTRY,
)  # fmt: skip
SETTLED = Counter(
    "ventanilla_journal_settled", "Replies found in the journal as sent before the last end, and marked at the start",
    registry=REGISTRY,
)  # fmt: skip
