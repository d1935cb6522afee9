"""Chance that hangs on what it concerns: one lesson more leaves the draws of all others as they were."""

import zlib
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from bot.dialogue.words.features import Floats
from bot.dialogue.words.vectors import Ints

Keys = NDArray[np.uint32]
TABLE = 1 << 14
"""Rows of random numbers that features begin with; those that share one part in the first steps."""


def keys_of(names: Iterable[str]) -> Keys:
    """A number for each name."""
    return np.array([zlib.crc32(name.encode()) for name in names], dtype=np.uint32)


def drawn(keys: Keys, turn: int) -> Keys:
    """A number for each key in this turn, as likely as any other (the finalizer of "lowbias32")."""
    mixed = keys ^ np.uint32(turn * 0x9E3779B9 & 0xFFFFFFFF)
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B)):
        mixed ^= mixed >> np.uint32(shift)
        mixed *= np.uint32(factor)
    mixed ^= mixed >> np.uint32(16)
    return mixed


def order_of(keys: Keys, turn: int) -> Ints:
    """The places of the keys as they are shuffled in this turn."""
    return np.argsort(drawn(keys, turn), kind="stable")


def begun(keys: Keys, width: int, turn: int) -> Floats:
    """A row of normal numbers for each key."""
    table = np.random.default_rng(turn).standard_normal((TABLE, width), dtype=np.float32)
    rows: Floats = table[drawn(keys, turn) % np.uint32(TABLE)]
    return rows
