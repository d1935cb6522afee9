"""The ranker of a Knowledge: read from a file, or trained and kept. The one module of the engine that touches files.

The file's name is the hash of all that it was made from: lessons, lexicon and the code that reads and trains. A file
that cannot be read is made anew; where nothing can be written, the model is trained for this process alone.
"""

import json
import zipfile
from collections.abc import Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

import numpy as np
from threadpoolctl import threadpool_limits

from bot.dialogue import features, phrasing, sounds, stems, training
from bot.dialogue.features import Features
from bot.dialogue.lessons import Lesson, columns_of, lessons_of
from bot.dialogue.ranker import Column, Model, Ranker
from bot.dialogue.training import Example, train
from knowledge import frames
from knowledge.model import Knowledge

CODE = (features, phrasing, sounds, stems, training, frames)
"""A change of these makes another model of the same content."""
KEPT = 4
"""Models that stay in the directory; the oldest are removed."""
BROKEN = (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile)


@lru_cache(maxsize=4)
def ranker_of(knowledge: Knowledge) -> Ranker:
    """The ranker of this Knowledge; the first call for new content trains it (some 20 seconds)."""
    lessons, columns = tuple(lessons_of(knowledge)), columns_of(knowledge)
    reads = Features(knowledge.spelling, knowledge.concepts)
    name = f"ranker-{_fingerprint(knowledge, lessons, columns)}.npz"
    for directory in _directories(knowledge.root):
        if (directory / name).is_file() and (model := _read(directory / name)):
            return Ranker(model, reads)
    model = build(lessons, columns, reads)
    for directory in _directories(knowledge.root):
        if _write(model, directory / name):
            break
    return Ranker(model, reads)


def build(lessons: Sequence[Lesson], columns: Sequence[Column], reads: Features) -> Model:
    """Train; the same input gives the same model. One core: small steps only wait for one another on more."""
    numbers = {(column.topic, column.section): n for n, column in enumerate(columns)}
    rows = sorted({(column.topic, column.row) for column in columns})
    groups = [rows.index((column.topic, column.row)) for column in columns]
    examples = [Example(reads.of(each.text), numbers[each.topic, each.section], each.exact) for each in lessons]
    with threadpool_limits(limits=1):
        trained = train(examples, groups)
    inner = trained.inner.astype(np.float16)
    return Model(tuple(columns), trained.vocabulary, trained.weight, inner, trained.outer)


def _fingerprint(knowledge: Knowledge, lessons: Sequence[Lesson], columns: Sequence[Column]) -> str:
    digest = blake2b(digest_size=12)
    for module in CODE:
        digest.update(Path(str(module.__file__)).read_bytes())
    for part in (sorted(knowledge.spelling.items()), sorted(knowledge.concepts.items()), columns, lessons):
        digest.update(repr(part).encode())
    return digest.hexdigest()


def _directories(root: Path) -> tuple[Path, Path]:
    return root.resolve().parents[1] / "var" / "models", Path(gettempdir()) / "ventanilla-models"


def _read(path: Path) -> Model | None:
    try:
        with np.load(path, allow_pickle=False) as held:
            columns = tuple(Column(*column) for column in json.loads(bytes(held["columns"])))
            names = bytes(held["vocabulary"]).decode().split("\n")
            model = Model(columns, {n: i for i, n in enumerate(names)}, held["weight"], held["inner"], held["outer"])
    except BROKEN:
        return None
    fits = model.inner.shape == (len(names), len(model.outer)) and model.outer.shape[1] == len(columns)
    return model if fits and len(model.weight) == len(names) else None


def _write(model: Model, path: Path) -> bool:
    """Whole or not at all, whoever else writes it."""
    columns = json.dumps([[c.topic, c.section, c.row] for c in model.columns]).encode()
    texts = {"columns": columns, "vocabulary": "\n".join(model.vocabulary).encode()}
    arrays = {name: np.frombuffer(text, dtype=np.uint8) for name, text in texts.items()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=path.parent) as place:
            part = Path(place) / path.name
            np.savez(part, weight=model.weight, inner=model.inner, outer=model.outer, **arrays)
            part.replace(path)
        for old in sorted(path.parent.glob("ranker-*.npz"), key=lambda p: p.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return False
    return True
