"""Trained models: read from a file, or trained and kept. The one module of the engine that touches files.

The file's name is the hash of all that it was made from: lessons, lexicon and the code that reads and trains. A file
that cannot be read is made anew; where nothing can be written, the model is trained for this process alone.
"""

import json
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from types import ModuleType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bot.dialogue.ranking import low_rank, training
from bot.dialogue.ranking.lessons import Lesson, columns_of, lessons_of
from bot.dialogue.ranking.ranker import Column, Model, Ranker
from bot.dialogue.ranking.training import Example, train
from bot.dialogue.words import features, phrasing, sounds, stems
from bot.dialogue.words.features import Features, features_of
from knowledge import frames
from knowledge.model import Knowledge

Arrays = Mapping[str, NDArray[Any]]
Held = TypeVar("Held")

CODE = (features, low_rank, phrasing, sounds, stems, training, frames)
"""A change of these makes another model of the same content."""
KEPT = 4
"""Models of a kind that stay in the directory; the oldest are removed."""
BROKEN = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile)


@lru_cache(maxsize=4)
def ranker_of(knowledge: Knowledge) -> Ranker:
    """The ranker of this Knowledge; the first call for new content trains it (most of a minute)."""
    threadpool_limits(limits=1)  # for good: products this small only wait for one another on more cores
    reads, name = features_of(knowledge), ranker_name(knowledge)

    def make() -> Arrays:
        return _arrays(build(lessons_of(knowledge), columns_of(knowledge), reads))

    return Ranker(kept(knowledge.root, name, make, _model), reads)


@lru_cache(maxsize=4)
def ranker_name(knowledge: Knowledge) -> str:
    """The name of its file: a hash of all that it is made from."""
    return f"ranker-{fingerprint(CODE, (*lexicon_of(knowledge), columns_of(knowledge), plain(lessons_of(knowledge))))}"


def lexicon_of(knowledge: Knowledge) -> tuple[object, ...]:
    """What the lexicon makes of words, as a part of what a model is made from."""
    return sorted(knowledge.spelling.forms.items()), sorted(knowledge.concepts.items())


def build(lessons: Sequence[Lesson], columns: Sequence[Column], reads: Features) -> Model:
    """Train; the same input gives the same model."""
    numbers = {(column.topic, column.section): n for n, column in enumerate(columns)}
    rows = sorted({(column.topic, column.row) for column in columns})
    groups = [rows.index((column.topic, column.row)) for column in columns]
    examples = [Example(reads.of(each.text), numbers[each.topic, each.section], each.exact) for each in lessons]
    trained = train(examples, groups)
    inner = trained.inner.astype(np.float16)
    return Model(tuple(columns), trained.vocabulary, trained.weight, inner, trained.outer)


def _arrays(model: Model) -> Arrays:
    columns = json.dumps([[c.topic, c.section, c.row] for c in model.columns])
    texts = {"columns": packed([columns]), "vocabulary": packed(model.vocabulary)}
    return {"weight": model.weight, "inner": model.inner, "outer": model.outer, **texts}


def _model(held: Arrays) -> Model:
    columns = tuple(Column(*column) for column in json.loads(unpacked(held["columns"])[0]))
    names = unpacked(held["vocabulary"])
    model = Model(columns, {n: i for i, n in enumerate(names)}, held["weight"], held["inner"], held["outer"])
    fits = model.inner.shape == (len(names), len(model.outer)) and model.outer.shape[1] == len(columns)
    if not fits or len(model.weight) != len(names):
        raise ValueError("the arrays do not fit one another")
    return model


def packed(texts: Iterable[str]) -> NDArray[np.uint8]:
    """Texts without line ends, as an array."""
    return np.frombuffer("\n".join(texts).encode(), dtype=np.uint8)


def unpacked(array: NDArray[Any]) -> list[str]:
    """The texts that were packed."""
    return bytes(array).decode().split("\n")


def plain(items: Sequence[Any]) -> list[object]:
    """Items of one dataclass as bare tuples, which are hashed several times as fast."""
    return list(map(attrgetter(*(field.name for field in fields(items[0]))), items)) if items else []


def fingerprint(modules: Iterable[ModuleType], parts: Iterable[object]) -> str:
    """A hash of code and of what the code is given."""
    digest = blake2b(digest_size=12)
    for module in modules:
        digest.update(Path(str(module.__file__)).read_bytes())
    for part in parts:
        digest.update(repr(part).encode())
    return digest.hexdigest()


def kept(root: Path, name: str, make: Callable[[], Arrays], read: Callable[[Arrays], Held]) -> Held:
    """What `read` makes of the file of this name (`kind-fingerprint`); where there is none, of what `make` gives."""
    for directory in _directories(root):
        held = _read(directory / f"{name}.npz", read)
        if held is not None:
            return held
    arrays = make()
    for directory in _directories(root):
        if _write(arrays, directory / f"{name}.npz"):
            break
    return read(arrays)


def _directories(root: Path) -> tuple[Path, Path]:
    return root.resolve().parents[1] / "var" / "models", Path(gettempdir()) / "ventanilla-models"


def _read(path: Path, read: Callable[[Arrays], Held]) -> Held | None:
    if not path.is_file():
        return None
    try:
        with np.load(path, allow_pickle=False) as held:
            return read({name: held[name] for name in held.files})
    except BROKEN:
        return None


def _write(arrays: Arrays, path: Path) -> bool:
    """Whole or not at all, whoever else writes it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent) as place:
            part = Path(place) / path.name
            np.savez(part, **dict(arrays))  # type: ignore[arg-type]
            part.replace(path)
        kind = path.name.split("-")[0]
        for old in sorted(path.parent.glob(f"{kind}-*.npz"), key=lambda p: p.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return False
    return True
