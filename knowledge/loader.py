"""Reads knowledge/content and knowledge/training into one Knowledge; every problem of every file is listed at once."""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from hashlib import blake2b
from pathlib import Path
from types import MappingProxyType
from typing import Any

from knowledge.model import Knowledge, Spelling
from knowledge.problems import ContentError
from knowledge.reader import Reader
from knowledge.registers import FILES, REGISTERS, files_of
from knowledge.schema.topics import Aspect
from knowledge.word_groups import spelled_item
from knowledge.yaml import compose, plain

ROOT = Path(__file__).parent
"""Where `content` and `training` lie."""


class Late(Mapping[str, Any]):
    """Items of a register that are read when they are first asked for."""

    def __init__(self, read: Callable[[], Mapping[str, Any]]) -> None:
        self._read = read

    @cached_property
    def _held(self) -> Mapping[str, Any]:
        return self._read()

    def __getitem__(self, key: str) -> Any:
        return self._held[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


def digest_of(root: Path) -> str:
    """Of all files of the content, by name and bytes."""
    digest = blake2b(digest_size=12)
    for path in files_of(root):
        said = path.read_bytes()
        digest.update(f"{path.relative_to(root)}:{len(said)}:".encode() + said)
    return digest.hexdigest()


def parsed_files(root: Path) -> Mapping[str, Any]:
    """What all files but lessons hold, by their names below `root`."""
    patterns = [one.files for one in REGISTERS.values() if not one.taught] + [path for path, _ in FILES.values()]
    return {str(path.relative_to(root)): plain(compose(path)) for one in patterns for path in root.glob(one)}


def load_knowledge(
    root: Path = ROOT, *, sound: str | None = None, parsed: Mapping[str, str] = MappingProxyType({})
) -> Knowledge:
    """Everything under `root`. Raises ContentError with all problems of form; sense is `knowledge.lint`'s.

    `sound`: the digest of content in which nothing was wrong; its lessons are read when they are first asked for, and
    `parsed` is what its other files hold, in JSON.
    """
    digest = sound or digest_of(root)
    reader = Reader(root, parsed)
    parts: dict[str, Any] = {
        kind: Late(partial(_late, root, kind)) if sound and register.taught else reader.register(kind, register)
        for kind, register in REGISTERS.items()
    }
    _add_cards(parts, reader)
    _add_consulates(parts, reader)
    parts["aspects"] = {Aspect(aspect): words for aspect, words in parts["aspects"].items()}
    parts |= {name: reader.file(path, shape) for name, (path, shape) in FILES.items()}
    _spell_frames(parts, reader)
    if reader.problems:
        raise ContentError(sorted(reader.problems))
    fields: dict[str, Any] = {name: _frozen(part) for name, part in parts.items()}
    fields["spelling"] = Spelling(fields["spelling"])
    return Knowledge(**fields, places=MappingProxyType(reader.places), root=root).known_as(digest)


def _late(root: Path, kind: str) -> Mapping[str, Any]:
    reader = Reader(root)
    found = reader.register(kind, REGISTERS[kind])
    if reader.problems:
        raise ContentError(sorted(reader.problems))
    return found


def _add_cards(parts: dict[str, dict[str, Any]], reader: Reader) -> None:
    """Cards among the topics, as topics of one section; each stands in its own file."""
    for card_id, card in parts.pop("cards").items():
        if card_id in parts["topics"]:
            reader.refuse(reader.places[f"cards/{card_id}"], f"{card_id}: is a topic already")
        parts["topics"][card_id] = card.topic()


def _add_consulates(parts: dict[str, dict[str, Any]], reader: Reader) -> None:
    """What may be said of the consulates, among the facts and contacts."""
    file = REGISTERS["consulates"].files
    for consulate in parts["consulates"].values():
        for fact in consulate.facts():
            reader.add("facts", parts["facts"], fact.id, fact, file)
        for contact in consulate.contacts():
            reader.add("contacts", parts["contacts"], contact.id, contact, file)


def _spell_frames(parts: dict[str, Any], reader: Reader) -> None:
    """Readings and transitions with the groups that their frames name written out."""
    groups = parts["word_groups"] or {}
    readings, transitions = parts["readings"], parts["transitions"] or []
    try:
        parts["readings"] = {name: spelled_item(one, groups) for name, one in readings.items()}
        parts["transitions"] = [spelled_item(one, groups) for one in transitions]
    except KeyError as error:
        reader.refuse(FILES["word_groups"][0], f"no group {error} for a frame that names it")


def _frozen(part: Any) -> Any:
    if isinstance(part, Mapping):
        return MappingProxyType(part)
    return tuple(part) if isinstance(part, list) else part
