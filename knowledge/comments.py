"""The comments and empty lines of a YAML text, taken off and put back by the scalar that they stand at.

A layout moves lines, never the order of the scalars: the fifth is the fifth before and after. (ruamel.yaml keeps most
comments by itself; it loses those behind `{…}` in a list, and those beside a folded text in one.)
"""

import re
import textwrap
from collections import defaultdict
from dataclasses import dataclass

import yaml

LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
ON_HEAD = re.compile(r"[>|][-+0-9]*[ ]+(#.*)")
"""The comment beside the `>-` of a text."""
BESIDE = re.compile(r"(?:^|\s)(#.*)")

GOES_ON = re.compile(r"# \w")
"""A line of a comment that is no list, title or picture."""


@dataclass(frozen=True)
class Comment:
    """`# …`, or an empty line."""

    text: str
    at: int
    """The number of the scalar that it stands above, or beside."""
    beside: int | None = None
    """Beside a scalar its number again; beside `[…]` or `{…}` that of the last one in it, and `at` is the first."""


@dataclass(frozen=True)
class _Scalar:
    start: int
    end: int
    """Without the empty lines behind it."""
    first: int
    """The number of the first scalar in the `[…]` or `{…}` in which it stands; its own where it stands in none."""


def comments_of(text: str) -> list[Comment]:
    """In their order; empty lines at the end are none."""
    found: list[Comment] = []
    read_to = 0
    scalars = _scalars(text)
    for number, scalar in enumerate([*scalars, _Scalar(len(text), len(text), 0)]):
        found += _between(text[read_to : scalar.start], number, scalars[number - 1].first if number else 0)
        head = ON_HEAD.match(text, scalar.start)
        if head and "\n" in text[scalar.start : scalar.end]:
            found.append(Comment(head[1].rstrip(), number, number))
        read_to = scalar.end
    while found and not found[-1].text:
        found.pop()
    return found


def _scalars(text: str) -> list[_Scalar]:
    """All of the text, keys too."""
    found: list[_Scalar] = []
    open_since: list[int] = []
    """Of each `[` or `{` that is open, how many scalars stood before it."""
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionStartEvent) and event.flow_style:
            open_since.append(len(found))
        elif isinstance(event, yaml.CollectionEndEvent) and open_since:
            open_since.pop()
        elif isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
            start, end = event.start_mark.index, event.end_mark.index
            end = start + len(text[start:end].rstrip())
            found.append(_Scalar(start, end, open_since[0] if open_since else len(found)))
    return found


def _between(gap: str, number: int, first: int) -> list[Comment]:
    """What stands before the scalar of a number; the gap begins behind the one before, in a `[…]` since `first`."""
    found: list[Comment] = []
    beside, *lines = gap.split("\n")
    comment = BESIDE.search(beside)
    if comment:
        behind_all = set(beside[: comment.start()]) & set("]}")
        at = first if behind_all else max(number - 1, 0)
        found.append(Comment(comment[1].rstrip(), at, number - 1 if number else None))
    for place, line in enumerate(lines, 1):
        comment = BESIDE.search(line)
        if comment:
            found.append(Comment(comment[1].rstrip(), number))
        elif not line.strip() and place < len(lines):
            found.append(Comment("", number))
    return found


def with_comments(text: str, comments: list[Comment], width: int) -> str:
    """The text, which has none, with each beside its scalar again, or above it where a line would grow too long."""
    lines = text.removesuffix("\n").split("\n")
    at = [*(text.count("\n", 0, scalar.start) for scalar in _scalars(text)), len(lines)]
    above: dict[int, list[str]] = defaultdict(list)
    for comment in comments:
        place = at[comment.at]
        one_line = comment.beside is not None and at[comment.beside] == place
        if one_line and len(lines[place]) + 1 + len(comment.text) <= width:
            lines[place] += f" {comment.text}"
        else:
            above[place].append(comment.text)
    whole: list[str] = []
    for number, line in enumerate([*lines, ""]):
        indent = " " * (len(line) - len(line.lstrip()))
        whole += [*_wrapped(above[number], indent, width), line]
    return "\n".join(whole[:-1]) + "\n"


def _wrapped(comments: list[str], indent: str, width: int) -> list[str]:
    """Comment lines at one indent; one that is too long is wrapped, together with the lines that go on with it."""
    found: list[str] = []
    ahead = list(comments)
    while ahead:
        comment = ahead.pop(0)
        if len(indent) + len(comment) <= width:
            found.append(f"{indent}{comment}" if comment else "")
            continue
        while ahead and GOES_ON.match(ahead[0]):
            comment += ahead.pop(0).removeprefix("#")
        wrap = textwrap.TextWrapper(width, indent, f"{indent}# ", break_long_words=False, break_on_hyphens=False)
        found += wrap.wrap(comment)
    return found


def words_of(comments: list[Comment]) -> list[str]:
    """All that they say, however it is broken into lines and whatever comes first."""
    return sorted(word for comment in comments for word in comment.text.split() if word != "#")
