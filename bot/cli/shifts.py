"""`ventanilla shifts …`: who reads cases when; works while the server runs."""

from datetime import date

import click

from bot import handoff
from bot.cli.with_database import with_database
from bot.storage import Database, Operators, Shifts
from knowledge.schema.base import LANGS

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class _Minutes(click.ParamType[int]):
    name = "HH:MM"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Minutes from midnight; 24:00 is the end of the day."""
        hour, _, minute = value.partition(":")
        if not (hour.isdigit() and minute.isdigit() and int(minute) < 60 and int(hour) * 60 + int(minute) <= 24 * 60):
            self.fail(f"{value!r} is no time like 09:00", param, ctx)
        return int(hour) * 60 + int(minute)


@click.group(help="Who reads cases when, in the desk's time zone; where there are shifts they replace ON_DUTY.")
def shifts() -> None:
    """Nothing of its own."""


@shifts.command("add", help="Every week from BEGINS to ENDS, also past midnight: `shifts add ana mon,tue 22:00 06:00`.")
@click.argument("operator")
@click.argument("days")
@click.argument("begins", type=_Minutes())
@click.argument("ends", type=_Minutes())
@click.option("--langs", default="es", help="Languages, with commas: es,en.")
def add(operator: str, days: str, begins: int, ends: int, langs: str) -> None:
    """The running servers know it within a minute."""
    wanted = [day.strip().lower() for day in days.split(",")]
    if wrong := [day for day in wanted if day not in DAYS]:
        raise click.BadParameter(f"{', '.join(wrong)}: days are {', '.join(DAYS)}")
    spoken = [lang.strip().lower() for lang in langs.split(",") if lang.strip()]
    if not spoken or (wrong := [lang for lang in spoken if lang not in LANGS]):
        raise click.BadParameter(f"{', '.join(wrong) if spoken else 'none'}: languages are {', '.join(LANGS)}")
    if begins == ends:
        raise click.BadParameter("it begins when it ends; a whole day is 00:00 24:00")

    async def add_all(database: Database) -> bool:
        for day in wanted:
            await Shifts(database).add(operator, DAYS.index(day), begins, ends, ",".join(spoken))

        return any(
            one.name == operator and not one.disabled_at for one in await Operators(database, handoff).list_operators()
        )

    if not with_database(add_all):
        click.echo(
            f"There is no open account called {operator}: alerts will name somebody who cannot log in.", err=True
        )
    click.echo(f"{operator}: {', '.join(wanted)} {_clock(begins)}-{_clock(ends)}")


@shifts.command("list", help="All shifts and holidays.")
def list_shifts() -> None:
    """One line each: number, day, times, operator, languages."""
    rows, days = with_database(lambda database: Shifts(database).all())
    for row in rows:
        times = f"{_clock(row.begins)}-{_clock(row.ends)}"
        closed = "" if row.stands else "\tclosed account: does not count"
        click.echo(f"{row.id}\t{DAYS[row.weekday]}\t{times}\t{row.operator}\t{row.langs}{closed}")
    for day in days:
        click.echo(f"\t{day}\tholiday")


@shifts.command("remove", help="Take a shift away, by its number.")
@click.argument("number", type=int)
def remove(number: int) -> None:
    """Exit code 1 for an unknown number."""
    if not with_database(lambda database: Shifts(database).remove(number)):
        raise click.ClickException(f"There is no shift {number}.")
    click.echo(f"Shift {number} is removed.")


@shifts.command("holiday", help="On this day no shift begins: `shifts holiday 2026-12-25 Navidad`.")
@click.argument("day", type=click.DateTime(["%Y-%m-%d"]))
@click.argument("name", default="")
def holiday(day: date, name: str) -> None:
    """Once more changes nothing."""
    with_database(lambda database: Shifts(database).add_holiday(date(day.year, day.month, day.day), name))
    click.echo(f"{day:%Y-%m-%d} is a holiday.")


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"
