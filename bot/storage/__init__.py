"""Everything that is kept: one database, encrypted where it speaks of a person, erased when they ask."""

from bot.storage.cases import Cases
from bot.storage.crypto import load_or_make_secret
from bot.storage.engine import Database, upgrade
from bot.storage.operators import Operator, Operators, Role
from bot.storage.outbox import DatabaseOutbox
from bot.storage.own_view import OwnView, Seen
from bot.storage.receipts import Receipts
from bot.storage.transcript import Line
from bot.storage.turns import DatabaseStore, DatabaseTurn
from bot.storage.withdrawals import Withdrawal, Withdrawals

__all__ = [
    "Cases",
    "Database",
    "DatabaseOutbox",
    "DatabaseStore",
    "DatabaseTurn",
    "Line",
    "Operator",
    "Operators",
    "OwnView",
    "Receipts",
    "Role",
    "Seen",
    "Withdrawal",
    "Withdrawals",
    "load_or_make_secret",
    "upgrade",
]
