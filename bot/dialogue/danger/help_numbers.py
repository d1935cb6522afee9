"""The numbers of a help text: those that this person can reach, and may."""

from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date
from itertools import chain

from bot.conversation import Conversation, Reply, ReplyKind
from bot.dialogue.danger.care import is_foreign, phase_of
from bot.dialogue.hearing import Hearing
from bot.dialogue.signals import HERE, countries_named, country_named, places_stood
from bot.texts import say
from knowledge.freshness import is_withdrawn
from knowledge.model import Knowledge
from knowledge.schema.base import Confidence, Level, Words
from knowledge.schema.facts import Contact, Serves
from knowledge.schema.urgent import Category, Help, HelpContact

ANYWHERE = "*"
FIRST = 3
"""Lines that are said again to who got no answer."""
UNITED_STATES = "US"
COVERED = (None, "MX", UNITED_STATES, "CA")
"""Countries with an emergency number of ours; None: nobody said which. Elsewhere an embassy knows more."""


def help_numbers(hearing: Hearing, category: Category, given: Set[str] = frozenset()) -> Reply:
    """The lines that can be reached from the person's country, then what else helps; those `given` if no others.

    Unknown: all, first those of the country whose place the message names; what serves others or few comes last.
    """
    lines, near = _lines(hearing, category, given)
    state = hearing.conversation
    after = [
        hearing.fill(words.say(hearing.lang)) for words in _after(category.help, state.country, near, minor=state.minor)
    ]
    if state.country not in COVERED and not state.fears_government:
        after.insert(0, say("danger.embassy", hearing.lang))
    return Reply(ReplyKind.HELP, "\n\n".join(filter(None, ("\n".join(lines), "\n".join(after)))))


def first_numbers(hearing: Hearing, category: Category) -> Reply:
    """The first of these lines, for who got no answer."""
    return Reply(ReplyKind.CARE, "\n".join(_lines(hearing, category)[0][:FIRST]))


def _lines(hearing: Hearing, category: Category, given: Set[str] = frozenset()) -> tuple[list[str], str | None]:
    """The lines in their order, and the country that they are for."""
    state, knowledge = hearing.conversation, hearing.knowledge
    fitting = [
        one for one in category.help.contacts if _fits(knowledge.contacts[one.contact], state, hearing.now.date())
    ]
    fresh = [one for one in fitting if one.contact not in given]
    fitting = fresh if any(one.only is None for one in fresh) else fitting
    fitting = [one for one in fitting if not _is_for_others(one, category, hearing)] or fitting
    fitting = [one for one in fitting if phase_of(state, category.id) not in one.not_in] or fitting
    named = _countries(hearing)
    fitting = [one for one in fitting if not _is_anothers(one, named, hearing)]
    near = state.country or _country_named([heard.text for heard in reversed(state.heard)], knowledge)

    def later(one: HelpContact) -> tuple[bool, bool]:
        contact = knowledge.contacts[one.contact]
        of_few = one.only is not None and one.only not in named
        return of_few, near is not None and not {near, ANYWHERE} & set(contact.works_from)

    fitting.sort(key=later)
    return [_line(hearing, one) for one in fitting], near


def _country_named(texts: Sequence[str], knowledge: Knowledge) -> str | None:
    """The one country that a message names as where something is, the newest first; else as any place."""
    stood = (next(iter(named)) for text in texts if len(named := places_stood(text, knowledge)) == 1)
    return next(chain(stood, filter(None, (country_named(text, knowledge) for text in texts))), None)


def care_numbers(hearing: Hearing, category: Category) -> Reply:
    """The same, after the help text."""
    return replace(help_numbers(hearing, category), kind=ReplyKind.CARE)


def _countries(hearing: Hearing) -> set[str]:
    """All that were named lately, as a place or as the writer's own."""
    said = (countries_named(heard.text, hearing.knowledge) for heard in hearing.conversation.heard)
    own = {hearing.conversation.country, hearing.conversation.citizen} - {None}
    return {country for country in own if country}.union(*said)


def _is_anothers(one: HelpContact, named: Set[str], hearing: Hearing) -> bool:
    """Whether a line is surely for others: those of a country or of a place that is not the one named."""
    if one.only is None or one.only in named:
        return False
    of_people = hearing.knowledge.contacts[one.contact].serves is Serves.OTHER_NATIONALS
    return hearing.conversation.citizen is not None or bool(named - HERE) if of_people else bool(named)


def _is_for_others(one: HelpContact, category: Category, hearing: Hearing) -> bool:
    """Whether a line is for Mexicans, and the one in this danger is none."""
    told = [each for each in hearing.conversation.told if each.category == category.id]
    mexicans = hearing.knowledge.contacts[one.contact].serves is Serves.MEXICANS
    return mexicans and any(is_foreign(hearing.conversation, each) for each in told[-1:])


def _line(hearing: Hearing, one: HelpContact) -> str:
    lead = one.lead_minor if hearing.conversation.minor and one.lead_minor else one.lead
    return hearing.fill(f"{lead.say(hearing.lang)} {{{one.contact}}}")


def _after(help_: Help, country: str | None, near: str | None, *, minor: bool) -> list[Words]:
    if minor and help_.after_minor is not None:
        return [help_.after_minor]
    # A place that is only named excludes nothing: the desert of Sonora is in Arizona, too.
    countries = dict.fromkeys([country] if country else [near, UNITED_STATES])
    said = [help_.after_by_country.get(one) for one in countries if one]
    return [words for words in (*said, help_.after) if words is not None]


def numbers_for_told(hearing: Hearing) -> Reply | None:
    """The numbers of the last danger told, for the country that is now known; first the emergency where lives are."""
    if not hearing.conversation.told:
        return None
    told = hearing.conversation.told[-1]
    numbers = care_numbers(hearing, hearing.knowledge.categories[told.category])
    if told.level is not Level.CRITICAL:
        return numbers  # no alarm over a death, or over officers whom the police might bring along
    first = hearing.fill(say("country.first", hearing.lang))
    return Reply(ReplyKind.CARE, f"{first}\n\n{numbers.text}")


def _fits(contact: Contact, state: Conversation, today: date) -> bool:
    """Reachable from where the person is, and never their own government for who fears it."""
    if state.fears_government and contact.serves is not Serves.EVERYBODY:
        return False
    if contact.confidence is Confidence.LOW or is_withdrawn(contact, today):
        return False
    return state.country is None or bool({state.country, ANYWHERE} & set(contact.works_from))
