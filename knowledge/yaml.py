"""Strict YAML: duplicate keys refused, every scalar stays text (`no` is "no"), each value knows its line.

Only an empty scalar, `null` and `~` are None; numbers, dates and booleans are read by the schema.
"""

from pathlib import Path
from typing import Any

import yaml

try:
    from yaml import CBaseLoader as _Loader
except ImportError:  # PyYAML without libyaml
    from yaml import BaseLoader as _Loader  # type: ignore[assignment]

_NULLS = frozenset({"", "null", "~"})


class StrictYamlError(ValueError):
    """A file that is not strict YAML; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def compose(path: Path) -> yaml.Node | None:
    """The node tree of a file; None when it is empty."""
    try:
        return compose_text(path.read_text(encoding="utf-8"))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise StrictYamlError(error.problem or "not YAML", line) from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise StrictYamlError(str(error), 1) from error


def compose_text(text: str) -> yaml.Node | None:
    """The node tree of a text."""
    node: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    return node


def child(node: yaml.Node | None, key: str) -> yaml.Node | None:
    """The value under a key of a mapping."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for name, value in pairs if name.value == key), None)


def plain(node: yaml.Node | None) -> Any:
    """Dicts, lists, text and None."""
    if node is None:
        return None
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = plain(key_node)
            if not isinstance(key, str):
                raise StrictYamlError("a key is not a word", key_node.start_mark.line + 1)
            if key in result:
                raise StrictYamlError(f"the key {key!r} stands here twice", key_node.start_mark.line + 1)
            result[key] = plain(value_node)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [plain(child) for child in node.value]
    assert isinstance(node, yaml.ScalarNode)  # noqa: S101 - composing makes no fourth kind
    # A plain scalar has the style None in Python and "" in libyaml.
    return None if not node.style and node.value in _NULLS else node.value


def line_of(node: yaml.Node | None, path: tuple[int | str, ...]) -> int:
    """The line of the value at `path`, or of the nearest thing above it that exists."""
    line = 1
    for step in path:
        if node is None:
            break
        line = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            node = next((value for key, value in node.value if key.value == step), None)
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = node.value[step]
        else:
            break
    return node.start_mark.line + 1 if node is not None else line
