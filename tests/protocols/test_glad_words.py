"""P17: no line of an end or a hand-over is glad beside a death, a loss or a threat that lives on."""

import re

from knowledge.model import Knowledge

GLAD = re.compile(r"qu[eé] bueno|qu[eé] alivio|me alegra|\bglad\b|what a relief|^good that", re.IGNORECASE)
GRIEVED = "grieved"


def test_no_line_is_glad_beside_a_death(knowledge: Knowledge) -> None:
    clauses = [(name, one) for name, says in knowledge.lines.said.items() for one in says]
    glad = [(name, one) for name, one in clauses if GLAD.search(f"{one.es} {one.en}") and GRIEVED not in one.untold]
    assert glad == []


def test_a_death_is_grieved(knowledge: Knowledge) -> None:
    deaths = {"died", "death_spoken", "baby_lost", "death_far", "death_beside", "baby_loss", "suicide_loss"}
    assert deaths <= {*knowledge.triage.scenes[GRIEVED]}
