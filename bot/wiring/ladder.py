"""What case timers do when they fall due: give a case back, or have somebody called. Each runs again after a crash."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bot.conversation import Conversation, Reply
from bot.conversation.case import Case
from bot.conversation.ports import Timer
from bot.dialogue.engine import lapse_notice
from bot.storage import Alerts, Cases, Whole
from bot.storage.errors import NoSuchCaseError
from knowledge.model import Knowledge


@dataclass(frozen=True, slots=True)
class Ladder:
    """Nothing here waits for the network: who is called stands in a row that bot.wiring.alerting sends."""

    cases: Cases
    alerts: Alerts
    targets: Sequence[str]

    async def lapse(self, timer: Timer, knowledge: Knowledge, now: datetime) -> bool:
        """The claim ran out; False where it was answered."""
        since = datetime.fromisoformat(str(timer.payload["since"]))

        def say(_: Case, conversation: Conversation) -> Reply:
            return lapse_notice(conversation, knowledge, now)

        return await self.cases.lapse(_case_in(timer), since, say, now) is not None

    async def window(self, timer: Timer, now: datetime) -> None:
        """WhatsApp will soon take no free words; nothing where the person wrote again, or the case is resolved."""
        whole = await self._whole(timer)
        if whole is None or whole.case.status == "resolved" or whole.closes_at is None or now >= whole.closes_at:
            return
        if whole.case.heard_at == datetime.fromisoformat(str(timer.payload["heard"])):
            await self.alerts.post(self.targets, whole.case.id, "window", now)

    async def call_back(self, timer: Timer, now: datetime) -> None:
        """The hour that was promised has come: first of the queue, and somebody is called at once."""
        at = datetime.fromisoformat(str(timer.payload["at"]))
        if case := await self.cases.bring_back(_case_in(timer), at, now):
            await self.alerts.post(self.targets, case.id, "call_back", now)

    async def _whole(self, timer: Timer) -> Whole | None:
        try:
            return await self.cases.whole(_case_in(timer))
        except NoSuchCaseError:
            return None


def _case_in(timer: Timer) -> UUID:
    return UUID(str(timer.payload["case"]))
