"""Puts a phrase into a file of phrases and leaves all else as it is written."""

import json

import yaml

from knowledge.yaml import child, compose_text


def with_phrase(text: str, section: str, lang: str, phrase: str) -> str:
    """The file's text with the phrase at the end of the list of its section and language (made where it is missing)."""
    quoted = json.dumps(phrase, ensure_ascii=False)
    sections = child(compose_text(text), "sections")
    if not isinstance(sections, yaml.MappingNode):
        raise ValueError("this is no file of phrases")
    by_lang = child(sections, section)
    if not isinstance(by_lang, yaml.MappingNode):
        return _add(text, sections, f"{section}: {{{lang}: [{quoted}]}}")
    phrases = child(by_lang, lang)
    if not isinstance(phrases, yaml.SequenceNode):
        return _add(text, by_lang, f"{lang}: [{quoted}]")
    return _add(text, phrases, quoted)


def _add(text: str, collection: yaml.CollectionNode, item: str) -> str:
    """One more entry of a list or mapping, in the style in which it is written."""
    if collection.flow_style:
        end = collection.end_mark.index - 1
        comma = ", " if collection.value else ""
        return f"{text[:end].rstrip()}{comma}{item}{text[end:]}"
    ends: yaml.Node = collection
    while isinstance(ends, yaml.CollectionNode) and not ends.flow_style:
        ends = ends.value[-1][1] if isinstance(ends, yaml.MappingNode) else ends.value[-1]
    # A text in several lines ends behind its line.
    head = text[: ends.end_mark.index].rstrip()
    line_end, _, tail = text[len(head) :].partition("\n")
    dash = "- " if isinstance(collection, yaml.SequenceNode) else ""
    indent = " " * collection.start_mark.column
    return f"{head}{line_end}\n{indent}{dash}{item}\n{tail}"
