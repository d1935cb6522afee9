"""`kb build` leaves nothing to be trained for the first person who writes, and a server then imports no training."""

import subprocess
import sys
from pathlib import Path

from knowledge.checked import _held, _mark
from knowledge.loader import ROOT, digest_of

BUILD = """
from click.testing import CliRunner
from bot.cli.main import main
from bot.dialogue.ranking import model_files
kinds, read = set(), model_files._read
model_files._read = lambda path, reader: kinds.add(path.name.partition("-")[0]) or read(path, reader)
done = CliRunner().invoke(main, ["kb", "build"])
assert done.exit_code == 0, done.output
print(*sorted(kinds))
"""
SERVER = """
import sys
from datetime import date
import api.app, bot.cli.main, bot.wiring.running
from knowledge.checked import load_checked
bot.wiring.running.warm(load_checked(date.today()))
heavy = {name.split(".")[0] for name in sys.modules} & {"scipy", "sklearn"}
print(*sorted(heavy | {name for name in sys.modules if name.startswith("bot.training")}))
"""


def said_by(script: str) -> list[str]:
    """What a process of its own prints, which has read and kept nothing yet."""
    root = Path(__file__).parents[2]
    return subprocess.run(
        [sys.executable, "-c", script], cwd=root, capture_output=True, text=True, check=True
    ).stdout.split()


def test_it_makes_all_that_the_engine_reads_from_files():
    small = {
        "acts",
        "age_group",
        "asks",
        "denies",
        "for_whom",
        "status",
        "country",
        "ends",
        "kinds",
        "options",
        "steps",
        "talk",
        "tells",
        "here",
        "turns",
        "whose",
    }
    small |= {"does", "errand_acts", "papers", "words"}
    trained = small | {"danger", "ranker", "weighing"}
    others = {"countries", "known", "places", "votes", "zones"}
    assert {*said_by(BUILD)} == trained | others
    assert _held(_mark(ROOT, digest_of(ROOT))), "no start parses and lints what is in an image"
    assert said_by(SERVER) == [], "a server with models imports nothing of training"
