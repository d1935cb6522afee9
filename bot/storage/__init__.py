"""Everything that is kept: one database, encrypted where it speaks of a person, erased when they ask."""

from bot.storage.audit import Audit, Entry
from bot.storage.cases import Cases, Whole
from bot.storage.crypto import load_or_make_secret
from bot.storage.engine import Database, upgrade
from bot.storage.logins import Logins
from bot.storage.operators import Operator, Operators, Role
from bot.storage.outbox import DatabaseOutbox
from bot.storage.own_view import OwnView, Seen
from bot.storage.receipts import Receipts
from bot.storage.rota import Shifts
from bot.storage.searching import Searches
from bot.storage.transcript import Line
from bot.storage.turns import DatabaseStore, DatabaseTurn
from bot.storage.withdrawals import Withdrawal, Withdrawals

__all__ = [
    "Audit",
    "Cases",
    "Database",
    "DatabaseOutbox",
    "DatabaseStore",
    "DatabaseTurn",
    "Entry",
    "Line",
    "Logins",
    "Operator",
    "Operators",
    "OwnView",
    "Receipts",
    "Role",
    "Searches",
    "Seen",
    "Shifts",
    "Whole",
    "Withdrawal",
    "Withdrawals",
    "load_or_make_secret",
    "upgrade",
]
