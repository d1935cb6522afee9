"""Who is beside the phone while somebody may do harm: lines of a hand that saw no lesson and no frame."""

import json
from pathlib import Path

from bot.dialogue.protocols.readings import readings_in, reads_in
from knowledge.model import Knowledge

FROZEN = Path(__file__).parent / "frozen" / "beside_phone.jsonl"
AS_GOOD = {"aggressor_writes": {"who_is_this", "claims_victim"}, "somebody_near": {"do_not_answer"}}
"""Readings by which the same is done."""
FOUND = {"somebody_near": 0.65, "aggressor_writes": 0.65, "phone_watched": 0.6, "alone_now": 0.65}
"""The least share of each that is heard."""
FALSE = 0.2
"""The largest share of the others in which any of it is heard."""


def test_who_is_beside_the_phone_is_heard(knowledge: Knowledge) -> None:
    marks: dict[str, list[bool]] = {name: [] for name in (*FOUND, "none")}
    for row in map(json.loads, FROZEN.read_text(encoding="utf-8").splitlines()):
        heard, label = readings_in(row["text"], knowledge) | reads_in(row["text"], knowledge), row["reads"]
        wanted = {label, *AS_GOOD.get(label, ())} if label in FOUND else FOUND.keys()
        marks[label].append(not heard.isdisjoint(wanted))
    shares = {name: sum(found) / len(found) for name, found in marks.items()}
    assert all(shares[name] >= least for name, least in FOUND.items()), shares
    assert shares["none"] <= FALSE, shares
