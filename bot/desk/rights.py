"""Who may do what at the desk: one table of roles."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

from bot.storage.operators import CLI_NAME, Role

Right = Literal[
    "read",
    "glance",
    "work",
    "hand on",
    "answers",
    "shared answers",
    "export",
    "export words",
    "erase",
    "figures",
    "log",
    "accounts",
    "staff",
]

RIGHTS: Mapping[Right, tuple[Role, ...]] = {
    "read": ("operator", "coordinator", "auditor"),
    "glance": ("operator", "coordinator"),
    "work": ("operator", "coordinator"),
    "hand on": ("coordinator",),
    "answers": ("operator", "coordinator"),
    "shared answers": ("coordinator",),
    "export": ("coordinator", "auditor"),
    "export words": ("coordinator",),
    "erase": ("coordinator",),
    "figures": ("coordinator", "auditor"),
    "log": ("coordinator", "auditor"),
    "accounts": ("operator", "coordinator", "auditor"),
    "staff": ("coordinator",),
}
"""`glance`: the last words of everybody who waits, to tell cases apart before one is opened. `hand on`: also what
others hold. `accounts`: to see who works here; `staff`: to change who does, and when.
"""


class Actor(Protocol):
    """Somebody who acts: an operator, or the command line."""

    @property
    def name(self) -> str:
        """As the log has it."""
        ...

    @property
    def role(self) -> Role:
        """What it may do."""
        ...


@dataclass(frozen=True, slots=True)
class _Machine:
    name: str
    role: Role


CLI: Actor = _Machine(CLI_NAME, "coordinator")
"""Who has a shell on the machine; no account can be called so."""


class NotAllowedError(Exception):
    """The role may not do this."""


def may(who: Actor, right: Right) -> bool:
    """Whether the role has this right."""
    return who.role in RIGHTS[right]


def require(who: Actor, right: Right) -> None:
    """NotAllowedError."""
    if not may(who, right):
        raise NotAllowedError(f"Not for the role {who.role}.")
