"""What somebody typed and must not lose: carried through a log-in, and shown again in the form that it was typed in.

The form matters: a note for colleagues must never turn up in the reply to the person.
"""

import json
import re
from collections.abc import Mapping
from types import MappingProxyType

from api.console.policy import PATH

CASE = re.compile(rf"{PATH}/cases/([0-9a-f-]{{36}})")
EDITORS_PAGE = f"{PATH}/editors"
NOTHING: Mapping[str, str] = MappingProxyType({})
_OURS = ("csrf", "version")
"""Fields that nobody types."""
_WORDS = ("text", "note", "es", "en", "why")


def typed_in(path: str, form: Mapping[str, str]) -> dict[str, str]:
    """The fields of a form that was posted to `path`, and which form it was."""
    return {"form": path.rpartition("/")[2], **{name: value for name, value in form.items() if name not in _OURS}}


def words_of(typed: Mapping[str, str]) -> str:
    """What took somebody time to write; empty where nothing did."""
    return "\n\n".join(typed[name] for name in _WORDS if typed.get(name, "").strip())


def packed(typed: Mapping[str, str]) -> str:
    """As a hidden field carries it."""
    return json.dumps(typed)


def unpacked(given: str) -> dict[str, str]:
    """What a hidden field carried; nothing where it is not ours."""
    try:
        found = json.loads(given or "{}")
    except (ValueError, RecursionError):
        return {}
    known = found if isinstance(found, dict) else {}
    return {name: value for name, value in known.items() if isinstance(value, str)}


def page_of(path: str) -> str:
    """The page that a form was on."""
    if found := CASE.match(path):
        return f"{PATH}/cases/{found[1]}"
    return EDITORS_PAGE if path.startswith(EDITORS_PAGE) else PATH
