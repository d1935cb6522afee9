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
from bot.desk.reading import LINES, export, get, queue, read, read_page, related, search, transcript
from bot.desk.records import Records
from bot.desk.rights import CLI, RIGHTS, Actor, NotAllowedError, Right, may, require
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
    "behind",
    "block",
    "blocks",
    "call_back",
    "claim",
    "claim_next",
    "close_burst",
    "erase",
    "export",
    "get",
    "inbox",
    "label",
    "link",
    "may",
    "note",
    "open_case",
    "pulse",
    "queue",
    "read",
    "read_page",
    "related",
    "release",
    "reply",
    "require",
    "resolve",
    "search",
    "take_up",
    "transcript",
    "transfer",
    "unblock",
]
