"""The web chat at /chat: a page, a form and a question for what is new."""

from api.chat.excuse import excuse
from api.chat.policy import Compressed
from api.chat.routes import front, router
from api.chat.static import STATIC_PATH, static

__all__ = ["STATIC_PATH", "Compressed", "excuse", "front", "router", "static"]
