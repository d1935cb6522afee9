"""A new topic to fill in: what `kb new` writes. The linter refuses it while the mark stands in it."""

from knowledge.schema.topics import CatalogueRow

MARK = "WRITE HERE"

_TOPIC = """\
# Fill in what is marked. What each line means: knowledge/README.md.
id: {id}
title: {{es: {es}, en: {en}}}
who:
  es: 'WRITE HERE for whom, one short sentence.'
  en: 'WRITE HERE for whom, one short sentence.'
names:
  es: [{es}, 'WRITE HERE another name']
  en: [{en}, 'WRITE HERE another name']
sections:
  - id: what
    aspect: what
    covers: [{covers}]
    sources: [WRITE HERE ids of facts or contacts]
    text:
      es: >-
        WRITE HERE the answer: the point in the first sentence, then short sentences.
      en: >-
        WRITE HERE the answer, for English readers.
do: {{es: 'WRITE HERE the next step, beginning with a verb.', en: 'WRITE HERE the next step.'}}
ask: [ciam-us, ciam-mx]
next: [] # WRITE HERE ids of topics that people need next, then take this away
"""
_PHRASES = """\
# Messages as people send them, with their typos; never shown.
topic: {id}
sections:
  what:
    es: ['WRITE HERE how somebody asks', 'WRITE HERE in other words', 'WRITE HERE with a typo']
    en: ['WRITE HERE how somebody asks in English']
"""
_TESTS = """\
# Written apart from the content: each must be answered by this topic (and section, where one is named).
- {{text: "WRITE HERE another way to ask, not one of the phrases", section: what}}
- {{text: "WRITE HERE one in English", section: what}}
"""


def skeleton(topic_id: str, row: CatalogueRow | None) -> dict[str, str]:
    """Texts of the three files by folder; of a catalogue row the names and the covering are filled in."""
    words = {
        "id": topic_id,
        "es": _quoted(row.name.es if row else f"{MARK} the title"),
        "en": _quoted(row.name.en if row else f"{MARK} the title"),
        "covers": topic_id if row else "",
    }
    files = {"topics": _TOPIC, "phrases": _PHRASES, "tests": _TESTS}
    return {folder: text.format(**words) for folder, text in files.items()}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
