"""What a server never imports: what only training needs."""

import subprocess
import sys
from pathlib import Path

SERVER = """
import sys
from datetime import UTC, datetime
import api.app, bot.cli.main, bot.wiring.running
from knowledge.loader import load_knowledge
knowledge = load_knowledge()
bot.wiring.running.warm(knowledge)
heavy = {name.split(".")[0] for name in sys.modules} & {"scipy", "sklearn"}
print(sorted(heavy | {name for name in sys.modules if name.startswith("bot.training")}))
"""


def test_a_server_with_models_imports_nothing_of_training() -> None:
    from click.testing import CliRunner

    from bot.cli.main import main

    assert CliRunner().invoke(main, ["kb", "build"]).exit_code == 0
    done = subprocess.run(
        [sys.executable, "-c", SERVER], cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
