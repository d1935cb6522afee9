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
from bot.storage import Cases, Whole
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
        whole = await self._whole(timer)
        if whole is None or whole.case.status != "open":
            return
        case = whole.case
        number, begun = int(timer.payload["rung"]), datetime.fromisoformat(str(timer.payload["begun"]))
        calls = alerts.called(number, self.rota(), now, self.zone, whole.person.lang)
        reached = await alerts.send(alerts.alert_of(case, number, knowledge, calls, self.base, now), self.targets)
        following = handoff.rung(case, number + reached, begun, self.times)
        if following is not None:
            # Never in the past: after a night without the server one call is enough.
            await self.cases.move_timer(timer, max(following.due_at, now + AGAIN), following.payload)

    async def window(self, timer: Timer, knowledge: Knowledge, now: datetime) -> None:
        """WhatsApp will soon take no free words; nothing where the person wrote again, or the case is resolved."""
        whole = await self._whole(timer)
        if whole is None or whole.case.status == "resolved" or whole.closes_at is None or now >= whole.closes_at:
            return
        if whole.case.heard_at == datetime.fromisoformat(str(timer.payload["heard"])):
            await self._remind("window", whole, timer, knowledge, now)

    async def call_back(self, timer: Timer, knowledge: Knowledge, now: datetime) -> None:
        """The hour that was promised has come: first of the queue, and somebody is called at once."""
        at = datetime.fromisoformat(str(timer.payload["at"]))
        if await self.cases.bring_back(_case_in(timer), at, now) and (whole := await self._whole(timer)):
            await self._remind("call_back", whole, timer, knowledge, now)

    async def _remind(self, kind: alerts.Kind, whole: Whole, timer: Timer, knowledge: Knowledge, now: datetime) -> None:
        """Once; where nobody could be reached, once more."""
        case = whole.case
        calls = case.claimed_by or alerts.called(0, self.rota(), now, self.zone, whole.person.lang)
        alert = alerts.alert_of(case, 0, knowledge, calls, self.base, now, kind)
        if not await alerts.send(alert, self.targets):
            await self.cases.move_timer(timer, now + AGAIN, timer.payload)

    async def _whole(self, timer: Timer) -> Whole | None:
        try:
            return await self.cases.whole(_case_in(timer))
        except NoSuchCaseError:
            return None


def _case_in(timer: Timer) -> UUID:
    return UUID(str(timer.payload["case"]))
