"""Content as a process may use it: loaded, linted, without errors.

Linting takes longer than reading, and parsing longer than the rest of it: where nothing was wrong, what the files hold
is kept as JSON, named after content and linter. Not after the day: what ages is for editors (`kb lint`), and a start on
a later day, where nothing can be written, is as quick and no less sure than one before.
"""

import json
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from knowledge.lint import RULES, lint
from knowledge.loader import ROOT, digest_of, load_knowledge, parsed_files
from knowledge.model import Knowledge
from knowledge.problems import ContentError, Severity

CODE = Path(__file__).parent
"""What lints: a change of it asks anew."""
KEPT = 4
"""Such files that stay beside the models; the oldest are removed."""


@lru_cache(maxsize=1)
def load_checked(today: date, read: Knowledge | None = None) -> Knowledge:
    """The knowledge, once a process; `read`: as it was just read. ContentError with every error listed."""
    content = digest_of(ROOT)
    read = read if read is not None and read.digest == content else None
    found_sound = _mark(ROOT, content)
    if (parsed := _held(found_sound)) is not None:
        return read or load_knowledge(ROOT, sound=content, parsed=parsed)
    knowledge = read or load_knowledge(ROOT)
    if errors := [p for p in lint(knowledge, today, RULES) if p.severity is Severity.ERROR]:
        raise ContentError(errors)
    if content == digest_of(ROOT):  # nobody wrote in the meantime
        _keep(found_sound)
    return knowledge


@lru_cache(maxsize=1)
def load_found() -> Knowledge:
    """The knowledge as it was once found sound, else unlinted: for processes beside the one that lints."""
    content = digest_of(ROOT)
    parsed = _held(_mark(ROOT, content))
    return load_knowledge(ROOT) if parsed is None else load_knowledge(ROOT, sound=content, parsed=parsed)


def _mark(root: Path, content: str) -> Path:
    """The file that says that nothing was wrong with this content, by this code, and what it holds."""
    digest = blake2b(f"{root}:{content}".encode(), digest_size=12)
    for path in sorted(CODE.rglob("*.py")):
        said = path.read_bytes()
        digest.update(f"{path}:{len(said)}:".encode() + said)
    return root.resolve().parent / "var" / "models" / f"sound-{digest.hexdigest()}"


def _held(mark: Path) -> Mapping[str, str] | None:
    """What the files hold, each in JSON: of all of them at once the process would keep the room for good."""
    try:
        held = json.loads(mark.read_bytes())
    except (OSError, ValueError):
        return None
    return held if isinstance(held, dict) else None


def _keep(mark: Path) -> None:
    """Where nothing can be written, the next start asks anew; another process never sees half of it."""
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(dir=mark.parent) as place:
            draft = Path(place) / mark.name
            held = {name: json.dumps(said, ensure_ascii=False) for name, said in parsed_files(ROOT).items()}
            draft.write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
            draft.replace(mark)
        for old in sorted(mark.parent.glob("sound-*"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return
