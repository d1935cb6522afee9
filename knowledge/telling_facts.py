"""What is known of a person, said back to them in words."""

from collections.abc import Mapping, Sequence

from knowledge.addresses import put
from knowledge.model import Knowledge
from knowledge.schema.base import Lang
from knowledge.wording import country, listed

COUNTRIES = frozenset({"country", "nationality", "matter_country"})
"""Facts whose value is the code of a country."""


def told_back(known: Mapping[str, str | Sequence[str]], knowledge: Knowledge, lang: Lang) -> str:
    """Fact by fact: "está en México; no tiene: pasaporte"; empty where nothing is known."""
    return "; ".join(filter(None, (_said(name, value, knowledge, lang) for name, value in known.items())))


def _said(name: str, value: str | Sequence[str], knowledge: Knowledge, lang: Lang) -> str:
    held = knowledge.facts_of_a_person
    if not isinstance(value, str):
        things = held.values["things"]  # one that is gone from content is told by its id
        value = listed((things[one].say(lang) if one in things else one for one in value), lang)
    elif words := held.values.get(name, {}).get(value):
        return words.say(lang)
    elif name in COUNTRIES:
        value = country(value, lang, article=True)
    return put(held.back[name].say(lang), {"value": value}) if name in held.back else ""
