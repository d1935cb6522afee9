"""Content as a process may use it: loaded, linted, without errors.

Linting takes longer than reading; that nothing was wrong is kept: an empty file, named after all that was looked at.
"""

from datetime import date
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

from knowledge.lint import RULES, lint
from knowledge.loader import CONTENT, digest_of, load_knowledge
from knowledge.model import Knowledge
from knowledge.problems import ContentError, Severity

CODE = Path(__file__).parent
"""What lints: a change of it asks anew."""
KEPT = 4
"""Such files that stay beside the models; the oldest are removed."""


@lru_cache(maxsize=1)
def load_checked(today: date) -> Knowledge:
    """The knowledge, once a process. ContentError with every error listed."""
    content = digest_of(CONTENT)
    found_sound = _mark(CONTENT, content, today)
    if found_sound.is_file():
        return load_knowledge(CONTENT, sound=content)
    knowledge = load_knowledge(CONTENT)
    if errors := [p for p in lint(knowledge, today, RULES) if p.severity is Severity.ERROR]:
        raise ContentError(errors)
    if content == digest_of(CONTENT):  # nobody wrote in the meantime
        _keep(found_sound)
    return knowledge


def _mark(root: Path, content: str, today: date) -> Path:
    """The file that says that nothing was wrong with this content, by this code, on this day."""
    digest = blake2b(f"{root}:{content}:{today}".encode(), digest_size=12)
    for path in sorted((*CODE.rglob("*.py"), *CODE.glob("lint/*.yaml"))):
        said = path.read_bytes()
        digest.update(f"{path}:{len(said)}:".encode() + said)
    return root.resolve().parents[1] / "var" / "models" / f"sound-{digest.hexdigest()}"


def _keep(mark: Path) -> None:
    """Where nothing can be written, the next start asks anew."""
    try:
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
        for old in sorted(mark.parent.glob("sound-*"), key=lambda path: path.stat().st_mtime)[:-KEPT]:
            old.unlink(missing_ok=True)
    except OSError:
        return
