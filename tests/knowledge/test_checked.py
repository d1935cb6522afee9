"""What was found sound is kept as parsed; what is kept is what the files hold, and spoilt files are read anew."""

import json
from pathlib import Path

import pytest

from knowledge import checked
from knowledge.loader import ROOT, digest_of, load_knowledge, parsed_files
from knowledge.model import Knowledge


def test_what_is_kept_is_what_the_files_hold(tmp_path: Path, knowledge: Knowledge) -> None:
    mark = tmp_path / "sound-x"
    checked._keep(mark)
    parsed = checked._held(mark)
    assert parsed is not None
    assert {name: json.loads(said) for name, said in parsed.items()} == parsed_files(ROOT)
    again = load_knowledge(sound=digest_of(ROOT), parsed=parsed)
    assert (again.topics, again.facts, again.protocols) == (knowledge.topics, knowledge.facts, knowledge.protocols)
    assert [path.name for path in tmp_path.iterdir()] == ["sound-x"]


@pytest.mark.parametrize("held", [b"", b"{", b"[]", b"\xff"])
def test_a_spoilt_file_counts_as_none(tmp_path: Path, held: bytes) -> None:
    mark = tmp_path / "sound-x"
    mark.write_bytes(held)
    assert checked._held(mark) is None
