"""No source, no fact; and a value that a section says stands among the sources that it names."""

from collections.abc import Iterator
from datetime import date

from knowledge.lint.spots import Spot
from knowledge.model import Knowledge
from knowledge.problems import Problem
from knowledge.render import PLACEHOLDER
from knowledge.schema.topics import Section

RULE = "missing_source"


def check(knowledge: Knowledge, today: date) -> Iterator[Problem]:
    """Facts and contacts without a source; facts said by a section or definition that does not cite them."""
    for kind, register in (("facts", knowledge.facts), ("contacts", knowledge.contacts)):
        for item in register.values():
            if not item.sources:
                yield Spot(kind, item.id).problem(knowledge, RULE, "has no source")
    for topic in knowledge.topics.values():
        for number, section in enumerate(topic.sections):
            spot = Spot("topics", topic.id, ("sections", number, "sources"))
            yield from _uncited(_texts(section), section.sources, spot, knowledge)
    for term in knowledge.glossary.values():
        spot = Spot("glossary", term.id, ("sources",))
        yield from _uncited((term.says.es, term.says.en), term.sources, spot, knowledge)


def _texts(section: Section) -> list[str]:
    said = filter(None, (section.text, section.short, *section.steps, section.do))
    return [text for words in said for text in (words.es, words.en)]


def _uncited(
    texts: list[str] | tuple[str, ...], sources: tuple[str, ...], spot: Spot, knowledge: Knowledge
) -> Iterator[Problem]:
    for name in sorted({name for text in texts for name in PLACEHOLDER.findall(text)} & knowledge.facts.keys()):
        if name not in sources:
            yield spot.problem(knowledge, RULE, f"{{{name}}} is said, and {name} is not among the sources")
