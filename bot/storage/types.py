"""Column types: UTC times, encrypted texts, levels that sort."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    DateTime,
    Dialect,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    type_coerce,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
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


@dataclass(frozen=True, slots=True)
class Bound:
    """A text on its way into one row."""

    text: str
    place: str


class Encrypted(TypeDecorator[str]):
    """Text that only SECRET_KEY opens, in `place` (table.column) alone, and in the row whose columns `row` say what
    they said when it was written: those are given by `bound`.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str = "", row: tuple[str, ...] = ()) -> None:
        super().__init__()
        self.place = place
        self.row = row

    def process_bind_param(self, value: Any, dialect: Dialect) -> bytes | None:
        """Encrypted with a new nonce; a text that no row was named for is refused."""
        if value is None:
            return None
        if isinstance(value, Bound) != bool(self.row):
            raise TypeError(f"{self.place}: give `bound` texts where they belong to a row, and there alone")
        text, place = (value.text, value.place) if isinstance(value, Bound) else (value, self.place)
        return _ciphers[dialect].encrypt(text, place)

    def column_expression(self, column: ColumnElement[Any]) -> ColumnElement[Any]:
        """Read together with what names its row."""
        return _with_row(column, self) if self.row else column

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        """The text; raises InvalidTag where a byte was changed, or it stood elsewhere."""
        sealed = _sealed(value, self)
        return None if sealed is None else sealed.opened(_ciphers[dialect])


@dataclass(frozen=True, slots=True)
class Sealed:
    """An encrypted text as it stands in the database."""

    blob: bytes
    place: str

    def opened(self, cipher: Cipher) -> str:
        """The text; raises InvalidTag where a byte was changed, or it stood elsewhere."""
        return cipher.decrypt(self.blob, self.place)


class _Unopened(TypeDecorator[Sealed]):
    impl = LargeBinary
    cache_ok = True

    def __init__(self, kind: Encrypted) -> None:
        super().__init__()
        self.kind = kind

    def process_result_value(self, value: Any, dialect: Dialect) -> Sealed | None:
        return _sealed(value, self.kind)


def unopened(column: ColumnElement[str]) -> ColumnElement[Sealed]:
    """An encrypted column whose texts are opened later, off the event loop."""
    assert isinstance(column.type, Encrypted)  # noqa: S101 - only these are asked for so
    return type_coerce(column.type.column_expression(column), _Unopened(column.type))


def place_of(column: Column[Any], row: Mapping[str, Any]) -> str:
    """What a text of this column is bound to in this row."""
    kind = column.type
    assert isinstance(kind, Encrypted)  # noqa: S101 - only these are asked for so
    return ".".join([kind.place, *(_told(row[name]) for name in kind.row)])


def bound(table: Table, row: Mapping[str, Any], **named: Any) -> dict[str, Any]:
    """The values of a row, its texts bound to it; `named` is what names the row and does not stand in `row`."""
    known = {**row, **named}
    return {name: _bound(table.c.get(name), value, known) for name, value in row.items()}


def _bound(column: Column[Any] | None, value: Any, known: Mapping[str, Any]) -> Any:
    kind = None if column is None else column.type
    if column is None or value is None or not isinstance(kind, Encrypted) or not kind.row:
        return value
    return Bound(value, place_of(column, known))


def _told(value: UUID | bytes | int) -> str:
    """As `_named` has the database write it."""
    return str(value) if isinstance(value, int) else value.hex() if isinstance(value, bytes) else value.hex


def _sealed(value: bytes | None, kind: Encrypted) -> Sealed | None:
    if value is None or not kind.row:
        return None if value is None else Sealed(bytes(value), kind.place)
    blob, _, row = bytes(value).decode("ascii").partition(".")
    # SQLite writes an empty text for the hex of nothing.
    return Sealed(bytes.fromhex(blob), f"{kind.place}.{row}") if blob else None


def _with_row(column: ColumnElement[Any], kind: Encrypted) -> ColumnElement[Any]:
    """The encrypted bytes and what names their row, as one value: HEX.KEY.KEY in bytes."""
    columns = column.table.c
    beside = _Beside(column, *(columns[name] for name in kind.row))
    beside.type = kind
    return beside


class _Beside(FunctionElement[str]):
    name = "beside"
    inherit_cache = True


@compiles(_Beside, "sqlite")
def _beside_sqlite(element: _Beside, compiler: Any, **more: Any) -> str:
    parts = [_written(compiler.process(one, **more), one, "lower(hex({}))", "{}") for one in element.clauses]
    return f"CAST({_JOINED.join(parts)} AS BLOB)"


@compiles(_Beside, "postgresql")
def _beside_postgresql(element: _Beside, compiler: Any, **more: Any) -> str:
    text = "replace(CAST({} AS text), '-', '')"
    parts = [_written(compiler.process(one, **more), one, "encode({}, 'hex')", text) for one in element.clauses]
    return f"convert_to({_JOINED.join(parts)}, 'UTF8')"


_JOINED = " || '.' || "


def _written(sql: str, column: ColumnElement[Any], of_bytes: str, of_others: str) -> str:
    is_bytes = isinstance(column.type, Encrypted | LargeBinary)
    return (of_bytes if is_bytes else of_others).format(sql)


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
