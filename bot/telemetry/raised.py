"""An exception as the log names it."""

import traceback


def where(error: BaseException) -> str:
    """What was raised and where, without its words: they may hold a text or an address."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{type(error).__name__} at {frames[-1].filename}:{frames[-1].lineno}" if frames else type(error).__name__
