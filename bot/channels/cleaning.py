"""What people write, without what is not writing."""

import unicodedata
from itertools import islice

TEXT_LIMIT = 4096
"""Characters of one message that are read; no channel lets a person write more."""

# Controls, invisible formats (direction marks, zero-width spaces and joiners) and lone surrogates: they hide words from
# the reading of danger, and neither a database nor a console shows them well.
_DROPPED = frozenset({"Cc", "Cf", "Cs"})
_KEPT = frozenset("\n\t")


def clean(text: str, limit: int = TEXT_LIMIT) -> str:
    """The first `limit` characters that can be seen; any text is taken."""
    seen = (char for char in text if char in _KEPT or unicodedata.category(char) not in _DROPPED)
    return "".join(islice(seen, limit))
