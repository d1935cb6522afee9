"""`kb build` leaves nothing to be trained for the first person who writes."""

from click.testing import CliRunner

from bot.cli.main import main
from bot.dialogue.ranking import model_files


def test_it_makes_all_that_the_engine_reads_from_files(monkeypatch):
    kinds, read = set(), model_files._read

    def recorded(path, reader):
        kinds.add(path.name.partition("-")[0])
        return read(path, reader)

    monkeypatch.setattr(model_files, "_read", recorded)
    done = CliRunner().invoke(main, ["kb", "build"])
    assert done.exit_code == 0, done.output
    trained = {"acts", "danger", "ends", "kinds", "ranker", "weighing", "whose"}
    assert kinds == trained | {"countries", "known", "places", "plain", "sections", "votes"}
