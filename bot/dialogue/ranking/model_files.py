"""Files of trained models, each named by a hash of the content and code that made it: the one module with files."""

import ast
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from functools import cache, lru_cache
from hashlib import blake2b
from importlib import import_module
from math import prod
from mmap import ACCESS_READ, MADV_WILLNEED, mmap
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from knowledge.loader import digest_of
from knowledge.model import Knowledge

Arrays = Mapping[str, NDArray[Any]]
Held = TypeVar("Held")

ROOT = Path(__file__).parents[3]
ENGINE = ("bot.dialogue.", "bot.training.", "knowledge.frames")
"""Modules whose code may make another model; what the others of `knowledge` read is content, hashed as such."""
WHOLE = ("bot/dialogue", "bot/training", "knowledge")
"""All code that may make another model, or another name of it."""
KEPT = 4
"""Models of a kind that stay in the directory; the oldest are removed."""
SUFFIX, ALIGNED = ".arrays", 64
"""Of a file of arrays, and the bytes by which what stands in it is aligned."""
BROKEN = (OSError, ValueError, KeyError, TypeError)


def packed(texts: Iterable[str]) -> NDArray[np.uint8]:
    """Texts without line ends, as an array."""
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)


def unpacked(array: NDArray[Any]) -> list[str]:
    """The texts that were packed."""
    return bytes(array).decode().split("\n")


def plain(items: Sequence[Any]) -> Iterator[object]:
    """Items of one dataclass as bare tuples, which are hashed several times as fast."""
    return map(attrgetter(*(field.name for field in fields(items[0]))), items) if items else iter(())


def fingerprint(modules: Iterable[str], parts: Iterable[object]) -> str:
    """A hash of code and of what it is given: of these modules and of all of the engine that they import."""
    digest = blake2b(digest_size=12)
    for name in sorted({name for module in modules for name in code_of(module)}):
        digest.update(_file(name).read_bytes())
    for part in parts:
        # One by one: of all lessons as one text the process would keep the room for good.
        for item in part if isinstance(part, Iterator) else (part,):
            digest.update(repr(item).encode())
    return digest.hexdigest()


def name_of(kind: str, code: Iterable[str], knowledge: Knowledge, made_of: Callable[[], Iterable[object]]) -> str:
    """A model's name: its kind, and a hash of all that it is made from; noted, as to read all lessons takes seconds."""
    note = f"{kind}-{whole(knowledge)}.name" if knowledge.digest else ""
    for directory in _directories(knowledge.root) if note else ():
        with suppress(OSError, UnicodeDecodeError):
            return (directory / note).read_text(encoding="ascii")
    name = f"{kind}-{fingerprint(code, made_of())}"
    if note and knowledge.digest == digest_of(knowledge.root):  # nobody wrote in the meantime
        _put(knowledge.root, note, lambda path: path.write_text(name, encoding="ascii"))
    return name


def whole(knowledge: Knowledge) -> str:
    """A hash of all content and all code of the engine: what is quickly made of them may be called after it."""
    return blake2b(f"{knowledge.digest}:{_code()}".encode(), digest_size=12).hexdigest()


@cache
def _code() -> str:
    digest = blake2b(digest_size=12)
    for path in (path for part in WHOLE for path in sorted((ROOT / part).rglob("*.py"))):
        said = path.read_bytes()
        digest.update(f"{path.relative_to(ROOT)}:{len(said)}:".encode() + said)
    return digest.hexdigest()


@lru_cache(maxsize=64)
def code_of(module: str) -> frozenset[str]:
    """A module of the engine and all of it that it imports, directly or not."""
    found: set[str] = set()
    ahead = [module]
    while ahead:
        name = ahead.pop()
        if name not in found:
            found.add(name)
            ahead += _imported(name)
    return frozenset(found)


@lru_cache(maxsize=256)
def _imported(module: str) -> Sequence[str]:
    named = set(_named(ast.parse(_file(module).read_bytes())))
    return [name for name in named if name.startswith(ENGINE) and _file(name).is_file()]


