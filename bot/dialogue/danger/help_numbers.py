"""The numbers of a help text: those that this person can reach, and may."""

import re
from collections.abc import Sequence, Set
from dataclasses import replace
from datetime import date
from itertools import chain

from bot.conversation import Conversation, Reply, ReplyKind, ToldDanger
from bot.dialogue.danger.judging import likelihood_of
from bot.dialogue.danger.moves import LIKELY, moves_in
from bot.dialogue.danger.remembered import idle_in, is_afar, is_apart, is_foreign, phase_of, told_of, with_told
from bot.dialogue.danger.where import where_told
from bot.dialogue.danger.whose import says_foreign
from bot.dialogue.hearing import Hearing
from bot.dialogue.person.audience import MAY_BE_MEXICAN
from bot.dialogue.person.signals import (
    HERE,
    countries_named,
    country_named,
    places_named,
    places_stood,
    read_signals,
    speaks_of_elsewhere,
)
from bot.dialogue.words.framed import frames_of
from bot.dialogue.words.phrasing import spell_out
from knowledge.frames import fold
from knowledge.freshness import is_withdrawn
from knowledge.model import Knowledge
from knowledge.schema.base import Confidence, Level, Words
from knowledge.schema.facts import Contact, Serves
from knowledge.schema.help import Help, HelpContact
from knowledge.schema.urgent import Category

ANYWHERE = "*"
NO_ANSWER = "no-answer"
"""The move of who says that nobody answers."""
UNREACHED = "no-other-line"
"""The line said to who reached nobody at a number of ours."""
NUMBER = re.compile(r"\d[\d ().+-]*\d")
NATIONAL = 10
"""Digits of a number without its country."""
FIRST = 3
"""Lines that are said again to who got no answer."""
CALM = 0.1
"""Likelihood of danger up to which a message tells nothing of it."""
UNITED_STATES = "US"
COVERED = (None, "MX", UNITED_STATES, "CA")
"""Countries with an emergency number of ours; None: nobody said which. Elsewhere an embassy knows more."""


def help_numbers(hearing: Hearing, category: Category, given: Set[str] = frozenset()) -> Reply:
    """The lines that can be reached from the person's country, then what else helps; those `given` if no others.

    Unknown: all, first those of the country whose place the message names; what serves others or few comes last.
    """
    lines, near = _lines(hearing, category, given)
    state = hearing.conversation
    after = [hearing.fill(words.say(hearing.lang)) for words in _after(hearing, category, near)]
    if (door := _consulates_door(hearing, category)) and not state.fears_government:
        after.insert(0, hearing.in_danger(door))
    numbers = "\n".join(_line(hearing, one) for one in lines)
    return Reply(ReplyKind.HELP, "\n\n".join(filter(None, (numbers, "\n".join(after)))))


def _consulates_door(hearing: Hearing, category: Category) -> str | None:
    """The line on whose consulate helps: that of the foreigner in danger, or Mexico's where we have no lines."""
    told = _told(hearing, category)
    if told is not None and told.other and told.foreign:
        return "danger.their_consulate"
    return "danger.embassy" if hearing.conversation.country not in COVERED else None


def first_numbers(hearing: Hearing, category: Category, *, door: bool = True) -> Reply:
    """The first of these lines, for who got no answer; `door`: with whose consulate may help."""
    lines = [_line(hearing, one) for one in _lines(hearing, category)[0][:FIRST]]
    if is_afar(hearing.conversation, told_of(hearing, category)):
        lines.insert(0, hearing.in_danger("danger.afar"))
    if door and _are_foreign(hearing) and not hearing.conversation.fears_government:
        lines.append(hearing.in_danger("danger.their_consulate"))
    return Reply(ReplyKind.CARE, "\n".join(lines))


def with_given(hearing: Hearing, category: Category) -> Hearing:
    """The message heard where the first of these lines were given."""
    first = tuple(one.contact for one in _lines(hearing, category)[0][:FIRST])
    return with_told(hearing, told_of(hearing, category).model_copy(update={"given": first}))


def narrows(hearing: Hearing, category: Category) -> bool:
    """Whether a message tells where the danger is, or of which country somebody is, and other lines stand first now."""
    text, knowledge = hearing.text, hearing.knowledge
    told, signals = told_of(hearing, category), read_signals(text, knowledge)
    tells = signals.country or signals.citizen or says_foreign((text,), knowledge)
    if not (tells or where_told((text,), category.id, knowledge, of_other=told.other)):
        return False
    first = [one.contact for one in _lines(hearing, category)[0][:FIRST]]
    return first[:1] != list(told.given[:1]) or not set(first) <= set(told.given)


