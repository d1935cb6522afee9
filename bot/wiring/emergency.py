"""The texts of a case's kind of danger, as the bot says them, for who answers in its place."""

from collections.abc import Sequence
from datetime import date

from bot.conversation import Conversation, OpenDanger
from bot.conversation.case import Case
from bot.dialogue.protocols.book import ask_of, care_of, first_of
from bot.dialogue.protocols.told import facts_of
from bot.dialogue.rendering.danger import Speech, bubble
from knowledge.model import Knowledge


def emergency_texts(case: Case, person: Conversation, knowledge: Knowledge, today: date) -> Sequence[tuple[str, bool]]:
    """Each text in the person's language, and whether they were told it: first words, new, told."""
    if case.category not in knowledge.categories:
        return ()
    danger = _danger(case, person)
    facts = facts_of(danger, person.situation, on_duty=False)
    ask = ask_of(danger, knowledge)
    cares = [
        name for name, care in care_of(danger, knowledge) if not care.only or not facts.heard.isdisjoint(care.only)
    ]
    first, general = (tuple(first_of(one, facts, knowledge)) for one in (danger, danger.having(kind=None)))
    alone = (*cares, *(ask[:1] if ask else ()))
    texts = [first, *((name,) for name in alone), *([general] if general[0] not in first else [])]
    speech = Speech(facts, knowledge, person.lang or "es", today, labelled=True)
    worded = ((bubble(ids, speech, []), set(ids) <= {*danger.given}) for ids in texts)
    said = list({one.text: was for one, was in worded if one is not None}.items())
    return said[:1] + sorted(said[1:], key=lambda one: one[1])


def _danger(case: Case, person: Conversation) -> OpenDanger:
    """The one that was told; where an operator saw another kind, that one with nothing known of it."""
    told = person.danger
    if told is not None and told.category == case.category:
        return told
    return OpenDanger(category=case.category or "", level=case.level, opened_at=case.opened_at, heard_at=case.opened_at)
