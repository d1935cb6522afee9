"""Groups that frames name: `(<kin>|el)` holds every word of a group; `<hoped>` alone stands for its frames."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

Groups = Mapping[str, Sequence[str]]

_NAMED = re.compile(r"<([a-z_]+)>")
_GROUP = re.compile(r"\(([^()]*)\)")


def spelled(frames: Iterable[str], groups: Groups) -> tuple[str, ...]:
    """Frames with the groups that they name written out; KeyError for a group that content does not hold."""
    return tuple(one for frame in frames for one in _frames(frame, groups))


def _frames(frame: str, groups: Groups) -> Iterator[str]:
    alone = _NAMED.fullmatch(frame)
    if alone is not None:
        yield from spelled(groups[alone.group(1)], groups)
        return
    yield _GROUP.sub(lambda found: f"({'|'.join(_alternatives(found.group(1), groups))})", frame)


def _alternatives(group: str, groups: Groups) -> Iterator[str]:
    """Each alternative; one that names a group once for each of its words."""
    return chain.from_iterable(_worded(one, groups) for one in group.split("|"))


def _worded(alternative: str, groups: Groups) -> Iterator[str]:
    found = _NAMED.search(alternative)
    if found is None:
        yield alternative
        return
    before, after = alternative[: found.start()], alternative[found.end() :]
    for word in groups[found.group(1)]:
        yield from _worded(f"{before}{word}{after}", groups)


def spelled_item(item: Any, groups: Groups) -> Any:
    """An item of content with the groups in its frames written out."""
    return item.model_copy(update={"any": spelled(item.any, groups), "unless": spelled(item.unless, groups)})
