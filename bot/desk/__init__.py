"""What people at the desk may do: one use case a function, for the API, the console and the command line.

Each takes the records (storage), who acts and the time; it holds the rights, hands on the version that was last seen,
and leaves its line in the log.
"""

from bot.desk.acting import (
    call_back,
    claim,
    claim_next,
    erase,
    label,
    link,
    note,
    open_case,
    release,
    reply,
    resolve,
    take_up,
    transfer,
)
from bot.desk.flooding import behind, block, blocks, close_burst, unblock
from bot.desk.inbox import GLANCED, Inbox, Pulse, inbox, pulse
from bot.desk.preparing import drop_ready, keep_ready, ready
from bot.desk.reading import LINES, export, get, queue, read, read_page, related, search, transcript
from bot.desk.records import Records
from bot.desk.rights import CLI, RIGHTS, Actor, NotAllowedError, Right, may, require
from bot.desk.staffing import (
    Week,
    accounts,
    add_account,
    add_shift,
    close_account,
    open_account,
    remove_shift,
    renew_password,
    revoke_token,
    set_holiday,
    week,
)
from bot.storage.queue import Wanted

__all__ = [
    "CLI",
    "GLANCED",
    "LINES",
    "RIGHTS",
    "Actor",
    "Inbox",
    "NotAllowedError",
    "Pulse",
    "Records",
    "Right",
    "Wanted",
    "Week",
    "accounts",
    "add_account",
    "add_shift",
    "behind",
    "block",
    "blocks",
    "call_back",
    "claim",
    "claim_next",
    "close_account",
    "close_burst",
    "drop_ready",
    "erase",
    "export",
    "get",
    "inbox",
    "keep_ready",
    "label",
    "link",
    "may",
    "note",
    "open_account",
    "open_case",
    "pulse",
    "queue",
    "read",
    "read_page",
    "ready",
    "related",
    "release",
    "remove_shift",
    "renew_password",
    "reply",
    "require",
    "resolve",
    "revoke_token",
    "search",
    "set_holiday",
    "take_up",
    "transcript",
    "transfer",
    "unblock",
    "week",
]
