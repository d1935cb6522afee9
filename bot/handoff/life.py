"""The life of a case with the times that the settings say, as storage is given it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.conversation import Lang, Reply
from bot.conversation.case import Case
from bot.handoff import case as rules
from bot.handoff import times as timing
from bot.handoff import window
from bot.handoff.evidence import weighed
from bot.handoff.merged import merged
from bot.handoff.times import Due, Times


@dataclass(frozen=True, slots=True)
class Life:
    """The same functions as the package has, with other times."""

    times: Times
    templates: Mapping[Lang, str] = field(default_factory=dict)
    """What asks a person to write, where WhatsApp takes no free words."""

    need = staticmethod(rules.need)
    opened_by = staticmethod(rules.opened_by)
    claim = staticmethod(rules.claim)
    release = staticmethod(rules.release)
    transfer = staticmethod(rules.transfer)
    lapse = staticmethod(rules.lapse)
    replied = staticmethod(rules.replied)
    heard = staticmethod(rules.heard)
    resolve = staticmethod(rules.resolve)
    label = staticmethod(rules.label)
    take_up = staticmethod(rules.take_up)
    call_back = staticmethod(rules.call_back)
    bring_back = staticmethod(rules.bring_back)
    closes_at = staticmethod(window.closes_at)
    merged = staticmethod(merged)
    weighed = staticmethod(weighed)

    def reopen(self, case: Case, now: datetime, *, calm: bool = False) -> Case | None:
        """Within the time that is set."""
        return rules.reopen(case, now, self.times, calm=calm)

    def knock(self, lang: Lang | None) -> Reply | None:
        """With the templates that are set."""
        return window.knock(lang, self.templates)

    def timers(self, before: Case | None, after: Case, now: datetime, *, channel: str = "") -> Mapping[str, Due | None]:
        """With the times that are set."""
        return timing.timers(before, after, now, self.times, channel=channel)
