"""Options that several commands share."""

from datetime import UTC, date, datetime
from typing import Any

import click


def _day(_context: click.Context, _option: click.Parameter, value: Any) -> date:
    return value.date() if isinstance(value, datetime) else datetime.now(UTC).astimezone().date()


TODAY = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    callback=_day,
    help="The day to answer for (default: the machine's date).",
)
