"""What browsers are told about the console."""

PATH = "/console"
STATIC_PATH = f"{PATH}/static"
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "permissions-policy": "geolocation=(), camera=(), microphone=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
}


def is_ours(path: str) -> bool:
    """Whether a path belongs to the console, and so to a browser."""
    return path == PATH or path.startswith(f"{PATH}/")


def inside(path: str) -> str:
    """Where a log-in may lead: a place of the console, never another site."""
    clean = path.startswith(f"{PATH}/") and "\\" not in path and "//" not in path and path.isprintable()
    enters = path.partition("?")[0] in (f"{PATH}/login", f"{PATH}/logout")
    return path if clean and len(path) < 300 and not enters else PATH
