"""Content files read and validated; problems are kept, so that all of them can be listed at once."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from knowledge.problems import Problem
from knowledge.registers import Register
from knowledge.yaml import StrictYamlError, compose, line_of, plain


@cache
def _adapter(shape: Any) -> TypeAdapter[Any]:
    """Made once: hundreds of files have one shape."""
    return TypeAdapter(shape)


@dataclass
class Reader:
    """Reads below `root`; `places` is where each item of a register stands: `facts/card-fee` -> `facts/all.yaml`.

    `parsed`: what files hold in JSON, by name, where it is known already; YAML takes three times as long as the rest.
    """

    root: Path
    parsed: Mapping[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    places: dict[str, str] = field(default_factory=dict)

    def file(self, name: str, shape: Any) -> Any:
        """The validated content of a file; None when it has problems (which are kept)."""
        try:
            data = json.loads(self.parsed[name]) if name in self.parsed else plain(compose(self.root / name))
        except StrictYamlError as error:
            self.problems.append(Problem(f"{name}:{error.line}", "yaml", str(error)))
            return None
        except OSError as error:
            self.problems.append(Problem(name, "yaml", f"cannot be read: {error.strerror}"))
            return None
        try:
            return _adapter(shape).validate_python(data)
        except ValidationError as error:
            node = compose(self.root / name)
            for e in error.errors():
                where = ".".join(map(str, e["loc"]))
                self.problems.append(Problem(f"{name}:{line_of(node, e['loc'])}", "schema", f"{where}: {e['msg']}"))
            return None

    def register(self, kind: str, register: Register) -> dict[str, Any]:
        """Items by id; an id that stands twice is a problem, and so is a file of one item under another name."""
        found: dict[str, Any] = {}
        for path in sorted(self.root.glob(register.files)):
            name = str(path.relative_to(self.root))
            content = self.file(name, register.item if register.one_each else list[register.item])  # type: ignore[name-defined]
            for item in [] if content is None else [content] if register.one_each else content:
                item_id = str(getattr(item, register.key))
                if register.one_each and path.stem != item_id:
                    self.refuse(name, f"{item_id}: the file must be called {item_id}.yaml")
                self.add(kind, found, item_id, item, name)
        return found

    def add(self, kind: str, items: dict[str, Any], item_id: str, item: Any, name: str) -> None:
        """One more item of a register, from the file of this name."""
        if item_id in items:
            self.refuse(name, f"{item_id}: stands already in {self.places[f'{kind}/{item_id}']}")
        items[item_id] = item
        self.places[f"{kind}/{item_id}"] = name

    def refuse(self, name: str, message: str) -> None:
        """Keep a problem of form."""
        self.problems.append(Problem(name, "schema", message))
