"""One layout for the content's files: lines of 100 columns, long texts folded, long lists an item a line.

Nothing that a file says is changed, and no comment is lost: a text for which that cannot be promised is refused.
"""

import re
from io import StringIO
from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.comments import Comment, CommentedMap, CommentedSeq
from ruamel.yaml.emitter import Emitter
from ruamel.yaml.error import YAMLError
from ruamel.yaml.scalarstring import (
    DoubleQuotedScalarString,
    FoldedScalarString,
    LiteralScalarString,
    SingleQuotedScalarString,
)

from knowledge.comments import comments_of, with_comments, words_of
from knowledge.yaml import StrictYamlError, compose_text, plain

WIDTH = 100
"""Columns of a line; only what has no space to break at may be longer."""
STEP = 2
"""Columns that keys stand deeper than the key above them, and a dash deeper than its list's key."""
UNBROKEN = 1_000_000
"""The library's own width: it breaks nothing by itself."""
BREAK = re.compile(r"(?<=\S) (?=\S)")
"""Where a text may go on in the next line."""
SHARED = re.compile(r"(?:^|[\s\[{,])[&*!]\S", re.MULTILINE)
SHARING = (yaml.AnchorToken, yaml.AliasToken, yaml.TagToken)
Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
Block = CommentedMap | CommentedSeq


class FormatError(ValueError):
    """A text that cannot be laid out without changing what it says."""


class _Emitter(Emitter):
    """Lists stand two columns in, except the one that is the whole file, and one right in another."""

    def increase_indent(self, flow: bool = False, sequence: bool | None = None, indentless: bool = False) -> None:
        """Less by the columns that the dashes do not stand in."""
        flush = self._flush()
        super().increase_indent(flow, sequence, indentless)
        if flush and self.indent:
            self.indent -= STEP

    def expect_block_sequence_item(self, first: bool = False) -> None:
        """The dash stands where the list does."""
        self.sequence_dash_offset = 0 if self._flush() else STEP
        super().expect_block_sequence_item(first)

    def _flush(self) -> bool:
        """Whether what is being written is a list whose dashes do not stand in."""
        levels = self.indents.values
        return bool(levels) and levels[-1][1] and (len(levels) == 1 or levels[-2][1])


def formatted(text: str) -> str:
    """The text in our layout; FormatError where it is no YAML, names a key twice, shares values, or would change."""
    held = _held(text)
    if held[0] is None:  # comments alone
        return text
    comments = comments_of(text)
    result = with_comments(_laid_out(text), comments, WIDTH)
    if result != text and _held(result) != held:
        raise FormatError("the layout would change what it says")
    if result != text and words_of(comments_of(result)) != words_of(comments):
        raise FormatError("the layout would change a comment: give it lines of its own above what it explains")
    return result


def _laid_out(text: str) -> str:
    """The text in our layout, without its comments."""
    tool = YAML()
    tool.Emitter = _Emitter
    tool.preserve_quotes = True
    tool.width = UNBROKEN
    tool.indent(mapping=STEP, sequence=2 * STEP, offset=STEP)
    out = StringIO()
    try:
        data = tool.load(text)
        if isinstance(data, Block):
            if _length(data) > WIDTH:
                data.fa.set_block_style()
            _lay_out(data, 0)
        tool.dump(data, out)
    except YAMLError as error:
        raise FormatError(str(error)) from error
    return out.getvalue()


def _held(text: str) -> tuple[Any, Any]:
    """What the text says, read twice: every scalar as text, as our loader does, and with the types of YAML."""
    try:
        as_text = plain(compose_text(text))
        if SHARED.search(text) and any(isinstance(one, SHARING) for one in yaml.scan(text)):
            raise FormatError("it has an anchor (&), an alias (*) or a tag (!)")
        return as_text, yaml.load(text, Loader=Loader)  # noqa: S506 - a safe loader
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise FormatError(f"line {line}: {error.problem}") from error
    except StrictYamlError as error:
        raise FormatError(f"line {error.line}: {error}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise FormatError(str(error)) from error


def _lay_out(value: Block, keys: int) -> None:
    """All below a value whose keys or dashes stand at the column `keys`."""
    setattr(value, Comment.attrib, Comment())  # they are carried beside it
    if value.fa.flow_style():
        return
    deeper = keys + STEP
    for key in _keys(value):
        begins = keys + _length(key) + len(": ") if isinstance(value, CommentedMap) else deeper
        item = value[key]
        if isinstance(item, Block):
            if item.fa.flow_style() and begins + _length(item) > WIDTH:
                item.fa.set_block_style()
            _lay_out(item, deeper)
        elif isinstance(item, str):
            value[key] = _text(item, begins, deeper)


def _keys(value: Block) -> list[Any]:
    """By what its items are found."""
    return list(value) if isinstance(value, CommentedMap) else list(range(len(value)))


def _length(value: Any) -> int:
    """Columns of the value when written on one line."""
    if isinstance(value, DoubleQuotedScalarString):
        return len(value) + 2 + value.count('"') + value.count("\\")
    if isinstance(value, SingleQuotedScalarString):
        return len(value) + 2 + value.count("'")
    if isinstance(value, CommentedMap):
        return len(", ") * max(len(value), 1) + sum(_length(key) + 2 + _length(item) for key, item in value.items())
    if isinstance(value, CommentedSeq):
        return len(", ") * max(len(value), 1) + sum(map(_length, value))
    return len(str(value))


def _text(text: str, begins: int, below: int) -> Any:
    """As it stands where it has room behind its key; else as a folded text whose lines begin at the column `below`."""
    if isinstance(text, LiteralScalarString):
        room = all(below + len(line) <= WIDTH for line in text.split("\n"))
        text = LiteralScalarString(text)  # without the comment beside it
    else:
        room = begins + _length(text) <= WIDTH
    if not isinstance(text, FoldedScalarString) and (room or not _foldable(text)):
        return text
    folded: Any = FoldedScalarString(text)
    folded.fold_pos = _folds(text, WIDTH - below)
    return folded


def _foldable(text: str) -> bool:
    """Whether a folded text can hold it: no line of its own begins or ends with space."""
    lines = text.removesuffix("\n").split("\n")
    plain_lines = all(line and line == line.strip() and line.isprintable() for line in lines)
    return plain_lines and bool(BREAK.search(text))


def _folds(text: str, room: int) -> list[int]:
    """The spaces at which a line ends, so that each has `room` columns at most where its words allow."""
    found, begin = [], 0
    for line in text.split("\n"):
        if not line.startswith(" "):  # such a line is never folded in YAML
            found += [begin + at for at in _breaks(line, room)]
        begin += len(line) + 1
    return found


def _breaks(line: str, room: int) -> list[int]:
    """As many words on each line as have room."""
    found, start, last = [], 0, 0
    for space in [*(match.start() for match in BREAK.finditer(line)), len(line)]:
        if space - start > room and last > start:
            found.append(last)
            start = last + 1
        last = space
    return found
