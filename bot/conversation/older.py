"""A stored state of an older shape, in today's: open danger, country, open question and language are kept."""

from collections.abc import Mapping
from typing import Any

_FACTS = {"country": "country", "citizen": "nationality"}
"""Fields of the older state that held a fact of the person, and what they are called in `Situation`."""
_DROPPED = ("topic", "section", "earlier", "shown", "places", "barred", "said", "told", "checking", "listened", "weak")


def upgraded(state: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a stored state; one of today comes back as it is."""
    if not (state.keys() & {"told", "country", "citizen", "minor", "fears_government", "said", "shown", "checking"}):
        return dict(state)
    facts: dict[str, Any] = {new: {"value": state[old]} for old, new in _FACTS.items() if state.get(old)}
    facts |= {name: True for name in ("minor", "fears_government") if state.get(name)}
    kept = {name: value for name, value in state.items() if name not in (*_DROPPED, *_FACTS)}
    kept |= {"situation": facts}
    open_ones = [told for told in state.get("told", ()) if not told.get("over")]
    if open_ones:
        kept["danger"] = _danger(open_ones[-1])
    return kept


def _danger(told: Mapping[str, Any]) -> dict[str, Any]:
    who = "other" if told.get("other") else "own" if told.get("own") else "unknown"
    return {
        "category": told["category"],
        "level": told["level"],
        "who": who,
        "danger_at": told.get("where"),
        "opened_at": told["at"],
        "heard_at": told["at"],
    }
