"""Our own script and style, and htmx, which a wheel carries."""

from pathlib import Path

from starlette.staticfiles import StaticFiles

STATIC_PATH = "/chat/static"
_OURS = Path(__file__).parent.parent / "static"


def static() -> StaticFiles:
    """Not kept by the browser either (no-store): a page is loaded once, and leaves nothing behind."""
    return StaticFiles(directory=_OURS, packages=[("js_lib_htmx", "static")])
