"""Jobs where several processes share one PostgreSQL: Procrastinate carries wake-ups, the tables stay the only truth."""

from bot.jobs.queue import CONTENT, HOUSE, REPLIES, Jobs, Work

__all__ = ["CONTENT", "HOUSE", "REPLIES", "Jobs", "Work"]
