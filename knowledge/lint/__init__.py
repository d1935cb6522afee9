"""Checks the sense of content, one rule a file: RULES stop the start where they find errors, ADVICE only informs."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from knowledge.lint import (
    ambiguous,
    audience,
    blocked_number,
    brevity,
    calendar,
    confidence,
    conflicting_ids,
    consulates,
    dead_end,
    es_en_same,
    frames_compile,
    glossary,
    help_text,
    institutions,
    missing_language,
    missing_source,
    one_aspect,
    phrases,
    places,
    procedures,
    promise,
    protocol_targets,
    protocols,
    readability,
    register_usted,
    sentences,
    text_length,
    threads,
    translation,
    typed_number,
    unfinished,
    unknown_reference,
    unused_contact,
    unused_fact,
    was,
)
from knowledge.model import Knowledge
from knowledge.problems import Problem

Check = Callable[[Knowledge, date], Iterator[Problem]]

RULES: tuple[Check, ...] = (
    unfinished.check,
    unknown_reference.check,
    missing_language.check,
    missing_source.check,
    institutions.check,
    confidence.check,
    conflicting_ids.check,
    frames_compile.check,
    one_aspect.check,
    audience.check,
    phrases.check,
    ambiguous.check,
    glossary.check,
    sentences.check,
    threads.check,
    dead_end.check,
    procedures.check,
    blocked_number.check,
    typed_number.check,
    help_text.check,
    protocol_targets.check,
    protocols.check,
    promise.check,
    register_usted.check,
    text_length.check,
    brevity.check,
    translation.check,
    calendar.check,
    consulates.check,
    places.check,
    was.check,
)
ADVICE: tuple[Check, ...] = (
    readability.check,
    es_en_same.check,
    unused_fact.check,
    unused_contact.check,
)


def lint(knowledge: Knowledge, today: date, rules: Iterable[Check] = (*RULES, *ADVICE)) -> list[Problem]:
    """Everything that the rules find, by file and line."""
    return sorted({problem for check in rules for problem in check(knowledge, today)}, key=_by_line)


def _by_line(problem: Problem) -> tuple[str, int, Problem]:
    name, _, line = problem.place.partition(":")
    return name, int(line) if line.isdigit() else 0, problem