def _lines(hearing: Hearing, category: Category, given: Set[str] = frozenset()) -> tuple[list[HelpContact], str | None]:
    """The lines in their order, and the country that they are for."""
    state, knowledge = hearing.conversation, hearing.knowledge
    told, today = _told(hearing, category), hearing.now.date()
    where = told.where if told is not None else None
    # Whoever is there may call for who is far away: their numbers come last, not out.
    places = {state.country, where} if told is not None and is_afar(state, told) else {state.country}
    fitting = [one for one in category.help.contacts if _fits(knowledge.contacts[one.contact], state, places, today)]
    fitting = [one for one in fitting if phase_of(state, category.id) not in one.not_in] or fitting
    fitting = [one for one in fitting if not (state.minor and one.adults)] or fitting
    own = told is None or not told.other
    fitting = [one for one in fitting if not (own and state.country in one.not_here)] or fitting
    fresh = [one for one in fitting if one.contact not in given]
    fitting = fresh if any(one.only is None for one in fresh) else fitting
    fitting = [one for one in fitting if not _is_for_others(one, category, hearing)] or fitting
    idle = idle_in(state, told, knowledge)
    fitting = [one for one in fitting if one.contact not in idle] or fitting
    named = _countries(hearing)
    fitting = [one for one in fitting if not _is_anothers(one, named, hearing)]
    near = state.country or where or _country_named(told_here(hearing), knowledge)
    family = _are_foreign(hearing)

    there = where if told is not None and is_afar(state, told) else None

    unreached = _unreached(hearing, told)

    def later(one: HelpContact) -> tuple[bool, bool, bool, bool, bool]:
        contact = knowledge.contacts[one.contact]
        of_few = one.only is not None and one.only not in named
        # Of another country is who writes, of which the other one is nobody said: no line is lost, but theirs go first.
        for_mexicans = family and contact.serves is Serves.MEXICANS
        # Who takes reports of where it is from abroad comes first.
        not_there = there is None or one.only != there or not {state.country, ANYWHERE} & set(contact.works_from)
        away = near is not None and not {near, ANYWHERE} & set(contact.works_from)
        return bool(unreached & _names_of(contact)), not_there, of_few, for_mexicans, away

    return sorted(fitting, key=later), near


def _unreached(hearing: Hearing, told: ToldDanger | None) -> Set[str]:
    """The words of what was lately said of a line that nobody answered."""
    said = (heard.text for heard in hearing.conversation.heard)
    silent = (text for text in said if moves_in(text, hearing.knowledge).get(NO_ANSWER, 0.0) >= LIKELY)
    now = [hearing.text] if told is not None and told.said[-1:] == (UNREACHED,) else []
    return {word for text in chain(silent, now) for word in (*fold(text).split(), *_dialled(text))}


def _dialled(text: str) -> list[str]:
    """The numbers in a message as one word each, however they are spaced: `55 5658 1111`."""
    return [re.sub(r"\D", "", found)[-NATIONAL:] for found in NUMBER.findall(text)]


def _names_of(contact: Contact) -> Set[str]:
    """The words that name a line alone: its number, and the letters that it goes by."""
    letters = contact.id.partition("-")[0]
    values = {contact.value, contact.value[-NATIONAL:]}
    return {*values, letters} if letters.upper() in contact.name.es.split() else values


def told_here(hearing: Hearing) -> list[str]:
    """What was said lately, the newest first, without calm words of where somebody else is: `my dad is in Mexico`."""
    *before, last = [heard.text for heard in hearing.conversation.heard] or [hearing.text]
    return [last, *(one for one in reversed(before) if not _of_others(one, hearing.knowledge))]


def _of_others(text: str, knowledge: Knowledge) -> bool:
    return speaks_of_elsewhere(text, knowledge) and likelihood_of(text, knowledge) <= CALM


def _country_named(texts: Sequence[str], knowledge: Knowledge) -> str | None:
    """The one country that a message names as where something is, the newest first; else as any place."""
    stood = (next(iter(named)) for text in texts if len(named := places_stood(text, knowledge)) == 1)
    return next(chain(stood, filter(None, (country_named(text, knowledge) for text in texts))), None)


