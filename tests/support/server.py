"""The real server as a process: `ventanilla run` in a directory of its own, on a free port."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

ROOT = Path(__file__).parents[2]
START_SECONDS = 180.0


@dataclass
class Server:
    """A running process; `url` answers."""

    process: subprocess.Popen[str]
    url: str
    directory: Path
    env: dict[str, str]

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=10)

    def kill(self) -> None:
        """As a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def log(self) -> str:
        return (self.directory / "server.log").read_text()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def environment(directory: Path, **settings: str) -> dict[str, str]:
    """Only what the test says, none of the machine's own settings; and the code of this checkout."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("VENTANILLA_")}
    given = {f"VENTANILLA_{name.upper()}": value for name, value in settings.items()}
    database = {"VENTANILLA_DATABASE_URL": f"sqlite:///{directory / 'test.sqlite3'}"}
    return clean | {"PYTHONPATH": str(ROOT)} | database | given


def command(*args: str) -> list[str]:
    return [str(Path(sys.executable).with_name("ventanilla")), *args]


def ventanilla(directory: Path, *args: str, **settings: str) -> subprocess.CompletedProcess[str]:
    """One command of the console script, to its end."""
    return subprocess.run(
        command(*args),
        cwd=directory,
        env=environment(directory, **settings),
        text=True,
        capture_output=True,
        timeout=60,
    )


@contextmanager
def running(directory: Path, *, start: Sequence[str] = (), **settings: str) -> Iterator[Server]:
    """`start`: another command than `ventanilla run`."""
    port = free_port()
    env = environment(directory, port=str(port), **settings)
    with (directory / "server.log").open("a") as log:
        process = subprocess.Popen(start or command("run"), cwd=directory, env=env, stdout=log, stderr=log, text=True)
    server = Server(process, f"http://127.0.0.1:{port}", directory, env)
    try:
        _wait_until_ready(server)
        yield server
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(5)


def _wait_until_ready(server: Server) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end:
        if server.process.poll() is not None:
            raise AssertionError(f"the server ended at its start:\n{server.log()}")
        try:
            if httpx.get(f"{server.url}/readyz", timeout=1).status_code == 200:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.02)
    raise AssertionError(f"the server did not become ready:\n{server.log()}")


def traceback_in(log: str) -> bool:
    return bool(re.search(r"Traceback|Exception in ASGI", log))
