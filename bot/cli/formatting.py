"""`ventanilla kb format`: one layout for the content's files, so that a change shows only what was changed."""

import os
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import NamedTemporaryFile

import click

from knowledge.loader import ROOT

AT_ONCE = 4
"""Files that one process takes at a time."""


@click.command("format", help="Lay out the content's files anew; nothing that they say changes.")
@click.option("--check", is_flag=True, help="Write nothing; list the files that would change.")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def format_content(files: tuple[Path, ...], *, check: bool) -> None:
    """All of `content/` where no file is named. Exit code 1 where one cannot be laid out, or `--check` finds one."""
    paths = files or tuple(sorted((ROOT / "content").rglob("*.yaml")))
    with ProcessPoolExecutor() as pool:
        texts = list(pool.map(_laid_out, paths, chunksize=AT_ONCE))
    changed, refused = 0, 0
    for path, (text, refusal) in zip(paths, texts, strict=True):
        if refusal:
            refused += 1
            click.echo(f"{path}: left as it is: {refusal}", err=True)
        elif text is not None:
            changed += 1
            click.echo(f"{path}: {'is not formatted' if check else 'formatted'}")
            if not check:
                _write(path, text)
    said = "to format: ventanilla kb format" if check and changed else "formatted"
    click.echo(f"{len(paths)} file(s), {changed} {said}, {refused} refused")
    sys.exit(1 if refused or (check and changed) else 0)


def _laid_out(path: Path) -> tuple[str | None, str]:
    """The file's new text, None where it stands so already; and why it cannot be laid out, empty where it can."""
    # It brings ruamel.yaml, which no other command needs.
    from knowledge.formatting import FormatError, formatted  # noqa: PLC0415

    try:
        old = path.read_text(encoding="utf-8")
        new = formatted(old)
    except (FormatError, UnicodeDecodeError) as error:
        return None, str(error)
    return (None if new == old else new), ""


def _write(path: Path, text: str) -> None:
    """Whole or not at all: a file beside it takes its place."""
    with NamedTemporaryFile("w", encoding="utf-8", dir=path.parent, suffix=".tmp", delete=False) as beside:
        beside.write(text)
    os.chmod(beside.name, path.stat().st_mode)
    os.replace(beside.name, path)
