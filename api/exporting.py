"""Cases as a file: CSV or JSON lines, written page by page."""

import csv
import json
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from io import StringIO
from typing import Any

from fastapi import Response
from starlette.responses import StreamingResponse

from api.clock import now
from bot import desk
from bot.storage.queue import Wanted
from bot.wiring import Service

PLAIN = (
    "id", "level", "category", "status", "reason", "country", "claimed_by", "opened_at", "claimed_at", "answered_at",
    "resolved_at", "outcome", "follow_up", "in_time", "grouped_under",
)  # fmt: skip
PERSONAL = (*PLAIN, "conversation_id", "rule", "words", "note", "labels", "place")
"""What only a coordinator may take along: it may hold a person's words or place."""
MEDIA = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl"}


async def exported(service: Service, who: desk.Actor, wanted: Wanted, kind: str, *, words: bool = False) -> Response:
    """All of them; `words` only for who may. `kind` is csv or jsonl."""
    words = words and desk.may(who, "export words")
    pages = desk.export(service, who, wanted, now(), words=words, kind=kind)
    # The log is written, and the database asked, before an answer begins that could not be taken back.
    first = await anext(pages)
    names, written = PERSONAL if words else PLAIN, _csv if kind == "csv" else _jsonl
    headers = {"content-disposition": f'attachment; filename="cases.{kind}"'}
    return StreamingResponse(_lines(first, pages, names, written), media_type=MEDIA[kind], headers=headers)


async def _lines(
    first: Sequence[object],
    pages: AsyncIterator[Sequence[object]],
    names: tuple[str, ...],
    written: Callable[[list[Any]], str],
) -> AsyncIterator[str]:
    """Page by page, the first one read already."""
    yield written(list(names)) if written is _csv else ""
    yield _page(first, names, written)
    async for page in pages:
        yield _page(page, names, written)


def _page(cases: Sequence[object], names: tuple[str, ...], written: Callable[[list[Any]], str]) -> str:
    rows = [_row(case, names) for case in cases]
    return "".join(written(list(row.values())) if written is _csv else _jsonl([row]) for row in rows)


def _row(case: object, names: tuple[str, ...]) -> Mapping[str, Any]:
    shown = {name: getattr(case, name) for name in names}
    if (place := shown.get("place")) is not None:
        shown["place"] = f"{place.latitude}, {place.longitude}"
    if "labels" in shown:
        shown["labels"] = ", ".join(shown["labels"])
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in shown.items()}


def _csv(values: list[Any]) -> str:
    line = StringIO()
    csv.writer(line, lineterminator="\r\n").writerow(_unarmed(value) for value in values)
    return line.getvalue()


def _unarmed(value: Any) -> Any:
    """What a spreadsheet would run as a formula is text."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _jsonl(rows: list[Any]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows)
