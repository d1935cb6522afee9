"""A small procedure with questions, prices and a deadline, behind a topic of the real content."""

from functools import cache

from knowledge.loader import load_knowledge
from knowledge.model import Knowledge
from knowledge.schema.procedures import Procedure
from tests.support.content import TINY, content

TOPIC = "matricula-consular"
OTHER = "ecosoc"
"""The one real errand beside it, which sounds like nothing of its."""


@cache
def with_errand() -> Knowledge:
    """The real content, and with it the errand of the tiny tree behind TOPIC, and OTHER alone."""
    real, tiny = content(), load_knowledge(TINY)
    errand = tiny.procedures["errand"]
    stops = {"topics": ("pasaporte",)}
    grown = errand.questions[0]
    options = (grown.options[0], grown.options[1].model_copy(update=stops))
    questions = (grown.model_copy(update={"options": options}), *errand.questions[1:])
    ours = errand.model_copy(update={"topics": (TOPIC,), "questions": questions})
    real = real.saying(procedures={OTHER: real.procedures[OTHER]})
    return changed(real, ours, facts={**tiny.facts, **real.facts}, contacts={**tiny.contacts, **real.contacts})


def changed(knowledge: Knowledge, procedure: Procedure, **more: object) -> Knowledge:
    """Content in which this procedure stands under its id."""
    documents = {**load_knowledge(TINY).documents, **knowledge.documents}
    procedures = {**knowledge.procedures, procedure.id: procedure}
    return knowledge.saying(procedures=procedures, documents=documents, **more)
