"""Small words around the names of places."""

from collections.abc import Sequence

BEFORE_A_PLACE = frozenset(["en", "in", "near", "cerca", "desde", "from", "at", "por", "around", "aqui"])
BETWEEN = frozenset(["de", "del", "of", "la", "el", "los", "las", "the", "general"])
"""Words between a consulate and whose it is."""
CLOSES_A_TYPO = frozenset(
    ["de", "del", "la", "las", "los", "el", "san", "santa", "new", "nueva", "nuevo", "fort", "saint"]
)
"""Words that may be the first of a name that is misspelt behind them."""
BARELY = BETWEEN | {
    "un",
    "una",
    "a",
    "al",
    "hola",
    "hi",
    "hello",
    "busco",
    "necesito",
    "ocupo",
    "por",
    "favor",
    "please",
    "mi",
    "my",
    "buscar",
    "hallar",
    "encontrar",
    "find",
}
"""Words beside a consulate that ask nothing of it."""

SELF = frozenset(["soy", "somos", "am", "im"])
"""Words before a nationality that is a person's: `soy salvadoreño`, `I am from Honduras`."""
BEFORE_ONES_OWN = BETWEEN | {"a", "an", "from", "un", "una"}
"""Words between them."""
ANOTHER = frozenset(["otro", "otra", "otros", "otras", "other", "others", "another", "else"])
"""Words for what is not the consulate just shown."""


def is_ones_own(words: Sequence[str], at: int) -> bool:
    """`soy salvadoreño`, `I am from Honduras`: the nationality of who asks."""
    return next((words[n] for n in range(at - 1, -1, -1) if words[n] not in BEFORE_ONES_OWN), "") in SELF
