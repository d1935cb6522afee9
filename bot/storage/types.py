"""Column types: UTC times, encrypted texts, levels that sort."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import BigInteger, ColumnElement, DateTime, Dialect, Integer, LargeBinary, SmallInteger, type_coerce
from sqlalchemy.types import TypeDecorator

from bot.conversation import Level
from bot.storage.crypto import Cipher

# SQLite counts up by itself only in a column that is called INTEGER.
Serial = BigInteger().with_variant(Integer(), "sqlite")

_ciphers: WeakKeyDictionary[Dialect, Cipher] = WeakKeyDictionary()


def use_cipher(dialect: Dialect, cipher: Cipher) -> None:
    """Encrypted columns of engines with this dialect object use this cipher."""
    # Tables are made once, keys come with each database: the dialect is what a type sees of its engine.
    _ciphers[dialect] = cipher


class UTCTime(TypeDecorator[datetime]):
    """Timezone-aware both ways, also where the database forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC, as the database keeps it; a naive time is refused."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without a timezone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """UTC, with its zone."""
        if value is None:
            return None
        known: datetime = value if value.tzinfo else value.replace(tzinfo=UTC)
        return known.astimezone(UTC)


class Encrypted(TypeDecorator[str]):
    """Text that only SECRET_KEY opens, in `place` (table.column) alone."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str = "") -> None:
        super().__init__()
        self.place = place

    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        """Encrypted with a new nonce."""
        return None if value is None else _ciphers[dialect].encrypt(value, self.place)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """The text; raises InvalidTag where a byte was changed."""
        return None if value is None else _ciphers[dialect].decrypt(value, self.place)


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted text as it stands in the database."""

    blob: bytes
    place: str

    def opened(self, cipher: Cipher) -> str:
        """The text; raises InvalidTag where a byte was changed."""
        return cipher.decrypt(self.blob, self.place)


class _Unopened(TypeDecorator[Sealed]):
    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str = "") -> None:
        super().__init__()
        self.place = place

    def process_result_value(self, value: Any, dialect: Dialect) -> Sealed | None:
        return None if value is None else Sealed(bytes(value), self.place)


def unopened(column: ColumnElement[str]) -> ColumnElement[Sealed]:
    """An encrypted column whose texts are opened later, off the event loop."""
    assert isinstance(column.type, Encrypted)  # noqa: S101 - only these are asked for so
    return type_coerce(column, _Unopened(column.type.place))


class Ranked(TypeDecorator[Level]):
    """A level as its rank, so that the most urgent sorts first."""

    impl = SmallInteger
    cache_ok = True

    def process_bind_param(self, value: Level | None, dialect: Dialect) -> int | None:
        """0 for the most urgent."""
        return None if value is None else value.rank

    def process_result_value(self, value: Any, dialect: Dialect) -> Level | None:
        """The level of this rank."""
        return None if value is None else list(Level)[value]