def _named(tree: ast.Module) -> Iterator[str]:
    """What imports name: `b` of `from a import b` may be a module or something in one."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _file(module: str) -> Path:
    return ROOT.joinpath(*module.split(".")).with_suffix(".py")


def made(module: str, *given: object) -> Arrays:
    """Trains what has no file yet: `bot.training` is imported here alone, as who finds the files needs none of it."""
    with threadpool_limits(limits=1):  # two split sums otherwise, and a model differs in its last bits
        arrays: Arrays = import_module(f"bot.training.{module}").arrays(*given)
    return arrays


def lessons(module: str, *given: object) -> tuple[Any, ...]:
    """What a module of `bot.training` teaches, which is read where no note tells the name of what was made of it."""
    told: tuple[Any, ...] = import_module(f"bot.training.{module}").lessons_of(*given)
    return told


def kept(root: Path, name: str, make: Callable[[], Arrays], read: Callable[[Arrays], Held]) -> Held:
    """What `read` makes of the file of this name (`kind-fingerprint`); where there is none, of what `make` gives."""
    held = _found(root, name, read)
    if held is None:
        arrays = make()
        _put(root, f"{name}{SUFFIX}", lambda path: _write(path, arrays))
        # Read as every later process does: how arrays lie in memory decides the last bits of what is trained on them.
        held = _found(root, name, read)
    return read(arrays) if held is None else held


def _found(root: Path, name: str, read: Callable[[Arrays], Held]) -> Held | None:
    found = (_read(directory / f"{name}{SUFFIX}", read) for directory in _directories(root))
    return next((held for held in found if held is not None), None)


def kept_whole(kind: str, knowledge: Knowledge, make: Callable[[], Arrays], read: Callable[[Arrays], Held]) -> Held:
    """What `read` makes of a file that is quickly made anew: at each change of content or code; a copy has none."""
    if not knowledge.digest:
        return read(make())
    return kept(knowledge.root, f"{kind}-{whole(knowledge)}", make, read)


def _directories(root: Path) -> tuple[Path, Path]:
    return root.resolve().parent / "var" / "models", Path(gettempdir()) / "ventanilla-models"


def _write(path: Path, arrays: Arrays) -> None:
    """A line of JSON that names each array, its type and shape; then the arrays, each aligned."""
    kept = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    with path.open("wb") as file:
        file.write(json.dumps([(name, one.dtype.str, one.shape) for name, one in kept.items()]).encode() + b"\n")
        for one in kept.values():
            file.write(bytes(-file.tell() % ALIGNED))
            file.write(one.data)


def _read(path: Path, read: Callable[[Arrays], Held]) -> Held | None:
    """Mapped, not copied: what is never asked for takes no memory, and processes share the rest."""
    try:
        with path.open("rb") as file:
            mapped, named = mmap(file.fileno(), 0, access=ACCESS_READ), json.loads(file.readline())
            at, arrays = file.tell(), {}
        mapped.madvise(MADV_WILLNEED)
        for name, kind, shape in named:
            at += -at % ALIGNED
            arrays[name] = np.frombuffer(mapped, kind, prod(shape), at).reshape(shape)
            at += arrays[name].nbytes
        return read(arrays)
    except BROKEN:
        return None


def _put(root: Path, name: str, write: Callable[[Path], object]) -> None:
    """Into the first directory that takes it; whole or not at all, whoever else writes it."""
    for directory in _directories(root):
        path = directory / name
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            with TemporaryDirectory(dir=path.parent) as place:
                write(part := Path(place) / path.name)
                part.replace(path)
            kind = name.split("-")[0]
            for old in sorted(directory.glob(f"{kind}-*{path.suffix}"), key=lambda p: p.stat().st_mtime)[:-KEPT]:
                old.unlink(missing_ok=True)
            return
