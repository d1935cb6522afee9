"""The numbers of a help text: those that this person can reach, and may."""

from datetime import date

from bot.conversation import Conversation, Reply, ReplyKind
from bot.dialogue.hearing import Hearing
from bot.texts import say
from knowledge.freshness import is_withdrawn
from knowledge.schema.base import Confidence
from knowledge.schema.facts import Contact, Serves
from knowledge.schema.urgent import Category

ANYWHERE = "*"
UNITED_STATES = "US"


def help_numbers(hearing: Hearing, category: Category) -> Reply:
    """The lines that can be reached from the person's country (unknown: all), then what else helps."""
    state, lang, knowledge = hearing.conversation, hearing.lang, hearing.knowledge
    fitting = (
        one for one in category.help.contacts if _fits(knowledge.contacts[one.contact], state, hearing.now.date())
    )
    lines = [hearing.fill(f"{one.lead.say(lang)} {{{one.contact}}}") for one in fitting]
    country = category.help.after_by_country.get(state.country or UNITED_STATES)
    after = [hearing.fill(words.say(lang)) for words in (country, category.help.after) if words is not None]
    return Reply(ReplyKind.HELP, "\n\n".join(filter(None, ("\n".join(lines), "\n".join(after)))))


def numbers_for_told(hearing: Hearing) -> Reply | None:
    """The numbers of the last danger told, for the country that is now known."""
    if not hearing.conversation.told:
        return None
    numbers = help_numbers(hearing, hearing.knowledge.categories[hearing.conversation.told[-1].category])
    first = hearing.fill(say("country.first", hearing.lang))
    return Reply(ReplyKind.HELP, f"{first}\n\n{numbers.text}")


def _fits(contact: Contact, state: Conversation, today: date) -> bool:
    """Reachable from where the person is, and never their own government for who fears it."""
    if state.fears_government and contact.serves is not Serves.EVERYBODY:
        return False
    if contact.confidence is Confidence.LOW or is_withdrawn(contact, today):
        return False
    return state.country is None or bool({state.country, ANYWHERE} & set(contact.works_from))
