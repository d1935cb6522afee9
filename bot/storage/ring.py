"""Records in a file made at its full size: writing one needs no free disk, and overwrites the oldest."""

import json
import logging
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from zlib import crc32

_log = logging.getLogger(__name__)


class Ring:
    """`slots` records of `size` bytes each, private to this user. Where the file cannot be used it keeps nothing."""

    def __init__(self, path: Path, slots: int, size: int) -> None:
        self._slots = slots
        self._size = size
        self._next = 0
        self._number = 0
        self.records: Sequence[Any] = ()
        """What was in it at the start, oldest first."""
        self._file: int | None = None
        try:
            self._file = self._opened(path)
        except OSError as error:
            _log.error("%s cannot be used: %s", path.name, type(error).__name__)

    def write(self, *record: str | int | bool) -> bool:
        """Whether it is in the file: kept when this process is killed the next moment. No record may be too long."""
        if self._file is None:
            return False
        self._number += 1
        body = json.dumps([self._number, *record], separators=(",", ":")).encode()
        try:
            os.pwrite(self._file, b"%08x%s" % (crc32(body), body.ljust(self._size - 8)), self._next * self._size)
        except OSError as error:
            _log.error("a record was not written: %s", type(error).__name__)
            return False
        self._next = (self._next + 1) % self._slots
        return True

    def close(self) -> None:
        """Nothing is written any more."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _opened(self, path: Path) -> int:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        whole = self._slots * self._size
        content = os.pread(file, whole, 0)
        if len(content) < whole:
            # Zeros, not a hole: a hole is given its blocks only when it is written.
            os.pwrite(file, bytes(whole - len(content)), len(content))
            os.fsync(file)
        found = [(record, slot) for slot in range(self._slots) if (record := self._read(content, slot))]
        found.sort()
        if found:
            (self._number, *_), last = found[-1]
            self._next = (last + 1) % self._slots
        self.records = [record[1:] for record, _ in found]
        return file

    def _read(self, content: bytes, slot: int) -> list[Any] | None:
        """None where nothing was written, or half of it."""
        whole = content[slot * self._size : (slot + 1) * self._size]
        body = whole[8:].rstrip()
        if whole[:8] != b"%08x" % crc32(body):
            return None
        record: list[Any] = json.loads(body)
        return record