def _are_foreign(hearing: Hearing) -> bool:
    """Whether the writer is of another country or comes from one, so that whoever they tell of may be of it, too."""
    state, knowledge = hearing.conversation, hearing.knowledge
    if state.citizen is not None:
        return state.citizen not in MAY_BE_MEXICAN
    if state.country is not None and state.country not in HERE:
        return True  # their consulate is no help of ours, unless they say that they are Mexican
    return any(_come_from(heard.text, knowledge) - HERE for heard in state.heard)


def _come_from(text: str, knowledge: Knowledge) -> Set[str]:
    """The countries that a text names as where somebody comes from."""
    return places_named(text, knowledge) - places_stood(text, knowledge)


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
    if hearing.knowledge.contacts[one.contact].serves is not Serves.OTHER_NATIONALS:
        return bool(named)
    state = hearing.conversation
    origin = (_come_from(heard.text, hearing.knowledge) for heard in state.heard)
    return state.citizen is not None or bool(named - HERE) or any(origin) or any(told.foreign for told in state.told)


def _is_for_others(one: HelpContact, category: Category, hearing: Hearing) -> bool:
    """Whether a line is for Mexicans, and the one in this danger is none."""
    told = [each for each in hearing.conversation.told if each.category == category.id]
    mexicans = hearing.knowledge.contacts[one.contact].serves is Serves.MEXICANS
    return mexicans and any(is_foreign(hearing.conversation, each) for each in told[-1:])


def _line(hearing: Hearing, one: HelpContact) -> str:
    lead = one.lead_minor if hearing.conversation.minor and one.lead_minor else one.lead
    return hearing.fill(f"{lead.say(hearing.lang)} {{{one.contact}}}")


def _after(hearing: Hearing, category: Category, near: str | None) -> list[Words]:
    help_, country = category.help, hearing.conversation.country
    if (told := _told(hearing, category)) is not None and is_apart(hearing.conversation, told):
        country = told.where  # what is said of a country is said of the one where the danger is
    if hearing.conversation.minor and help_.after_minor is not None:
        return [help_.after_minor]
    # A place that is only named excludes nothing: the desert of Sonora is in Arizona, too.
    sure = idle_in(hearing.conversation, told, hearing.knowledge)
    elsewhere = told is not None and told.other and told.where is None  # whoever writes from home is not with them
    known = (country and not elsewhere) or sure
    countries = dict.fromkeys([country or near] if known else [country or near, UNITED_STATES])
    said = [help_.after_by_country.get(one) for one in countries if one]
    placed = _after_told(hearing, help_, placed=told is not None and told.placed)
    theirs = category.other.after if category.other is not None and told is not None and told.other else None
    last = help_.after_in.get(phase_of(hearing.conversation, category.id) or "", placed or theirs or help_.after)
    return [words for words in (*said, last) if words is not None]


def _after_told(hearing: Hearing, help_: Help, *, placed: bool) -> Words | None:
    """What is said in place of a question for what was told: children, or the town."""
    spelling = hearing.knowledge.spelling
    texts = [spell_out(heard.text, spelling) for heard in hearing.conversation.heard]
    for one in help_.after_told:
        if any(frames_of(one.any).first(text) and not frames_of(one.unless).first(text) for text in texts):
            return one.after_placed if placed else one.after
    return help_.after_placed if placed else None


def numbers_for_told(hearing: Hearing) -> Reply | None:
    """The numbers of the last danger told, for the country that is now known; first the emergency where lives are."""
    if not hearing.conversation.told:
        return None
    told = hearing.conversation.told[-1]
    numbers = care_numbers(hearing, hearing.knowledge.categories[told.category])
    if told.level is not Level.CRITICAL:
        return numbers  # no alarm over a death, or over officers whom the police might bring along
    key = "danger.afar" if is_afar(hearing.conversation, told) else "country.first"
    first = hearing.in_danger(key)
    return Reply(ReplyKind.CARE, f"{first}\n\n{numbers.text}")


def _fits(contact: Contact, state: Conversation, places: Set[str | None], today: date) -> bool:
    """Reachable from these countries, and never their own government for who fears it."""
    if state.fears_government and contact.serves is not Serves.EVERYBODY:
        return False
    if contact.confidence is Confidence.LOW or is_withdrawn(contact, today):
        return False
    return None in places or bool({*places, ANYWHERE} & set(contact.works_from))


def _told(hearing: Hearing, category: Category) -> ToldDanger | None:
    """What is remembered of this danger, if it was told."""
    return next((told for told in hearing.conversation.told if told.category == category.id), None)
