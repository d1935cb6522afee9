"""Alembic's scripts; `bot.storage.engine.upgrade` runs them."""
