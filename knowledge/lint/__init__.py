"""Checks the sense of content, one rule a file: errors stop the start, warnings inform."""

from collections.abc import Callable, Iterator
from datetime import date

from knowledge.lint import (
    blocked_number,
    calendar,
    conflicting_ids,
    consulates,
    dead_end,
    es_en_same,
    frames_compile,
    help_text,
    low_confidence_number,
    one_aspect,
    phrases,
    promise,
    register_usted,
    sentences,
    text_length,
    typed_number,
    unknown_reference,
    unused_contact,
    unused_fact,
)
from knowledge.model import Knowledge
from knowledge.problems import Problem

Check = Callable[[Knowledge, date], Iterator[Problem]]

RULES: tuple[Check, ...] = (
    unknown_reference.check,
    conflicting_ids.check,
    frames_compile.check,
    one_aspect.check,
    phrases.check,
    sentences.check,
    dead_end.check,
    blocked_number.check,
    typed_number.check,
    low_confidence_number.check,
    help_text.check,
    promise.check,
    register_usted.check,
    text_length.check,
    es_en_same.check,
    calendar.check,
    consulates.check,
    unused_fact.check,
    unused_contact.check,
)


def lint(knowledge: Knowledge, today: date) -> list[Problem]:
    """Everything that the rules find, by file and line."""
    return sorted({problem for check in RULES for problem in check(knowledge, today)}, key=_by_line)


def _by_line(problem: Problem) -> tuple[str, int, Problem]:
    name, _, line = problem.place.partition(":")
    return name, int(line) if line.isdigit() else 0, problem
