"""The operators' console at /console: pages from templates, forms, and fragments that are asked for again and again."""

from api.console.excuse import excuse
from api.console.policy import STATIC_PATH, is_ours
from api.console.routes import router

__all__ = ["STATIC_PATH", "excuse", "is_ours", "router"]
