"""What a provider says later of a message that we sent: delivered, read, failed."""

from datetime import UTC, datetime

from sqlalchemy import bindparam, select, update

from bot.conversation import ReplyKind
from bot.conversation.ports import Delivery, Receipt
from bot.storage.engine import Database
from bot.storage.tables import messages
from bot.storage.window import hold_back

_BEFORE: dict[Delivery, tuple[Delivery, ...]] = {
    "sent": ("queued",),
    "delivered": ("queued", "sent"),
    "failed": ("queued", "sent"),
    "read": ("queued", "sent", "delivered"),
}
"""What each may follow: receipts come out of order and twice, and a message never goes backwards."""

_IS_IT = messages.c.provider_id == bindparam("of_provider")
_KNOWN = select(messages.c.conversation_id, messages.c.id, messages.c.kind).where(_IS_IT)
_MARK = update(messages).where(_IS_IT, messages.c.delivery.in_(bindparam("before", expanding=True)))


class Receipts:
    """Receipts are kept with their messages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, receipt: Receipt) -> bool:
        """False where no message has this id: not yet, or it was erased. Raises StoreBusyError."""
        message = {"of_provider": receipt.provider_id}
        async with self._database.read() as connection:
            line = (await connection.execute(_KNOWN, message)).first()
        if line is None:
            return False
        if receipt.outside_window and line.kind == ReplyKind.OPERATOR.value:
            async with self._database.write() as connection:
                await hold_back(connection, line.conversation_id, line.id, datetime.now(UTC))
            return True
        values = {"delivery": receipt.delivery, "why": receipt.why, "before": _BEFORE.get(receipt.delivery, ())}
        async with self._database.write() as connection:
            await connection.execute(_MARK, message | values)
        return True
