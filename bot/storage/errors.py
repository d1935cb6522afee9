"""What storage refuses, each with its own type; StoreBusyError stands in `bot.conversation.ports`."""

from datetime import timedelta


class StorageError(Exception):
    """Something was refused; the text may be shown."""


class WeakSecretKeyError(StorageError):
    """SECRET_KEY is too short."""


class WrongSecretKeyError(StorageError):
    """The database was written with another SECRET_KEY."""


class NotMigratedError(StorageError):
    """The database has no tables yet: `ventanilla db upgrade`."""


class InUseError(StorageError):
    """Another process has the database open."""


class NotEmptyError(StorageError):
    """Rows stand where others were to be moved to."""


class BadCursorError(StorageError):
    """Not a cursor that we gave."""


class NoSuchCaseError(StorageError):
    """No case has this id (any more: its person may have had it erased)."""


class NoSuchConversationError(StorageError):
    """No conversation has this id (any more)."""


class PersonLeftError(StorageError):
    """The person left the chat: nothing is sent until they write again."""


class PersonUnreachableError(StorageError):
    """The person blocked us, or the address is gone."""


class OperatorExistsError(StorageError):
    """The name is taken, also by somebody who is disabled."""


class LogInRefusedError(StorageError):
    """Name, password or code is wrong; which one is not said."""


class ThrottledError(StorageError):
    """Too many wrong passwords for this name from there: the next try comes after `wait`."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__("Too many wrong passwords.")
        self.wait = wait


class NoSourceError(StorageError):
    """Where the case came from is not known, or not any more."""


class NoSuchBlockError(StorageError):
    """Nothing of this number is blocked, or not any more."""


class WeakPasswordError(StorageError):
    """Too short."""


class NoSuchTokenError(StorageError):
    """No token has this number, or it is revoked already."""


class NoSuchSessionError(StorageError):
    """No session of theirs is called so."""


class UnknownScopeError(StorageError):
    """Not something that a token can be for."""


class NoSuchOperatorError(StorageError):
    """Nobody has this name."""


class OtherCaseOpenError(StorageError):
    """The person has another case that is not resolved; a conversation has one."""


class StaleCaseError(StorageError):
    """The person wrote, or somebody acted, since the operator looked; `claimed_by` says who holds it now."""

    def __init__(self, claimed_by: str | None) -> None:
        super().__init__("The case changed since you looked.")
        self.claimed_by = claimed_by


class NoSuchReplyError(StorageError):
    """No reply that is kept ready has this number, or it is another's."""


class TooManyRepliesError(StorageError):
    """So many are kept ready that one more would not be found."""
