"""What a provider says later of a message that we sent: delivered, read, failed."""

from sqlalchemy import bindparam, exists, select, update

from bot.conversation.ports import Delivery, Receipt
from bot.storage.engine import Database
from bot.storage.tables import messages

_BEFORE: dict[Delivery, tuple[Delivery, ...]] = {
    "sent": ("queued",),
    "delivered": ("queued", "sent"),
    "failed": ("queued", "sent"),
    "read": ("queued", "sent", "delivered"),
}
"""What each may follow: receipts come out of order and twice, and a message never goes backwards."""

_IS_IT = messages.c.provider_id == bindparam("of_provider")
_KNOWN = select(exists().where(_IS_IT))
_MARK = update(messages).where(_IS_IT, messages.c.delivery.in_(bindparam("before", expanding=True)))


class Receipts:
    """Receipts are kept with their messages."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, receipt: Receipt) -> bool:
        """False where no message has this id: not yet, or it was erased. Raises StoreBusyError."""
        message = {"of_provider": receipt.provider_id}
        async with self._database.read() as connection:
            if not await connection.scalar(_KNOWN, message):
                return False
        values = {"delivery": receipt.delivery, "why": receipt.why, "before": _BEFORE.get(receipt.delivery, ())}
        async with self._database.write() as connection:
            await connection.execute(_MARK, message | values)
        return True
