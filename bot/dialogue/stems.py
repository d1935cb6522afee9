"""Words to stems: Spanish and English at once, so that a mixed message meets phrases of both."""

from functools import lru_cache

import snowballstemmer

_SPANISH = snowballstemmer.stemmer("spanish")
_ENGLISH = snowballstemmer.stemmer("english")

# Words that carry no subject: never evidence for a topic.
STOP_WORDS = frozenset(
    """
    a al algo alguien ante asi aun aunque bien buen buena buenas bueno buenos cada casi como con cual cuales cuando cuanta cuanto cuantos
    de del desde dia dias donde dos e el ella ellos en entonces era es esa ese eso esta estan este esto estoy favor fue gracias ha hace
    hacer hago han hasta hay he hola hoy i la las le les lo los mas me mi mis mismo mucho muy necesito ni no nos nosotros o ojala otra otro
    para pero poco por porque pues puede puedo que quien quiero quisiera se sea ser si sin sobre solo somos son soy su sus tal tambien tan
    te tengo tiene todo todos tu tus un una uno unos usted va van vez vino voy y ya yo
    am an and any are as at be been but by can could did do does for from get go got had has have hello help hi how if im in is it its
    just know like me my need not of on one or our out please she he so some someone tell that the their them there they this to too
    us want was we what when where which who will with would you your
    nada mas senor senora disculpe oiga mire
    """.split()
)


@lru_cache(maxsize=65536)
def stems_of(word: str) -> tuple[str, ...]:
    """One or two stems: the Spanish one, and the English one where it differs."""
    spanish, english = _SPANISH.stemWord(word), _ENGLISH.stemWord(word)
    return (spanish,) if spanish == english else (spanish, english)
