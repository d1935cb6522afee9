"""Small words around the names of places."""

BEFORE_A_PLACE = frozenset(["en", "in", "near", "cerca", "desde", "from", "at", "por", "around", "aqui"])
BETWEEN = frozenset(["de", "del", "of", "la", "el", "los", "las", "the", "general"])
"""Words between a consulate and whose it is."""
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
