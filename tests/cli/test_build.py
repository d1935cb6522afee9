"""`kb build` leaves nothing to be trained for the first person who writes, and a server then imports no training."""

import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner

from bot.cli.main import main
from bot.dialogue.ranking import model_files

SERVER = """
import sys
from datetime import date
import api.app, bot.cli.main, bot.wiring.running
from knowledge.checked import load_checked
bot.wiring.running.warm(load_checked(date.today()))
heavy = {name.split(".")[0] for name in sys.modules} & {"scipy", "sklearn"}
print(sorted(heavy | {name for name in sys.modules if name.startswith("bot.training")}))
"""


def test_it_makes_all_that_the_engine_reads_from_files(monkeypatch):
    kinds, read = set(), model_files._read

    def recorded(path, reader):
        kinds.add(path.name.partition("-")[0])
        return read(path, reader)

    monkeypatch.setattr(model_files, "_read", recorded)
    done = CliRunner().invoke(main, ["kb", "build"])
    assert done.exit_code == 0, done.output
    trained = {"acts", "danger", "ends", "kinds", "ranker", "weighing", "whose"}
    others = {"countries", "known", "places", "plain", "sections", "votes", "zones"}
    assert kinds | {"zones"} == trained | others, "zones may have been read in this process before"
    server = subprocess.run(
        [sys.executable, "-c", SERVER], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    assert server.stdout.strip() == "[]", "a server with models imports nothing of training"
