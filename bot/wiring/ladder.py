"""What case timers do when they fall due: give a case back, or call somebody. Each runs again after a crash."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from bot import handoff
from bot.conversation import Conversation, Reply
from bot.conversation.case import Case
from bot.conversation.ports import Timer
from bot.dialogue.notices import lapse_notice
from bot.handoff.shifts import Rota
from bot.storage import Cases
from bot.storage.errors import NoSuchCaseError
from bot.wiring import alerts
from knowledge.model import Knowledge

AGAIN = timedelta(seconds=30)
"""Where nobody could be reached, the same rung once more."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """`base` is the address of the console; `rota` is asked each time."""

    cases: Cases
    times: handoff.Times
    targets: Sequence[alerts.Target]
    rota: Callable[[], Rota]
    zone: str
    base: str

    async def lapse(self, timer: Timer, knowledge: Knowledge, now: datetime) -> bool:
        """The claim ran out; False where it was answered."""
        since = datetime.fromisoformat(str(timer.payload["since"]))

        def say(_: Case, conversation: Conversation) -> Reply:
            return lapse_notice(conversation, knowledge, now)

        return await self.cases.lapse(_case_in(timer), since, say, now) is not None

    async def alert(self, timer: Timer, knowledge: Knowledge, now: datetime) -> None:
        """Call whom this rung calls, and set the next one; nothing where somebody has the case."""
        try:
            case = await self.cases.get(_case_in(timer))
        except NoSuchCaseError:
            return
        if case.status != "open":
            return
        number, begun = int(timer.payload["rung"]), datetime.fromisoformat(str(timer.payload["begun"]))
        calls = alerts.called(number, self.rota(), now, self.zone)
        reached = await alerts.send(alerts.alert_of(case, number, knowledge, calls, self.base, now), self.targets)
        following = handoff.rung(case, number + reached, begun, self.times)
        if following is not None:
            # Never in the past: after a night without the server one call is enough.
            await self.cases.move_timer(timer, max(following.due_at, now + AGAIN), following.payload)


def _case_in(timer: Timer) -> UUID:
    return UUID(str(timer.payload["case"]))
