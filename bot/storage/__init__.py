"""Everything that is kept: one database, encrypted where it speaks of a person, erased when they ask."""

from bot.storage.alerts import Alerts
from bot.storage.audit import Audit, Entry
from bot.storage.canned import Canned
from bot.storage.case_views import Whole
from bot.storage.cases import Cases
from bot.storage.checklists import Checklists, code_in
from bot.storage.crypto import load_or_make_secret
from bot.storage.engine import Database, upgrade
from bot.storage.floods import Floods
from bot.storage.helped import Helped
from bot.storage.logins import Logins
from bot.storage.looks import Looks
from bot.storage.notices import Notices
from bot.storage.operators import Operator, Operators, Role
from bot.storage.own_view import OwnView, Seen
from bot.storage.phrases import Phrase, Phrases
from bot.storage.ratings import Ratings
from bot.storage.receipts import Receipts
from bot.storage.rota import Shifts
from bot.storage.rows import REMINDER
from bot.storage.searching import Searches
from bot.storage.sending import DatabaseOutbox
from bot.storage.sent_journal import SentJournal
from bot.storage.sessions import Session, Sessions
from bot.storage.tokens import Tokens
from bot.storage.transcript import Line
from bot.storage.turns import DatabaseStore, DatabaseTurn
from bot.storage.window import KNOCK
from bot.storage.withdrawals import Withdrawal, Withdrawals

__all__ = [
    "KNOCK",
    "REMINDER",
    "Alerts",
    "Audit",
    "Canned",
    "Cases",
    "Checklists",
    "Database",
    "DatabaseOutbox",
    "DatabaseStore",
    "DatabaseTurn",
    "Entry",
    "Floods",
    "Helped",
    "Line",
    "Logins",
    "Looks",
    "Notices",
    "Operator",
    "Operators",
    "OwnView",
    "Phrase",
    "Phrases",
    "Ratings",
    "Receipts",
    "Role",
    "Searches",
    "Seen",
    "SentJournal",
    "Session",
    "Sessions",
    "Shifts",
    "Tokens",
    "Whole",
    "Withdrawal",
    "Withdrawals",
    "code_in",
    "load_or_make_secret",
    "upgrade",
]
