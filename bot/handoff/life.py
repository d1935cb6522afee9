"""The life of a case with the times that the settings say, as storage is given it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.case import Case
from bot.handoff import case as rules
from bot.handoff import times as timing
from bot.handoff.times import Due, Times


@dataclass(frozen=True, slots=True)
class Life:
    """The same functions as the package has, with other times."""

    times: Times

    need = staticmethod(rules.need)
    claim = staticmethod(rules.claim)
    release = staticmethod(rules.release)
    transfer = staticmethod(rules.transfer)
    lapse = staticmethod(rules.lapse)
    replied = staticmethod(rules.replied)
    heard = staticmethod(rules.heard)
    resolve = staticmethod(rules.resolve)
    label = staticmethod(rules.label)

    def reopen(self, case: Case, now: datetime, *, calm: bool = False) -> Case | None:
        """Within the time that is set."""
        return rules.reopen(case, now, self.times, calm=calm)

    def timers(self, before: Case | None, after: Case, now: datetime) -> Mapping[str, Due | None]:
        """With the times that are set."""
        return timing.timers(before, after, now, self.times)
