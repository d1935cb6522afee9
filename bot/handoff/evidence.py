"""How much speaks for a case: so many minutes it counts as having waited longer than it has. Pure.

Within a level the queue goes by that, so that a burst of made-up cases buries nobody. The minutes were chosen on
tests/storage/test_bursts.py: visitors of one network and of twenty others, with one line each, beside two people.
"""

from dataclasses import replace
from datetime import timedelta

from bot.conversation.case import Case

ACCOUNTS = frozenset({"telegram", "whatsapp", "sms"})
ACCOUNT = timedelta(minutes=20)
"""A number or an account of a messenger, which costs somebody something; a page costs nothing."""
TALKED = timedelta(minutes=10)
"""Several turns."""
READ = timedelta(minutes=5)
"""Words of the person's own that a rule read."""
CROWDED = timedelta(minutes=2)
"""For each other case of the same network in the hour before: so much less."""
MOST_CROWDED = 30
"""Counted no further."""


def weighed(case: Case, *, channel: str, several_turns: bool, crowd: int) -> Case:
    """The case with the moment from which the queue counts its waiting; `crowd`: others of its network lately."""
    credit = ACCOUNT * (channel in ACCOUNTS) + TALKED * several_turns + READ * bool(case.rule and case.words)
    return replace(case, counts_from=case.opened_at - credit + CROWDED * min(crowd, MOST_CROWDED))
