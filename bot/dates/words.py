"""The words of dates, folded: months, days of the week, numbers, ordinals, years said by their place."""

MONTHS = {
    **dict.fromkeys(["enero", "enro", "january", "januray", "janury"], 1),
    **dict.fromkeys(["febrero", "febreo", "frebrero", "february", "febuary", "feburary"], 2),
    **dict.fromkeys(["marzo", "marso", "march"], 3),
    **dict.fromkeys(["abril", "abirl", "april", "apirl"], 4),
    **dict.fromkeys(["mayo"], 5),
    **dict.fromkeys(["junio", "juino", "june"], 6),
    **dict.fromkeys(["julio", "juilo", "july"], 7),
    **dict.fromkeys(["agosto", "agotso", "august", "agust"], 8),
    **dict.fromkeys(
        ["septiembre", "setiembre", "septimbre", "septienbre", "setienbre", "september", "setember", "septembre"], 9
    ),
    **dict.fromkeys(["octubre", "ocutbre", "october", "octuber"], 10),
    **dict.fromkeys(["noviembre", "novienbre", "novimbre", "november", "novembre"], 11),
    **dict.fromkeys(["diciembre", "dicienbre", "disiembre", "dicembre", "december", "decmber"], 12),
}
SHORT_MONTHS = {
    **{"ene": 1, "jan": 1, "feb": 2, "mar": 3, "abr": 4, "apr": 4, "may": 5, "jun": 6, "jul": 7, "ago": 8, "aug": 8},
    **{"sep": 9, "sept": 9, "set": 9, "oct": 10, "nov": 11, "dic": 12, "dec": 12},
}
"""Words of other meanings too: months only beside a number or behind a word that leads to a date."""
LEADS_TO_DATE = frozenset(
    [
        "de",
        "del",
        "en",
        "in",
        "of",
        "for",
        "next",
        "last",
        "this",
        "by",
        "until",
        "till",
        "early",
        "late",
        "mid",
        "from",
        "proximo",
    ]
)

FOREIGN_MONTHS = {
    **{"janvier": 1, "fevrier": 2, "avril": 4, "mai": 5, "juin": 6, "juillet": 7, "aout": 8, "decembre": 12},
    **{"janeiro": 1, "fevereiro": 2, "maio": 5, "junho": 6, "julho": 7, "setembro": 9, "outubro": 10},
    **{"novembro": 11, "dezembro": 12, "januar": 1, "februar": 2, "juni": 6, "juli": 7, "oktober": 10, "dezember": 12},
    **{"gennaio": 1, "febbraio": 2, "aprile": 4, "maggio": 5, "giugno": 6, "luglio": 7, "settembre": 9, "ottobre": 10},
    **{"janvye": 1, "fevriye": 2, "jiye": 7, "septanm": 9, "oktob": 10, "novanm": 11, "desanm": 12},
}
"""French, Portuguese, German, Italian, Haitian Creole, where they differ from ours."""
FOREIGN_BESIDE_DATE = {"mars": 3, "marco": 3, "marz": 3, "maerz": 3, "mas": 3}
"""Words of other meanings too: foreign months only before a year."""

NUMBERED = frozenset(["cop", "cops", "csw", "cnd", "cosp", "unea", "unga", "unpfii", "wuf", "imrf", "crm", "hlpf"])
"""Acronyms whose number is an edition: "COP24 de mayo" speaks of no 24 May."""
WEEKDAYS = {
    **{"lunes": 0, "martes": 1, "miercoles": 2, "jueves": 3, "viernes": 4, "sabado": 5, "domingo": 6},
    **{"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6},
}

_NUMBERS = [
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciseis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidos",
    "veintitres",
    "veinticuatro",
    "veinticinco",
    "veintiseis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
    "treinta",
]
_ENGLISH_NUMBERS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
NUMBERS = {
    **{word: n for n, word in enumerate(_NUMBERS, 1)},
    **{word: n for n, word in enumerate(_ENGLISH_NUMBERS, 1)},
    "un": 1,
    "una": 1,
}
ORDINALS = {
    **dict.fromkeys(["primer", "primera", "primero", "1er", "1era", "1ra", "1a", "1ro", "1st", "first"], 1),
    **dict.fromkeys(["segundo", "segunda", "2do", "2da", "2a", "2nd", "second"], 2),
    **dict.fromkeys(["tercer", "tercera", "tercero", "3er", "3ra", "3a", "3rd", "third"], 3),
    **dict.fromkeys(["cuarto", "cuarta", "4to", "4ta", "4a", "4th", "fourth"], 4),
    **dict.fromkeys(["ultimo", "ultima", "last"], -1),
}
PAST_FOURTH = ("quinto", "sexto", "septimo", "octavo", "fifth", "sixth", "seventh", "eighth", "[5-9]")
"""Ordinals of no quarter of a year."""
SEASONS = {
    **{"primavera": "spring", "verano": "summer", "otono": "autumn", "invierno": "winter"},
    **{"spring": "spring", "summer": "summer", "autumn": "autumn", "fall": "autumn", "winter": "winter"},
}
SEASON_BEGINS = {"spring": (3, 20), "summer": (6, 21), "autumn": (9, 22), "winter": (12, 21)}
"""In the north: month and day."""

PARTS = {
    **dict.fromkeys(
        ["principio", "principios", "inicio", "inicios", "comienzo", "comienzos", "early", "beginning", "start"],
        "early",
    ),
    **dict.fromkeys(["mediados", "mitad", "mid", "middle"], "mid"),
    **dict.fromkeys(["fin", "fines", "final", "finales", "late", "end"], "late"),
}
FEASTS = {"nochebuena": (24, 12), **dict.fromkeys(["navidad", "christmas", "xmas"], (25, 12))}
"""Day and month of those that are no forum's but bound one: `antes de Navidad`."""
UNITS = {
    **dict.fromkeys(["dia", "dias", "day", "days"], "day"),
    **dict.fromkeys(["semana", "semanas", "week", "weeks"], "week"),
    **dict.fromkeys(["quincena", "quincenas", "fortnight", "fortnights"], "fortnight"),
    **dict.fromkeys(["mes", "meses", "month", "months"], "month"),
    **dict.fromkeys(["trimestre", "trimestres", "quarter", "quarters"], "quarter"),
    **dict.fromkeys(["semestre", "semestres", "half"], "half"),
    **dict.fromkeys(["ano", "anos", "year", "years"], "year"),
}
